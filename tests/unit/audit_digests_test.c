/* audit_digests_test.c - files digested by all processors are digested as by one. */
#include "../../src/audit/digests.h"

#include "base/crew.h"
#include "base/mem.h"
#include "seal/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { FILES = 200, LARGEST = 3 * 1024 * 1024 };

/* A few large ones among many small ones, and empty ones. */
static size_t size_of(size_t number)
{
	return number % 67 == 5 ? LARGEST : number % 10 == 0 ? 0 : number * 31;
}

static int file_of(const char *bytes, size_t len)
{
	char path[] = "/tmp/review-digests.XXXXXX";
	const int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(unlink(path), 0);
	assert_true(write(fd, bytes, len) == (ssize_t)len);
	assert_true(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static void each_file_has_its_own_digest(void **state)
{
	struct file_digest found[FILES];
	char *bytes = mem_alloc(LARGEST + FILES, 1);
	struct crew *digests = digests_begin();

	(void)state;
	for (size_t i = 0; i < LARGEST + FILES; i++)
		bytes[i] = (char)(i * 7 + i / 251);
	for (size_t i = 0; i < FILES; i++)
		digests_add(digests, file_of(bytes + i, size_of(i)), size_of(i), &found[i]);
	crew_end(digests);
	for (size_t i = 0; i < FILES; i++) {
		struct digest want;

		hash_bytes(bytes + i, size_of(i), &want);
		assert_int_equal(found[i].failed, 0);
		assert_true(found[i].len == size_of(i));
		assert_true(digest_equal(&found[i].digest, &want));
	}
	free(bytes);
}

static void no_more_is_read_than_shows_that_there_is_more(void **state)
{
	struct file_digest longer, shorter, endless;
	struct crew *digests = digests_begin();

	(void)state;
	digests_add(digests, file_of("abcdef", 6), 3, &longer);
	digests_add(digests, file_of("abcdef", 6), 9, &shorter);
	digests_add(digests, open("/dev/zero", O_RDONLY), 300000, &endless);
	crew_end(digests);
	assert_true(longer.len == 4);
	assert_true(shorter.len == 6);
	assert_true(endless.len == 300001);
	assert_int_equal(longer.failed | shorter.failed | endless.failed, 0);
}

static void what_cannot_be_read_says_why(void **state)
{
	struct file_digest found;
	struct crew *digests = digests_begin();

	(void)state;
	digests_add(digests, open("/", O_RDONLY | O_DIRECTORY), 10, &found);
	crew_end(digests);
	assert_int_equal(found.failed, EISDIR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_file_has_its_own_digest),
		cmocka_unit_test(no_more_is_read_than_shows_that_there_is_more),
		cmocka_unit_test(what_cannot_be_read_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
