/* paper.c - a case as HTML: the form, its files, and what was found in them. */
#include "paper.h"

#include "base/calendar.h"
#include "base/html.h"
#include "base/mem.h"
#include "case_view.h"
#include "ledger/entry.h"
#include "marked.h"
#include "office_days.h"
#include "policy/deadline.h"
#include "policy/docket.h"
#include "scan/finding.h"
#include "session.h"
#include "submission.h"

#include <stdlib.h>
#include <string.h>

const char *paper_say(const struct paper *p, const char *en, const char *zh) { return p->chinese ? zh : en; }

void paper_heading(const struct paper *p, const char *id, const char *en, const char *zh)
{
	buf_addf(p->out, "<h2 id=\"%s\">%s</h2>\n", id, paper_say(p, en, zh));
}

void paper_person(const struct paper *p, const char *id)
{
	char *title = person_title(p->s, id);

	html_add(p->out, title);
	free(title);
}

void paper_time(const struct paper *p, int64_t time)
{
	char text[TIME_TEXT_SIZE];

	buf_addf(p->out, "<time>%s</time>", time_to_text(time, text));
}

void paper_digest(const struct paper *p, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	digest_to_hex(digest, hex);
	buf_addf(p->out, "<code title=\"%s\">%.12s</code>", hex, hex);
}

const char *paper_decision(const struct paper *p, enum decision decision)
{
	static const char *const titles[DECISIONS][2] = {
		[DECISION_NONE] = {"no longer counts: its key is compromised", "密钥已失密，不再有效"},
		[DECISION_APPROVE] = {"approve", "同意公开"},
		[DECISION_REDACT] = {"disclose after redaction", "删减后公开"},
		[DECISION_ON_REQUEST] = {"on request only", "依申请公开"},
		[DECISION_REFUSE] = {"refuse", "不予公开"},
		[DECISION_POSTPONE] = {"postpone", "暂缓公开"},
		[DECISION_RETURN] = {"return", "退回补充"},
		[DECISION_REFER] = {"refer upward", "报上级确定"},
		[DECISION_CONSULT] = {"consult", "征求意见"},
	};

	return titles[decision < DECISIONS ? decision : DECISION_NONE][p->chinese];
}

const char *paper_ground(const struct paper *p, enum ground ground)
{
	return p->chinese ? ground_title_zh(ground) : ground_title_en(ground);
}

static const char *title_or_id(const struct paper *p, const char *en, const char *zh, const char *id)
{
	const char *title = p->chinese ? zh : en;

	return title != NULL && title[0] != '\0' ? title : id;
}

const char *paper_stage(const struct paper *p, const struct stage *stage)
{
	return title_or_id(p, stage->title_en, stage->title_zh, stage->id);
}

const char *paper_section(const struct paper *p, const char *id)
{
	const struct section *section = policy_section(p->s->docket.policy, id);

	return section != NULL ? title_or_id(p, section->title_en, section->title_zh, id) : id;
}

const char *paper_attribute(const struct paper *p, const char *attribute)
{
	if (strcmp(attribute, "proactive") == 0)
		return paper_say(p, "proactive", "主动公开");
	if (strcmp(attribute, "on-request") == 0)
		return paper_say(p, "on request", "依申请公开");
	return strcmp(attribute, "not-disclosed") == 0 ? paper_say(p, "not disclosed", "不予公开") : attribute;
}

void paper_term(const struct paper *p, const struct deadline *term)
{
	char *words = deadline_words(term);

	buf_add_string(p->out, term->overdue ? "<span class=\"late\">" : "<span>");
	html_add(p->out, words);
	buf_add_string(p->out, "</span>");
	free(words);
}

static void begin_row(const struct paper *p, const char *label)
{
	buf_addf(p->out, "<tr><th scope=\"row\">%s</th><td>", label);
}

static void end_row(const struct paper *p) { buf_add_string(p->out, "</td></tr>\n"); }

/* A field of the form, "" shown too: on paper an empty box says something. */
static void add_field(const struct paper *p, const struct form_field *field)
{
	const char *value = round_field(case_round(p->c), field->key);

	begin_row(p, paper_say(p, field->en, field->zh));
	html_add(p->out, strcmp(field->key, "attribute") == 0 ? paper_attribute(p, value) : value);
	end_row(p);
}

static void add_terms(const struct paper *p)
{
	struct office_days days = {0};
	struct deadlines terms = {0};

	office_days_open(p->s, &days);
	office_deadlines(p->s, &days, p->c, &terms);
	begin_row(p, paper_say(p, "Deadline", "办理期限"));
	for (size_t i = 0; i < terms.count; i++) {
		buf_add_string(p->out, i > 0 ? "<br>" : "");
		paper_term(p, &terms.items[i]);
	}
	end_row(p);
	office_days_close(&days);
}

void paper_form(const struct paper *p)
{
	const struct round *round = case_round(p->c);

	paper_heading(p, "form", "The form", "基本情况");
	buf_add_string(p->out, "<table class=\"form\">\n");
	begin_row(p, paper_say(p, "Case", "事项编号"));
	html_add(p->out, p->c->id);
	buf_addf(p->out, p->chinese ? "，第 %u 轮" : ", round %u", (unsigned)round->number);
	end_row(p);
	begin_row(p, paper_say(p, "Section", "科室"));
	html_add(p->out, paper_section(p, p->c->section));
	end_row(p);
	for (const struct form_field *field = form_fields; field->key != NULL; field++)
		add_field(p, field);
	begin_row(p, paper_say(p, "Submitted by", "送审人、时间"));
	paper_person(p, round->submitter);
	buf_add_byte(p->out, ' ');
	paper_time(p, round->time);
	end_row(p);
	begin_row(p, paper_say(p, "Filed as", "备案号"));
	for (size_t i = 0; i < p->c->register_numbers.count; i++) {
		buf_add_string(p->out, i > 0 ? "; " : "");
		html_add(p->out, p->c->register_numbers.items[i]);
	}
	end_row(p);
	add_terms(p);
	buf_add_string(p->out, "</table>\n");
}

void paper_files(const struct paper *p)
{
	const struct round *round = case_round(p->c);

	paper_heading(p, "files", "Files", "文件及附件");
	buf_addf(p->out, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">SHA-256</th>"
	                 "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         paper_say(p, "File", "文件"), paper_say(p, "Bytes", "字节数"), paper_say(p, "Will be published as", "公开路径"));
	for (size_t i = 0; i < round->files->count; i++) {
		const struct file_ref *f = &round->files->items[i];
		char hex[DIGEST_HEX_SIZE], *to = policy_public_path(p->s->docket.policy, f->path);

		buf_add_string(p->out, "<tr><td>");
		html_add(p->out, f->path);
		buf_addf(p->out, "</td><td class=\"n\">%llu</td><td><code class=\"digest\">%s</code></td><td>",
		         (unsigned long long)f->size, digest_to_hex(&f->digest, hex));
		html_add(p->out, p->s->docket.policy->public_dir);
		html_add(p->out, to);
		buf_add_string(p->out, "</td></tr>\n");
		free(to);
	}
	buf_add_string(p->out, "</tbody></table>\n");
}

static const struct clearance *clearance_of(const struct round *round, const struct digest *finding, const char **person)
{
	for (size_t i = round->sign_off_count; i > 0; i--) {
		const struct sign_off *o = &round->sign_offs[i - 1];

		for (size_t k = 0; o->decision == DECISION_APPROVE && k < o->clear_count; k++)
			if (digest_equal(&o->clears[k].finding, finding)) {
				*person = o->person;
				return &o->clears[k];
			}
	}
	return NULL;
}

/* What became of it: who cleared it and why, or who could. */
static void add_disposition(const struct paper *p, const struct finding *f)
{
	const char *person = NULL;
	const struct clearance *clearance = clearance_of(case_round(p->c), &f->id, &person);
	const struct stage *stage = policy_stage(p->s->docket.policy, f->clearance, NULL);

	if (clearance != NULL) {
		buf_add_string(p->out, paper_say(p, "cleared by ", "已核销："));
		paper_person(p, person);
		buf_add_string(p->out, paper_say(p, ": ", "："));
		html_add(p->out, clearance->reason);
		if (!digest_is_zero(&clearance->evidence)) {
			buf_add_string(p->out, paper_say(p, "; evidence ", "；证明材料 "));
			paper_digest(p, &clearance->evidence);
		}
	} else if (f->action == 0) {
		buf_add_string(p->out, paper_say(p, "the document must change", "须修改文件"));
	} else if (f->action == 1) {
		buf_add_string(p->out, paper_say(p, "not cleared; may be cleared by ", "未核销；可核销环节："));
		html_add(p->out, stage != NULL ? paper_stage(p, stage) : paper_say(p, "any stage", "任一环节"));
		buf_add_string(p->out, stage != NULL ? paper_say(p, " or later", "及以后") : "");
		buf_add_string(p->out, f->evidence ? paper_say(p, ", with evidence", "，须附证明材料") : "");
	} else {
		html_add(p->out, f->allowed != NULL ? f->allowed : "");
	}
}

static void add_finding(const struct paper *p, const char *path, const struct finding *f, size_t number)
{
	static const char *const kinds[3][3] = {{"block", "must change", "禁止公开"}, {"review", "to be cleared", "须核销"}, {"note", "note", "提示"}};
	const char *const *kind = kinds[f->action < 3 ? f->action : 0];
	const char *title = p->chinese ? f->title_zh : f->title_en;

	buf_addf(p->out, "<tr id=\"finding-%zu\"><td class=\"n\">%zu</td><td><span class=\"kind %s\">%s</span></td><td>", number, number,
	         kind[0], paper_say(p, kind[1], kind[2]));
	html_add(p->out, title != NULL ? title : paper_ground(p, f->ground));
	buf_add_string(p->out, " <code>");
	html_add(p->out, f->rule);
	buf_add_string(p->out, "</code></td><td>");
	html_add(p->out, path);
	if (f->line > 0)
		buf_addf(p->out, ":%u:%u", (unsigned)f->line, (unsigned)f->column);
	else
		html_add(p->out, f->place);
	if (f->excerpt != NULL) {
		buf_add_string(p->out, "<br><code>");
		html_add(p->out, f->excerpt);
		buf_add_string(p->out, "</code>");
	}
	buf_add_string(p->out, "</td><td>");
	html_add(p->out, f->ground != GROUND_NONE ? paper_ground(p, f->ground) : "");
	buf_add_string(p->out, "</td><td>");
	add_disposition(p, f);
	buf_add_string(p->out, "</td></tr>\n");
}

void paper_findings(const struct paper *p)
{
	const struct scan *scan = p->scan != NULL ? p->scan : case_round(p->c)->scan;
	struct scan_totals totals = {0};
	size_t number = 0;

	scan_count(scan, &totals);
	paper_heading(p, "findings", "Findings", "保密检查命中情况");
	buf_addf(p->out, p->chinese ? "<p>禁止公开 %zu 处，须核销 %zu 处，提示 %zu 处，无法判定 %zu 个文件；规则集 "
	                            : "<p>%zu must change, %zu to be cleared, %zu notes, %zu undecided; rules ", totals.block, totals.review, totals.note, totals.undecided);
	paper_digest(p, &scan->rules);
	buf_add_string(p->out, p->scan != NULL ? "</p>\n" : paper_say(p, ". The documents are not here: as recorded when submitted.</p>\n", "。本机没有文件：按送审时的记录。</p>\n"));
	if (totals.block + totals.review + totals.note == 0)
		return;
	buf_addf(p->out, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                 "<th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         paper_say(p, "No.", "序号"), paper_say(p, "Kind", "类别"), paper_say(p, "Rule", "规则"), paper_say(p, "Where", "位置"),
	         paper_say(p, "Ground", "不予公开理由"), paper_say(p, "Disposition", "处理"));
	for (size_t i = 0; i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++)
			add_finding(p, scan->files[i].path, &scan->files[i].findings[k], ++number);
	buf_add_string(p->out, "</tbody></table>\n");
}
