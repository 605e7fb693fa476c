/* releases.c - what is public, and the registrar's two forms; answers from outside, and filing numbers. */
#include "desk.h"

#include "base/ground.h"
#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/answering.h"
#include "cli/signing.h"
#include "policy/docket.h"
#include "scan/finding.h"

#include <stdlib.h>
#include <string.h>

bool desk_releases(struct sheet *sheet, struct err *err)
{
	size_t count = 0;

	sheet_begin(sheet, _("Releases"));
	for (size_t i = sheet->s.docket.case_count; i > 0; i--) {
		const struct review_case *c = docket_case_at(&sheet->s.docket, i - 1);
		const struct paper paper = sheet_paper(sheet, c, NULL);

		if (c->publication_count == 0)
			continue;
		count++;
		buf_add_string(sheet->out, "<section>\n<p>");
		sheet_case_link(sheet, c->id);
		buf_add_byte(sheet->out, ' ');
		html_add(sheet->out, round_field(case_round(c), "title"));
		buf_add_string(sheet->out, "</p>\n");
		paper_publications(&paper);
		buf_add_string(sheet->out, "</section>\n");
	}
	if (count == 0)
		buf_addf(sheet->out, "<p>%s</p>\n", _("Nothing was released yet."));
	sheet_end(sheet);
	return docket_is_whole(&sheet->s.docket, err);
}

static void begin_form(struct sheet *sheet, const struct review_case *c, const char *page)
{
	buf_add_string(sheet->out, "<p>");
	sheet_case_link(sheet, c->id);
	buf_add_byte(sheet->out, ' ');
	html_add(sheet->out, round_field(case_round(c), "title"));
	buf_add_string(sheet->out, "</p>\n");
	sheet_form(sheet, page, strcmp(page, "answer") == 0);
	sheet_hidden(sheet, "id", c->id);
}

static void add_box(struct sheet *sheet, const char *name, const char *label)
{
	buf_addf(sheet->out, "<p><input type=\"checkbox\" id=\"%s\" name=\"%s\" value=\"1\"> <label for=\"%s\">%s</label></p>\n", name, name, name, label);
}

bool desk_release(struct sheet *sheet, struct err *err)
{
	const struct review_case *c = NULL;
	struct scan scan = {0};
	struct paper paper;
	struct pending pending = {.kind = PENDING_RELEASE};

	if (!session_case(&sheet->s, web_value(sheet->request, "id"), &c, err))
		return false;
	if (sheet->request->post) {
		pending.case_id = mem_copy_string(c->id);
		pending.offline = sheet_given(sheet, "offline") != NULL;
		desk_confirm(sheet, &pending);
		return true;
	}
	if (!session_scan_case(&sheet->s, c, &scan, err))
		return false;
	sheet_begin(sheet, _("Release"));
	paper = sheet_paper(sheet, c, &scan);
	paper_verdict(&paper);
	paper_files(&paper);
	begin_form(sheet, c, "release");
	if (sheet->s.docket.policy->freshness.hours > 0)
		add_box(sheet, "offline", _("Though nobody can say whether this ledger is the newest (recorded)"));
	sheet_button(sheet, _("Show what will be signed"));
	sheet_end(sheet);
	scan_release(&scan);
	return true;
}

bool desk_withdraw(struct sheet *sheet, struct err *err)
{
	const struct review_case *c = NULL;
	struct pending pending = {.kind = PENDING_WITHDRAW};

	if (!session_case(&sheet->s, web_value(sheet->request, "id"), &c, err))
		return false;
	if (sheet->request->post) {
		if (sheet_given(sheet, "reason") == NULL)
			return err_set(err, ERR_USAGE, "say why it is taken down");
		pending.case_id = mem_copy_string(c->id);
		pending.reason = mem_copy_string(sheet_given(sheet, "reason"));
		pending.ground = mem_copy_string(sheet_given(sheet, "ground"));
		pending.incident = sheet_given(sheet, "incident") != NULL;
		desk_confirm(sheet, &pending);
		return true;
	}
	sheet_begin(sheet, _("Withdraw"));
	begin_form(sheet, c, "withdraw");
	sheet_area(sheet, "reason", _("Why"), "", true);
	sheet_grounds(sheet, GROUND_NONE, false);
	add_box(sheet, "incident", _("Protected material was public: to be reported within 24 hours"));
	sheet_button(sheet, _("Show what will be signed"));
	sheet_end(sheet);
	return true;
}

static void show_answer_form(struct sheet *sheet, const struct review_case *c)
{
	static const char *const outcomes[][2] = {{"consent", N_("consent")}, {"objection", N_("objection")},
	                                          {"may-publish", N_("may be published")},
	                                          {"must-not-publish", N_("must not be published")}, {"other", N_("other")}};

	sheet_begin(sheet, _("Record an answer"));
	begin_form(sheet, c, "answer");
	buf_addf(sheet->out, "<p class=\"field\"><label for=\"outcome\">%s</label> <select id=\"outcome\" name=\"outcome\">\n", _("Outcome"));
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		buf_addf(sheet->out, "<option value=\"%s\">%s</option>\n", outcomes[i][0], _(outcomes[i][1]));
	buf_add_string(sheet->out, "</select></p>\n");
	sheet_area(sheet, "note", _("What was answered, by whom"), "", true);
	buf_addf(sheet->out, "<p class=\"field\"><label for=\"evidence\">%s</label> <input type=\"file\" id=\"evidence\" name=\"evidence\"></p>\n",
	         _("The letter or record that proves it"));
	sheet_button(sheet, _("Show what will be signed"));
	sheet_end(sheet);
}

bool desk_answer(struct sheet *sheet, struct err *err)
{
	const struct review_case *c = NULL;
	const struct web_field *file = web_file(sheet->request, "evidence");
	struct pending pending = {.kind = PENDING_ENTRY};

	if (!session_case(&sheet->s, web_value(sheet->request, "id"), &c, err))
		return false;
	if (!sheet->request->post) {
		show_answer_form(sheet, c);
		return true;
	}
	if (sheet_given(sheet, "note") == NULL)
		return err_set(err, ERR_USAGE, "say what was answered, and by whom");
	if (file != NULL && file->bytes.len > EVIDENCE_LIMIT)
		return err_set(err, ERR_LIMIT, "evidence %s is larger than 16 MiB", file->value);
	if (!answering_draft(&sheet->s, c, web_value(sheet->request, "outcome"), web_value(sheet->request, "note"), &pending.draft, err))
		return false;
	if (file != NULL)
		draft_add_body(&pending.draft, "evidence", file->value, file->bytes.data != NULL ? file->bytes.data : "", file->bytes.len);
	pending.case_id = mem_copy_string(c->id);
	desk_confirm(sheet, &pending);
	return true;
}

bool desk_file(struct sheet *sheet, struct err *err)
{
	const struct review_case *c = NULL;
	struct pending pending = {.kind = PENDING_ENTRY};

	if (!session_case(&sheet->s, web_value(sheet->request, "id"), &c, err))
		return false;
	if (!sheet->request->post) {
		sheet_begin(sheet, _("Record the filing number"));
		begin_form(sheet, c, "file");
		sheet_input(sheet, "register", "text", _("Filing number"), "");
		sheet_area(sheet, "note", _("Note"), "", false);
		sheet_button(sheet, _("Show what will be signed"));
		sheet_end(sheet);
		return true;
	}
	if (sheet_given(sheet, "register") == NULL)
		return err_set(err, ERR_USAGE, "a register number is wanted");
	pending.draft = filing_draft(&sheet->s, c, web_value(sheet->request, "register"), sheet_given(sheet, "note"));
	pending.case_id = mem_copy_string(c->id);
	desk_confirm(sheet, &pending);
	return true;
}
