/* page.c - the tables of the page. */
#include "page.h"

#include "audit_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void add_none(struct page *p) { buf_addf(p->out, "<p>%s</p>\n", page_say(p, "None.", "无。")); }

/* "section", "ground" or "month" in front, then the counts. */
static void add_figures(struct page *p, const struct audit_figures *figures, struct column first)
{
	const struct column columns[] = {first, {"rounds submitted", "送审轮次"}, {"findings", "命中"}, {"cleared", "核销"},
	                                 {"approvals", "同意签批"}, {"other decisions", "其他签批"}, {"releases", "发布"},
	                                 {"withdrawals", "撤回"}};

	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < figures->count; i++) {
		const char *name = figures->rows[i].name;
		const enum ground ground = ground_from_name(name, strlen(name));

		buf_add_string(p->out, "<tr>");
		if (ground != GROUND_NONE)
			page_ground(p, ground);
		else
			page_cell(p, name);
		for (size_t k = 0; k < AUDIT_COUNTS; k++)
			page_number(p, figures->rows[i].counts[k]);
		buf_add_string(p->out, "</tr>\n");
	}
	page_table_end(p);
}

void page_figures(struct page *p)
{
	const struct audit_history *h = &p->report->history;

	page_heading(p, "statistics", "Statistics", "统计");
	add_figures(p, &h->sections, (struct column){"section", "科室"});
	add_figures(p, &h->grounds, (struct column){"ground", "不予公开理由"});
	add_figures(p, &h->months, (struct column){"month", "月份"});
}

void page_deadlines(struct page *p)
{
	static const struct column columns[] = {{"case", "事项"}, {"section", "科室"}, {"deadline", "期限类别"},
	                                        {"stage", "环节"}, {"reckoned", "计算"}, {"due", "到期"}, {"", ""}};
	const struct audit_history *h = &p->report->history;
	char hex[DIGEST_HEX_SIZE];

	page_heading(p, "deadlines", "Open deadlines", "未结期限");
	if (h->deadline_count == 0) {
		add_none(p);
		return;
	}
	buf_addf(p->out, "<p>%s %s <code>%s</code></p>\n",
	         page_say(p, "Working days by the calendar of the office, which is not in the ledger:", "工作日按本单位日历计算，日历不在台账内："),
	         h->calendar, digest_is_zero(&h->calendar_digest) ? "" : digest_to_hex(&h->calendar_digest, hex));
	if (h->calendar_missing != NULL) {
		buf_addf(p->out, "<p class=\"bad\">%s ", page_say(p, "Some days are not known:", "部分日期无法确定："));
		page_words(p, h->calendar_missing);
		buf_add_string(p->out, "</p>\n");
	}
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < h->deadline_count; i++) {
		const struct audit_deadline *d = &h->deadlines[i];
		char day[DATE_TEXT_SIZE], *reckoned = audit_reckoned(d);

		buf_add_string(p->out, "<tr>");
		page_cell(p, d->case_id);
		page_cell(p, d->section);
		page_cell(p, _(d->what));
		page_cell(p, d->stage);
		page_cell(p, reckoned);
		page_cell(p, d->known ? date_to_text(d->due, day) : page_say(p, "not known", "无法确定"));
		free(reckoned);
		buf_addf(p->out, "<td class=\"late\">%s</td></tr>\n",
		         d->overdue ? page_say(p, "overdue", "已超期") : "");
	}
	page_table_end(p);
}

static void add_state(struct page *p, const struct audit_publication *item)
{
	static const struct column states[] = {
		{"unfinished", "未完成"}, {"public", "已公开"}, {"superseded", "已被替换"}, {"withdrawn", "已撤回"}};

	buf_add_string(p->out, "<td>");
	buf_add_string(p->out, page_say(p, states[item->state].en, states[item->state].zh));
	if (item->incident)
		buf_add_string(p->out, page_say(p, ", incident", "，泄密事件"));
	buf_add_string(p->out, "</td>");
}

void page_publications(struct page *p)
{
	static const struct column columns[] = {{"entry", "条目"}, {"time", "时间"}, {"case", "事项"}, {"section", "科室"},
	                                        {"by", "经办人"}, {"file", "文件"}, {"SHA-256", "SHA-256"},
	                                        {"state", "状态"}, {"why withdrawn", "撤回原因"}};
	const struct audit_history *h = &p->report->history;

	page_heading(p, "releases", "Releases and withdrawals", "发布与撤回");
	if (h->publication_count == 0) {
		add_none(p);
		return;
	}
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < h->publication_count; i++)
		for (size_t k = 0; k < h->publications[i].files->count; k++) {
			const struct audit_publication *item = &h->publications[i];

			buf_add_string(p->out, "<tr>");
			page_entry(p, item->seq);
			page_time(p, item->time);
			page_cell(p, item->case_id);
			page_cell(p, item->section);
			page_person(p, item->person);
			page_cell(p, item->files->items[k].path);
			page_digest(p, &item->files->items[k].digest);
			add_state(p, item);
			page_cell(p, item->why);
			buf_add_string(p->out, "</tr>\n");
		}
	page_table_end(p);
}

static void add_clearance(struct page *p, const struct audit_clearance *c)
{
	char *place = c->line > 0 ? mem_format("%s:%u:%u", c->path, (unsigned)c->line, (unsigned)c->column)
	                          : mem_format("%s%s%s", c->path, c->place[0] != '\0' ? ", " : "", c->place);

	buf_add_string(p->out, "<tr>");
	page_entry(p, c->seq);
	page_time(p, c->time);
	page_cell(p, c->case_id);
	page_person(p, c->person);
	page_cell(p, c->stage);
	page_cell(p, c->rule);
	page_ground(p, c->ground);
	page_cell(p, place);
	page_cell(p, c->reason);
	page_digest(p, &c->evidence);
	buf_add_string(p->out, "</tr>\n");
	free(place);
}

void page_clearances(struct page *p)
{
	static const struct column columns[] = {{"entry", "条目"}, {"time", "时间"}, {"case", "事项"}, {"by", "签署人"},
	                                        {"stage", "环节"}, {"rule", "规则"}, {"ground", "理由类别"},
	                                        {"place", "位置"}, {"reason given", "核销理由"}, {"evidence", "证明材料"}};
	const struct audit_history *h = &p->report->history;

	page_heading(p, "clearances", "Findings that were cleared", "核销");
	if (h->clearance_count == 0) {
		add_none(p);
		return;
	}
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < h->clearance_count; i++)
		add_clearance(p, &h->clearances[i]);
	page_table_end(p);
}

static int by_signer(const void *a, const void *b)
{
	const struct audit_event *e = *(const struct audit_event *const *)a, *f = *(const struct audit_event *const *)b;
	int order = strcmp(e->person, f->person);

	if (order == 0)
		order = strcmp(e->key, f->key);
	return order != 0 ? order : e->seq < f->seq ? -1 : e->seq > f->seq ? 1 : 0;
}

static bool same_signer(const struct audit_event *a, const struct audit_event *b)
{
	return strcmp(a->person, b->person) == 0 && strcmp(a->key, b->key) == 0;
}

/* One thing somebody signed: "7 approve 2026-0001". */
static void add_signed(struct page *p, const struct audit_event *e)
{
	buf_addf(p->out, "<a href=\"#e%u\">%u</a> ", (unsigned)e->seq, (unsigned)e->seq);
	page_words(p, _(e->decision[0] != '\0' ? e->decision : e->type));
	if (e->case_id[0] != '\0') {
		buf_add_byte(p->out, ' ');
		page_words(p, e->case_id);
	}
}

void page_signers(struct page *p)
{
	static const struct column columns[] = {{"person", "人员"}, {"key", "密钥"}, {"signed", "签署的条目"}};
	const struct audit_history *h = &p->report->history;
	const struct audit_event **order = mem_alloc(h->event_count + 1, sizeof(*order));

	for (size_t i = 0; i < h->event_count; i++)
		order[i] = &h->events[i];
	qsort(order, h->event_count, sizeof(*order), by_signer);
	page_heading(p, "signers", "Who signed what", "签署人及签署内容");
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < h->event_count; i++) {
		const bool first = i == 0 || !same_signer(order[i - 1], order[i]);

		if (first) {
			buf_add_string(p->out, i > 0 ? "</td></tr>\n<tr>" : "<tr>");
			page_person(p, order[i]->person);
			page_cell(p, order[i]->key);
			buf_add_string(p->out, "<td>");
		} else {
			buf_add_string(p->out, ", ");
		}
		add_signed(p, order[i]);
	}
	buf_add_string(p->out, h->event_count > 0 ? "</td></tr>\n" : "");
	page_table_end(p);
	free(order);
}

static void add_event(struct page *p, const struct audit_event *e)
{
	buf_addf(p->out, "<tr id=\"e%u\"><td class=\"n\">%u</td>", (unsigned)e->seq, (unsigned)e->seq);
	page_time(p, e->time);
	page_cell(p, _(e->type));
	page_person(p, e->person);
	page_cell(p, e->case_id);
	page_cell(p, e->stage);
	page_cell(p, _(e->decision));
	page_ground(p, e->ground);
	page_cell(p, e->text);
	page_digest(p, &e->id);
	buf_add_string(p->out, "</tr>\n");
}

void page_timeline(struct page *p)
{
	static const struct column columns[] = {{"entry", "条目"}, {"time", "时间"}, {"what", "类型"}, {"who", "签署人"},
	                                        {"case", "事项"}, {"stage", "环节"}, {"decision", "签批"},
	                                        {"ground", "理由"}, {"in their words", "内容"}, {"entry id", "条目摘要"}};
	const struct audit_history *h = &p->report->history;

	page_heading(p, "timeline", "Timeline", "经过");
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < h->event_count; i++)
		add_event(p, &h->events[i]);
	page_table_end(p);
}
