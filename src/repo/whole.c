/* whole.c - an object in a file of its own that is cut short, by a power cut, a full disk or a hand.
 *
 * libgit2 1.5 never ends reading one: it unpacks what there is, and waits for the rest.  And what such a file is named for
 * it never writes again, because there is something of that name.  So each one is looked at first: a keeper of objects that has none
 * stands between the packs and the files, and refuses a file that is not whole. */
#include "repo_inside.h"

#include "base/fs.h"
#include "base/mem.h"
#include "zip/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/errors.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* libgit2 gives packs 2 and files 1; of the same number who comes later is asked later. */
enum { BEHIND_PACKS = 2, PLACES = 2, SMALL = 8 * 1024 };

struct guard {
	git_odb_backend parent; /* first: libgit2 knows no more of it */
	char *places[PLACES];   /* folders of objects */
};

static bool fd_is_whole(int fd)
{
	unsigned char small[SMALL];
	const ssize_t n = read(fd, small, SMALL);
	struct stat sb;
	void *bytes;
	bool whole;

	if (n < SMALL)
		return n > 0 && inflate_is_whole(small, (size_t)n);
	if (fstat(fd, &sb) != 0 || !S_ISREG(sb.st_mode))
		return false;
	bytes = mmap(NULL, (size_t)sb.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return false;
	whole = inflate_is_whole(bytes, (size_t)sb.st_size);
	(void)munmap(bytes, (size_t)sb.st_size);
	return whole;
}

/* Nothing there is nothing cut short. */
static bool file_is_whole(const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool whole;

	if (fd < 0)
		return errno == ENOENT;
	whole = fd_is_whole(fd);
	(void)close(fd);
	return whole;
}

static char *object_path(const char *place, const git_oid *oid)
{
	char hex[GIT_OID_HEXSZ + 1];

	return mem_format("%s/%.2s/%s", place, git_oid_tostr(hex, sizeof(hex), oid), hex + 2);
}

static int look(const struct guard *guard, const git_oid *oid)
{
	for (size_t i = 0; i < PLACES && guard->places[i] != NULL; i++) {
		char *path = object_path(guard->places[i], oid);
		const bool good = file_is_whole(path);

		free(path);
		if (!good) {
			git_error_set_str(GIT_ERROR_ODB, "a loose object is cut short or damaged");
			return GIT_ERROR;
		}
	}
	return GIT_ENOTFOUND; /* the next is asked */
}

static int guard_read(void **bytes, size_t *len, git_object_t *kind, git_odb_backend *backend, const git_oid *oid)
{
	*bytes = NULL;
	*len = 0;
	*kind = GIT_OBJECT_INVALID;
	return look((const struct guard *)backend, oid);
}

static int guard_read_header(size_t *len, git_object_t *kind, git_odb_backend *backend, const git_oid *oid)
{
	*len = 0;
	*kind = GIT_OBJECT_INVALID;
	return look((const struct guard *)backend, oid);
}

/* Somebody has the object, and libgit2 asks whether it is there already, or must be written. */
static int guard_freshen(git_odb_backend *backend, const git_oid *oid)
{
	const struct guard *guard = (const struct guard *)backend;

	for (size_t i = 0; i < PLACES && guard->places[i] != NULL; i++) {
		char *path = object_path(guard->places[i], oid);

		if (!file_is_whole(path))
			(void)unlink(path);
		free(path);
	}
	return GIT_ENOTFOUND; /* not here: the others are asked next */
}

static void guard_free(git_odb_backend *backend)
{
	struct guard *guard = (struct guard *)backend;

	for (size_t i = 0; i < PLACES; i++)
		free(guard->places[i]);
	free(guard);
}

int guard_objects(git_repository *git)
{
	struct guard *guard = mem_alloc(1, sizeof(*guard));
	const char *pushed = getenv("GIT_OBJECT_DIRECTORY"); /* a hook's quarantine, which libgit2 takes from here, too */
	git_odb *odb = NULL;
	int code = git_odb_init_backend(&guard->parent, GIT_ODB_BACKEND_VERSION);

	guard->parent.read = guard_read;
	guard->parent.read_header = guard_read_header;
	guard->parent.freshen = guard_freshen;
	guard->parent.free = guard_free;
	guard->places[0] = fs_join(git_repository_commondir(git), "objects");
	guard->places[1] = pushed != NULL ? mem_copy_string(pushed) : NULL;
	if (code == 0)
		code = git_repository_odb(&odb, git);
	if (code == 0)
		code = git_odb_add_backend(odb, &guard->parent, BEHIND_PACKS);
	if (code != 0)
		guard_free(&guard->parent);
	git_odb_free(odb);
	return code;
}
