/* decide.c - clearing and deciding: the form, and the sign-off made of it. */
#include "desk.h"

#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/case_view.h"
#include "cli/signing.h"
#include "policy/docket.h"

#include <stdlib.h>
#include <string.h>

enum { ONE_BY_ONE = 400 }; /* findings with fields of their own: two each, of the WEB_FIELDS_MOST of a form */

/* Names of the fields of one finding: "clear-<id>", "evidence-<id>". */
static char *field_of(const char *what, const struct finding *f)
{
	char hex[DIGEST_HEX_SIZE];

	return mem_format("%s-%s", what, digest_to_hex(&f->id, hex));
}

static void add_file_field(struct sheet *sheet, const char *name, bool needed)
{
	buf_addf(sheet->out, "<p class=\"field\"><label for=\"%s\">%s</label> <input type=\"file\" id=\"%s\" name=\"%s\"></p>\n", name,
	         needed ? _("Evidence (needed)") : _("Evidence"), name, name);
}

/* `several`: one reason for all of its kind can be given above. */
static void add_fields(struct sheet *sheet, const struct finding *f, bool several)
{
	char *reason = field_of("clear", f), *evidence = field_of("evidence", f);

	sheet_area(sheet, reason, several ? _("Why it may be published (empty: the reason for all above, if there is one)")
	                                  : _("Why it may be published (empty: it is not cleared)"), "", false);
	add_file_field(sheet, evidence, f->evidence);
	free(reason);
	free(evidence);
}

static void add_finding(struct sheet *sheet, const char *path, const struct finding *f, size_t number, bool fields, bool several)
{
	const struct paper paper = sheet_paper(sheet, NULL, NULL);
	const char *title = language_is_chinese() ? f->title_zh : f->title_en;

	buf_addf(sheet->out, "<fieldset><legend>%s %zu: ", _("Finding"), number);
	html_add(sheet->out, title != NULL ? title : f->rule);
	buf_add_string(sheet->out, "</legend>\n<p>");
	html_add(sheet->out, path);
	if (f->line > 0)
		buf_addf(sheet->out, ":%u:%u", (unsigned)f->line, (unsigned)f->column);
	buf_add_string(sheet->out, f->line == 0 && f->place[0] != '\0' ? _(", ") : "");
	paper_pieces(&paper, f->line == 0 ? f->place : "");
	buf_add_string(sheet->out, "<br><code>");
	html_add(sheet->out, f->excerpt != NULL ? f->excerpt : "");
	buf_add_string(sheet->out, "</code></p>\n");
	if (fields)
		add_fields(sheet, f, several);
	else
		buf_addf(sheet->out, "<p>%s</p>\n", _("There are too many to clear one by one here: all of a kind above, or review approve at a terminal."));
	buf_add_string(sheet->out, "</fieldset>\n");
}

/* The open findings of one rule. */
struct kind {
	const struct finding *first;
	size_t count;
};

struct kinds {
	struct kind *items;
	size_t count;
};

static struct kind *kind_of(const struct kinds *kinds, const char *rule)
{
	for (size_t i = 0; i < kinds->count; i++)
		if (strcmp(kinds->items[i].first->rule, rule) == 0)
			return &kinds->items[i];
	return NULL;
}

static struct kinds kinds_of(const struct signing *d)
{
	struct kinds kinds = {0};

	for (size_t i = 0; i < d->scan.count; i++)
		for (size_t k = 0; k < d->scan.files[i].count; k++) {
			const struct finding *f = &d->scan.files[i].findings[k];
			struct kind *kind = signing_is_open(d, f) ? kind_of(&kinds, f->rule) : NULL;

			if (kind != NULL) {
				kind->count++;
			} else if (signing_is_open(d, f)) {
				kinds.items = mem_grow(kinds.items, kinds.count, sizeof(*kinds.items));
				kinds.items[kinds.count++] = (struct kind){.first = f, .count = 1};
			}
		}
	return kinds;
}

/* One reason for all findings of a rule that get none of their own. */
static void add_rule(struct sheet *sheet, const struct kind *kind)
{
	const struct finding *f = kind->first;
	char *reason = mem_format("clear-all-%s", f->rule), *evidence = mem_format("evidence-all-%s", f->rule);
	const char *title = language_is_chinese() ? f->title_zh : f->title_en;

	buf_add_string(sheet->out, "<fieldset class=\"all\"><legend>");
	buf_addf(sheet->out, P_("All %zu finding of one kind: ", "All %zu findings of one kind: ", kind->count), kind->count);
	html_add(sheet->out, title != NULL ? title : f->rule);
	buf_add_string(sheet->out, "</legend>\n");
	sheet_area(sheet, reason, _("Why each of them may be published (empty: say it one by one)"), "", false);
	add_file_field(sheet, evidence, f->evidence);
	buf_add_string(sheet->out, "</fieldset>\n");
	free(reason);
	free(evidence);
}

static void add_findings(struct sheet *sheet, const struct signing *d)
{
	struct kinds kinds = kinds_of(d);
	size_t number = 0, offered = 0;

	for (size_t i = 0; i < kinds.count; i++)
		if (kinds.items[i].count > 1)
			add_rule(sheet, &kinds.items[i]);
	for (size_t i = 0; i < d->scan.count; i++)
		for (size_t k = 0; k < d->scan.files[i].count; k++) {
			const struct finding *f = &d->scan.files[i].findings[k];

			number++;
			if (signing_is_open(d, f))
				add_finding(sheet, d->scan.files[i].path, f, number, offered++ < ONE_BY_ONE, kind_of(&kinds, f->rule)->count > 1);
		}
	free(kinds.items);
}

static void add_questions(struct sheet *sheet, const struct signing *d)
{
	for (size_t i = 0; d->decision == DECISION_APPROVE && i < d->stage->asks.count; i++) {
		char *name = mem_format("check-%zu", i);

		sheet_area(sheet, name, d->stage->asks.items[i], "", true);
		free(name);
	}
	if (decision_wants_ground(d->decision))
		sheet_grounds(sheet, GROUND_NONE, true);
	if (decision_wants_date(d->decision))
		sheet_input(sheet, "until", "date", d->decision == DECISION_REFUSE ? _("Look again on")
		                                                                 : _("Not before"), "");
	if (decision_wants_addressee(d->decision))
		sheet_input(sheet, "to", "text", _("To whom"), "");
	sheet_area(sheet, "opinion", _("Opinion"), "", true);
}

static void show_form(struct sheet *sheet, const struct signing *d)
{
	sheet_begin(sheet, _("Decide"));
	buf_addf(sheet->out, "<p>%s: ", paper_decision(d->decision));
	sheet_case_link(sheet, d->c->id);
	buf_add_byte(sheet->out, ' ');
	html_add(sheet->out, round_field(case_round(d->c), "title"));
	buf_addf(sheet->out, "<br>%s ", _("Stage:"));
	html_add(sheet->out, stage_title(d->stage));
	buf_add_string(sheet->out, "</p>\n");
	sheet_form(sheet, "decide", true);
	sheet_hidden(sheet, "id", d->c->id);
	sheet_hidden(sheet, "decision", decision_name(d->decision));
	add_findings(sheet, d);
	add_questions(sheet, d);
	sheet_button(sheet, _("Show what will be signed"));
	sheet_end(sheet);
}

static bool take_finding(struct sheet *sheet, struct signing *d, const struct finding *f, struct err *err)
{
	char *reason = field_of("clear", f), *evidence = field_of("evidence", f);
	const struct web_field *file = web_file(sheet->request, evidence);
	bool ok = true;

	if (sheet_given(sheet, reason) != NULL) {
		signing_clear(d, &f->id, web_value(sheet->request, reason));
		ok = file == NULL || signing_add_evidence(d, &f->id, file->value, &file->bytes, err);
	}
	free(reason);
	free(evidence);
	return ok;
}

/* Behind what was said of single ones, which goes before it. */
static bool take_rule(struct sheet *sheet, struct signing *d, const struct finding *f, struct err *err)
{
	char *reason = mem_format("clear-all-%s", f->rule), *evidence = mem_format("evidence-all-%s", f->rule);
	const struct web_field *file = web_file(sheet->request, evidence);
	bool ok;

	if (sheet_given(sheet, reason) != NULL)
		(void)signing_clear_rule(d, f->rule, web_value(sheet->request, reason)); /* each may have its own by now */
	ok = file == NULL || signing_add_evidence_rule(d, f->rule, file->value, &file->bytes, err);
	free(reason);
	free(evidence);
	return ok;
}

static bool take_rules(struct sheet *sheet, struct signing *d, struct err *err)
{
	struct kinds kinds = kinds_of(d);
	bool ok = true;

	for (size_t i = 0; ok && i < kinds.count; i++)
		ok = kinds.items[i].count == 1 || take_rule(sheet, d, kinds.items[i].first, err);
	free(kinds.items);
	return ok;
}

static bool take_form(struct sheet *sheet, struct signing *d, struct err *err)
{
	for (size_t i = 0; i < d->scan.count; i++)
		for (size_t k = 0; k < d->scan.files[i].count; k++)
			if (signing_is_open(d, &d->scan.files[i].findings[k]) && !take_finding(sheet, d, &d->scan.files[i].findings[k], err))
				return false;
	if (!take_rules(sheet, d, err))
		return false;
	for (size_t i = 0; d->decision == DECISION_APPROVE && i < d->stage->asks.count; i++) {
		char *name = mem_format("check-%zu", i);

		signing_answer(d, web_value(sheet->request, name));
		free(name);
	}
	d->opinion = mem_copy_string(sheet_given(sheet, "opinion"));
	d->ground = mem_copy_string(sheet_given(sheet, "ground"));
	d->until = mem_copy_string(sheet_given(sheet, "until"));
	d->addressee = mem_copy_string(sheet_given(sheet, "to"));
	return signing_check(d, err);
}

bool desk_decide(struct sheet *sheet, struct err *err)
{
	const enum decision decision = decision_from_name(web_value(sheet->request, "decision"));
	struct signing d = {0};
	struct pending pending = {.kind = PENDING_ENTRY};
	bool ok;

	if (decision == DECISION_NONE)
		return err_set(err, ERR_INPUT, "there is no such decision");
	ok = signing_begin(&sheet->s, web_value(sheet->request, "id"), decision, NULL, &d, err);
	if (ok && !sheet->request->post) {
		show_form(sheet, &d);
	} else if (ok && (ok = take_form(sheet, &d, err))) {
		pending.draft = signing_draft(&d);
		pending.case_id = mem_copy_string(d.c->id);
		desk_confirm(sheet, &pending);
	}
	signing_release(&d);
	return ok;
}
