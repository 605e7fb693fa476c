/* documents.c - the submitted files, kept where approvers elsewhere can read them.
 *
 * A commit of their own under refs/review/documents/, with a fixed identity and date, so that the
 * same files always give the same commit.  The ledger binds their SHA-256; this ref only finds the
 * bytes, and may be expunged when a document must vanish. */
#include "ledger/documents.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "seal/hash.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

enum { COMMIT_TEXT_LIMIT = 4096, FILES_LIMIT = 10000 };

char *documents_ref(const char *case_id, uint32_t round)
{
	return mem_format(DOCUMENTS_PREFIX "%s/%u", case_id, (unsigned)round);
}

/* The case becomes part of a reference's name, so it has to be one. */
static bool is_round(const char *case_id, uint32_t round, struct err *err)
{
	if (id_is_valid(case_id, strlen(case_id)) && round > 0)
		return true;
	return err_set(err, ERR_INPUT, "'%.64s' round %u is not a round of a case", case_id, (unsigned)round);
}

static void commit_text(const struct object_id *tree, const char *case_id, uint32_t round, struct buf *raw)
{
	char hex[OBJECT_HEX_SIZE];

	buf_addf(raw, "tree %s\nauthor review <review@review.invalid> 0 +0000\n"
	              "committer review <review@review.invalid> 0 +0000\n\n"
	              "review-documents v1\n\ncase: %s\nround: %u\n",
	         object_id_to_hex(tree, hex), case_id, (unsigned)round);
}

enum { TRIES = 100 };

static bool write_commit(struct repo *repo, const char *case_id, uint32_t round, const struct tree_files *files,
                         struct object_id *out, struct err *err)
{
	struct object_id tree;
	struct buf raw = {0};
	bool ok;

	if (!tree_write(repo, files, &tree, err))
		return false;
	commit_text(&tree, case_id, round, &raw);
	ok = object_write(repo, OBJECT_COMMIT, raw.data, raw.len, out, err);
	buf_release(&raw);
	return ok;
}

bool documents_store(struct repo *repo, const char *case_id, uint32_t round, const struct tree_files *files,
                     struct err *err)
{
	char *name = documents_ref(case_id, round);
	struct object_id commit, now;
	struct err absent = {0};
	bool ok = is_round(case_id, round, err) && write_commit(repo, case_id, round, files, &commit, err);

	if (ok && ref_read(repo, name, &now, &absent))
		ok = object_id_equal(&now, &commit) ? true
		                                    : err_set(err, ERR_CONFLICT, "%s holds other documents", name);
	else if (ok)
		ok = ref_swap(repo, name, NULL, &commit, "review: documents", err);
	free(name);
	return ok;
}

/* Make `name` hold `commit`, whatever it holds now; somebody who wanted the same number may be at it. */
static bool take_place(struct repo *repo, const char *name, const struct object_id *commit, struct err *err)
{
	struct err why = {0};

	for (int i = 0; i < TRIES; i++) {
		struct object_id now;
		struct err absent = {0};
		const bool has = ref_read(repo, name, &now, &absent);

		if (has && object_id_equal(&now, commit))
			return true;
		why = (struct err){0};
		if (ref_swap(repo, name, has ? &now : NULL, commit, "review: documents", &why))
			return true;
		if (why.kind != ERR_CONFLICT)
			break;
	}
	*err = why;
	return false;
}

bool documents_settle(struct repo *repo, const char *case_id, uint32_t round, const struct tree_files *files,
                      struct err *err)
{
	char *name = documents_ref(case_id, round);
	struct object_id commit;
	const bool ok = is_round(case_id, round, err) && write_commit(repo, case_id, round, files, &commit, err) &&
	                take_place(repo, name, &commit, err);

	free(name);
	return ok;
}

static bool list_files(struct repo *repo, const struct object_id *commit, struct tree_files *out, struct err *err)
{
	struct object_id tree, *parents = NULL;
	size_t count = 0;

	if (!commit_links(repo, commit, &tree, &parents, &count, err))
		return false;
	free(parents);
	return tree_list(repo, &tree, FILES_LIMIT, out, err);
}

/* Both are sorted by path, so that pairs are found by counting. */
static bool same_files(struct repo *repo, const struct tree_files *kept, const struct file_refs *files, struct err *err)
{
	if (kept->count != files->count)
		return err_set(err, ERR_MISMATCH, "it keeps %zu files, and %zu were submitted", kept->count, files->count);
	for (size_t i = 0; i < files->count; i++) {
		const struct file_ref *want = &files->items[i];
		struct buf bytes = {0};
		struct digest digest;
		bool ok;

		if (strcmp(kept->items[i].path, want->path) != 0 || kept->items[i].mode != want->mode)
			return err_set(err, ERR_MISMATCH, "%s was not submitted so", kept->items[i].path);
		ok = object_read(repo, &kept->items[i].id, OBJECT_BLOB, DOCUMENT_LIMIT, &bytes, err);
		hash_bytes(bytes.data, bytes.len, &digest);
		if (ok && (bytes.len != want->size || !digest_equal(&digest, &want->digest)))
			ok = err_set(err, ERR_MISMATCH, "%s is not the document that was submitted", want->path);
		buf_release(&bytes);
		if (!ok)
			return false;
	}
	return true;
}

bool documents_are(struct repo *repo, const struct object_id *commit, const struct file_refs *manifest, struct err *err)
{
	struct tree_files files = {0};
	const bool ok = list_files(repo, commit, &files, err) && same_files(repo, &files, manifest, err);

	tree_files_release(&files);
	return ok;
}

bool documents_adopt(struct repo *repo, const char *case_id, uint32_t round, const struct object_id *commit,
                     const struct file_refs *manifest, struct err *err)
{
	struct tree_files files = {0};
	const bool ok = is_round(case_id, round, err) && list_files(repo, commit, &files, err) &&
	                same_files(repo, &files, manifest, err) && documents_settle(repo, case_id, round, &files, err);

	tree_files_release(&files);
	return ok;
}

static bool read_blob(struct repo *repo, const char *name, const struct file_ref *want, struct buf *out,
                      struct err *err)
{
	struct object_id commit, tree, *parents = NULL;
	struct tree_files files = {0};
	size_t count = 0;
	const struct tree_file *found = NULL;
	bool ok;

	if (!ref_read(repo, name, &commit, err) || !commit_links(repo, &commit, &tree, &parents, &count, err))
		return false;
	free(parents);
	ok = tree_list(repo, &tree, FILES_LIMIT, &files, err);
	for (size_t i = 0; ok && i < files.count && found == NULL; i++)
		found = strcmp(files.items[i].path, want->path) == 0 ? &files.items[i] : NULL;
	if (ok && found == NULL)
		ok = err_set(err, ERR_NOT_FOUND, "%s is not kept in %s", want->path, name);
	if (ok && found->mode != want->mode)
		ok = err_set(err, ERR_MISMATCH, "%s in %s has mode %o, not %o", want->path, name, found->mode, want->mode);
	ok = ok && object_read(repo, &found->id, OBJECT_BLOB, DOCUMENT_LIMIT, out, err);
	tree_files_release(&files);
	return ok;
}

bool documents_read(struct repo *repo, const char *case_id, uint32_t round, const struct file_ref *want,
                    struct buf *out, struct err *err)
{
	char *name = documents_ref(case_id, round);
	struct buf bytes = {0};
	struct digest digest;
	bool ok = is_round(case_id, round, err) && read_blob(repo, name, want, &bytes, err);

	if (ok) {
		hash_bytes(bytes.data, bytes.len, &digest);
		ok = bytes.len == want->size && digest_equal(&digest, &want->digest)
		             ? true
		             : err_set(err, ERR_MISMATCH, "%s in %s is not the document that was submitted", want->path, name);
	}
	if (ok)
		buf_add(out, bytes.data, bytes.len);
	else if (err->kind == ERR_ELSEWHERE)
		err->kind = ERR_NOT_FOUND; /* kept, and not here: which is all one asks of documents */
	buf_release(&bytes);
	free(name);
	return ok;
}

bool documents_check(struct repo *repo, const struct object_id *commit, const char *case_id, uint32_t round,
                     const struct file_refs *files, struct err *err)
{
	struct object_id tree, *parents = NULL;
	struct buf raw = {0}, want = {0};
	struct tree_files kept = {0};
	size_t count = 0;
	bool ok = is_round(case_id, round, err) && commit_links(repo, commit, &tree, &parents, &count, err) &&
	          object_read(repo, commit, OBJECT_COMMIT, COMMIT_TEXT_LIMIT, &raw, err);

	free(parents);
	if (ok) {
		commit_text(&tree, case_id, round, &want);
		if (raw.len != want.len || memcmp(raw.data, want.data, want.len) != 0)
			ok = err_set(err, ERR_MISMATCH, "it is not the commit that keeps documents");
	}
	ok = ok && tree_list(repo, &tree, FILES_LIMIT, &kept, err) && same_files(repo, &kept, files, err);
	tree_files_release(&kept);
	buf_release(&raw);
	buf_release(&want);
	return ok;
}
