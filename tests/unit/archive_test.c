/* archive_test.c - archives made by hand: entries are read, and so is what stands around them. */
#include "archive/archive.h"

#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCK = 512 };

/* One block of a tar; fields left NULL are empty. */
struct head {
	const char *name, *link, *owner;
	char type;
	size_t size;
};

static void put_octal(char *field, size_t len, size_t value)
{
	char digits[32];

	(void)snprintf(digits, sizeof(digits), "%0*zo", (int)len - 1, value);
	memcpy(field, digits, len);
}

static void put_string(char *field, const char *text)
{
	if (text != NULL)
		memcpy(field, text, strlen(text));
}

static void put_sum(char *block)
{
	size_t sum = 0;

	memset(block + 148, ' ', 8);
	for (size_t i = 0; i < BLOCK; i++)
		sum += (unsigned char)block[i];
	put_octal(block + 148, 7, sum);
}

static void put_head(struct buf *out, struct head head)
{
	char block[BLOCK] = {0};

	put_string(block, head.name);
	put_string(block + 157, head.link);
	put_string(block + 265, head.owner);
	put_octal(block + 100, 8, 0644);
	put_octal(block + 108, 8, 0);
	put_octal(block + 116, 8, 0);
	put_octal(block + 124, 12, head.size);
	put_octal(block + 136, 12, 0);
	block[156] = head.type != '\0' ? head.type : '0';
	memcpy(block + 257, "ustar\00000", 8);
	put_sum(block);
	buf_add(out, block, BLOCK);
}

static void put_file(struct buf *out, struct head head, const char *data)
{
	static const char zeros[BLOCK];

	head.size = strlen(data);
	put_head(out, head);
	buf_add_string(out, data);
	buf_add(out, zeros, (BLOCK - head.size % BLOCK) % BLOCK);
}

static void put_end(struct buf *out)
{
	static const char zeros[2 * BLOCK];

	buf_add(out, zeros, sizeof(zeros));
}

/* What is inside is text, or an archive again. */
static void read_any(struct reader *r, const struct part *part)
{
	if (part->len > 262 && memcmp(part->bytes + 257, "ustar", 5) == 0)
		archive_room_read(r, part);
	else if (part->len > 2 && memcmp(part->bytes, "\x1F\x8B", 2) == 0)
		compressed_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

static void expect(struct buf *file, void (*read)(struct reader *, const struct part *), const char *told)
{
	char *all = reading_of(read, "a.tar", file->data, file->len);

	assert_string_equal(all, told);
	free(all);
	buf_release(file);
}

static void expect_piece(const char *all, const char *told)
{
	if (strstr(all, told) == NULL)
		fail_msg("not told: %s\nbut:\n%s", told, all);
}

static void entries_are_parts_by_their_names(void **state)
{
	struct buf file = {0};

	(void)state;
	put_file(&file, (struct head){.name = "b.txt"}, "one");
	put_head(&file, (struct head){.name = "d/", .type = '5'});
	put_file(&file, (struct head){.name = "d/a.txt"}, "two");
	put_end(&file);
	expect(&file, read_any, "[filename] b.txt: b.txt\nbytes [body] b.txt (b.txt, ): 3 bytes: one\n[filename] : d/\n"
	                        "[filename] d/a.txt: d/a.txt\nbytes [body] d/a.txt (d/a.txt, ): 3 bytes: two\nend\n");
}

static void owners_and_targets_of_links_are_told(void **state)
{
	struct buf file = {0};

	(void)state;
	put_file(&file, (struct head){.name = "a", .owner = "wang.wei"}, "1");
	put_head(&file, (struct head){.name = "l", .link = "/home/x", .type = '2', .owner = "root"});
	put_end(&file);
	expect(&file, read_any,
	       "[filename] a: a\nbytes [body] a (a, ): 1 bytes: 1\nbytes [filename] target of l (target of l, UTF-8): 7 bytes: /home/x\n"
	       "[filename] : l\nobserved properties: owners of the entries\n[metadata] owners of the entries: wang.wei / \nend\n");
}

static void extended_headers_are_told_but_for_numbers(void **state)
{
	struct buf file = {0};
	char *all;

	(void)state;
	put_file(&file, (struct head){.name = "x", .type = 'x'}, "18 path=long-name\n20 mtime=1700000000\n18 comment=secret\n13 mine=1234\n");
	put_file(&file, (struct head){.name = "short"}, "1");
	put_end(&file);
	all = reading_of(read_any, "a.tar", file.data, file.len);
	expect_piece(all, "[filename] long-name: long-name");
	expect_piece(all, "observed comment: comment in an extended header");
	expect_piece(all, "(comment in an extended header, UTF-8): 6 bytes: secret");
	expect_piece(all, "observed custom-data: mine in an extended header");
	expect_piece(all, "mine=1234");
	assert_null(strstr(all, "1700000000"));
	assert_null(strstr(all, "undecided"));
	free(all);
	buf_release(&file);
}

static void a_damaged_extended_header_is_undecided(void **state)
{
	struct buf file = {0};
	char *all;

	(void)state;
	put_file(&file, (struct head){.name = "x", .type = 'x'}, "99 path=long-name\n");
	put_file(&file, (struct head){.name = "short"}, "1");
	put_end(&file);
	all = reading_of(read_any, "a.tar", file.data, file.len);
	expect_piece(all, "undecided: a damaged extended header");
	expect_piece(all, "[hidden] in an extended header: 99 path=long-name");
	free(all);
	buf_release(&file);
}

static void bytes_in_padding_and_behind_names_are_hidden_text(void **state)
{
	struct buf file = {0};
	char *all;

	(void)state;
	put_file(&file, (struct head){.name = "a"}, "1");
	memcpy(file.data + BLOCK + 100, "padding", 7);
	memcpy(file.data + 50, "behind", 6);
	put_sum(file.data);
	put_end(&file);
	all = reading_of(read_any, "a.tar", file.data, file.len);
	expect_piece(all, "observed unlisted-data: in the padding of an entry\n[hidden] in the padding of an entry: padding");
	expect_piece(all, "[hidden] behind the name in a header: behind");
	assert_null(strstr(all, "undecided"));
	free(all);
	buf_release(&file);
}

static void what_is_behind_the_end_is_a_part(void **state)
{
	struct buf file = {0};
	char *all;

	(void)state;
	put_file(&file, (struct head){.name = "a"}, "1");
	put_end(&file);
	put_file(&file, (struct head){.name = "later"}, "2");
	put_end(&file);
	all = reading_of(read_any, "a.tar", file.data, file.len);
	expect_piece(all, "observed appended-data: behind the end of the archive");
	expect_piece(all, "bytes [body] behind the end of the archive > later (later, ): 1 bytes: 2");
	free(all);
	buf_release(&file);
}

static void two_entries_of_one_name_are_both_read_and_told(void **state)
{
	struct buf file = {0};
	char *all;

	(void)state;
	put_file(&file, (struct head){.name = "a"}, "old");
	put_file(&file, (struct head){.name = "a"}, "new");
	put_end(&file);
	all = reading_of(read_any, "a.tar", file.data, file.len);
	expect_piece(all, "bytes: old");
	expect_piece(all, "bytes: new");
	expect_piece(all, "observed earlier-version: two entries of one name: a");
	free(all);
	buf_release(&file);
}

static void names_that_point_elsewhere_are_undecided(void **state)
{
	static const char *const names[] = {"/etc/a", "../a", "a/../../b", "a/..", "a\001b"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf file = {0};
		char *all;

		put_file(&file, (struct head){.name = names[i]}, "1");
		put_end(&file);
		all = reading_of(read_any, "a.tar", file.data, file.len);
		expect_piece(all, "undecided: an entry whose name points elsewhere");
		free(all);
		buf_release(&file);
	}
}

static void names_in_other_charsets_are_told_as_bytes(void **state)
{
	struct buf file = {0};
	char *all;

	(void)state;
	put_file(&file, (struct head){.name = "\xBB\xFA\xC3\xDC"}, "1");
	put_end(&file);
	all = reading_of(read_any, "a.tar", file.data, file.len);
	expect_piece(all, "bytes [filename]  (a.tar, ): 4 bytes: \xBB\xFA\xC3\xDC");
	expect_piece(all, "[filename] 机密: 机密");
	free(all);
	buf_release(&file);
}

/* Whether a folder of an old tar has content, programs do not agree. */
static void readers_that_see_different_entries_are_undecided(void **state)
{
	struct buf file = {0};
	char *all;

	(void)state;
	put_head(&file, (struct head){.name = "d/", .size = 1});
	memset(file.data + 257, 0, 8);
	put_sum(file.data);
	put_file(&file, (struct head){.name = "a"}, "1");
	put_end(&file);
	all = reading_of(archive_room_read, "a.tar", file.data, file.len);
	expect_piece(all, "undecided: two ways of reading it see different entries");
	free(all);
	buf_release(&file);
}

static void streams_are_named_without_their_ending(void **state)
{
	/* "hi", stored, with the name "n", the comment "c" and an extra field. */
	static const char gz[] = "\x1F\x8B\x08\x1C\0\0\0\0\0\3\x06\0AB\2\0xyn\0c\0\1\2\0\xFD\xFFhi\xAC\x2A\x93\xD8\2\0\0\0tail";
	struct buf file = {0};
	char *all;

	(void)state;
	buf_add(&file, gz, sizeof(gz) - 1);
	all = reading_of(read_any, "a.txt.gz", file.data, file.len);
	expect_piece(all, "bytes [filename] name of a member (name of a member, ): 1 bytes: n");
	expect_piece(all, "observed comment: comment of a member");
	expect_piece(all, "observed unlisted-data: extra field of a member");
	expect_piece(all, "[filename] a.txt: a.txt\nbytes [body] a.txt (a.txt, ): 2 bytes: hi");
	expect_piece(all, "observed appended-data: behind the end of the stream");
	expect_piece(all, "4 bytes: tail");
	assert_null(strstr(all, "undecided"));
	free(all);
	buf_release(&file);
}

static void a_second_member_is_read_with_the_first_and_alone(void **state)
{
	static const char gz[] = "\x1F\x8B\x08\0\0\0\0\0\0\3\1\2\0\xFD\xFFhi\xAC\x2A\x93\xD8\2\0\0\0";
	struct buf file = {0};
	char *all;

	(void)state;
	buf_add(&file, gz, sizeof(gz) - 1);
	buf_add(&file, gz, sizeof(gz) - 1);
	all = reading_of(read_any, "a.gz", file.data, file.len);
	expect_piece(all, "bytes [body] a (a, ): 4 bytes: hihi");
	expect_piece(all, "observed appended-data: 1 members behind the first");
	expect_piece(all, "bytes [body] behind the first member (, ): 2 bytes: hi");
	free(all);
	buf_release(&file);
}

static void streams_nobody_can_unpack_are_undecided(void **state)
{
	static const char *const streams[] = {"BZh9", "\xFD\067zXZ", "\x1F\x8B\x08", "??"};

	(void)state;
	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
		char *all = reading_of(compressed_read, "a.x", streams[i], strlen(streams[i]));

		expect_piece(all, "undecided: ");
		free(all);
	}
}

static void archives_nobody_can_read_are_undecided(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *why;
	} archives[] = {{"Rar!\x1A\x07\x01\0\0\0\0\0\2\1\0", 15, "undecided: "},
	                {"7z\xBC\xAF\x27\x1C\0\4", 8, "undecided: cut short"},
	                {"MSCF\0\0\0\0", 8, "undecided: cut short"},
	                {"!<arch>\nno header, sixty bytes of text that nobody takes for one, a little more", 78, "undecided: damaged"},
	                {"070701no header", 15, "undecided: damaged"}};

	(void)state;
	for (size_t i = 0; i < sizeof(archives) / sizeof(archives[0]); i++) {
		char *all = reading_of(archive_room_read, "a.x", archives[i].bytes, archives[i].len);

		expect_piece(all, archives[i].why);
		free(all);
	}
}

static void every_prefix_is_undecided_and_no_changed_byte_is_fatal(void **state)
{
	struct buf file = {0};

	(void)state;
	put_file(&file, (struct head){.name = "x", .type = 'x'}, "18 path=long-name\n18 comment=secret\n");
	put_file(&file, (struct head){.name = "a", .owner = "u"}, "one");
	put_file(&file, (struct head){.name = "b"}, "two");
	for (size_t len = 1; len < file.len; len += 7) {
		char *copy = mem_copy_bytes(file.data, len), *all = reading_of(archive_room_read, "a.tar", copy, len);

		/* behind an entry it may end; so may it where the rest of a block is zeros */
		if (len != 4 * (size_t)BLOCK && len < 5 * (size_t)BLOCK && strstr(all, "undecided") == NULL && strstr(all, "observed appended") == NULL)
			fail_msg("%zu bytes of %zu: %s", len, file.len, all);
		free(all);
		free(copy);
	}
	for (size_t at = 0; at < file.len; at++) {
		const char was = file.data[at];

		file.data[at] = (char)(was ^ (1 << at % 8));
		free(reading_of(archive_room_read, "a.tar", file.data, file.len));
		file.data[at] = was;
	}
	buf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_parts_by_their_names),
		cmocka_unit_test(owners_and_targets_of_links_are_told),
		cmocka_unit_test(extended_headers_are_told_but_for_numbers),
		cmocka_unit_test(a_damaged_extended_header_is_undecided),
		cmocka_unit_test(bytes_in_padding_and_behind_names_are_hidden_text),
		cmocka_unit_test(what_is_behind_the_end_is_a_part),
		cmocka_unit_test(two_entries_of_one_name_are_both_read_and_told),
		cmocka_unit_test(names_that_point_elsewhere_are_undecided),
		cmocka_unit_test(names_in_other_charsets_are_told_as_bytes),
		cmocka_unit_test(readers_that_see_different_entries_are_undecided),
		cmocka_unit_test(streams_are_named_without_their_ending),
		cmocka_unit_test(a_second_member_is_read_with_the_first_and_alone),
		cmocka_unit_test(streams_nobody_can_unpack_are_undecided),
		cmocka_unit_test(archives_nobody_can_read_are_undecided),
		cmocka_unit_test(every_prefix_is_undecided_and_no_changed_byte_is_fatal),
	};

	archive_room_warm();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
