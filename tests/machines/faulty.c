/* faulty.c - a disk that fails, before a program that writes (LD_PRELOAD).
 *
 * What changes a disk is counted: writes to plain files, syncs, and all that makes, renames or takes away a name.  The
 * call number FAULT_AT fails with the errno FAULT_ERRNO, and so do all behind it, as on a disk that is full or gone; with
 * FAULT_ERRNO=0 the process is killed instead of it.  FAULT_COUNT names a file that is told how many there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_ulong calls;

/* May this call be made? */
static int is_good(void)
{
	const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_ERRNO");
	const unsigned long n = atomic_fetch_add(&calls, 1) + 1;

	if (at == NULL || how == NULL || n < strtoul(at, NULL, 10))
		return 1;
	if (atoi(how) == 0)
		(void)raise(SIGKILL);
	errno = atoi(how);
	return 0;
}

static int is_plain(int fd)
{
	struct stat sb;

	return fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode);
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *out = path != NULL ? fopen(path, "w") : NULL;

	if (out == NULL)
		return;
	(void)fprintf(out, "%lu\n", atomic_load(&calls));
	(void)fclose(out);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(type, name, params, args, counts) \
	type name params { return !(counts) || is_good() ? REAL(name) args : -1; }

WRAP(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n), is_plain(fd))
WRAP(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t o), (fd, p, n, o), 1)
WRAP(ssize_t, pwrite64, (int fd, const void *p, size_t n, off64_t o), (fd, p, n, o), 1)
WRAP(int, fsync, (int fd), (fd), 1)
WRAP(int, fdatasync, (int fd), (fd), 1)
WRAP(int, rename, (const char *a, const char *b), (a, b), 1)
WRAP(int, renameat, (int d, const char *a, int e, const char *b), (d, a, e, b), 1)
WRAP(int, renameat2, (int d, const char *a, int e, const char *b, unsigned f), (d, a, e, b, f), 1)
WRAP(int, link, (const char *a, const char *b), (a, b), 1)
WRAP(int, linkat, (int d, const char *a, int e, const char *b, int f), (d, a, e, b, f), 1)
WRAP(int, mkdir, (const char *p, mode_t m), (p, m), 1)
WRAP(int, mkdirat, (int d, const char *p, mode_t m), (d, p, m), 1)
WRAP(int, unlink, (const char *p), (p), 1)
WRAP(int, unlinkat, (int d, const char *p, int f), (d, p, f), 1)
WRAP(int, ftruncate, (int fd, off_t n), (fd, n), 1)
WRAP(int, ftruncate64, (int fd, off64_t n), (fd, n), 1)

#define MAKES(flags) (((flags) & O_CREAT) != 0)
#define OPEN(name) \
	int name(const char *p, int flags, ...) \
	{ \
		mode_t mode = 0; \
		va_list args; \
		va_start(args, flags); \
		if (MAKES(flags)) \
			mode = va_arg(args, mode_t); \
		va_end(args); \
		return !MAKES(flags) || is_good() ? REAL(name)(p, flags, mode) : -1; \
	}
#define OPENAT(name) \
	int name(int dir, const char *p, int flags, ...) \
	{ \
		mode_t mode = 0; \
		va_list args; \
		va_start(args, flags); \
		if (MAKES(flags)) \
			mode = va_arg(args, mode_t); \
		va_end(args); \
		return !MAKES(flags) || is_good() ? REAL(name)(dir, p, flags, mode) : -1; \
	}
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
