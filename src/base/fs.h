#ifndef BASE_FS_H
#define BASE_FS_H

#include "base/err.h"

#include <stddef.h>
#include <sys/types.h>

struct buf;

/* The whole of a regular file, at most `limit` bytes (more is ERR_LIMIT).  A directory, device or
 * pipe is ERR_INPUT: reading those may never end.  Symbolic links are followed. */
bool fs_read_file(const char *path, size_t limit, struct buf *out, struct err *err) MUST_CHECK;

/* Replace or create `path` in one step: written beside it, fsynced, renamed, the directory
 * fsynced.  After a crash the file has its old bytes or all of the new ones. */
bool fs_write_file(const char *path, const void *bytes, size_t len, mode_t mode, struct err *err) MUST_CHECK;

/* As fs_write_file(), but an existing `path` is ERR_CONFLICT and stays as it is. */
bool fs_create_file(const char *path, const void *bytes, size_t len, mode_t mode, struct err *err) MUST_CHECK;

/* `part`, a file or folder beside `path` that was written without being synced, takes its place as fs_write_file()
 * does it.  Of a folder the files must have been synced, and `path` be nothing or an empty folder.  Failed: both are as they were. */
bool fs_settle(const char *part, const char *path, struct err *err) MUST_CHECK;

/* Flush the folder `path` lies in: names that were made or taken away there.  That this fails is no failure. */
void fs_sync_parent(const char *path);

/* All of `bytes` to `fd`, whatever signals arrive. */
bool fs_write_all(int fd, const void *bytes, size_t len, struct err *err) MUST_CHECK;

/* Make `path` and its missing parents; an existing directory is fine. */
bool fs_make_dirs(const char *path, mode_t mode, struct err *err) MUST_CHECK;

/* openat2(2) with RESOLVE_BENEATH | NO_SYMLINKS | NO_MAGICLINKS: `path` can neither leave `dir` nor
 * pass through a link.  Returns the descriptor (close-on-exec) or -1 with errno set; a kernel
 * without openat2 gives -1 and ENOSYS, never a weaker open. */
int fs_open_beneath(int dir, const char *path, int flags, mode_t mode);

/* True when somebody is there: lstat(2) finds a directory entry of any kind. */
bool fs_exists(const char *path);

/* "a" and "b" as "a/b" (one slash); the caller frees. */
char *fs_join(const char *a, const char *b);

#endif
