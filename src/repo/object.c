/* object.c - raw objects: never larger than asked for, proved by their name, written whole.
 *
 * libgit2 reads the bytes (with strict hashing, so swapped ones are refused); what they mean is
 * read by our own parsers, because libgit2's accept trees with duplicates, ".." and worse. */
#include "repo_inside.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What is read at once, and what libgit2 needs besides the object itself. */
static const size_t SMALL = (size_t)16 * 1024 * 1024, MARGIN = (size_t)256 * 1024;

static const git_object_t kinds[] = {
	[OBJECT_NONE] = GIT_OBJECT_INVALID,
	[OBJECT_COMMIT] = GIT_OBJECT_COMMIT,
	[OBJECT_TREE] = GIT_OBJECT_TREE,
	[OBJECT_BLOB] = GIT_OBJECT_BLOB,
	[OBJECT_TAG] = GIT_OBJECT_TAG,
};

void oid_of(git_oid *out, const struct object_id *id)
{
	memcpy(out->id, id->byte, sizeof(id->byte));
}

struct object_id id_of(const git_oid *oid)
{
	struct object_id id;

	memcpy(id.byte, oid->id, sizeof(id.byte));
	return id;
}

static bool header_allows(git_odb *odb, const git_oid *oid, enum object_type want, size_t limit, struct err *err)
{
	size_t len = 0;
	git_object_t kind = GIT_OBJECT_INVALID;
	char hex[OBJECT_HEX_SIZE];
	const struct object_id id = id_of(oid);
	const int code = git_odb_read_header(&len, &kind, odb, oid);

	(void)object_id_to_hex(&id, hex);
	if (code != 0)
		return git_failed(err, code, "git object");
	if (kind != kinds[want])
		return err_set(err, ERR_INPUT, "git object %s is of another type", hex);
	if (len > limit)
		return err_set(err, ERR_LIMIT, "git object %s has %zu bytes, more than %zu", hex, len, limit);
	return true;
}

/* At once, with no more memory than such an object needs. */
static bool read_small(git_odb *odb, const git_oid *oid, enum object_type want, size_t limit, git_odb_object **out)
{
	const size_t before = ceiling_set(limit + MARGIN);
	const int code = git_odb_read(out, odb, oid);

	(void)ceiling_set(before);
	if (code == 0 && git_odb_object_type(*out) == kinds[want] && git_odb_object_size(*out) <= limit)
		return true;
	git_odb_object_free(code == 0 ? *out : NULL);
	*out = NULL;
	return false;
}

/* In two steps: for what is large, wrong or not there, and to say which it is. */
static bool read_looked_at(git_odb *odb, const git_oid *oid, enum object_type want, size_t limit,
                           git_odb_object **out, struct err *err)
{
	int code;

	if (!header_allows(odb, oid, want, limit, err))
		return false;
	code = git_odb_read(out, odb, oid);
	if (code != 0)
		return git_failed(err, code, "git object");
	if (git_odb_object_type(*out) == kinds[want] && git_odb_object_size(*out) <= limit)
		return true;
	return err_set(err, ERR_INPUT, "git object changed while it was read");
}

bool object_read(struct repo *repo, const struct object_id *id, enum object_type want, size_t limit,
                 struct buf *out, struct err *err)
{
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	git_oid oid;
	int code = git_repository_odb(&odb, repo->git);
	bool ok;

	oid_of(&oid, id);
	if (code != 0)
		return git_failed(err, code, "object database");
	ok = (limit <= SMALL && read_small(odb, &oid, want, limit, &object)) ||
	     read_looked_at(odb, &oid, want, limit, &object, err);
	if (ok)
		buf_add(out, git_odb_object_data(object), git_odb_object_size(object));
	if (!ok)
		object_elsewhere(repo, err);
	git_odb_object_free(object);
	git_odb_free(odb);
	return ok;
}

bool object_write(struct repo *repo, enum object_type type, const void *bytes, size_t len,
                  struct object_id *out, struct err *err)
{
	git_odb *odb = NULL;
	git_oid oid;
	int code = git_repository_odb(&odb, repo->git);

	if (code == 0)
		code = git_odb_write(&oid, odb, bytes, len, kinds[type]);
	git_odb_free(odb);
	if (code != 0)
		return git_failed(err, code, "git object");
	*out = id_of(&oid);
	fresh_note(repo, out);
	return true;
}

bool object_exists(struct repo *repo, const struct object_id *id)
{
	git_odb *odb = NULL;
	git_oid oid;
	bool there = false;

	oid_of(&oid, id);
	if (git_repository_odb(&odb, repo->git) == 0)
		there = git_odb_exists(odb, &oid) == 1;
	git_odb_free(odb);
	return there;
}

/* "tree <40 hex>\n", then "parent <40 hex>\n" as often as there are parents. */
bool commit_links_read(const char *raw, size_t len, struct object_id *tree, struct object_id **parents,
                       size_t *parent_count, struct err *err)
{
	struct object_id *list = NULL, root;
	size_t count = 0, at = 46;
	bool ok = len > 46 && memcmp(raw, "tree ", 5) == 0 && raw[45] == '\n' && object_id_from_hex(&root, raw + 5, 40);

	while (ok && len - at > 48 && memcmp(raw + at, "parent ", 7) == 0) {
		list = mem_grow(list, count, sizeof(*list));
		ok = raw[at + 47] == '\n' && object_id_from_hex(&list[count], raw + at + 7, 40);
		count++;
		at += 48;
	}
	if (!ok) {
		free(list);
		return err_set(err, ERR_INPUT, "a commit's header is malformed");
	}
	*tree = root;
	*parents = list;
	*parent_count = count;
	return true;
}

bool commit_links(struct repo *repo, const struct object_id *commit, struct object_id *tree,
                  struct object_id **parents, size_t *parent_count, struct err *err)
{
	struct buf raw = {0};
	const bool ok = object_read(repo, commit, OBJECT_COMMIT, (size_t)16 * 1024 * 1024, &raw, err) &&
	                commit_links_read(raw.data, raw.len, tree, parents, parent_count, err);

	buf_release(&raw);
	return ok;
}
