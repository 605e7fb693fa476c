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

static void add_none(struct page *p) { buf_addf(p->out, "<p>%s</p>\n", _("None.")); }

/* "section", "ground" or "month" in front, then the counts; nothing where there is none to count. */
static void add_figures(struct page *p, const struct audit_figures *figures, const char *first)
{
	const char *const columns[] = {first, N_("rounds submitted"), N_("findings"), N_("cleared"),
	                                 N_("approvals"), N_("other decisions"), N_("releases"),
	                                 N_("withdrawals")};

	if (figures->count == 0)
		return;
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < figures->count; i++) {
		const char *name = figures->rows[i].name;
		const enum ground ground = ground_from_name(name, strlen(name));

		buf_add_string(p->out, "<tr>");
		if (ground != GROUND_NONE)
			page_ground(p, ground);
		else
			page_cell(p, audit_name(&p->report->history.section_titles, name));
		for (size_t k = 0; k < AUDIT_COUNTS; k++)
			page_number(p, figures->rows[i].counts[k]);
		buf_add_string(p->out, "</tr>\n");
	}
	page_table_end(p);
}

void page_figures(struct page *p)
{
	const struct audit_history *h = &p->report->history;

	page_heading(p, "statistics", _("Statistics"));
	if (h->sections.count + h->grounds.count + h->months.count == 0)
		add_none(p);
	add_figures(p, &h->sections, N_("section"));
	add_figures(p, &h->grounds, N_("ground"));
	add_figures(p, &h->months, N_("month"));
}

void page_deadlines(struct page *p)
{
	static const char *const columns[] = {N_("case"), N_("section"), N_("deadline"),
	                                        N_("stage"), N_("reckoned"), N_("due"), ""};
	const struct audit_history *h = &p->report->history;
	char hex[DIGEST_HEX_SIZE];

	page_heading(p, "deadlines", _("Open deadlines"));
	if (h->deadline_count == 0) {
		add_none(p);
		return;
	}
	buf_addf(p->out, "<p>%s %s <code>%s</code></p>\n",
	         _("Working days by the calendar of the office, which is not in the ledger:"),
	         h->calendar, digest_is_zero(&h->calendar_digest) ? "" : digest_to_hex(&h->calendar_digest, hex));
	if (h->calendar_missing != NULL) {
		buf_addf(p->out, "<p class=\"bad\">%s ", _("Some days are not known:"));
		page_words(p, h->calendar_missing);
		buf_add_string(p->out, "</p>\n");
	}
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < h->deadline_count; i++) {
		const struct audit_deadline *d = &h->deadlines[i];
		char day[DATE_TEXT_SIZE], *reckoned = audit_reckoned(d);

		buf_add_string(p->out, "<tr>");
		page_cell(p, d->case_id);
		page_cell(p, audit_name(&p->report->history.section_titles, d->section));
		page_cell(p, _(d->what));
		page_cell(p, audit_name(&p->report->history.stage_titles, d->stage));
		page_cell(p, reckoned);
		page_cell(p, d->known ? date_to_text(d->due, day) : _("not known"));
		free(reckoned);
		buf_addf(p->out, "<td class=\"late\">%s</td></tr>\n",
		         d->overdue ? _("overdue") : "");
	}
	page_table_end(p);
}

static void add_state(struct page *p, const struct audit_publication *item)
{
	static const char *const states[] = {
		N_("unfinished"), N_("public"), N_("superseded"), N_("withdrawn")};

	buf_add_string(p->out, "<td>");
	buf_add_string(p->out, _(states[item->state]));
	if (item->incident)
		buf_add_string(p->out, _(", incident"));
	buf_add_string(p->out, "</td>");
}

void page_publications(struct page *p)
{
	static const char *const columns[] = {N_("entry"), N_("time"), N_("case"), N_("section"),
	                                        N_("by"), N_("file"), "SHA-256",
	                                        N_("state"), N_("why withdrawn")};
	const struct audit_history *h = &p->report->history;

	page_heading(p, "releases", _("Releases and withdrawals"));
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
			page_cell(p, audit_name(&p->report->history.section_titles, item->section));
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
	char *within = language_pieces(c->place);
	char *place = c->line > 0 ? mem_format("%s:%u:%u", c->path, (unsigned)c->line, (unsigned)c->column)
	                          : mem_format("%s%s%s", c->path, within[0] != '\0' ? _(", ") : "", within);

	buf_add_string(p->out, "<tr>");
	page_entry(p, c->seq);
	page_time(p, c->time);
	page_cell(p, c->case_id);
	page_person(p, c->person);
	page_cell(p, audit_name(&p->report->history.stage_titles, c->stage));
	page_cell(p, c->rule);
	page_ground(p, c->ground);
	page_cell(p, place);
	page_cell(p, c->reason);
	page_digest(p, &c->evidence);
	buf_add_string(p->out, "</tr>\n");
	free(place);
	free(within);
}

void page_clearances(struct page *p)
{
	static const char *const columns[] = {N_("entry"), N_("time"), N_("case"), N_("by"),
	                                        N_("stage"), N_("rule"), N_("ground"),
	                                        N_("place"), N_("reason given"), N_("evidence")};
	const struct audit_history *h = &p->report->history;

	page_heading(p, "clearances", _("Findings that were cleared"));
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
	static const char *const columns[] = {N_("person"), N_("key"), N_("signed")};
	const struct audit_history *h = &p->report->history;
	const struct audit_event **order = mem_alloc(h->event_count + 1, sizeof(*order));

	for (size_t i = 0; i < h->event_count; i++)
		order[i] = &h->events[i];
	qsort(order, h->event_count, sizeof(*order), by_signer);
	page_heading(p, "signers", _("Who signed what"));
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
	page_cell(p, audit_name(&p->report->history.stage_titles, e->stage));
	page_cell(p, _(e->decision));
	page_ground(p, e->ground);
	page_cell(p, e->text);
	page_digest(p, &e->id);
	buf_add_string(p->out, "</tr>\n");
}

void page_timeline(struct page *p)
{
	static const char *const columns[] = {N_("entry"), N_("time"), N_("kind"), N_("who"),
	                                        N_("case"), N_("stage"), N_("decision"),
	                                        N_("ground"), N_("in their words"), N_("entry id")};
	const struct audit_history *h = &p->report->history;

	page_heading(p, "timeline", _("Timeline"));
	page_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < h->event_count; i++)
		add_event(p, &h->events[i]);
	page_table_end(p);
}
