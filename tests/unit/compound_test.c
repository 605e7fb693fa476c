/* compound_test.c - compound files made by hand: streams are given whole, and what no entry has is told. */
#include "compound/compound.h"

#include "compounding.h"
#include "reading.h"

/* Each stream in the order of the directory, by its path. */
static void read_all(struct reader *r, const struct part *part)
{
	struct compound *compound = NULL;

	if (!compound_open(r, part->bytes, part->len, &compound))
		return;
	for (size_t i = 0; i < compound_count(compound); i++) {
		const struct compound_entry *entry = compound_entry(compound, i);
		char *bytes = NULL;
		size_t len = 0;

		if (entry->storage) {
			assert_false(compound_read(compound, i, &bytes, &len));
			continue;
		}
		if (!compound_read(compound, i, &bytes, &len))
			continue;
		assert_true(entry->read);
		assert_int_equal(len, entry->len);
		assert_int_equal(bytes[len], 0);
		if (!entry->unlisted)
			assert_true(compound_has(compound, entry->parent, entry->name));
		reader_text(r, entry->unlisted ? FLOW_HIDDEN : FLOW_BODY, entry->path, bytes, len);
		free(bytes);
	}
	compound_free(compound);
}

static void expect(struct buf file, const char *told)
{
	char *all = reading_of(read_all, "a.doc", file.data, file.len);

	assert_string_equal(all, told);
	free(all);
	buf_release(&file);
}

/* Of strings in bytes there are several readings, so these are looked for among others. */
static void expect_among(struct buf file, const char *first, const char *second)
{
	char *all = reading_of(read_all, "a.doc", file.data, file.len);

	assert_non_null(strstr(all, first));
	assert_non_null(strstr(all, second));
	assert_non_null(strstr(all, "[body] One: first\n[body] Pool/[1]Ole: second\nend\n"));
	free(all);
	buf_release(&file);
}

static char *long_text(size_t len)
{
	char *text = mem_alloc(len + 1, 1);

	memset(text, 'x', len);
	return text;
}

static struct cfb small_file(void)
{
	struct cfb cfb = {0};

	(void)cfb_add(&cfb, (struct cfb_item){.name = "One", .data = "first", .len = 5});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Pool"});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "\1Ole", .data = "second", .len = 6, .parent = 2});
	return cfb;
}

static void streams_are_given_by_their_paths(void **state)
{
	struct cfb cfb = small_file();

	(void)state;
	expect(cfb_finish(&cfb), "[body] One: first\n[body] Pool/[1]Ole: second\nend\n");
}

static void a_large_stream_is_given_whole(void **state)
{
	struct cfb cfb = {0};
	char *text = long_text(100000), *told = mem_format("[body] Big: %s\n[body] Tail: end\nend\n", text);

	(void)state;
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Big", .data = text, .len = 100000});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Tail", .data = "end", .len = 3});
	expect(cfb_finish(&cfb), told);
	free(told);
	free(text);
}

static void find_some(struct reader *r, const struct part *part)
{
	struct compound *compound = NULL;

	assert_true(compound_open(r, part->bytes, part->len, &compound));
	assert_int_equal(compound_find(compound, COMPOUND_ROOT, "oNE"), 1);
	assert_int_equal(compound_find(compound, 2, "\1ole"), 3);
	assert_int_equal(compound_find(compound, COMPOUND_ROOT, "\1Ole"), compound_count(compound));
	assert_true(compound_within(compound, 2, 3));
	assert_true(compound_within(compound, COMPOUND_ROOT, 3));
	assert_false(compound_within(compound, 2, 1));
	compound_free(compound);
}

static void names_are_found_in_either_case_and_in_their_storage_only(void **state)
{
	struct cfb cfb = small_file();
	struct buf file = cfb_finish(&cfb);

	(void)state;
	free(reading_of(find_some, "a.doc", file.data, file.len));
	buf_release(&file);
}

static void an_entry_no_storage_lists_is_there_and_said_so(void **state)
{
	struct cfb cfb = small_file();

	(void)state;
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Lost", .data = "third", .len = 5, .unlisted = true});
	expect(cfb_finish(&cfb), "observed unlisted-data: Lost, which no storage lists\n[body] One: first\n"
	                         "[body] Pool/[1]Ole: second\n[hidden] Lost: third\nend\n");
}

static void a_sector_no_chain_has_is_told(void **state)
{
	struct cfb cfb = small_file();

	(void)state;
	cfb.loose = "left behind";
	expect_among(cfb_finish(&cfb), "[hidden] in sectors nothing lists: left behind / ",
	             "observed unlisted-data: 512 bytes in sectors nothing lists\n");
}

static void bytes_behind_the_last_sector_are_appended(void **state)
{
	struct cfb cfb = small_file();
	struct buf file = cfb_finish(&cfb);

	(void)state;
	buf_add_string(&file, "appended text");
	expect_among(file, "[hidden] behind the last thing in the file: appended text / ",
	             "observed appended-data: 13 bytes behind the last thing in the file\n");
}

static void bytes_behind_the_end_of_a_stream_are_told(void **state)
{
	struct cfb cfb = small_file();
	struct buf file = cfb_finish(&cfb);

	(void)state;
	memcpy(file.data + CFB_SECTOR + 8, "slack of one", 12); /* the first small sector has "first" */
	expect_among(file, "[hidden] behind the ends of streams: slack of one / ",
	             "observed unlisted-data: 63 bytes behind the ends of streams\n");
}

static void what_is_no_compound_file_is_undecided(void **state)
{
	struct cfb cfb = small_file();
	struct buf file = cfb_finish(&cfb);

	(void)state;
	file.data[30] = 3; /* sectors of 8 bytes */
	expect(file, "undecided: damaged: no compound file behind its first bytes\nend\n");
	expect((struct buf){0}, "undecided: damaged: no compound file behind its first bytes\nend\n");
}

static void a_chain_in_a_circle_ends(void **state)
{
	struct cfb cfb = {0};
	char *text = long_text(5000), *all;
	struct buf file;
	size_t table;

	(void)state;
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Big", .data = text, .len = 5000});
	file = cfb_finish(&cfb);
	table = file.len - CFB_SECTOR;
	file.data[table + 4 * 4] = 0; /* the fifth sector leads to the first */
	all = reading_of(read_all, "a.doc", file.data, file.len);
	assert_non_null(strstr(all, "undecided: damaged: a sector belongs to two things\n"));
	assert_non_null(strstr(all, "undecided: damaged: Big ends early\n"));
	free(all);
	free(text);
	buf_release(&file);
}

static void a_directory_in_a_circle_ends(void **state)
{
	struct cfb cfb = small_file();
	struct buf file = cfb_finish(&cfb);
	char *all;
	size_t at = 0;

	(void)state;
	while (memcmp(file.data + at, "O\0n\0e", 6) != 0)
		at++;
	file.data[at + 68] = 1; /* beside "One" on the left: "One" */
	file.data[at + 69] = file.data[at + 70] = file.data[at + 71] = 0;
	all = reading_of(read_all, "a.doc", file.data, file.len);
	assert_non_null(strstr(all, "undecided: damaged: the directory leads to no entry, or twice to one\n"));
	assert_non_null(strstr(all, "[body] One: first\n"));
	free(all);
	buf_release(&file);
}

static void every_front_of_a_file_is_undecided(void **state)
{
	struct cfb cfb = small_file();
	struct buf file = cfb_finish(&cfb);

	(void)state;
	for (size_t len = 0; len + CFB_SECTOR < file.len; len += 7) {
		char *all = reading_of(read_all, "a.doc", file.data, len);

		assert_non_null(strstr(all, "undecided: damaged"));
		free(all);
	}
	buf_release(&file);
}

static void every_changed_byte_is_survived(void **state)
{
	struct cfb cfb = small_file();
	struct buf file = cfb_finish(&cfb);

	(void)state;
	for (size_t at = 8; at < file.len; at++)
		for (int bit = 0; bit < 8; bit += 7) {
			file.data[at] = (char)(file.data[at] ^ 1 << bit);
			free(reading_of(read_all, "a.doc", file.data, file.len));
			file.data[at] = (char)(file.data[at] ^ 1 << bit);
		}
	buf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_are_given_by_their_paths),
		cmocka_unit_test(a_large_stream_is_given_whole),
		cmocka_unit_test(names_are_found_in_either_case_and_in_their_storage_only),
		cmocka_unit_test(an_entry_no_storage_lists_is_there_and_said_so),
		cmocka_unit_test(a_sector_no_chain_has_is_told),
		cmocka_unit_test(bytes_behind_the_last_sector_are_appended),
		cmocka_unit_test(bytes_behind_the_end_of_a_stream_are_told),
		cmocka_unit_test(what_is_no_compound_file_is_undecided),
		cmocka_unit_test(a_chain_in_a_circle_ends),
		cmocka_unit_test(a_directory_in_a_circle_ends),
		cmocka_unit_test(every_front_of_a_file_is_undecided),
		cmocka_unit_test(every_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
