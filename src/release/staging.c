/* staging.c - files become public whole, or not at all.
 *
 * Bytes are written to a private directory first, synced, and read back: only a copy that proves to
 * be the approved one is renamed into view.  Paths are walked one folder at a time beneath the
 * public directory, never through a link; rename(2) is the moment, and nothing after it can fail. */
#define _GNU_SOURCE
#include "staging.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "seal/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NAME_SIZE = 48, TURN_TRIES = 30 * 50 }; /* half a minute */

static void number_name(size_t index, char name[NAME_SIZE])
{
	(void)snprintf(name, NAME_SIZE, "%ld-%zu.part", (long)getpid(), index);
}

static void empty_dir(int dir)
{
	DIR *list = fdopendir(dup(dir));
	struct dirent *entry;

	if (list == NULL)
		return;
	rewinddir(list);
	while ((entry = readdir(list)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)unlinkat(dir, entry->d_name, 0);
	(void)closedir(list);
}

/* The directory is ours alone, and on the file system where rename is one step. */
static bool is_private(const struct staging *s, struct err *err)
{
	struct stat staged, open;

	if (fstat(s->dir, &staged) != 0 || fstat(s->open, &open) != 0)
		return err_errno(err, "staging");
	if (staged.st_uid != geteuid() || (staged.st_mode & 077) != 0)
		return err_set(err, ERR_DENIED, "%s: the staging directory is not private to us", s->name);
	if (staged.st_dev != open.st_dev)
		return err_set(err, ERR_SYSTEM, "the public directory is on another file system than the folder it lies in");
	return true;
}

/* Taken away between the two calls, by whoever had it: s->dir stays -1, and that is no failure. */
static bool open_dir(struct staging *s, struct err *err)
{
	if (mkdirat(s->parent, s->name, 0700) != 0 && errno != EEXIST)
		return err_errno(err, "%s", s->name);
	s->dir = openat(s->parent, s->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return s->dir >= 0 || errno == ENOENT || err_errno(err, "%s", s->name);
}

/* Whoever had it before has taken it away meanwhile, perhaps, and another stands there. */
static bool is_in_place(const struct staging *s)
{
	struct stat held, named;

	return fstat(s->dir, &held) == 0 && fstatat(s->parent, s->name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/* A file system that knows no locks lets nobody wait: then what two stage is kept apart by its names. */
static bool is_ours(const struct staging *s)
{
	const bool locked = flock(s->dir, LOCK_EX | LOCK_NB) == 0 ||
	                    (errno != EWOULDBLOCK && errno != EINTR);

	return locked && is_in_place(s);
}

/* One release at a time: another one would throw away what this one has staged, or stage other bytes in its place. */
static bool open_staging(struct staging *s, struct err *err)
{
	const struct timespec pause = {.tv_nsec = 20L * 1000 * 1000};

	for (int tries = 0; tries < TURN_TRIES; tries++) {
		const bool ok = open_dir(s, err) && (s->dir < 0 || is_private(s, err));

		if (ok && s->dir >= 0 && is_ours(s)) {
			empty_dir(s->dir);
			return true;
		}
		if (s->dir >= 0)
			(void)close(s->dir); /* not ours: nothing in it is touched */
		s->dir = -1;
		if (!ok)
			return false;
		(void)nanosleep(&pause, NULL);
	}
	(void)err_set(err, ERR_CONFLICT, "something else is being released or taken down");
	return err_hint(err, "once more, when that is done");
}

bool staging_open(const char *public_dir, struct staging *out, struct err *err)
{
	struct staging s = {.open = -1, .parent = -1, .dir = -1};
	char *path = mem_copy_string(public_dir), *slash;
	size_t len = strlen(path);
	bool ok = false;

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	slash = strrchr(path, '/');
	if (slash == NULL || slash == path) {
		(void)err_set(err, ERR_INPUT, "%s: not a directory to publish in", public_dir);
		goto out;
	}
	if (!fs_make_dirs(path, 0755, err))
		goto out;
	s.open = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	s.name = mem_format(".%s.review-staging", slash + 1);
	*slash = '\0';
	s.parent = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s.open < 0 || s.parent < 0)
		(void)err_errno(err, "%s", public_dir);
	else
		ok = open_staging(&s, err);
out:
	free(path);
	if (!ok)
		staging_close(&s);
	else
		*out = s;
	return ok;
}

void staging_close(struct staging *s)
{
	if (s->dir >= 0) {
		empty_dir(s->dir);
		(void)unlinkat(s->parent, s->name, AT_REMOVEDIR);
		(void)close(s->dir); /* whoever waits looks whether it is still there */
	}
	if (s->open >= 0)
		(void)close(s->open);
	if (s->parent >= 0)
		(void)close(s->parent);
	free(s->name);
	*s = (struct staging){.open = -1, .parent = -1, .dir = -1};
}

static bool is_want(const struct buf *bytes, const struct file_ref *want)
{
	struct digest digest;

	hash_bytes(bytes->data, bytes->len, &digest);
	return bytes->len == want->size && digest_equal(&digest, &want->digest);
}

/* What the disk gives back, not what we believe we wrote. */
static bool read_back(int fd, const struct file_ref *want, struct err *err)
{
	struct buf bytes = {0};
	bool ok = lseek(fd, 0, SEEK_SET) == 0 ? buf_read_fd(&bytes, fd, (size_t)want->size, err) : err_errno(err, "staging");

	if (ok && !is_want(&bytes, want))
		ok = err_set(err, ERR_MISMATCH, "not the bytes that were approved");
	buf_release(&bytes);
	return ok;
}

bool staging_put(const struct staging *s, size_t index, const struct file_ref *want, const struct buf *bytes, struct err *err)
{
	char name[NAME_SIZE];
	int fd;
	bool ok;

	number_name(index, name);
	/* O_EXCL refuses a planted link. */
	fd = openat(s->dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(err, "stage %s", want->path);
	ok = fs_write_all(fd, bytes->data, bytes->len, err);
	if (ok && (fchmod(fd, want->mode == 0100755 ? 0755 : 0644) != 0 || fsync(fd) != 0))
		ok = err_errno(err, "write");
	ok = ok && read_back(fd, want, err);
	if (close(fd) != 0 && ok)
		ok = err_errno(err, "close");
	if (!ok)
		err_context(err, "stage %s", want->path);
	return ok;
}

/* The folder `path` lies in, made on the way; a link in it is refused.  -1 with a reason. */
static int open_folder(const struct staging *s, const char *path, bool make, const char **base, struct err *err)
{
	int dir = dup(s->open);
	const char *at = path, *slash;

	while (dir >= 0 && (slash = strchr(at, '/')) != NULL) {
		char *name = mem_copy_bytes(at, (size_t)(slash - at));
		int inner = -1;

		if (!make || mkdirat(dir, name, 0755) == 0 || errno == EEXIST)
			inner = fs_open_beneath(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
		if (inner < 0)
			(void)err_errno(err, "%s: %s", path, name);
		free(name);
		(void)close(dir);
		dir = inner;
		at = slash + 1;
	}
	*base = at;
	return dir;
}

bool staging_commit(const struct staging *s, size_t index, const char *path, struct err *err)
{
	char name[NAME_SIZE];
	const char *base = NULL;
	struct stat sb;
	const int dir = open_folder(s, path, true, &base, err);
	bool ok = false;

	if (dir < 0)
		return false;
	number_name(index, name);
	if (fstatat(dir, base, &sb, AT_SYMLINK_NOFOLLOW) == 0 && (!S_ISREG(sb.st_mode) || sb.st_nlink != 1))
		(void)err_set(err, ERR_MISMATCH, "%s: something that is not a plain file stands there", path);
	else if (renameat(s->dir, name, dir, base) != 0)
		(void)err_errno(err, "%s: publish", path);
	else
		ok = true;
	/* Not part of the outcome: a crash that forgets the new name errs on the closed side. */
	if (ok)
		(void)fsync(dir);
	(void)close(dir);
	return ok;
}

enum standing staging_look(const struct staging *s, const char *path, const struct file_ref *want, struct err *err)
{
	const int fd = fs_open_beneath(s->open, path, O_RDONLY | O_NONBLOCK, 0);
	struct buf bytes = {0};
	struct stat sb;
	enum standing answer = STANDING_UNKNOWN;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return STANDING_ABSENT;
	if (fd < 0) {
		if (errno == ELOOP || errno == EXDEV)
			return STANDING_OTHER;
		(void)err_errno(err, "%s", path);
		return STANDING_UNKNOWN;
	}
	if (fstat(fd, &sb) != 0)
		(void)err_errno(err, "%s", path);
	else if (!S_ISREG(sb.st_mode) || sb.st_nlink != 1 || want == NULL || (uint64_t)sb.st_size != want->size ||
	         ((sb.st_mode & 0100) != 0) != (want->mode == 0100755))
		answer = STANDING_OTHER;
	else if (buf_read_fd(&bytes, fd, (size_t)want->size, err))
		answer = is_want(&bytes, want) ? STANDING_SAME : STANDING_OTHER;
	buf_release(&bytes);
	(void)close(fd);
	return answer;
}

/* Empty folders go too, from the inside out; one that is not empty stops it. */
static void prune(const struct staging *s, const char *path)
{
	char *folder = mem_copy_string(path), *slash;

	while ((slash = strrchr(folder, '/')) != NULL) {
		*slash = '\0';
		if (unlinkat(s->open, folder, AT_REMOVEDIR) != 0 && errno != ENOENT)
			break;
	}
	free(folder);
}

bool staging_remove(const struct staging *s, const char *path, struct err *err)
{
	struct err absent = {0};
	const char *base = NULL;
	const int dir = open_folder(s, path, false, &base, &absent);
	bool ok = true;

	if (dir < 0) {
		if (absent.kind != ERR_NOT_FOUND) {
			*err = absent;
			return false;
		}
		prune(s, path);
		return true;
	}
	if (unlinkat(dir, base, 0) != 0 && errno != ENOENT)
		ok = err_errno(err, "%s: take down", path);
	if (ok)
		(void)fsync(dir);
	(void)close(dir);
	if (ok)
		prune(s, path);
	return ok;
}
