/* zip_test.c - containers made by hand: what is in them is found, and where two programs would see
 * different things it is said. */
#include "zip/zip.h"

#include "reading.h"
#include "zipping.h"

#include <stdlib.h>

static void read_all(struct reader *r, const struct part *part)
{
	struct zip *zip = NULL;

	if (part->len < 2 || memcmp(part->bytes, "PK", 2) != 0) {
		if (strcmp(part->name, "a.zip") != 0) {
			reader_text(r, FLOW_BODY, "", (const char *)part->bytes, part->len);
			return;
		}
	}
	if (!zip_open(r, part->bytes, part->len, &zip))
		return;
	for (size_t i = 0; i < zip_count(zip); i++) {
		char *bytes = NULL;
		size_t len = 0;

		if (!zip_unpack(zip, i, &bytes, &len))
			continue;
		assert_true(zip_find(zip, zip_entry(zip, i)->name) < zip_count(zip));
		reader_text(r, zip_entry(zip, i)->unlisted ? FLOW_HIDDEN : FLOW_BODY, zip_entry(zip, i)->name, bytes, len);
		free(bytes);
	}
	assert_int_equal(zip_find(zip, "no such entry"), zip_count(zip));
	zip_free(zip);
}

static void expect(struct made *made, const char *told)
{
	char *all = reading_of(read_all, "a.zip", made->file.data, made->file.len);

	assert_string_equal(all, told);
	free(all);
	buf_release(&made->file);
}

static void stored_and_deflated_entries_are_read_by_name(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "b.txt", .data = "one"});
	add(&made, (struct item){.name = "dir/", .data = ""});
	add(&made, (struct item){.name = "dir/a.txt", .data = "two", .deflated = true});
	add(&made, (struct item){.name = "c", .data = "three", .deflated = true, .descriptor = true});
	add(&made, (struct item){.name = "wide", .data = "four", .wide = true});
	finish(&made, 0, "");
	expect(&made, "[body] b.txt: one\n[body] dir/a.txt: two\n[body] c: three\n[body] wide: four\nend\n");
}

static void an_empty_container_has_nothing_in_it(void **state)
{
	struct made made = {0};

	(void)state;
	finish(&made, 0, "");
	expect(&made, "end\n");
}

static void comments_are_told_as_text(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "a", .data = "1", .comment = "entry \xBB\xFA\xC3\xDC"});
	finish(&made, 0, "whole");
	expect(&made, "bytes [comment] comment of entry a (comment of entry a, ): 10 bytes: entry \xBB\xFA\xC3\xDC\n"
	              "bytes [comment] comment of the container (comment of the container, ): 5 bytes: whole\n"
	              "[body] a: 1\nend\n");
}

static void names_without_a_mark_are_told_under_every_charset(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "\xBB\xFA\xC3\xDC.txt", .data = "1"});
	add(&made, (struct item){.name = "绝密.txt", .data = "2", .flags = 0x800});
	finish(&made, 0, "");
	expect(&made, "bytes [filename]  (a.zip, ): 8 bytes: \xBB\xFA\xC3\xDC.txt\n[body] 机密.txt: 1\n"
	              "[body] 绝密.txt: 2\nend\n");
}

static void bytes_before_the_container_are_appended_data(void **state)
{
	struct made made = {0};

	(void)state;
	buf_add_string(&made.file, "prefix");
	add(&made, (struct item){.name = "a", .data = "1"});
	finish(&made, 0, "");
	expect(&made, "observed appended-data: 6 bytes before the first entry\n[body] 6 bytes before the first entry: prefix\n"
	              "[body] a: 1\nend\n");
}

static void offsets_may_count_from_the_container_behind_a_prefix(void **state)
{
	struct made made = {0}, inner = {0};

	(void)state;
	add(&inner, (struct item){.name = "a", .data = "1"});
	finish(&inner, 0, "");
	buf_add_string(&made.file, "prefix");
	buf_add(&made.file, inner.file.data, inner.file.len);
	buf_release(&inner.file);
	expect(&made, "observed appended-data: 6 bytes before the first entry\n[body] 6 bytes before the first entry: prefix\n"
	              "[body] a: 1\nend\n");
}

static void bytes_between_and_behind_are_appended_data(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "a", .data = "1"});
	buf_add_string(&made.file, "between");
	add(&made, (struct item){.name = "b", .data = "2"});
	finish(&made, 0, "");
	buf_add_string(&made.file, "behind");
	expect(&made, "observed appended-data: 7 bytes between the entries\n[body] 7 bytes between the entries: between\n"
	              "observed appended-data: 6 bytes behind the end\n[body] 6 bytes behind the end: behind\n"
	              "[body] a: 1\n[body] b: 2\nend\n");
}

static void entries_outside_the_directory_are_read_too(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "a", .data = "1"});
	add(&made, (struct item){.name = "secret", .data = "机密", .unlisted = true});
	add(&made, (struct item){.name = "later", .data = "绝密", .unlisted = true, .deflated = true, .descriptor = true});
	finish(&made, 0, "");
	expect(&made, "observed unlisted-data: entry secret\nobserved unlisted-data: entry later\n[body] a: 1\n"
	              "[hidden] secret: 机密\n[hidden] later: 绝密\nend\n");
}

static void a_second_directory_is_undecided(void **state)
{
	struct made first = {0}, made = {0};
	char *all;

	(void)state;
	add(&first, (struct item){.name = "first", .data = "old"});
	finish(&first, 0, "");
	buf_add(&made.file, first.file.data, first.file.len);
	add(&made, (struct item){.name = "second", .data = "new"});
	finish(&made, 0, "");
	all = reading_of(read_all, "a.zip", made.file.data, made.file.len);
	assert_non_null(strstr(all, "undecided: a second table of contents"));
	assert_non_null(strstr(all, "[hidden] first: old"));
	assert_non_null(strstr(all, "[body] second: new"));
	free(all);
	buf_release(&first.file);
	buf_release(&made.file);
}

static void headers_that_disagree_are_undecided(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "good.txt", .local_name = "evil.txt", .data = "1"});
	finish(&made, 0, "");
	expect(&made, "undecided: good.txt: its two headers disagree\n"
	              "bytes [filename] in the local header (in the local header, ): 8 bytes: evil.txt\n"
	              "[body] good.txt: 1\nend\n");
}

static void names_that_point_elsewhere_are_undecided(void **state)
{
	static const char *const names[] = {"../a", "a/../../b", "/etc/a", "C:a", "a\\..\\b", "a\1b"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct made made = {0};
		char *all;

		add(&made, (struct item){.name = names[i], .data = "1"});
		finish(&made, 0, "");
		all = reading_of(read_all, "a.zip", made.file.data, made.file.len);
		assert_non_null(strstr(all, "undecided: an entry whose name points elsewhere"));
		free(all);
		buf_release(&made.file);
	}
}

static void a_name_with_a_nul_is_undecided_and_told_whole(void **state)
{
	struct made made = {0};
	char *all;

	(void)state;
	add(&made, (struct item){.name = "a\0secret", .name_len = 8, .data = "1"});
	finish(&made, 0, "");
	all = reading_of(read_all, "a.zip", made.file.data, made.file.len);
	assert_non_null(strstr(all, "undecided: an entry whose name has a NUL in it\nbytes [filename]  (a.zip, ): 8 bytes: a"));
	free(all);
	buf_release(&made.file);
}

static void what_cannot_be_unpacked_is_undecided_by_name(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "locked", .data = "1", .flags = 1});
	add(&made, (struct item){.name = "odd", .data = "2", .method = 12});
	add(&made, (struct item){.name = "crc", .data = "3", .wrong_crc = 1});
	add(&made, (struct item){.name = "size", .data = "4", .wrong_size = 1});
	add(&made, (struct item){.name = "deflated", .data = "5", .wrong_size = 1, .deflated = true});
	finish(&made, 0, "");
	expect(&made, "undecided: locked: encrypted\nundecided: odd: compressed in a way not known (method 12, bzip2)\n"
	              "undecided: crc: damaged, it does not unpack to what its headers promise\n"
	              "undecided: size: damaged, its sizes disagree\n"
	              "undecided: deflated: damaged, it does not unpack to what its headers promise\nend\n");
}

static void two_entries_of_one_name_are_undecided(void **state)
{
	struct made made = {0};
	char *all;

	(void)state;
	add(&made, (struct item){.name = "a", .data = "1"});
	add(&made, (struct item){.name = "b", .data = "2"});
	finish(&made, 0, "");
	made.file.data[30 + 1 + 1 + 30] = 'a';
	made.file.data[2 * 32 + 46 + 1 + 46] = 'a';
	all = reading_of(read_all, "a.zip", made.file.data, made.file.len);
	assert_non_null(strstr(all, "undecided: two entries of one name: a"));
	free(all);
	buf_release(&made.file);
}

static void extra_fields_nobody_knows_are_told(void **state)
{
	struct made made = {0};
	char *all;

	(void)state;
	add(&made, (struct item){.name = "a", .data = "1", .extra = "\x34\x12\x06\0secret", .extra_len = 10});
	add(&made, (struct item){.name = "b", .data = "2", .extra = "UT\x05\0\1abcd", .extra_len = 9});
	add(&made, (struct item){.name = "c", .data = "3", .extra = "up\x09\0\1abcdname", .extra_len = 13});
	finish(&made, 0, "");
	all = reading_of(read_all, "a.zip", made.file.data, made.file.len);
	assert_non_null(strstr(all, "observed unlisted-data: extra field 0x1234 of entry a"));
	assert_non_null(strstr(all, "[hidden] extra field 0x1234 of entry a: secret"));
	assert_null(strstr(all, "of entry b"));
	assert_non_null(strstr(all, "bytes [filename] c (c, UTF-8): 4 bytes: name"));
	free(all);
	buf_release(&made.file);
}

static void every_prefix_is_undecided_and_no_changed_byte_is_fatal(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "a", .data = "one", .deflated = true});
	add(&made, (struct item){.name = "b", .data = "two", .descriptor = true});
	finish(&made, 0, "c");
	for (size_t len = 0; len < made.file.len; len++) {
		char *copy = mem_copy_bytes(made.file.data, len), *all = reading_of(read_all, "a.zip", copy, len);

		if (strstr(all, "undecided") == NULL && strstr(all, "observed") == NULL)
			fail_msg("%zu bytes of %zu: %s", len, made.file.len, all);
		free(all);
		free(copy);
	}
	for (size_t bit = 0; bit < made.file.len * 8; bit++) {
		made.file.data[bit / 8] = (char)(made.file.data[bit / 8] ^ 1 << bit % 8);
		free(reading_of(read_all, "a.zip", made.file.data, made.file.len));
		made.file.data[bit / 8] = (char)(made.file.data[bit / 8] ^ 1 << bit % 8);
	}
	buf_release(&made.file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stored_and_deflated_entries_are_read_by_name),
		cmocka_unit_test(an_empty_container_has_nothing_in_it),
		cmocka_unit_test(comments_are_told_as_text),
		cmocka_unit_test(names_without_a_mark_are_told_under_every_charset),
		cmocka_unit_test(bytes_before_the_container_are_appended_data),
		cmocka_unit_test(offsets_may_count_from_the_container_behind_a_prefix),
		cmocka_unit_test(bytes_between_and_behind_are_appended_data),
		cmocka_unit_test(entries_outside_the_directory_are_read_too),
		cmocka_unit_test(a_second_directory_is_undecided),
		cmocka_unit_test(headers_that_disagree_are_undecided),
		cmocka_unit_test(names_that_point_elsewhere_are_undecided),
		cmocka_unit_test(a_name_with_a_nul_is_undecided_and_told_whole),
		cmocka_unit_test(what_cannot_be_unpacked_is_undecided_by_name),
		cmocka_unit_test(two_entries_of_one_name_are_undecided),
		cmocka_unit_test(extra_fields_nobody_knows_are_told),
		cmocka_unit_test(every_prefix_is_undecided_and_no_changed_byte_is_fatal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
