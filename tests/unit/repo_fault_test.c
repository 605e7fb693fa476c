/* repo_fault_test.c - a reference, when the process that moves it is killed at any step, and what is on the disk then.
 *
 * libgit2 is a shared library, and takes the calls below from here.  In one run the process is gone before the Nth
 * of them, for every N; afterwards the reference is where it was or where it was to go, and moves again at once. */
#define _GNU_SOURCE
#include "../../src/repo/repo_inside.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/object_id.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "repo/repo.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char in_memory[] = "/dev/shm/repo-fault-XXXXXX", on_disk[] = "/tmp/repo-fault-XXXXXX"; /* memory is flushed at once */
static const char *base;
static struct repo *repo;
static struct object_id blob[3];

static int calls, die_at;
static bool watching;
static char seen[64 * 1024]; /* "sync PATH\n" and "move PATH\n", in their order */

static void step(void)
{
	if (die_at != 0 && ++calls == die_at)
		(void)raise(SIGKILL);
}

static void note_seen(const char *what, const char *path)
{
	const size_t len = strlen(seen);

	if (watching)
		(void)snprintf(seen + len, sizeof(seen) - len, "%s %s\n", what, path);
}

static void note_flushed(int fd)
{
	char link[64], path[512];
	ssize_t len;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = watching ? readlink(link, path, sizeof(path) - 1) : -1;
	if (len < 0)
		return;
	path[len] = '\0';
	note_seen("sync", path);
}

int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;
	va_end(args);
	step();
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	step();
	return syscall(SYS_write, fd, bytes, len);
}

int link(const char *from, const char *to)
{
	step();
	note_seen("move", to);
	return (int)syscall(SYS_link, from, to);
}

int rename(const char *from, const char *to)
{
	step();
	note_seen("move", to);
	return (int)syscall(SYS_rename, from, to);
}

int unlink(const char *path)
{
	step();
	return (int)syscall(SYS_unlink, path);
}

int close(int fd)
{
	step();
	return (int)syscall(SYS_close, fd);
}

int fsync(int fd)
{
	step();
	note_flushed(fd);
	return (int)syscall(SYS_fsync, fd);
}

static bool move(struct repo *r, const char *name, int from, int to, struct err *err)
{
	return to < 0 ? ref_delete(r, name, err) : ref_swap(r, name, from < 0 ? NULL : &blob[from], &blob[to], "t", err);
}

/* In a process of its own that is killed before its call number `at`; false: it was done before. */
static bool killed_moving(const char *name, int from, int to, int at)
{
	int status = 0;
	const pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		struct repo *mine = NULL;
		struct err err = {0};
		bool ok = repo_again(repo, &mine, &err);

		die_at = at;
		ok = ok && move(mine, name, from, to, &err);
		die_at = 0;
		if (!ok)
			(void)fprintf(stderr, "%s\n", err.why);
		_exit(ok ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFSIGNALED(status);
}

static int value_of(const char *name)
{
	struct object_id now;
	struct err err = {0};

	if (!ref_read(repo, name, &now, &err)) {
		assert_int_equal(err.kind, ERR_NOT_FOUND);
		return -1;
	}
	for (int i = 0; i < 3; i++)
		if (object_id_equal(&now, &blob[i]))
			return i;
	fail_msg("%s has a value that nobody gave it", name);
	return -2;
}

static void killed_at_every_step(const char *name, int from, int to)
{
	int kills = 0;

	for (bool killed = true; killed; kills++) {
		struct err err = {0};
		char *lock = mem_format("%s/refs/heads/%s.lock", repo_common_dir(repo), strrchr(name, '/') + 1);
		int now;

		killed = killed_moving(name, from, to, kills + 1);
		now = value_of(name);
		assert_true(now == from || now == to);
		if (!move(repo, name, now, 2, &err))
			fail_msg("killed at step %d: %s", kills + 1, err.why);
		assert_int_equal(value_of(name), 2);
		assert_false(fs_exists(lock));
		assert_true(from < 0 ? move(repo, name, 2, -1, &err) : move(repo, name, 2, from, &err));
		free(lock);
	}
	assert_true(kills > 5);
}

static void a_new_reference_can_be_made_after_any_death(void **state)
{
	(void)state;
	killed_at_every_step("refs/heads/new", -1, 0);
}

static void a_reference_can_be_moved_after_any_death(void **state)
{
	struct err err = {0};

	(void)state;
	assert_true(move(repo, "refs/heads/old", -1, 0, &err));
	killed_at_every_step("refs/heads/old", 0, 1);
}

static void a_reference_can_be_deleted_after_any_death(void **state)
{
	struct err err = {0};

	(void)state;
	assert_true(move(repo, "refs/heads/gone", -1, 0, &err));
	killed_at_every_step("refs/heads/gone", 0, -1);
}

static char *write_lock(const char *name, const char *bytes, size_t len)
{
	char *path = mem_format("%s/refs/heads/%s.lock", repo_common_dir(repo), name);
	struct err err = {0};

	assert_true(fs_write_file(path, bytes, len, 0644, &err));
	return path;
}

/* A lock that nobody of us noted is git's, and git may be at work. */
static void a_lock_of_others_stays(void **state)
{
	struct err err = {0};
	char *path, hex[OBJECT_HEX_SIZE];

	(void)state;
	assert_true(move(repo, "refs/heads/theirs", -1, 0, &err));
	path = write_lock("theirs", object_id_to_hex(&blob[1], hex), 40);
	assert_false(move(repo, "refs/heads/theirs", 0, 1, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_non_null(strstr(err.why, "refs/heads/theirs is locked by another git command"));
	assert_non_null(strstr(err.hint, "refs/heads/theirs.lock"));
	assert_true(fs_exists(path));
	assert_int_equal(value_of("refs/heads/theirs"), 0);
	assert_int_equal(unlink(path), 0);
	err = (struct err){0};
	assert_true(move(repo, "refs/heads/theirs", 0, 1, &err));
	free(path);
}

/* What a note can make us remove: the lock of a reference that holds what was noted, or its beginning, or zeros. */
static void a_note_removes_only_what_it_names(void **state)
{
	static const struct {
		const char *name, *value, *lock;
		size_t len;
		bool goes;
	} cases[] = {
		{"refs/heads/n", "0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789\n", 41, true},
		{"refs/heads/n", "0123456789012345678901234567890123456789", "", 0, true},
		{"refs/heads/n", "0123456789012345678901234567890123456789", "0123", 4, true},
		{"refs/heads/n", "0123456789012345678901234567890123456789", "\0\0\0\0", 4, true},
		{"refs/heads/n", "0123456789012345678901234567890123456789", "0124", 4, false},
		{"refs/heads/n", "0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789\n\n", 42, false},
		{"refs/heads/m", "0123456789012345678901234567890123456789", "0123", 4, false},
		{"refs/heads/../heads/n", "0123456789012345678901234567890123456789", "0123", 4, false},
		{"../.git/refs/heads/n", "0123456789012345678901234567890123456789", "0123", 4, false},
		{"", "0123456789012345678901234567890123456789", "0123", 4, false},
	};
	char *note = fs_join(repo_common_dir(repo), "review-refs.lock");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *path = write_lock("n", cases[i].lock, cases[i].len), *text = mem_format("%s %s\n", cases[i].name, cases[i].value);
		struct err err = {0};

		assert_true(fs_write_file(note, text, strlen(text), 0644, &err));
		assert_true(move(repo, "refs/heads/other", -1, 0, &err));
		assert_true(move(repo, "refs/heads/other", 0, -1, &err));
		if (fs_exists(path) == cases[i].goes)
			fail_msg("case %zu", i);
		(void)unlink(path);
		free(path);
		free(text);
	}
	free(note);
}

/* Another process of ours has the turn: for so many milliseconds, or (0) until it is killed. */
static pid_t holder(const char *path, long milliseconds)
{
	int ready[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		const struct timespec held = {.tv_nsec = milliseconds * 1000 * 1000};
		struct err err = {0};
		int fd = -1;

		if (!lock_take(path, 0, NULL, &fd, &err) || write(ready[1], "x", 1) != 1)
			_exit(1);
		if (milliseconds == 0)
			(void)pause();
		(void)nanosleep(&held, NULL);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	(void)close(ready[1]);
	return child;
}

static double seconds_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void a_turn_is_waited_for_and_not_without_end(void **state)
{
	char *path = fs_join(repo_common_dir(repo), "review-refs.lock");
	pid_t child = holder(path, 300);
	struct err err = {0};
	double began = seconds_now();
	int turn = -1, status = 0;

	(void)state;
	assert_true(move(repo, "refs/heads/waited", -1, 0, &err));
	assert_true(seconds_now() - began > 0.2);
	assert_int_equal(waitpid(child, &status, 0), child);
	child = holder(path, 0);
	began = seconds_now();
	assert_false(ref_turn_wait(repo, "refs/heads/waited", &blob[1], 1, &turn, &err));
	assert_true(seconds_now() - began > 0.9 && seconds_now() - began < 10);
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_non_null(strstr(err.why, "another review command has not ended moving a reference for 1 seconds"));
	assert_int_equal(value_of("refs/heads/waited"), 0);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	err = (struct err){0};
	assert_true(move(repo, "refs/heads/waited", 0, 1, &err));
	assert_int_equal(REF_TURN_SECONDS, 30);
	free(path);
}

static size_t where(const char *what, const struct object_id *id)
{
	char hex[OBJECT_HEX_SIZE], *line;
	const char *at;

	(void)object_id_to_hex(id, hex);
	line = mem_format("%s %s/objects/%.2s/%s\n", what, repo_common_dir(repo), hex, hex + 2);
	at = strstr(seen, line);
	if (at == NULL)
		fail_msg("not seen: %s", line);
	free(line);
	return (size_t)(at - seen);
}

/* Also what git add wrote, and a tree leads to. */
static void objects_are_on_the_disk_before_the_reference(void **state)
{
	char path[] = "a/b.txt";
	struct tree_file file = {.path = path, .mode = 0100644};
	const struct tree_files files = {.items = &file, .count = 1};
	struct repo *other = NULL;
	struct object_id tree, note;
	struct err err = {0};
	const char *moved;
	char *lock;

	(void)state;
	assert_true(repo_again(repo, &other, &err));
	assert_true(object_write(other, OBJECT_BLOB, "by git add", 10, &file.id, &err));
	repo_free(other);
	assert_true(object_write(repo, OBJECT_BLOB, "a note", 6, &note, &err));
	assert_true(tree_write(repo, &files, &tree, &err));
	watching = true;
	assert_true(ref_swap(repo, "refs/heads/whole", NULL, &tree, "t", &err));
	watching = false;
	lock = mem_format("sync %s/refs/heads/whole.lock\n", repo_common_dir(repo));
	moved = strstr(seen, "move ");
	assert_non_null(moved);
	assert_true(where("sync", &note) < (size_t)(moved - seen));
	assert_true(where("sync", &tree) < (size_t)(moved - seen));
	assert_true(where("sync", &file.id) < (size_t)(moved - seen));
	assert_non_null(strstr(seen, lock));
	assert_true(strstr(seen, lock) < moved);
	free(lock);
}

static int start(void **state)
{
	struct err err = {0};
	char *dir;
	bool ok;

	(void)state;
	(void)unsetenv("GIT_DIR");
	base = mkdtemp(in_memory) != NULL ? in_memory : mkdtemp(on_disk);
	if (base == NULL)
		return -1;
	dir = fs_join(base, "r");
	ok = repo_init(dir, false, &repo, &err);
	for (int i = 0; ok && i < 3; i++)
		ok = object_write(repo, OBJECT_BLOB, &"abc"[i], 1, &blob[i], &err);
	free(dir);
	return ok ? 0 : -1;
}

static int stop(void **state)
{
	char *command = mem_format("rm -rf %s", base);
	const int status = system(command);

	(void)state;
	repo_free(repo);
	free(command);
	return status;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_reference_can_be_made_after_any_death),
		cmocka_unit_test(a_reference_can_be_moved_after_any_death),
		cmocka_unit_test(a_reference_can_be_deleted_after_any_death),
		cmocka_unit_test(a_lock_of_others_stays),
		cmocka_unit_test(a_note_removes_only_what_it_names),
		cmocka_unit_test(a_turn_is_waited_for_and_not_without_end),
		cmocka_unit_test(objects_are_on_the_disk_before_the_reference),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
