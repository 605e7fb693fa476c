/* paper.c - a case as HTML: the form, its files, and what was found in them. */
#include "paper.h"

#include "base/calendar.h"
#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "case_view.h"
#include "ledger/entry.h"
#include "marked.h"
#include "office_days.h"
#include "policy/deadline.h"
#include "policy/docket.h"
#include "rules/rule.h"
#include "scan/finding.h"
#include "session.h"
#include "submission.h"

#include <stdlib.h>
#include <string.h>

void paper_heading(const struct paper *p, const char *id, const char *title)
{
	buf_addf(p->out, "<h2 id=\"%s\">%s</h2>\n", id, title);
}

void paper_person(const struct paper *p, const char *id)
{
	char *title = person_title(p->s, id);

	html_add(p->out, title);
	free(title);
}

void paper_pieces(const struct paper *p, const char *text)
{
	char *shown = language_pieces(text);

	html_add(p->out, shown);
	free(shown);
}

void paper_time(const struct paper *p, int64_t time)
{
	char utc[TIME_TEXT_SIZE], text[CLOCK_TEXT_SIZE];

	buf_addf(p->out, "<time datetime=\"%s\">%s</time>", time_to_text(time, utc), policy_clock(p->s->docket.policy, time, text));
}

void paper_digest(const struct paper *p, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	digest_to_hex(digest, hex);
	buf_addf(p->out, "<code title=\"%s\">%.12s</code>", hex, hex);
}

const char *paper_decision(enum decision decision)
{
	static const char *const titles[DECISIONS] = {
		[DECISION_NONE] = N_("no longer counts: its key is compromised"),
		[DECISION_APPROVE] = N_("approve"),
		[DECISION_REDACT] = N_("disclose after redaction"),
		[DECISION_ON_REQUEST] = N_("on request only"),
		[DECISION_REFUSE] = N_("refuse"),
		[DECISION_POSTPONE] = N_("postpone"),
		[DECISION_RETURN] = N_("return"),
		[DECISION_REFER] = N_("refer upward"),
		[DECISION_CONSULT] = N_("consult"),
	};

	return _(titles[decision < DECISIONS ? decision : DECISION_NONE]);
}

const char *paper_section(const struct paper *p, const char *id)
{
	const struct section *section = policy_section(p->s->docket.policy, id);

	return section != NULL ? section_title(section) : id;
}

const char *paper_attribute(const char *attribute)
{
	if (strcmp(attribute, "proactive") == 0)
		return _("proactive");
	if (strcmp(attribute, "on-request") == 0)
		return _("on request");
	return strcmp(attribute, "not-disclosed") == 0 ? _("not disclosed") : attribute;
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

	begin_row(p, _(field->title));
	html_add(p->out, strcmp(field->key, "attribute") == 0 ? paper_attribute(value) : value);
	end_row(p);
}

static void add_terms(const struct paper *p)
{
	struct office_days days = {0};
	struct deadlines terms = {0};

	office_days_open(p->s, &days);
	office_deadlines(p->s, &days, p->c, &terms);
	begin_row(p, _("Deadline"));
	for (size_t i = 0; i < terms.count; i++) {
		buf_add_string(p->out, i > 0 ? "<br>" : "");
		paper_term(p, &terms.items[i]);
	}
	if (terms.asking && terms.count > 0)
		buf_addf(p->out, "<br>%s", _("others were asked; the term goes on"));
	end_row(p);
	office_days_close(&days);
}

void paper_form(const struct paper *p)
{
	const struct round *round = case_round(p->c);

	paper_heading(p, "form", _("The form"));
	buf_add_string(p->out, "<table class=\"form\">\n");
	begin_row(p, _("Case number"));
	html_add(p->out, p->c->id);
	buf_addf(p->out, _(", round %u"), (unsigned)round->number);
	end_row(p);
	begin_row(p, _("Section"));
	html_add(p->out, paper_section(p, p->c->section));
	end_row(p);
	for (const struct form_field *field = form_fields; field->key != NULL; field++)
		add_field(p, field);
	begin_row(p, _("Submitted by"));
	paper_person(p, round->submitter);
	buf_add_byte(p->out, ' ');
	paper_time(p, round->time);
	end_row(p);
	begin_row(p, _("Filed as"));
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

	paper_heading(p, "files", _("Files"));
	buf_addf(p->out, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">SHA-256</th>"
	                 "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         _("File"), _("Bytes"), _("Will be published as"));
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
		buf_add_string(p->out, _("cleared by "));
		paper_person(p, person);
		buf_add_string(p->out, _(": "));
		html_add(p->out, clearance->reason);
		if (!digest_is_zero(&clearance->evidence)) {
			buf_add_string(p->out, _("; evidence "));
			paper_digest(p, &clearance->evidence);
		}
	} else if (f->action == 0) {
		buf_add_string(p->out, _("the document must change"));
	} else if (f->action == 1) {
		buf_add_string(p->out, _("not cleared; may be cleared by "));
		html_add(p->out, stage != NULL ? stage_title(stage) : _("any stage"));
		buf_add_string(p->out, stage != NULL ? _(" or later") : "");
		buf_add_string(p->out, f->evidence ? _(", with evidence") : "");
	} else {
		html_add(p->out, f->allowed != NULL ? f->allowed : "");
	}
}

static void add_finding(const struct paper *p, const char *path, const struct finding *f, size_t number)
{
	const enum rule_action action = f->action < 3 ? (enum rule_action)f->action : ACTION_BLOCK;
	const char *title = language_is_chinese() ? f->title_zh : f->title_en;

	buf_addf(p->out, "<tr id=\"finding-%zu\"><td class=\"n\">%zu</td><td><span class=\"kind %s\">%s</span></td><td>", number, number,
	         rule_action_name(action),
	         action == ACTION_NOTE ? rule_action_title(action) : action == ACTION_REVIEW ? _("to be cleared") : _("must change"));
	html_add(p->out, title != NULL ? title : ground_title(f->ground));
	buf_add_string(p->out, " <code>");
	html_add(p->out, f->rule);
	buf_add_string(p->out, "</code></td><td>");
	html_add(p->out, path);
	if (f->line > 0)
		buf_addf(p->out, ":%u:%u", (unsigned)f->line, (unsigned)f->column);
	buf_add_string(p->out, f->line == 0 && f->place[0] != '\0' ? _(", ") : "");
	paper_pieces(p, f->line == 0 ? f->place : "");
	if (f->excerpt != NULL) {
		buf_add_string(p->out, "<br><code>");
		html_add(p->out, f->excerpt);
		buf_add_string(p->out, "</code>");
	}
	buf_add_string(p->out, "</td><td>");
	html_add(p->out, f->ground != GROUND_NONE ? ground_title(f->ground) : "");
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
	paper_heading(p, "findings", _("Findings"));
	buf_addf(p->out, _("<p>%zu must change, %zu to be cleared, %zu notes, %zu undecided; rules "), totals.block, totals.review, totals.note, totals.undecided);
	paper_digest(p, &scan->rules);
	buf_add_string(p->out, p->scan != NULL ? "</p>\n" : _(". The documents are not here: as recorded when submitted.</p>\n"));
	if (totals.block + totals.review + totals.note == 0)
		return;
	buf_addf(p->out, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                 "<th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         _("No."), _("Kind"), _("Rule"), _("Where"),
	         _("Ground"), _("Disposition"));
	for (size_t i = 0; i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++)
			add_finding(p, scan->files[i].path, &scan->files[i].findings[k], ++number);
	buf_add_string(p->out, "</tbody></table>\n");
}
