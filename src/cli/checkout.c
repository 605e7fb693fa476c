/* checkout.c - what readers of a branch see is what a checkout writes: attributes change that, and so do file systems
 * that take two names for one. */
#include "checkout.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "gate.h"
#include "policy/docket.h"
#include "policy/policy.h"
#include "repo/attributes.h"
#include "repo/change.h"
#include "repo/object.h"
#include "session.h"
#include "text/alias.h"

#include <stdlib.h>
#include <string.h>

static const char ATTRIBUTES[] = ".gitattributes";
static const size_t ATTRIBUTES_LIMIT = (size_t)1024 * 1024;

/* Windows takes a backslash for a slash. */
static size_t component(const char *path)
{
	return strcspn(path, "/\\");
}

bool checkout_lands_in_public(const struct policy *policy, const char *path)
{
	const char *want = policy->public_dir;

	if (want[0] == '/' || policy_path_is_public(policy, path))
		return false;
	for (;;) {
		const size_t len = component(path), want_len = strcspn(want, "/");
		char *as = mem_copy_bytes(want, want_len);
		const bool same = name_may_be(path, len, as);

		free(as);
		if (!same)
			return false;
		path += len + (path[len] != '\0' ? 1 : 0);
		want += want_len + (want[want_len] != '\0' ? 1 : 0);
		if (*path == '\0' || *want == '\0')
			return true;
	}
}

static const char *last_component(const char *path)
{
	for (const char *p = path; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			path = p + 1;
	return path;
}

static bool is_attributes(const char *path)
{
	const char *name = last_component(path);

	return name_may_be(name, strlen(name), ATTRIBUTES);
}

enum reach { BESIDE_PUBLIC, ABOVE_PUBLIC, MAY_BE_ABOVE };

/* Those of other folders than the public directory is in say nothing of public files. */
static enum reach reach_of(const struct policy *policy, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	const size_t len = (size_t)(name - path);
	char *folder = mem_copy_bytes(path, len > 0 ? len - 1 : 0);
	const bool beside = len > 0 && !policy_path_is_public(policy, folder) && !checkout_lands_in_public(policy, folder);

	free(folder);
	if (strcmp(name, ATTRIBUTES) != 0)
		return MAY_BE_ABOVE;
	return beside ? BESIDE_PUBLIC : strncmp(policy->public_dir, path, len) == 0 ? ABOVE_PUBLIC : MAY_BE_ABOVE;
}

static bool has_public_in_tree(const struct session *s)
{
	return s->docket.policy != NULL && s->docket.policy->public_dir[0] != '/';
}

bool checkout_is_concerned(const struct session *s, const struct changes *changes)
{
	for (size_t i = 0; has_public_in_tree(s) && i < changes->count; i++)
		if (is_attributes(changes->items[i].path) || policy_path_is_public(s->docket.policy, changes->items[i].path))
			return true;
	return false;
}

static size_t depth(const char *path)
{
	size_t slashes = 0;

	for (; *path != '\0'; path++)
		slashes += *path == '/' ? 1 : 0;
	return slashes;
}

static int outer_first(const void *a, const void *b)
{
	const size_t x = depth((*(const struct change *const *)a)->path), y = depth((*(const struct change *const *)b)->path);

	return x < y ? -1 : x > y;
}

static bool read_one(struct session *s, const struct change *file, struct attributes *attributes, struct err *err)
{
	struct buf bytes = {0};
	const bool ok = file->mode == MODE_COMMIT || (object_read(s->repo, &file->id, OBJECT_BLOB, ATTRIBUTES_LIMIT, &bytes, err) &&
	                                              attributes_add(attributes, file->path, bytes.data, bytes.len, err));

	if (!ok)
		err_context(err, "%s", file->path);
	buf_release(&bytes);
	return ok;
}

/* All that count for public files; what only looks like one is complained of. */
static bool read_all(struct session *s, const struct changes *files, struct attributes *attributes, struct buf *complaints,
                     size_t *count, struct err *err)
{
	const struct change **list = NULL;
	size_t listed = 0;
	bool ok = true;

	for (size_t i = 0; i < files->count; i++) {
		const struct change *file = &files->items[i];
		enum reach reach;

		if (!is_attributes(file->path))
			continue;
		reach = reach_of(s->docket.policy, file->path);
		if (reach == MAY_BE_ABOVE) {
			gate_complain(complaints, mem_format(_("%s may be read as .gitattributes of public files on some systems"), file->path));
			++*count;
		} else if (reach == ABOVE_PUBLIC) {
			list = mem_grow(list, listed, sizeof(*list));
			list[listed++] = file;
		}
	}
	if (listed > 1)
		qsort(list, listed, sizeof(*list), outer_first);
	for (size_t i = 0; ok && i < listed; i++)
		ok = read_one(s, list[i], attributes, err);
	free(list);
	return ok;
}

/* Said once. */
static void add_hint(struct buf *complaints, const struct policy *policy)
{
	const size_t len = strlen(policy->public_dir);

	buf_addf(complaints,
	         _("review: hint: as the last line of .gitattributes: %.*s/** -text -ident -filter "
	           "-working-tree-encoding -export-subst\n"),
	         (int)(len > 0 && policy->public_dir[len - 1] == '/' ? len - 1 : len), policy->public_dir);
}

static void judge_files(const struct session *s, const struct changes *files, const struct attributes *attributes,
                        struct buf *complaints, size_t *count)
{
	const size_t before = *count;

	for (size_t i = 0; i < files->count; i++) {
		const char *path = files->items[i].path;
		char *how = policy_path_is_public(s->docket.policy, path) ? attributes_effect(attributes, path) : NULL;

		if (how != NULL) {
			gate_complain(complaints, mem_format(_("%s would not be checked out as it was released: .gitattributes say %s"), path, how));
			++*count;
		}
		free(how);
	}
	if (*count > before)
		add_hint(complaints, s->docket.policy);
}

bool checkout_judge(struct session *s, const struct changes *files, struct buf *complaints, size_t *count, struct err *err)
{
	struct attributes *attributes;
	bool ok;

	if (!has_public_in_tree(s))
		return true;
	attributes = attributes_new();
	ok = read_all(s, files, attributes, complaints, count, err);
	if (ok)
		judge_files(s, files, attributes, complaints, count);
	attributes_free(attributes);
	return ok;
}
