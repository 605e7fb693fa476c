/* submit.c - putting documents up for review from the desk: what git has staged or committed, never an
 * upload, because what is reviewed is what the repository holds. */
#include "desk.h"

#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "policy/docket.h"
#include "repo/change.h"
#include "repo/object.h"

#include <stdlib.h>
#include <string.h>

/* Every candidate path git knows, with a box to tick. */
static bool add_candidates(struct sheet *sheet, struct err *err)
{
	struct changes index = {0};
	size_t count = 0;

	if (!index_files(sheet->s.repo, &index, err))
		return false;
	buf_addf(sheet->out, "<fieldset><legend>%s</legend>\n", _("Files"));
	for (size_t i = 0; i < index.count; i++) {
		const char *path = index.items[i].path;

		if (!policy_path_is_candidate(sheet->s.docket.policy, path))
			continue;
		buf_addf(sheet->out, "<div><input type=\"checkbox\" name=\"file\" id=\"file-%zu\" value=\"", count);
		html_add(sheet->out, path);
		buf_addf(sheet->out, "\"> <label for=\"file-%zu\">", count++);
		html_add(sheet->out, path);
		buf_add_string(sheet->out, "</label></div>\n");
	}
	if (count == 0)
		buf_addf(sheet->out, "<p>%s</p>\n", _("git knows no candidate file: git add one first."));
	buf_add_string(sheet->out, "</fieldset>\n");
	changes_release(&index);
	return true;
}

static void add_attribute(struct sheet *sheet, const struct form_field *field, const char *chosen)
{
	static const char *const values[] = {"proactive", "on-request", "not-disclosed"};

	buf_addf(sheet->out, "<p class=\"field\"><label for=\"%s\">%s</label> <select id=\"%s\" name=\"%s\">\n", field->key,
	         _(field->title), field->key, field->key);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		buf_addf(sheet->out, "<option value=\"%s\"%s>%s</option>\n", values[i], strcmp(values[i], chosen) == 0 ? " selected" : "",
		         paper_attribute(values[i]));
	buf_add_string(sheet->out, "</select></p>\n");
}

static bool show_form(struct sheet *sheet, const struct review_case *c, struct err *err)
{
	sheet_begin(sheet, _("Submit"));
	if (c != NULL) {
		buf_addf(sheet->out, "<p>%s ", _("A new round of"));
		sheet_case_link(sheet, c->id);
		buf_add_string(sheet->out, "</p>\n");
	}
	sheet_form(sheet, "submit", true);
	if (c != NULL)
		sheet_hidden(sheet, "id", c->id);
	if (!add_candidates(sheet, err))
		return false;
	for (const struct form_field *field = form_fields; field->key != NULL; field++) {
		const char *value = c != NULL && strcmp(field->key, "note") != 0 ? round_field(case_round(c), field->key) : "";

		if (strcmp(field->key, "attribute") == 0)
			add_attribute(sheet, field, value);
		else
			sheet_input(sheet, field->key, field->date ? "date" : "text", _(field->title), value);
	}
	sheet_button(sheet, _("Show what will be signed"));
	sheet_end(sheet);
	return true;
}

/* The ticked paths, each one a candidate of the index (submission.c makes sure); owned by the caller. */
static char **ticked(const struct web_request *request, size_t *count)
{
	char **paths = mem_alloc(request->field_count + 1, sizeof(*paths));

	*count = 0;
	for (size_t i = 0; i < request->field_count; i++)
		if (!request->fields[i].file && strcmp(request->fields[i].name, "file") == 0)
			paths[(*count)++] = request->fields[i].value;
	return paths;
}

static bool take_form(struct sheet *sheet, const struct review_case *c, struct err *err)
{
	struct submission_form form = {.case_id = c != NULL ? c->id : NULL};
	struct pending pending = {.kind = PENDING_SUBMIT};
	size_t count = 0;
	char **paths = ticked(sheet->request, &count);
	bool ok = false;

	for (const struct form_field *field = form_fields; field->key != NULL; field++)
		*(const char **)((char *)&form + field->into) = sheet_given(sheet, field->key);
	if (count == 0)
		(void)err_set(err, ERR_USAGE, "tick the files that are to be reviewed");
	else if (form.title == NULL)
		(void)err_set(err, ERR_USAGE, "the matter needs a title");
	else
		ok = submission_check(&form, err) && submission_collect(&sheet->s, &form, paths, count, &pending.matter, err) &&
		     submission_allowed(&pending.matter, err);
	if (ok) {
		pending.draft = submission_draft(&sheet->s, &form, &pending.matter);
		pending.case_id = mem_copy_string(pending.matter.case_id);
		desk_confirm(sheet, &pending);
	}
	pending_release(&pending);
	free(paths);
	return ok;
}

bool desk_submit(struct sheet *sheet, struct err *err)
{
	const struct review_case *c = NULL;

	if (sheet_given(sheet, "id") != NULL && !session_case(&sheet->s, web_value(sheet->request, "id"), &c, err))
		return false;
	return sheet->request->post ? take_form(sheet, c, err) : show_form(sheet, c, err);
}
