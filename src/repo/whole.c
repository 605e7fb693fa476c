/* whole.c - objects in files of their own, read here: one may be cut short, by a power cut, a full disk or a hand.
 *
 * libgit2 1.5 never ends reading such a one: it unpacks what there is, and waits for the rest.  And what such a file is named for
 * it never writes again, because there is something of that name.  So a keeper of objects stands between the packs and the files,
 * here and wherever objects are borrowed from; it reads the files itself, once, and refuses one that is not whole.  That the bytes
 * are those of the name libgit2 sees to, as for all. */
#include "repo_inside.h"

#include "base/mem.h"
#include "zip/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/errors.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libgit2 gives packs 2 and files 1; of the same number who comes later is asked later. */
enum { BEHIND_PACKS = 2 };

struct guard {
	git_odb_backend parent; /* first: libgit2 knows no more of it */
	struct places places;   /* not a hook's quarantine, which git has just written */
};

/* Before the bytes of an object: "commit 123" and a NUL. */
struct front {
	char bytes[32];
	size_t len, begin;
	git_object_t kind;
	size_t object_len;
};

static bool read_size(const char *digits, size_t *out)
{
	size_t n = 0;

	for (; *digits >= '0' && *digits <= '9' && n < SIZE_MAX / 20; digits++)
		n = n * 10 + (size_t)(*digits - '0');
	*out = n;
	return *digits == '\0';
}

/* What stands before the size need not be looked at closely: libgit2 compares the name of what is read. */
static bool read_front(struct inflating *at, struct front *out)
{
	char *space, *end;

	out->len = inflating_next(at, out->bytes, sizeof(out->bytes));
	space = memchr(out->bytes, ' ', out->len);
	end = memchr(out->bytes, '\0', out->len);
	if (space == NULL || end == NULL || space > end)
		return false;
	*space = '\0';
	out->kind = git_object_string2type(out->bytes);
	out->begin = (size_t)(end + 1 - out->bytes);
	return git_object_typeisloose(out->kind) == 1 && read_size(space + 1, &out->object_len) && out->len - out->begin <= out->object_len;
}

/* `*bytes` is libgit2's; NULL: not whole, or larger than libgit2 may have memory for now. */
static bool read_bytes(struct inflating *at, const struct front *front, git_odb_backend *backend, void **bytes)
{
	const size_t first = front->len - front->begin, rest = front->object_len - first;
	char *text = git_odb_backend_data_alloc(backend, front->object_len + 1);

	if (text == NULL)
		return false;
	memcpy(text, front->bytes + front->begin, first);
	if (inflating_next(at, text + first, rest) != rest) {
		git_odb_backend_data_free(backend, text);
		return false;
	}
	text[front->object_len] = '\0';
	*bytes = text;
	return true;
}

static char *object_path(const char *place, const git_oid *oid)
{
	char hex[GIT_OID_HEXSZ + 1];

	return mem_format("%s/%.2s/%s", place, git_oid_tostr(hex, sizeof(hex), oid), hex + 2);
}

/* Of the first place that has it; GIT_ENOTFOUND: it is not in a file of its own, and the next is asked. */
static int open_object(const git_odb_backend *backend, const git_oid *oid, int *fd)
{
	const struct guard *guard = (const struct guard *)backend;

	for (size_t i = 0; i < guard->places.count; i++) {
		char *path = object_path(guard->places.path[i], oid);

		*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
		free(path);
		if (*fd >= 0)
			return 0;
		if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) {
			git_error_set_str(GIT_ERROR_OS, "a loose object cannot be opened");
			return GIT_ERROR;
		}
	}
	return GIT_ENOTFOUND;
}

static int damaged(void)
{
	git_error_set_str(GIT_ERROR_ODB, "a loose object is cut short or damaged");
	return GIT_ERROR;
}

static int guard_read(void **bytes, size_t *len, git_object_t *kind, git_odb_backend *backend, const git_oid *oid)
{
	struct front front;
	struct inflating *at;
	void *found = NULL;
	int fd, code = open_object(backend, oid, &fd);

	if (code != 0)
		return code;
	at = inflating_begin(fd);
	code = read_front(at, &front) && read_bytes(at, &front, backend, &found) ? 0 : GIT_ERROR;
	if (!inflating_end(at))
		code = GIT_ERROR;
	(void)close(fd);
	if (code != 0) {
		git_odb_backend_data_free(backend, found);
		return damaged();
	}
	*bytes = found;
	*len = front.object_len;
	*kind = front.kind;
	return 0;
}

/* Whether it is whole is seen when it is read. */
static int guard_read_header(size_t *len, git_object_t *kind, git_odb_backend *backend, const git_oid *oid)
{
	struct front front;
	struct inflating *at;
	bool good;
	int fd;
	const int code = open_object(backend, oid, &fd);

	if (code != 0)
		return code;
	at = inflating_begin(fd);
	good = read_front(at, &front);
	(void)inflating_end(at);
	(void)close(fd);
	if (!good)
		return damaged();
	*len = front.object_len;
	*kind = front.kind;
	return 0;
}

static bool fd_is_whole(int fd)
{
	struct inflating *at = inflating_begin(fd);
	char piece[4096];

	while (inflating_next(at, piece, sizeof(piece)) == sizeof(piece))
		;
	return inflating_end(at);
}

/* Somebody has the object, and libgit2 asks whether it is there already, or must be written.  What others lent is theirs. */
static int guard_freshen(git_odb_backend *backend, const git_oid *oid)
{
	char *path = object_path(((const struct guard *)backend)->places.path[0], oid);
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd >= 0 && !fd_is_whole(fd))
		(void)unlink(path);
	if (fd >= 0)
		(void)close(fd);
	free(path);
	return GIT_ENOTFOUND; /* the next is asked */
}

static void guard_free(git_odb_backend *backend)
{
	struct guard *guard = (struct guard *)backend;

	places_release(&guard->places);
	free(guard);
}

int guard_objects(git_repository *git)
{
	struct guard *guard = mem_alloc(1, sizeof(*guard));
	git_odb *odb = NULL;
	int code = git_odb_init_backend(&guard->parent, GIT_ODB_BACKEND_VERSION);

	guard->parent.read = guard_read;
	guard->parent.read_header = guard_read_header;
	guard->parent.freshen = guard_freshen;
	guard->parent.free = guard_free;
	places_of(git, &guard->places);
	if (code == 0)
		code = git_repository_odb(&odb, git);
	if (code == 0)
		code = git_odb_add_backend(odb, &guard->parent, BEHIND_PACKS);
	if (code != 0)
		guard_free(&guard->parent);
	git_odb_free(odb);
	return code;
}
