/* formats_test.c - what has no reader is named, and names are compared with bytes. */
#include "formats/formats.h"
#include "reading.h"

#include <stdlib.h>

static void expect(const char *name, const char *bytes, size_t len, const char *told)
{
	char *all = reading_of(formats_read, name, bytes, len);

	assert_string_equal(all, told);
	free(all);
}

static void text_is_left_to_the_caller_that_knows_charsets(void **state)
{
	(void)state;
	expect("a.txt", "abc", 3, "bytes [body]  (a.txt, ): 3 bytes: abc\nend\n");
}

static void what_nobody_reads_is_undecided_by_its_name(void **state)
{
	(void)state;
	expect("a.db", "SQLite format 3\0", 16, "undecided: not readable: SQLite database\nend\n");
}

static void a_name_that_claims_another_format_is_observed(void **state)
{
	(void)state;
	expect("a.pdf", "abc", 3,
	       "observed name-mismatch: its name says PDF document, its bytes plain text\nbytes [body]  (a.pdf, ): 3 bytes: abc\nend\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_left_to_the_caller_that_knows_charsets),
		cmocka_unit_test(what_nobody_reads_is_undecided_by_its_name),
		cmocka_unit_test(a_name_that_claims_another_format_is_observed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
