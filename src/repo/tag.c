/* tag.c - from a pushed reference to the commit it means.
 *
 * An annotated tag is an object of its own with a message of its own; both are read here from the raw
 * bytes, whose name was checked when they were read. */
#include "repo_inside.h"

#include "base/buf.h"

#include <string.h>

enum { TAGS_DEEP = 8 };

static bool kind_of(struct repo *repo, const struct object_id *id, git_object_t *out, struct err *err)
{
	git_odb *odb = NULL;
	git_oid oid;
	size_t len = 0;
	int code = git_repository_odb(&odb, repo->git);

	oid_of(&oid, id);
	if (code == 0)
		code = git_odb_read_header(&len, out, odb, &oid);
	git_odb_free(odb);
	return code == 0 ? true : git_failed(err, code, "git object");
}

/* "object <40 hex>\ntype commit\n..." */
static bool target_of(const char *raw, size_t len, struct object_id *out, struct err *err)
{
	if (len > 48 && memcmp(raw, "object ", 7) == 0 && raw[47] == '\n' && object_id_from_hex(out, raw + 7, 40))
		return true;
	return err_set(err, ERR_INPUT, "a tag without an object");
}

bool tag_peel(struct repo *repo, const struct object_id *id, size_t limit, struct object_id *commit,
              struct buf *text, struct err *err)
{
	struct object_id at = *id;

	for (int i = 0; i < TAGS_DEEP; i++) {
		git_object_t kind = GIT_OBJECT_INVALID;
		const size_t from = text->len;

		if (!kind_of(repo, &at, &kind, err))
			return false;
		if (kind == GIT_OBJECT_COMMIT) {
			*commit = at;
			return true;
		}
		if (kind != GIT_OBJECT_TAG)
			return err_set(err, ERR_DENIED, "it names no commit");
		if (!object_read(repo, &at, OBJECT_TAG, limit, text, err) ||
		    !target_of(text->data + from, text->len - from, &at, err))
			return false;
	}
	return err_set(err, ERR_LIMIT, "tags of tags, too deep");
}
