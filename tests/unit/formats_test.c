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

/* A message with one picture of a pixel under these headers. */
static char *told_of_picture(const char *headers)
{
	char *mail = mem_format("From: a@example.invalid\nMIME-Version: 1.0\nContent-Type: image/gif; name=\"n.gif\"\n%s"
	                        "Content-Transfer-Encoding: base64\n\nR0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=\n", headers);
	char *all = reading_of(formats_read, "a.eml", mail, strlen(mail));

	free(mail);
	return all;
}

static void a_picture_shown_in_a_message_is_no_file_though_it_has_a_name(void **state)
{
	static const char *const shown[] = {"Content-Disposition: inline\n", "Content-ID: <a@example.invalid>\n"};
	static const char *const attached[] = {"", "Content-Disposition: attachment\nContent-ID: <a@example.invalid>\n"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *all = told_of_picture(shown[i]);

		assert_non_null(strstr(all, "observed picture: attachment n.gif\n"));
		assert_non_null(strstr(all, "[filename] attachment n.gif: n.gif\n"));
		assert_null(strstr(all, "page-without-text"));
		free(all);
		all = told_of_picture(attached[i]);
		assert_non_null(strstr(all, "observed page-without-text: attachment n.gif > a picture\n"));
		free(all);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_left_to_the_caller_that_knows_charsets),
		cmocka_unit_test(what_nobody_reads_is_undecided_by_its_name),
		cmocka_unit_test(a_name_that_claims_another_format_is_observed),
		cmocka_unit_test(a_picture_shown_in_a_message_is_no_file_though_it_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
