/* scan_large_test.c - a text of any length is looked through to its end, and a match stands on no edge.
 *
 * Ten gigabytes need no disk: the same megabyte is mapped again and again, with another one here and
 * there. */
#define _GNU_SOURCE
#include "scan_fixture.h"

#include "../../src/scan/scanner_inside.h"

#include <sys/mman.h>
#include <unistd.h>

static const size_t BLOCK = (size_t)1 << 20;
static const char mark[] = "SECRET//NOFORN";

static void fill(char *block, bool marked)
{
	static const char line[] = "The fair is open to everybody, and entrance is free of charge for children. 交易会向公众开放。 ";
	size_t at = 0;

	while (at + sizeof(line) < BLOCK) {
		memcpy(block + at, line, sizeof(line) - 1);
		at += sizeof(line) - 1;
	}
	memset(block + at, '-', BLOCK - at);
	for (size_t i = BLOCK / 8; i < BLOCK; i += BLOCK / 8)
		block[i - i % (sizeof(line) - 1) - 1] = '\n';
	if (!marked)
		return;
	/* in the middle of a line, and at the very end */
	memcpy(block + 100 * (sizeof(line) - 1), mark, sizeof(mark) - 1);
	block[BLOCK - sizeof(mark)] = '\n';
	memcpy(block + BLOCK - sizeof(mark) + 1, mark, sizeof(mark) - 1);
}

static int shared_block(bool marked)
{
	const int fd = memfd_create("block", 0);
	char *block;

	assert_true(fd >= 0 && ftruncate(fd, (off_t)BLOCK) == 0);
	block = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_true(block != MAP_FAILED);
	fill(block, marked);
	assert_int_equal(munmap(block, BLOCK), 0);
	return fd;
}

/* Where a marked block stands: the first, the last, and about each power of two where a number might end. */
static bool is_marked(size_t i, size_t count)
{
	return i == 0 || i + 1 == count || i == 2047 || i == 2048 || i == 4095 || i == 4096 || i == count / 2;
}

static void marks_are_found_however_far_away(void **state)
{
	const size_t count = getenv("REVIEW_SOAK") != NULL ? 10 * 1024 : 8;
	const int plain = shared_block(false), marked = shared_block(true);
	char *const text = mmap(NULL, count * BLOCK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct trial t = trial_of_rule("match: {pattern: 'SECRET//NOFORN'}; view: line");
	size_t wanted = 0;

	(void)state;
	assert_true(text != MAP_FAILED);
	for (size_t i = 0; i < count; i++)
		assert_true(mmap(text + i * BLOCK, BLOCK, PROT_READ, MAP_SHARED | MAP_FIXED, is_marked(i, count) ? marked : plain, 0) != MAP_FAILED);
	(void)scan_file(&t, "long.txt", text, count * BLOCK);
	if (t.file.undecided != NULL)
		fail_msg("%s", t.file.undecided);
	for (size_t i = 0; i < count; i++) {
		if (!is_marked(i, count))
			continue;
		for (int k = 0; k < 2; k++, wanted++) {
			assert_true(wanted < t.file.count);
			assert_true(t.file.findings[wanted].start >= i * BLOCK && t.file.findings[wanted].end <= (i + 1) * BLOCK);
			assert_memory_equal(text + t.file.findings[wanted].start, mark, sizeof(mark) - 1);
			assert_int_equal(t.file.findings[wanted].end - t.file.findings[wanted].start, sizeof(mark) - 1);
		}
	}
	assert_int_equal(t.file.count, wanted);
	trial_end(&t);
	assert_int_equal(munmap(text, count * BLOCK), 0);
	(void)close(plain);
	(void)close(marked);
}

/* Wherever the edges of windows fall, a match over one is found, once. */
static void a_match_over_the_edge_of_a_window_is_found_once(void **state)
{
	static const char *const rules[] = {"match: {pattern: '机密★[0-9]{1,2}年'}; view: line", "match: {pattern: '机密★[0-9]{1,2}年'}; view: running",
	                                    "match: {keywords: ['机密★20年']}", "match: {pattern: '^机密.{1,9}年$'}; view: line",
	                                    "match: {pattern: '密★'}; view: line; near: {any: [机], within: 1}"};
	static char text[9000];

	(void)state;
	for (size_t r = 0; r < COUNT(rules); r++) {
		struct trial t = trial_of_rule(rules[r]);

		t.scanner->window = (t.scanner->behind + t.scanner->ahead) * 2 + 16;
		for (size_t at = 1; at < 3 * t.scanner->window && at + 40 < sizeof(text); at += 13) {
			memset(text, 'x', sizeof(text));
			memcpy(text + at, "\n机 密★20年\n", strlen("\n机 密★20年\n"));
			if (scan_file(&t, "a.txt", text, sizeof(text)) != 1 || t.file.findings[0].line != 2)
				fail_msg("%s: %zu found, at %zu, window %zu", rules[r], t.file.count, at, t.scanner->window);
		}
		trial_end(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_match_over_the_edge_of_a_window_is_found_once),
		cmocka_unit_test(marks_are_found_however_far_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
