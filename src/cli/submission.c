/* submission.c - a matter is put up for review: all its files, and the form that goes with them.
 *
 * The bytes are the staged or committed ones, never the working file: what is reviewed is what git
 * holds.  A document that would be blocked is refused here, before anybody's time is spent. */
#include "submission.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/word.h"
#include "gate.h"
#include "ledger/documents.h"
#include "repo/change.h"
#include "repo/repo.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

#define FIELD(key, member, date, title) {key, offsetof(struct submission_form, member), date, title}

const struct form_field form_fields[] = {
	FIELD("title", title, false, N_("Title")),
	FIELD("document-number", number, false, N_("Document number")),
	FIELD("unit", unit, false, N_("Submitting unit")),
	FIELD("author", author, false, N_("Drafter")),
	FIELD("maker", maker, false, N_("Making organ")),
	FIELD("formed", formed, true, N_("Date formed")),
	FIELD("changed", changed, true, N_("Date changed")),
	FIELD("origin", origin, false, N_("Origin")),
	FIELD("carrier", carrier, false, N_("Carrier")),
	FIELD("attribute", attribute, false, N_("Attribute of disclosure")),
	FIELD("article-20", article, false, N_("Item of article 20")),
	FIELD("channels", channels, false, N_("Channels")),
	FIELD("scope", scope, false, N_("Scope")),
	FIELD("planned", planned, true, N_("Planned date")),
	FIELD("undertaking", undertaking, false, N_("Undertaking")),
	FIELD("note", note, false, N_("Note")),
	{NULL, 0, false, NULL},
};

void matter_release(struct matter *m)
{
	tree_files_release(&m->files);
	file_refs_release(&m->refs);
	scan_release(&m->scan);
	free(m->case_id);
	free(m->section);
}

static bool holds_files(const struct changes *index, const char *path)
{
	const size_t len = strlen(path);

	for (size_t i = 0; i < index->count; i++)
		if (strncmp(index->items[i].path, path, len) == 0 && index->items[i].path[len] == '/')
			return true;
	return false;
}

static void hint_to_add(const char *path, struct err *err)
{
	char *typed = word_argument(path);

	(void)err_hint(err, "git add %s", typed);
	free(typed);
}

/* The index entry of `path`; a working file that says something else must be staged first. */
static bool find_staged(struct session *s, const struct changes *index, const char *path,
                        struct change *out, struct err *err)
{
	char *working = fs_join(repo_work_dir(s->repo), path);
	struct buf file = {0}, blob = {0};
	const struct change *found = NULL;
	bool ok = false;

	for (size_t i = 0; i < index->count && found == NULL; i++)
		found = strcmp(index->items[i].path, path) == 0 ? &index->items[i] : NULL;
	if (found == NULL && holds_files(index, path)) {
		(void)err_set(err, ERR_USAGE, "%s is a folder", path);
		(void)err_hint(err, "name the files in it, all that belong to the matter");
	} else if (found == NULL) {
		(void)err_set(err, ERR_INPUT, "%s is not known to git", path);
		hint_to_add(path, err);
	} else if (found->mode != MODE_FILE && found->mode != MODE_EXECUTABLE) {
		(void)err_set(err, ERR_INPUT, "%s is not a plain file", path);
	} else if (fs_read_file(working, DOCUMENT_LIMIT, &file, err) &&
	           object_read(s->repo, &found->id, OBJECT_BLOB, DOCUMENT_LIMIT, &blob, err)) {
		ok = file.len == blob.len && (file.len == 0 || memcmp(file.data, blob.data, file.len) == 0);
		if (!ok) {
			(void)err_set(err, ERR_INPUT, "%s was changed since it was staged", path);
			hint_to_add(path, err);
		}
	}
	if (ok)
		*out = *found;
	buf_release(&file);
	buf_release(&blob);
	free(working);
	return ok;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

static bool collect_files(struct session *s, char *const *paths, size_t count, struct matter *m, struct err *err)
{
	struct changes index = {0};
	bool ok = index_files(s->repo, &index, err);

	for (size_t i = 0; ok && i < count; i++) {
		struct change staged = {0};

		ok = find_staged(s, &index, paths[i], &staged, err);
		if (!ok)
			break;
		m->files.items = mem_grow(m->files.items, m->files.count, sizeof(*m->files.items));
		m->files.items[m->files.count++] =
			(struct tree_file){.path = mem_copy_string(paths[i]), .mode = staged.mode, .id = staged.id};
	}
	changes_release(&index);
	if (!ok)
		return false;
	qsort(m->files.items, m->files.count, sizeof(*m->files.items), by_path);
	for (size_t i = 1; i < m->files.count; i++)
		if (by_path(&m->files.items[i - 1], &m->files.items[i]) == 0)
			return err_set(err, ERR_USAGE, "%s is named twice", m->files.items[i].path);
	return true;
}

static bool scan_files(struct session *s, struct matter *m, struct err *err)
{
	struct changes changes = {0};
	bool ok;

	for (size_t i = 0; i < m->files.count; i++) {
		const struct tree_file *f = &m->files.items[i];

		if (!path_check(f->path, strlen(f->path), err))
			return false;
		if (!policy_path_is_candidate(s->docket.policy, f->path)) {
			(void)err_set(err, ERR_DENIED, "%s is not a candidate path", f->path);
			return err_hint(err, "the zones of the policy in force say what is: review policy show");
		}
		changes.items = mem_grow(changes.items, changes.count, sizeof(*changes.items));
		changes.items[changes.count++] =
			(struct change){.path = mem_copy_string(f->path), .mode = f->mode, .id = f->id};
	}
	ok = gate_scan(s, &changes, &m->scan, err);
	for (size_t i = 0; ok && i < m->scan.count; i++)
		file_refs_add(&m->refs, &m->scan.files[i].digest, m->scan.files[i].size, m->scan.files[i].mode,
		              m->scan.files[i].path);
	changes_release(&changes);
	return ok;
}

static bool find_section(struct session *s, struct matter *m, struct err *err)
{
	const struct section *section = policy_path_section(s->docket.policy, m->files.items[0].path);

	if (section == NULL) {
		(void)err_set(err, ERR_DENIED, "%s belongs to no section of the policy", m->files.items[0].path);
		return err_hint(err, "review policy show");
	}
	m->section = mem_copy_string(section->id);
	return true;
}

static bool find_case(struct session *s, const struct submission_form *form, struct matter *m, struct err *err)
{
	const struct review_case *c = NULL;

	if (form->case_id == NULL) {
		m->case_id = docket_next_case(&s->docket, date_year(s->today));
		m->round = 1;
		return true;
	}
	if (!session_case(s, form->case_id, &c, err))
		return false;
	m->case_id = mem_copy_string(c->id);
	m->round = case_round(c)->number + 1;
	return true;
}

bool submission_collect(struct session *s, const struct submission_form *form, char *const *paths, size_t count,
                        struct matter *out, struct err *err)
{
	if (repo_work_dir(s->repo) == NULL)
		return err_set(err, ERR_INPUT, "a bare repository has no candidates");
	return session_open_rules(s, err) && session_open_person(s, err) && collect_files(s, paths, count, out, err) &&
	       find_case(s, form, out, err) && scan_files(s, out, err) && find_section(s, out, err);
}

/* From the form, else from the round before, else the default. */
static const char *form_value(const struct session *s, const struct submission_form *form, const struct matter *m,
                              const struct form_field *field)
{
	const char *given = *(const char *const *)((const char *)form + field->into);
	const struct review_case *c = docket_case(&s->docket, m->case_id);

	if (given != NULL)
		return given;
	if (c != NULL && strcmp(field->key, "note") != 0)
		return round_field(case_round(c), field->key);
	return strcmp(field->key, "attribute") == 0 ? "proactive" : "";
}

struct draft submission_draft(const struct session *s, const struct submission_form *form, const struct matter *m)
{
	struct draft draft = session_draft(s, ENTRY_SUBMIT);
	struct buf record = {0};

	draft_add(&draft, "case", m->case_id);
	draft_add_number(&draft, "round", m->round);
	draft_add(&draft, "section", m->section);
	for (const struct form_field *field = form_fields; field->key != NULL; field++)
		draft_add(&draft, field->key, form_value(s, form, m, field));
	scan_record_write(&m->scan, &record);
	draft_add_body(&draft, "scan", "", record.data, record.len);
	draft_add_files(&draft, &m->refs);
	buf_release(&record);
	return draft;
}

bool submission_allowed(const struct matter *m, struct err *err)
{
	struct scan_totals totals;

	scan_count(&m->scan, &totals);
	if (totals.block > 0) {
		(void)err_set(err, ERR_DENIED, "not submitted: what must not be published is still in it (%zu found)", totals.block);
		return err_hint(err, "change the document, git add it, submit again");
	}
	if (totals.undecided > 0) {
		(void)err_set(err, ERR_INPUT, "not submitted: not everything could be read in full");
		return err_hint(err, "submit a text, Markdown, CSV or HTML version");
	}
	return true;
}

bool submission_check(const struct submission_form *form, struct err *err)
{
	const char *a = form->attribute;
	int32_t day;

	for (const struct form_field *field = form_fields; field->key != NULL; field++) {
		const char *value = *(const char *const *)((const char *)form + field->into);

		if (field->date && value != NULL && !date_from_text(&day, value, strlen(value)))
			return err_set(err, ERR_USAGE, "--%s wants a date: YYYY-MM-DD", field->key);
	}
	if (a != NULL && strcmp(a, "proactive") != 0 && strcmp(a, "on-request") != 0 && strcmp(a, "not-disclosed") != 0)
		return err_set(err, ERR_USAGE, "--attribute is one of: proactive, on-request, not-disclosed");
	return true;
}

bool submission_append(struct session *s, struct matter *m, struct draft *draft, struct err *err)
{
	struct err taken = {0};

	if (!documents_store(s->repo, m->case_id, m->round, &m->files, &taken) && taken.kind != ERR_CONFLICT) {
		*err = taken;
		return false;
	}
	if (!session_append(s, draft, err))
		return false;
	for (size_t i = 0; i < draft->line_count; i++)
		if (strcmp(draft->lines[i].key, "case") == 0) {
			free(m->case_id);
			m->case_id = mem_copy_string(draft->lines[i].value);
		}
	if (documents_settle(s->repo, m->case_id, m->round, &m->files, err))
		return true;
	err_context(err, "case %s is submitted, but its documents are not kept", m->case_id);
	return err_hint(err, "give the files to the signers yourself, or submit a new round");
}
