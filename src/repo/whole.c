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
enum { BEHIND_PACKS = 2, SMALL = 8 * 1024 };

struct guard {
	git_odb_backend parent; /* first: libgit2 knows no more of it */
	char *place;            /* the folder of objects; what is in a quarantine git has just checked */
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
	char *path = object_path(guard->place, oid);
	const bool good = file_is_whole(path);

	free(path);
	if (good)
		return GIT_ENOTFOUND; /* the next is asked */
	git_error_set_str(GIT_ERROR_ODB, "a loose object is cut short or damaged");
	return GIT_ERROR;
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
	char *path = object_path(((const struct guard *)backend)->place, oid);

	if (!file_is_whole(path))
		(void)unlink(path);
	free(path);
	return GIT_ENOTFOUND; /* the next is asked */
}

static void guard_free(git_odb_backend *backend)
{
	struct guard *guard = (struct guard *)backend;

	free(guard->place);
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
	guard->place = fs_join(git_repository_commondir(git), "objects");
	if (code == 0)
		code = git_repository_odb(&odb, git);
	if (code == 0)
		code = git_odb_add_backend(odb, &guard->parent, BEHIND_PACKS);
	if (code != 0)
		guard_free(&guard->parent);
	git_odb_free(odb);
	return code;
}
