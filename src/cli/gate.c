/* gate.c - what a set of changes would bring into the repository.
 *
 * Always blobs, never working files: what is committed is what was scanned.  The rules come from
 * the ledger where there is one, so that a commit cannot loosen the rules it is judged by. */
#include "gate.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/utf8.h"
#include "checkout.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "repo/change.h"
#include "repo/object.h"
#include "rules/ruleset.h"
#include "scan/finding.h"
#include "scan/many.h"
#include "scan/report.h"
#include "scan/scanner.h"
#include "seal/hash.h"
#include "rules_cache.h"
#include "public_memory.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool open_given_rules(struct session *s, const char *dir, struct err *err)
{
	struct rule_files files = {0};

	if (dir == NULL)
		rule_files_builtin(&files);
	else if (!rule_files_read_dir(dir, &files, err))
		return false;
	if (!rules_open(&files, &s->rules, &s->scanner, err)) {
		rule_files_release(&files);
		return false;
	}
	scanner_set_day(s->scanner, s->today);
	return true;
}

bool gate_open_shipped(struct session *s, struct err *err)
{
	return open_given_rules(s, NULL, err);
}

bool gate_open(struct session *s, const char *rules_dir, struct err *err)
{
	struct err absent = {0};

	if (!session_open_view(s, &absent)) {
		/* Only "there is none" opens the smaller door; a ledger that cannot be read does not. */
		if (absent.kind != ERR_NOT_FOUND) {
			*err = absent;
			return false;
		}
		return open_given_rules(s, rules_dir, err);
	}
	if (rules_dir != NULL)
		return open_given_rules(s, rules_dir, err);
	return session_open_rules(s, err);
}

static bool is_candidate(const struct session *s, const char *path)
{
	if (s->docket.policy != NULL)
		return policy_path_is_candidate(s->docket.policy, path);
	return strncmp(path, ".review/", 8) != 0;
}

static const char *unreadable_mode(unsigned mode)
{
	if (mode == MODE_LINK)
		return "a symbolic link, not a document";
	if (mode == MODE_COMMIT)
		return "a submodule, not a document";
	return mode == MODE_FILE || mode == MODE_EXECUTABLE ? NULL : "an unknown kind of file";
}

static bool scan_change(struct session *s, const struct change *change, struct scan_many *many, struct err *err)
{
	struct scanned_file file = {0};
	struct buf bytes = {0};
	struct err why = {0};
	const char *odd = unreadable_mode(change->mode);

	if (odd == NULL && object_read(s->repo, &change->id, OBJECT_BLOB, DOCUMENT_LIMIT, &bytes, &why)) {
		scan_many_add(many, change->path, change->mode, &bytes);
	} else if (odd != NULL || why.kind == ERR_LIMIT) {
		file.path = mem_copy_string(change->path);
		file.mode = change->mode;
		file.undecided = mem_copy_string(odd != NULL ? odd : "too large to read");
		scan_many_put(many, &file);
	} else {
		*err = why;
		err_context(err, "%s", change->path);
	}
	buf_release(&bytes);
	return err->kind == ERR_NONE;
}

bool gate_scan(struct session *s, const struct changes *changes, struct scan *out, struct err *err)
{
	struct scan_many *many = scan_many_begin(s->scanner);
	bool ok = true;

	out->rules = s->rules->digest;
	for (size_t i = 0; i < changes->count; i++)
		progress_expect(PROGRESS_DOCUMENTS, changes->items[i].mode != 0 && is_candidate(s, changes->items[i].path) ? 1 : 0);
	for (size_t i = 0; ok && i < changes->count; i++)
		if (changes->items[i].mode != 0 && is_candidate(s, changes->items[i].path))
			ok = scan_change(s, &changes->items[i], many, err);
	scan_many_end(many, out);
	return ok;
}

/* The digest of what is to stand at this public path, NULL when nothing is. */
static const struct file_ref *released_file(const struct session *s, const char *path, struct buf *receipt)
{
	const size_t len = strlen(s->docket.policy->public_dir);
	const char *name = path + len;

	if (strlen(path) <= len)
		return NULL;
	if (strcmp(name, RECEIPT_NAME) == 0)
		docket_receipt(&s->docket, receipt);
	return docket_public_file(&s->docket, name, NULL, NULL);
}

/* Size and SHA-256 of a blob, as they were found before or by reading it. */
static bool blob_facts(struct session *s, const struct object_id *blob, struct blob_facts *out, struct err *err)
{
	struct buf bytes = {0};

	if (s->public_memory != NULL && public_memory_find(s->public_memory, blob, out))
		return true;
	if (!object_read(s->repo, blob, OBJECT_BLOB, DOCUMENT_LIMIT, &bytes, err))
		return false;
	hash_bytes(bytes.data, bytes.len, &out->digest);
	out->size = bytes.len;
	if (s->public_memory != NULL)
		public_memory_note(s->public_memory, blob, out);
	buf_release(&bytes);
	return true;
}

static bool blob_is(struct session *s, const struct change *change, const struct file_ref *want,
                    const struct buf *receipt, bool *same, struct err *err)
{
	struct blob_facts facts, wanted = {0};

	if (!blob_facts(s, &change->id, &facts, err))
		return false;
	if (receipt->data != NULL) {
		hash_bytes(receipt->data, receipt->len, &wanted.digest);
		wanted.size = receipt->len;
	} else if (want != NULL && change->mode == want->mode) {
		wanted = (struct blob_facts){.digest = want->digest, .size = want->size};
	} else {
		*same = false;
		return true;
	}
	*same = facts.size == wanted.size && digest_equal(&facts.digest, &wanted.digest);
	return true;
}

/* *why stays NULL when the change is exactly what the ledger released or withdrew. */
static bool judge_public(struct session *s, const struct change *change, const char **why, struct err *err)
{
	struct buf receipt = {0};
	const struct file_ref *want = released_file(s, change->path, &receipt);
	bool same = false, ok = true;

	*why = NULL;
	if (change->mode == 0)
		*why = want != NULL ? _("is released and may not be deleted: review withdraw") : NULL;
	else if (strlen(change->path) <= strlen(s->docket.policy->public_dir))
		*why = _("stands in the place of the public directory");
	else if (unreadable_mode(change->mode) != NULL)
		*why = _("is not a plain file");
	else if (want == NULL && receipt.data == NULL)
		*why = _("was never released");
	else if (!blob_is(s, change, want, &receipt, &same, err))
		ok = false;
	else if (!same)
		*why = _("is not what the ledger released");
	buf_release(&receipt);
	return ok;
}

void gate_complain(struct buf *complaints, char *line)
{
	utf8_add_printable(complaints, line, strlen(line));
	buf_add_byte(complaints, '\n');
	free(line);
}

bool gate_public(struct session *s, const struct changes *changes, struct buf *complaints, size_t *count,
                 struct err *err)
{
	*count = 0;
	if (s->docket.policy == NULL)
		return true;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		const char *why = NULL;

		if (policy_path_is_public(s->docket.policy, change->path)) {
			if (!judge_public(s, change, &why, err))
				return false;
		} else if (change->mode != 0 && checkout_lands_in_public(s->docket.policy, change->path)) {
			why = _("is in the public directory on some systems");
		}
		if (why != NULL) {
			gate_complain(complaints, mem_format("%s %s", change->path, why));
			++*count;
		}
	}
	return docket_is_whole(&s->docket, err);
}

bool terminal_has_color(int fd)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

	return isatty(fd) == 1 && (no_color == NULL || no_color[0] == '\0') && term != NULL &&
	       strcmp(term, "dumb") != 0;
}

static const char *stage_of_session(const void *session, const char *id)
{
	return session_stage_words(session, id);
}

void gate_print(const struct session *s, const struct scan *scan, bool explain, bool to_stderr)
{
	FILE *to = to_stderr ? stderr : stdout;
	const struct report_style style = {
		.explain = explain,
		.color = terminal_has_color(to_stderr ? STDERR_FILENO : STDOUT_FILENO),
		.stage = stage_of_session,
		.house = s,
	};
	struct buf text = {0};

	report_text(scan, &style, &text);
	(void)fwrite(text.data != NULL ? text.data : "", 1, text.len, to);
	buf_release(&text);
}
