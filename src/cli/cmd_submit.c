/* cmd_submit.c - a matter is put up for review: all its files, and the form that goes with them.
 *
 * The bytes are the staged or committed ones, never the working file: what is reviewed is what git
 * holds.  A document that would be blocked is refused here, before anybody's time is spent. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "command.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/mem.h"
#include "gate.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "options.h"
#include "prompt.h"
#include "repo/change.h"
#include "repo/object.h"
#include "repo/repo.h"
#include "scan/finding.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The review form; names are the ledger's own keys. */
struct submit_args {
	const char *case_id, *title, *number, *unit, *author, *maker, *formed, *changed, *origin, *carrier,
		*attribute, *article, *channels, *scope, *planned, *undertaking, *note;
};

#define FIELD(name, member, argument, help) \
	{name, OPTION_VALUE, offsetof(struct submit_args, member), argument, help}

const struct option submit_options[] = {
	FIELD("case", case_id, "CASE", "a new round of this case (default: a new case)"),
	FIELD("title", title, "TEXT", "title of the matter (needed for a new case)"),
	FIELD("document-number", number, "TEXT", "document number (文号)"),
	FIELD("unit", unit, "TEXT", "submitting unit"),
	FIELD("author", author, "TEXT", "drafter"),
	FIELD("maker", maker, "TEXT", "making organ"),
	FIELD("formed", formed, "DATE", "date formed"),
	FIELD("changed", changed, "DATE", "date changed"),
	FIELD("origin", origin, "TEXT", "own, or where it is reposted from"),
	FIELD("carrier", carrier, "TEXT", "official document or other"),
	FIELD("attribute", attribute, "ATTRIBUTE", "proactive (default), on-request or not-disclosed"),
	FIELD("article-20", article, "N", "item of article 20, 1 to 15"),
	FIELD("channels", channels, "TEXT", "where it is to be published"),
	FIELD("scope", scope, "TEXT", "for whom"),
	FIELD("planned", planned, "DATE", "planned date"),
	FIELD("undertaking", undertaking, "TEXT", "the submitter's undertaking"),
	FIELD("note", note, "TEXT", "anything else"),
	{NULL, 0, 0, NULL, NULL},
};

/* The ledger key of each option, in any order; the grammar sorts them. */
static const struct {
	const char *key;
	size_t into;
} form[] = {
	{"title", offsetof(struct submit_args, title)},
	{"document-number", offsetof(struct submit_args, number)},
	{"unit", offsetof(struct submit_args, unit)},
	{"author", offsetof(struct submit_args, author)},
	{"maker", offsetof(struct submit_args, maker)},
	{"formed", offsetof(struct submit_args, formed)},
	{"changed", offsetof(struct submit_args, changed)},
	{"origin", offsetof(struct submit_args, origin)},
	{"carrier", offsetof(struct submit_args, carrier)},
	{"attribute", offsetof(struct submit_args, attribute)},
	{"article-20", offsetof(struct submit_args, article)},
	{"channels", offsetof(struct submit_args, channels)},
	{"scope", offsetof(struct submit_args, scope)},
	{"planned", offsetof(struct submit_args, planned)},
	{"undertaking", offsetof(struct submit_args, undertaking)},
	{"note", offsetof(struct submit_args, note)},
};

/* What is being submitted. */
struct matter {
	struct tree_files files; /* candidate paths and blobs */
	struct file_refs refs;   /* the same with digests */
	struct scan scan;
	char *case_id, *section;
	uint32_t round;
};

static void matter_release(struct matter *m)
{
	tree_files_release(&m->files);
	file_refs_release(&m->refs);
	scan_release(&m->scan);
	free(m->case_id);
	free(m->section);
}

/* `name` as the user typed it, as a path inside the repository. */
static bool repository_path(const struct session *s, const char *name, char **out, struct err *err)
{
	char *real = realpath(name, NULL), *top = realpath(repo_work_dir(s->repo), NULL);
	const size_t len = top != NULL ? strlen(top) : 0;
	bool ok = false;

	if (top == NULL)
		(void)err_errno(err, "work tree");
	else if (real == NULL)
		(void)err_set(err, ERR_NOT_FOUND, "%s: there is no such file", name);
	else if (strncmp(real, top, len) != 0 || real[len] != '/')
		(void)err_set(err, ERR_INPUT, "%s is outside this repository", name);
	else
		ok = true;
	if (ok)
		*out = mem_copy_string(real + len + 1);
	free(real);
	free(top);
	return ok;
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
	if (found == NULL) {
		(void)err_set(err, ERR_INPUT, "%s is not known to git", path);
		(void)err_hint(err, "git add %s", path);
	} else if (found->mode != MODE_FILE && found->mode != MODE_EXECUTABLE) {
		(void)err_set(err, ERR_INPUT, "%s is not a plain file", path);
	} else if (fs_read_file(working, DOCUMENT_LIMIT, &file, err) &&
	           object_read(s->repo, &found->id, OBJECT_BLOB, DOCUMENT_LIMIT, &blob, err)) {
		ok = file.len == blob.len && (file.len == 0 || memcmp(file.data, blob.data, file.len) == 0);
		if (!ok) {
			(void)err_set(err, ERR_INPUT, "%s was changed since it was staged", path);
			(void)err_hint(err, "git add %s", path);
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

static bool collect_files(struct session *s, const struct option_list *names, struct matter *m, struct err *err)
{
	struct changes index = {0};
	bool ok = index_files(s->repo, &index, err);

	for (size_t i = 0; ok && i < names->count; i++) {
		char *path = NULL;
		struct change staged = {0};

		ok = repository_path(s, names->items[i], &path, err) && find_staged(s, &index, path, &staged, err);
		if (ok) {
			m->files.items = mem_grow(m->files.items, m->files.count, sizeof(*m->files.items));
			m->files.items[m->files.count++] =
				(struct tree_file){.path = path, .mode = staged.mode, .id = staged.id};
			path = NULL; /* transferred */
		}
		free(path);
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

static bool find_case(struct session *s, const struct submit_args *args, struct matter *m, struct err *err)
{
	const struct review_case *c = NULL;

	if (args->case_id == NULL) {
		m->case_id = docket_next_case(&s->docket, date_year(s->today));
		m->round = 1;
		return true;
	}
	if (!session_case(s, args->case_id, &c, err))
		return false;
	m->case_id = mem_copy_string(c->id);
	m->round = case_round(c)->number + 1;
	return true;
}

/* A value of the form: from the command line, else from the round before, else the default. */
static const char *form_value(const struct session *s, const struct submit_args *args, const struct matter *m, size_t i)
{
	const char *given = *(const char *const *)((const char *)args + form[i].into);
	const struct review_case *c = docket_case(&s->docket, m->case_id);

	if (given != NULL)
		return given;
	if (c != NULL && strcmp(form[i].key, "note") != 0)
		return round_field(case_round(c), form[i].key);
	return strcmp(form[i].key, "attribute") == 0 ? "proactive" : "";
}

static struct draft make_draft(const struct session *s, const struct submit_args *args, const struct matter *m)
{
	struct draft draft = session_draft(s, ENTRY_SUBMIT);
	struct buf record = {0};

	draft_add(&draft, "case", m->case_id);
	draft_add_number(&draft, "round", m->round);
	draft_add(&draft, "section", m->section);
	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++)
		draft_add(&draft, form[i].key, form_value(s, args, m, i));
	scan_record_write(&m->scan, &record);
	draft_add_body(&draft, "scan", "", record.data, record.len);
	draft_add_files(&draft, &m->refs);
	buf_release(&record);
	return draft;
}

static bool scan_allows(const struct matter *m, struct err *err)
{
	struct scan_totals totals;

	scan_count(&m->scan, &totals);
	if (totals.block + totals.review + totals.undecided > 0)
		gate_print(&m->scan, false, false);
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

/* What a person may mistype, said in the words of the command line. */
static bool check_form(const struct submit_args *args, struct err *err)
{
	const struct {
		const char *name, *value;
	} dates[] = {{"formed", args->formed}, {"changed", args->changed}, {"planned", args->planned}};
	const char *a = args->attribute;
	int32_t day;

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		if (dates[i].value != NULL && !date_from_text(&day, dates[i].value, strlen(dates[i].value)))
			return err_set(err, ERR_USAGE, "--%s wants a date: YYYY-MM-DD", dates[i].name);
	if (a != NULL && strcmp(a, "proactive") != 0 && strcmp(a, "on-request") != 0 && strcmp(a, "not-disclosed") != 0)
		return err_set(err, ERR_USAGE, "--attribute is one of: proactive, on-request, not-disclosed");
	return true;
}

/* The documents are kept first: an entry whose documents nobody has is worse than documents without
 * an entry.  A colleague may have taken the number we had in mind, so the entry says where they belong. */
static bool keep_and_append(struct session *s, struct matter *m, struct draft *draft, struct err *err)
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

static bool submit(struct session *s, const struct submit_args *args, const struct option_list *names,
                   struct err *err)
{
	struct matter m = {0};
	struct draft draft = {0};
	bool ok = false;

	if (!check_form(args, err) || !session_open(s, err) || !session_open_rules(s, err) || !session_open_person(s, err))
		return false;
	if (repo_work_dir(s->repo) == NULL)
		return err_set(err, ERR_INPUT, "a bare repository has no candidates");
	if (!collect_files(s, names, &m, err) || !find_case(s, args, &m, err) || !scan_files(s, &m, err) ||
	    !find_section(s, &m, err) || !scan_allows(&m, err))
		goto out;
	draft = make_draft(s, args, &m);
	if (!globals.yes && prompt_possible()) {
		char *question = mem_format("submit %zu files as case %s, round %u? [y/N]", m.files.count, m.case_id,
		                            (unsigned)m.round);
		const bool yes = prompt_yes(question);

		free(question);
		if (!yes) {
			(void)err_set(err, ERR_DENIED, "nothing was signed");
			goto out;
		}
	}
	if (!session_open_signer(s, err) || !keep_and_append(s, &m, &draft, err))
		goto out;
	printf("case %s, round %u: %zu file%s submitted to section %s\nnext: review show %s\n", m.case_id,
	       (unsigned)m.round, m.files.count, m.files.count == 1 ? "" : "s", m.section, m.case_id);
	ok = true;
out:
	draft_release(&draft);
	matter_release(&m);
	return ok;
}

int run_submit(const struct command *self, int argc, char **argv)
{
	struct submit_args args = {0};
	struct option_list names = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, &args, argc, argv, &names, &err)) {
		if (names.count == 0)
			(void)err_set(&err, ERR_USAGE, "submit which files: review submit FILE... --title TEXT");
		else if (args.title == NULL && args.case_id == NULL)
			(void)err_set(&err, ERR_USAGE, "a new case needs --title TEXT");
		else
			ok = submit(&s, &args, &names, &err);
	}
	session_close(&s);
	free(names.items);
	return ok ? STATUS_DONE : complain(&err);
}
