/* cage.c - where documents are read, so that a document that takes over its reader has won nothing.
 *
 * No sockets, no programs, no processes, no files, no signals: the allow list is what reading needs.
 * Everything here is done before the first byte of a document; a kernel that refuses a part is said so
 * to the caller, who decides (models: OpenSSH's privilege separation, file(1), Chromium). */
#define _GNU_SOURCE
#include "cage/cage.h"

#include "wire/cage_part.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1 /* the sanitizer keeps terabytes of shadow, and asks the kernel for more */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { FILTER_MOST = 4096, FILES_MOST = 32 };
static struct sock_filter filter_code[FILTER_MOST];
static struct sock_fprog filter = {.filter = filter_code};
static unsigned parts;
static rlim_t files; /* that may be open in a child */

/* What is beneath `dir` may be read. */
static bool open_land(int ruleset, const char *dir)
{
	struct landlock_path_beneath_attr beneath = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
		.parent_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC)};
	const bool ok = beneath.parent_fd >= 0 &&
	                syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;

	if (beneath.parent_fd >= 0)
		(void)close(beneath.parent_fd);
	return ok;
}

/* A landlock domain with no rule in it, or but one: what it handles is denied everywhere else.  Older
 * kernels know fewer rights; those they know are all handled. */
static bool lock_land(const char *readable)
{
	static const uint64_t rights[] = {[1] = (1u << 13) - 1, [2] = (1u << 14) - 1, [3] = (1u << 15) - 1};
	struct landlock_ruleset_attr attributes = {0};
	const long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	int ruleset;
	bool ok;

	if (abi < 1)
		return false;
	attributes.handled_access_fs = rights[abi < 3 ? abi : 3];
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes.handled_access_fs), 0);
	if (ruleset < 0)
		return false;
	ok = (readable == NULL || open_land(ruleset, readable)) && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	(void)close(ruleset);
	return ok;
}

/* Together, or where one is refused without it: a network is what must be gone first. */
static bool leave_namespaces(void)
{
	return unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWUTS) == 0 ||
	       unshare(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) == 0;
}

/* Files, to be read; landlock says which. */
static bool allow_files(scmp_filter_ctx context)
{
	static const int calls[] = {SCMP_SYS(read), SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat)};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (seccomp_rule_add(context, SCMP_ACT_ALLOW, calls[i], 0) != 0)
			return false;
	return seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	                        SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)) == 0;
}

static bool allow(scmp_filter_ctx context, int out_fd)
{
	static const int calls[] = {
		SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(exit), SCMP_SYS(exit_group),
		SCMP_SYS(futex), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
		SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(sched_yield),
	};
	static const int sanitizer[] = {SCMP_SYS(sigaltstack), SCMP_SYS(write), SCMP_SYS(readlink), SCMP_SYS(mmap),
	                                SCMP_SYS(mprotect)};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (seccomp_rule_add(context, SCMP_ACT_ALLOW, calls[i], 0) != 0)
			return false;
	/* glibc's qsort() asks once how much memory there is, and does without an answer. */
	if (seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(sysinfo), 0) != 0)
		return false;
	for (size_t i = 0; SANITIZED && i < sizeof(sanitizer) / sizeof(sanitizer[0]); i++)
		if (seccomp_rule_add(context, SCMP_ACT_ALLOW, sanitizer[i], 0) != 0)
			return false;
	if (SANITIZED)
		return true;
	return seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)out_fd, 0)) == 0 &&
	       seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO, 0)) == 0 &&
	       seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
	                        SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0 &&
	       seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

/* The filter as the kernel takes it, kept: making it costs more than loading it. */
static bool build_filter(int out_fd, bool reads_files)
{
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_KILL_PROCESS);
	const int fd = memfd_create("filter", MFD_CLOEXEC);
	ssize_t n = -1;

	if (context != NULL && fd >= 0 && allow(context, out_fd) && (!reads_files || allow_files(context)) && seccomp_export_bpf(context, fd) == 0)
		n = pread(fd, filter_code, sizeof(filter_code), 0);
	if (fd >= 0)
		(void)close(fd);
	if (context != NULL)
		seccomp_release(context);
	if (n <= 0 || n == (ssize_t)sizeof(filter_code) || (size_t)n % sizeof(filter_code[0]) != 0)
		return false;
	filter.len = (unsigned short)((size_t)n / sizeof(filter_code[0]));
	return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

unsigned cage_build(int out_fd, const char *readable)
{
	const struct rlimit none = {0, 0};

	parts = 0;
	files = readable != NULL ? FILES_MOST : 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		parts |= CAGE_NO_NEW_PRIVILEGES;
	if (leave_namespaces())
		parts |= CAGE_NAMESPACES;
	if ((parts & CAGE_NO_NEW_PRIVILEGES) != 0 && lock_land(readable))
		parts |= CAGE_LANDLOCK;
	if (build_filter(out_fd, readable != NULL && (parts & CAGE_LANDLOCK) != 0)) /* writes a file: before the limits */
		parts |= CAGE_SECCOMP;
	if (setrlimit(RLIMIT_CORE, &none) == 0 && setrlimit(RLIMIT_FSIZE, &none) == 0)
		parts |= CAGE_LIMITS;
	return parts;
}

static bool limit(__rlimit_resource_t what, uint64_t most)
{
	const struct rlimit to = {most, most};

	return setrlimit(what, &to) == 0;
}

bool cage_close(const struct cage_limits *limits)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return false;
	(void)alarm(limits->seconds * 2);
	if ((parts & CAGE_LIMITS) != 0 &&
	    (!limit(RLIMIT_CPU, limits->seconds) || !limit(RLIMIT_NPROC, 0) || (!SANITIZED && !limit(RLIMIT_DATA, limits->memory)) ||
	     (!SANITIZED && !limit(RLIMIT_AS, limits->memory + (UINT64_C(3) << 30))) || !limit(RLIMIT_NOFILE, files)))
		return false;
	return (parts & CAGE_SECCOMP) == 0 || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}
