/* fs.c - files, written whole or not at all.
 *
 * Everything this program keeps is written beside its place, fsynced and renamed: a reader after a
 * crash sees the old file or the new one, never a part of either. */
#define _GNU_SOURCE
#include "base/fs.h"

#include "base/buf.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

bool fs_read_file(const char *path, size_t limit, struct buf *out, struct err *err)
{
	struct stat sb;
	bool ok = false;
	/* O_NONBLOCK: opening a pipe nobody writes to would otherwise wait for ever. */
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return err_errno(err, "%s", path);
	if (fstat(fd, &sb) != 0)
		(void)err_errno(err, "%s", path);
	else if (!S_ISREG(sb.st_mode))
		(void)err_set(err, ERR_INPUT, "%s: not a regular file", path);
	else if (!buf_read_fd(out, fd, limit, err))
		err_context(err, "%s", path);
	else
		ok = true;
	(void)close(fd);
	return ok;
}

bool fs_write_all(int fd, const void *bytes, size_t len, struct err *err)
{
	const char *p = bytes;

	while (len > 0) {
		const ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_errno(err, "write");
		p += n;
		len -= (size_t)n;
	}
	return true;
}

/* Not part of the outcome: a crash that forgets the new name leaves the old file. */
void fs_sync_parent(const char *path)
{
	char *parent = mem_copy_string(path);
	char *slash = strrchr(parent, '/');
	int fd;

	if (slash != NULL)
		slash[slash == parent ? 1 : 0] = '\0';
	fd = open(slash != NULL ? parent : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
	free(parent);
}

/* Leaves a complete, synced file under *part, which the caller frees and renames or unlinks. */
static bool write_beside(const char *path, const void *bytes, size_t len, mode_t mode, char **part,
                         struct err *err)
{
	char *name = mem_format("%s.XXXXXX", path);
	const int fd = mkostemp(name, O_CLOEXEC);
	bool ok;

	if (fd < 0) {
		(void)err_errno(err, "%s", path);
		free(name);
		return false;
	}
	ok = fs_write_all(fd, bytes, len, err);
	if (ok && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
		ok = err_errno(err, "write");
	if (close(fd) != 0 && ok)
		ok = err_errno(err, "close");
	if (!ok) {
		err_context(err, "%s", path);
		(void)unlink(name);
		free(name);
		return false;
	}
	*part = name;
	return true;
}

static bool take_place(const char *part, const char *path, struct err *err)
{
	if (rename(part, path) != 0)
		return err_errno(err, "%s: rename", path);
	fs_sync_parent(path);
	return true;
}

bool fs_write_file(const char *path, const void *bytes, size_t len, mode_t mode, struct err *err)
{
	char *part = NULL;
	bool ok;

	if (!write_beside(path, bytes, len, mode, &part, err))
		return false;
	ok = take_place(part, path, err);
	if (!ok)
		(void)unlink(part);
	free(part);
	return ok;
}

bool fs_settle(const char *part, const char *path, struct err *err)
{
	const int fd = open(part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		(void)err_errno(err, "%s", part);
	if (fd >= 0)
		(void)close(fd);
	return ok && take_place(part, path, err);
}

bool fs_create_file(const char *path, const void *bytes, size_t len, mode_t mode, struct err *err)
{
	char *part = NULL;
	bool ok;

	if (!write_beside(path, bytes, len, mode, &part, err))
		return false;
	ok = link(part, path) == 0; /* unlike rename, link never replaces */
	if (!ok && errno == EEXIST)
		(void)err_set(err, ERR_CONFLICT, "%s: exists already", path);
	else if (!ok)
		(void)err_errno(err, "%s", path);
	(void)unlink(part);
	if (ok)
		fs_sync_parent(path); /* with one name left, before anybody is told that it is done */
	free(part);
	return ok;
}

bool fs_make_dirs(const char *path, mode_t mode, struct err *err)
{
	char *walk = mem_copy_string(path);
	bool ok = true;
	struct stat sb;

	for (char *p = walk + 1; ok && *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(walk, mode) != 0 && errno != EEXIST)
			ok = err_errno(err, "%s", walk);
		*p = '/';
	}
	if (ok && mkdir(walk, mode) != 0 && errno != EEXIST)
		ok = err_errno(err, "%s", walk);
	if (ok && (stat(walk, &sb) != 0 || !S_ISDIR(sb.st_mode)))
		ok = err_set(err, ERR_SYSTEM, "%s: not a directory", walk);
	free(walk);
	return ok;
}

int fs_open_beneath(int dir, const char *path, int flags, mode_t mode)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
		.mode = (flags & O_CREAT) != 0 ? mode : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};

	return (int)syscall(SYS_openat2, dir, path, &how, sizeof(how));
}

bool fs_exists(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0;
}

char *fs_join(const char *a, const char *b)
{
	const size_t len = strlen(a);

	return mem_format("%s%s%s", a, len > 0 && a[len - 1] == '/' ? "" : "/", b);
}
