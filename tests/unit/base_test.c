/* base_test.c - the cellar: text, time, names and files. */
/* WRAP: flock */
#include "base/buf.h"
#include "base/calendar.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/ground.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>

#include <cmocka.h>

static void dates_have_one_spelling(void **state)
{
	int32_t day = 0;
	int64_t seconds = 0;
	char text[TIME_TEXT_SIZE];

	(void)state;
	assert_true(date_from_text(&day, "2026-11-23", 10));
	assert_string_equal(date_to_text(day, text), "2026-11-23");
	assert_true(date_from_text(&day, "2024-02-29", 10));
	assert_false(date_from_text(&day, "2026-02-29", 10));
	assert_false(date_from_text(&day, "2026-13-01", 10));
	assert_false(date_from_text(&day, "2026-1-01 ", 10));
	assert_true(time_from_text(&seconds, "2026-11-23T06:30:00Z", 20));
	assert_string_equal(time_to_text(seconds, text), "2026-11-23T06:30:00Z");
	assert_false(time_from_text(&seconds, "2026-11-23T06:30:00+", 20));
	assert_false(time_from_text(&seconds, "2026-11-23T24:00:00Z", 20));
	assert_false(time_from_text(&seconds, "2026-11-23 06:30:00Z", 20));
}

static void people_read_times_by_the_clock_of_their_office(void **state)
{
	int64_t noon = 0, same = 0;
	int32_t offset = 0;
	char text[CLOCK_TEXT_SIZE];

	(void)state;
	assert_true(time_from_text(&noon, "2026-12-31T18:45:59Z", 20));
	assert_string_equal(time_to_clock(noon, 8 * 3600, text), "2027-01-01 02:45 +08:00");
	assert_string_equal(time_to_clock(noon, -19800, text), "2026-12-31 13:15 -05:30");
	assert_string_equal(time_to_clock(noon, 0, text), "2026-12-31 18:45 UTC");
	assert_true(time_from_rfc3339(&same, "2027-01-01T02:45:59+08:00", 25));
	assert_int_equal(same, noon);
	assert_true(time_from_rfc3339(&same, "2026-12-31T13:15:59-05:30", 25));
	assert_int_equal(same, noon);
	assert_true(time_from_rfc3339(&same, "2026-12-31T18:45:59Z", 20));
	assert_int_equal(same, noon);
	assert_false(time_from_rfc3339(&same, "2026-12-31T18:45:59", 19));
	assert_false(time_from_rfc3339(&same, "2026-12-31T18:45:59+0800", 24));
	assert_false(time_from_rfc3339(&same, "2026-12-31T18:45:59+08:60", 25));
	assert_false(time_from_rfc3339(&same, "2026-12-31 18:45:59+08:00", 25));
	assert_true(offset_from_text(&offset, "-05:30", 6));
	assert_int_equal(offset, -19800);
	assert_false(offset_from_text(&offset, "+15:00", 6));
	assert_false(offset_from_text(&offset, "08:00", 5));
}

static void weekends_are_saturday_and_sunday(void **state)
{
	int32_t monday = 0;

	(void)state;
	assert_true(date_from_text(&monday, "2026-11-23", 10));
	for (int i = 0; i < 14; i++)
		assert_int_equal(date_is_weekend(monday + i), i % 7 >= 5);
	assert_int_equal(date_year(monday), 2026);
}

static void invalid_utf8_is_refused(void **state)
{
	static const char *const bad[] = {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
	                                  "\xF8\x88\x80\x80\x80", "\xE4\xB8", "\xFF"};
	size_t at = 99;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(utf8_valid(bad[i], strlen(bad[i]), NULL));
	assert_true(utf8_valid("机密★ab\xF0\x9F\x98\x80", 15, &at));
	assert_false(utf8_valid("ab\xFF", 3, &at));
	assert_int_equal(at, 2);
}

static void every_scalar_value_survives_a_round_trip(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char bytes[4];
		uint32_t back = 0;
		size_t n;

		if (c == 0xD800)
			c = 0xE000;
		n = utf8_encode(c, bytes);
		if (utf8_decode(bytes, n, &back) != n || back != c)
			fail_msg("U+%04X", (unsigned)c);
	}
}

static void words_that_nobody_sees_are_none(void **state)
{
	(void)state;
	assert_true(utf8_is_blank(""));
	assert_true(utf8_is_blank(" \t\r\n"));
	assert_true(utf8_is_blank("\u3000\u00a0\u2003\u200b\ufeff"));
	assert_false(utf8_is_blank(" x "));
	assert_false(utf8_is_blank("\u3000\u516c"));
	assert_false(utf8_is_blank("\xff"));
}

static void deceptive_characters_are_shown(void **state)
{
	struct buf out = {0};
	static const char text[] = "a\x1b[2J\xE2\x80\xAE" "b\xFF机";

	(void)state;
	utf8_add_printable(&out, text, sizeof(text) - 1);
	assert_string_equal(out.data, "a\\x1b[2J<U+202E>b\\xff机");
	assert_int_equal(utf8_width("机密ab", 8), 6);
	buf_release(&out);
}

static void digests_are_lower_case_hex(void **state)
{
	struct digest d, same;
	char hex[DIGEST_HEX_SIZE];

	(void)state;
	memset(&d, 0xA5, sizeof(d));
	assert_true(digest_from_hex(&same, digest_to_hex(&d, hex), 64));
	assert_true(digest_equal(&d, &same));
	hex[3] = 'A';
	assert_false(digest_from_hex(&same, hex, 64));
	assert_false(digest_from_hex(&same, hex, 63));
}

static void the_first_reason_wins(void **state)
{
	struct err err = {0};

	(void)state;
	assert_false(err_set(&err, ERR_MISMATCH, "cause"));
	assert_false(err_set(&err, ERR_SYSTEM, "echo"));
	err_context(&err, "release %s", "a.txt");
	assert_int_equal(err.kind, ERR_MISMATCH);
	assert_string_equal(err.why, "release a.txt: cause");
}

static void files_are_replaced_whole_or_not_at_all(void **state)
{
	char dir[] = "/tmp/base-XXXXXX";
	struct err err = {0};
	struct buf got = {0};
	char *path, *deep;

	(void)state;
	assert_non_null(mkdtemp(dir));
	path = fs_join(dir, "f");
	deep = fs_join(dir, "a/b/c");
	assert_true(fs_create_file(path, "one", 3, 0600, &err));
	assert_false(fs_create_file(path, "two", 3, 0600, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	err = (struct err){0};
	assert_true(fs_write_file(path, "three", 5, 0600, &err));
	assert_true(fs_read_file(path, 5, &got, &err));
	assert_string_equal(got.data, "three");
	buf_clear(&got);
	assert_false(fs_read_file(path, 4, &got, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	err = (struct err){0};
	assert_false(fs_read_file(dir, 100, &got, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	err = (struct err){0};
	assert_false(fs_read_file(deep, 100, &got, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	err = (struct err){0};
	assert_true(fs_make_dirs(deep, 0700, &err));
	assert_true(fs_make_dirs(deep, 0700, &err));
	assert_false(fs_make_dirs(path, 0700, &err));
	buf_release(&got);
	free(path);
	free(deep);
}

static void nothing_opens_outside_its_directory(void **state)
{
	char dir[] = "/tmp/base-XXXXXX";
	int fd;

	(void)state;
	assert_non_null(mkdtemp(dir));
	fd = open(dir, O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	assert_int_equal(symlinkat("/etc", fd, "out"), 0);
	assert_int_equal(fs_open_beneath(fd, "../x", O_RDONLY, 0), -1);
	assert_int_equal(fs_open_beneath(fd, "out/passwd", O_RDONLY, 0), -1);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(fs_open_beneath(fd, "/etc/passwd", O_RDONLY, 0), -1);
	close(fd);
}

static void grounds_are_eight(void **state)
{
	int known = 0;

	(void)state;
	for (int g = 0; g < 20; g++)
		known += ground_from_name(ground_name((enum ground)g), strlen(ground_name((enum ground)g))) != GROUND_NONE;
	assert_int_equal(known, 8);
	assert_int_equal(ground_from_name("state-secrets", 13), GROUND_NONE);
}

int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation);
static int no_locks; /* the errno of a file system that has none */

int __wrap_flock(int fd, int operation)
{
	if (no_locks == 0)
		return __real_flock(fd, operation);
	errno = no_locks;
	return -1;
}

static unsigned waits;

static void count_wait(void)
{
	waits++;
}

/* 0: it got the lock; 1: it did not. */
static int child_takes(const char *path, bool keep)
{
	struct err err = {0};
	int fd, status = -1;
	const pid_t pid = fork();

	if (pid == 0) {
		const bool ok = lock_take(path, 0, NULL, &fd, &err);

		if (ok && keep)
			(void)raise(SIGKILL);
		_exit(ok ? 0 : err.kind == ERR_CONFLICT ? 1 : 2);
	}
	(void)waitpid(pid, &status, 0);
	return keep ? WIFSIGNALED(status) ? 0 : 1 : WEXITSTATUS(status);
}

static void a_lock_is_for_one_and_outlives_nobody(void **state)
{
	char dir[] = "/tmp/base-XXXXXX", path[32];
	struct err err = {0};
	int fd, second;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/lock", dir);
	assert_true(lock_take(path, 0, count_wait, &fd, &err));
	assert_int_equal(waits, 0);
	assert_int_equal(child_takes(path, false), 1);
	assert_false(lock_take(path, 0, count_wait, &second, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(waits, 1);
	lock_release(fd);
	assert_int_equal(child_takes(path, true), 0); /* killed while it held it */
	assert_int_equal(child_takes(path, false), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("elsewhere", path), 0);
	err = (struct err){0};
	assert_false(lock_take(path, 0, NULL, &fd, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_int_equal(unlink(path), 0);
	no_locks = ENOLCK;
	assert_true(lock_take(path, 0, count_wait, &fd, &err));
	assert_int_equal(fd, -1);
	lock_release(fd);
	no_locks = EIO;
	err = (struct err){0};
	assert_false(lock_take(path, 0, count_wait, &fd, &err));
	no_locks = 0;
	assert_int_equal(waits, 1);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void arrays_grow_one_item_at_a_time(void **state)
{
	uint32_t *v = NULL;

	(void)state;
	for (size_t n = 0; n < 1000; n++) {
		v = mem_grow(v, n, sizeof(*v));
		assert_int_equal(v[n], 0);
		v[n] = (uint32_t)n;
	}
	for (size_t n = 0; n < 1000; n++)
		assert_int_equal(v[n], n);
	free(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_have_one_spelling),
		cmocka_unit_test(people_read_times_by_the_clock_of_their_office),
		cmocka_unit_test(weekends_are_saturday_and_sunday),
		cmocka_unit_test(invalid_utf8_is_refused),
		cmocka_unit_test(every_scalar_value_survives_a_round_trip),
		cmocka_unit_test(words_that_nobody_sees_are_none),
		cmocka_unit_test(deceptive_characters_are_shown),
		cmocka_unit_test(digests_are_lower_case_hex),
		cmocka_unit_test(the_first_reason_wins),
		cmocka_unit_test(files_are_replaced_whole_or_not_at_all),
		cmocka_unit_test(nothing_opens_outside_its_directory),
		cmocka_unit_test(grounds_are_eight),
		cmocka_unit_test(a_lock_is_for_one_and_outlives_nobody),
		cmocka_unit_test(arrays_grow_one_item_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
