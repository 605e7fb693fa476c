/* faulty.c - a disk that fails, or loses its power, before programs that write (LD_PRELOAD).
 *
 * What changes a disk is counted, by all processes of a command together, in FAULT_DIR/calls: writes to plain files, syncs,
 * and all that makes, renames or takes away a name.  The call number FAULT_AT fails with the errno FAULT_ERRNO, and so do all
 * behind it, as on a disk that is full or gone; with FAULT_ERRNO=0 the process is killed instead of it.
 *
 * FAULT_DIR/log says what a power cut would find, a line each: "W inode size" (bytes were written; how
 * many there were before), "S inode" (a file or folder was
 * synced), "M path<TAB>program" (a name was made, and by whom), "R from<TAB>to<TAB>kept" and "U path<TAB>kept" (renamed, taken away; what the name had led
 * to is kept in FAULT_DIR/kept, so that it can be put back, and "-" says that there was nothing), "D path" (an empty folder
 * was taken away).  Only what lies beneath FAULT_ROOT is in it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static atomic_ulong alone, *calls = &alone;

/* Straight to the kernel: these are not calls of the program that is watched. */
static int open_plainly(const char *path, int flags)
{
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0644);
}

__attribute__((constructor)) static void begin(void)
{
	const char *dir = getenv("FAULT_DIR");
	char path[PATH_MAX];
	void *shared;
	int fd;

	if (dir == NULL)
		return;
	(void)snprintf(path, sizeof(path), "%s/calls", dir);
	fd = open_plainly(path, O_RDWR);
	shared = fd >= 0 ? mmap(NULL, sizeof(*calls), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
	if (fd >= 0)
		(void)close(fd);
	if (shared != MAP_FAILED)
		calls = shared;
}

/* May this call be made? */
static int is_good(void)
{
	const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_ERRNO");
	const unsigned long n = atomic_fetch_add(calls, 1) + 1;

	if (at == NULL || how == NULL || n < strtoul(at, NULL, 10))
		return 1;
	if (atoi(how) == 0)
		(void)raise(SIGKILL);
	errno = atoi(how);
	return 0;
}

/* Opened for each line: programs close descriptors they do not know. */
static void say(const char *line)
{
	const char *dir = getenv("FAULT_DIR");
	char path[PATH_MAX];
	const int was = errno;
	int file;

	if (dir == NULL)
		return;
	(void)snprintf(path, sizeof(path), "%s/log", dir);
	file = open_plainly(path, O_WRONLY | O_APPEND | O_CREAT);
	if (file >= 0) {
		(void)(syscall(SYS_write, file, line, strlen(line)) < 0);
		(void)close(file);
	}
	errno = was;
}

static int is_plain(int fd)
{
	struct stat sb;

	return fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode);
}

static unsigned long size_of(int fd)
{
	struct stat sb;

	return fstat(fd, &sb) == 0 ? (unsigned long)sb.st_size : 0;
}

static void say_inode(char what, int fd, unsigned long size)
{
	struct stat sb;
	char line[64];

	if (fstat(fd, &sb) != 0 || (!S_ISREG(sb.st_mode) && !S_ISDIR(sb.st_mode)))
		return;
	(void)snprintf(line, sizeof(line), "%c %lu %lu\n", what, (unsigned long)sb.st_ino, size);
	say(line);
}

static int is_folder(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0 && S_ISDIR(sb.st_mode);
}

/* The whole path of `name` in `dir`; 0: it is not beneath FAULT_ROOT. */
static int whole(int dir, const char *name, char out[PATH_MAX])
{
	const char *root = getenv("FAULT_ROOT");
	char link[64], base[PATH_MAX] = "";
	ssize_t n = 0;

	if (root == NULL)
		return 0;
	if (name[0] != '/') {
		(void)snprintf(link, sizeof(link), dir == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", dir);
		n = readlink(link, base, sizeof(base) - 1);
		if (n < 0)
			return 0;
	}
	base[n] = '\0';
	if (snprintf(out, PATH_MAX, "%s%s%s", base, n > 0 ? "/" : "", name) >= PATH_MAX)
		return 0;
	return strncmp(out, root, strlen(root)) == 0 && out[strlen(root)] == '/';
}

/* A second name for what `path` leads to, before that name is gone. */
static void keep(const char *path, char out[PATH_MAX])
{
	static atomic_uint kept;
	const char *dir = getenv("FAULT_DIR");
	struct stat sb;

	(void)strcpy(out, "-");
	if (dir == NULL || lstat(path, &sb) != 0 || S_ISDIR(sb.st_mode))
		return;
	(void)snprintf(out, PATH_MAX, "%s/kept/%ld-%u", dir, (long)getpid(), atomic_fetch_add(&kept, 1));
	if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, out, 0) != 0)
		(void)strcpy(out, "-");
}

static void say_names(const char *format, const char *a, const char *b, const char *c)
{
	char line[3 * PATH_MAX + 8];

	(void)snprintf(line, sizeof(line), format, a, b, c);
	say(line);
}

static int made(int code, int dir, const char *name)
{
	char path[PATH_MAX];

	if (code >= 0 && whole(dir, name, path))
		say_names("M %s\t%s%s\n", path, program_invocation_short_name, "");
	return code;
}

static int renamed(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	char a[PATH_MAX], b[PATH_MAX], kept[PATH_MAX];
	const int watched = whole(from_dir, from, a) && whole(to_dir, to, b);
	int code;

	if (watched)
		keep(b, kept);
	code = (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
	if (code == 0 && watched)
		say_names("R %s\t%s\t%s\n", a, b, kept);
	return code;
}

static int taken_away(int dir, const char *name, int flags)
{
	char path[PATH_MAX], kept[PATH_MAX];
	const int watched = whole(dir, name, path);
	int code;

	if (watched)
		keep(path, kept);
	code = (int)syscall(SYS_unlinkat, dir, name, flags);
	if (code == 0 && watched)
		say_names((flags & AT_REMOVEDIR) != 0 ? "D %s\n" : "U %s\t%s\n", path, kept, "");
	return code;
}

static ssize_t wrote(ssize_t n, int fd, unsigned long size)
{
	if (n >= 0)
		say_inode('W', fd, size);
	return n;
}

static int synced(int code, int fd)
{
	if (code == 0)
		say_inode('S', fd, 0);
	return code;
}

#define WRITES(name, params, args) \
	ssize_t name params \
	{ \
		const unsigned long size = size_of(fd); \
		return !is_plain(fd) ? REAL(name) args : is_good() ? wrote(REAL(name) args, fd, size) : -1; \
	}
#define CUTS(name, params, args) \
	int name params \
	{ \
		const unsigned long size = size_of(fd), left = size < (unsigned long)n ? size : (unsigned long)n; \
		return is_good() ? (int)wrote(REAL(name) args, fd, left) : -1; \
	}
#define SYNCS(name) \
	int name(int fd) { return is_good() ? synced(REAL(name)(fd), fd) : -1; }

WRITES(write, (int fd, const void *p, size_t n), (fd, p, n))
WRITES(pwrite, (int fd, const void *p, size_t n, off_t o), (fd, p, n, o))
WRITES(pwrite64, (int fd, const void *p, size_t n, off64_t o), (fd, p, n, o))
CUTS(ftruncate, (int fd, off_t n), (fd, n))
CUTS(ftruncate64, (int fd, off64_t n), (fd, n))
SYNCS(fsync)
SYNCS(fdatasync)

int rename(const char *a, const char *b) { return is_good() ? renamed(AT_FDCWD, a, AT_FDCWD, b, 0) : -1; }
int renameat(int d, const char *a, int e, const char *b) { return is_good() ? renamed(d, a, e, b, 0) : -1; }
int renameat2(int d, const char *a, int e, const char *b, unsigned f) { return is_good() ? renamed(d, a, e, b, f) : -1; }
int link(const char *a, const char *b) { return is_good() ? made(REAL(link)(a, b), AT_FDCWD, b) : -1; }
int linkat(int d, const char *a, int e, const char *b, int f) { return is_good() ? made(REAL(linkat)(d, a, e, b, f), e, b) : -1; }
int symlink(const char *a, const char *b) { return is_good() ? made(REAL(symlink)(a, b), AT_FDCWD, b) : -1; }
int mkdir(const char *p, mode_t m) { return is_good() ? made(REAL(mkdir)(p, m), AT_FDCWD, p) : -1; }
int mkdirat(int d, const char *p, mode_t m) { return is_good() ? made(REAL(mkdirat)(d, p, m), d, p) : -1; }
int mkstemp(char *p) { return is_good() ? made(REAL(mkstemp)(p), AT_FDCWD, p) : -1; }
int mkstemp64(char *p) { return is_good() ? made(REAL(mkstemp64)(p), AT_FDCWD, p) : -1; }
int mkostemp(char *p, int f) { return is_good() ? made(REAL(mkostemp)(p, f), AT_FDCWD, p) : -1; }
int mkostemp64(char *p, int f) { return is_good() ? made(REAL(mkostemp64)(p, f), AT_FDCWD, p) : -1; }
int unlink(const char *p) { return is_good() ? taken_away(AT_FDCWD, p, 0) : -1; }
int unlinkat(int d, const char *p, int f) { return is_good() ? taken_away(d, p, f) : -1; }
int remove(const char *p) { return is_good() ? taken_away(AT_FDCWD, p, is_folder(p) ? AT_REMOVEDIR : 0) : -1; }
int rmdir(const char *p) { return is_good() ? taken_away(AT_FDCWD, p, AT_REMOVEDIR) : -1; }

/* Makes a name, or empties what it leads to? */
static int is_there(int dir, const char *p)
{
	struct stat sb;

	return fstatat(dir, p, &sb, AT_SYMLINK_NOFOLLOW) == 0;
}

static int opened(int fd, int there, int flags, int dir, const char *p)
{
	if (fd >= 0 && !there)
		(void)made(fd, dir, p);
	if (fd >= 0 && (flags & O_TRUNC) != 0)
		say_inode('W', fd, 0);
	return fd;
}

#define MAKES(flags) (((flags) & O_CREAT) != 0)
#define OPEN(name, first, dir, args) \
	int name(first const char *p, int flags, ...) \
	{ \
		mode_t mode = 0; \
		va_list list; \
		int there; \
		va_start(list, flags); \
		if (MAKES(flags)) \
			mode = va_arg(list, mode_t); \
		va_end(list); \
		if (!MAKES(flags)) \
			return opened(REAL(name) args, 1, flags, dir, p); \
		there = is_there(dir, p); \
		return is_good() ? opened(REAL(name) args, there, flags, dir, p) : -1; \
	}
#define INTO int dir,
OPEN(open, , AT_FDCWD, (p, flags, mode))
OPEN(open64, , AT_FDCWD, (p, flags, mode))
OPEN(openat, INTO, dir, (dir, p, flags, mode))
OPEN(openat64, INTO, dir, (dir, p, flags, mode))
