/* ole_test.c - documents in compound files, made by hand: what each kind says, what is refused, and that no
 * damage ends the reader.  Hiding places are in tests/documents. */
#include "ole/ole.h"

#include "compounding.h"
#include "reading.h"

static void read_any(struct reader *r, const struct part *part)
{
	if (part->len >= 4 && memcmp(part->bytes, "\xD0\xCF\x11\xE0", 4) == 0)
		ole_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

static char *told_of(struct cfb *cfb)
{
	struct buf file = cfb_finish(cfb);
	char *all = reading_of(read_any, "a.doc", file.data, file.len);

	buf_release(&file);
	return all;
}

static void expect_says(struct cfb *cfb, const char *const *lines)
{
	char *all = told_of(cfb);

	for (; *lines != NULL; lines++)
		if (strstr(all, *lines) == NULL)
			fail_msg("not told: %s\nbut: %s", *lines, all);
	free(all);
}

static void put_wide(struct buf *out, const char *ascii)
{
	for (; *ascii != '\0'; ascii++)
		cfb_put(out, (unsigned char)*ascii, 2);
}

static void put_at(struct buf *out, size_t at, uint32_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		out->data[at + i] = (char)(value >> (8 * i) & 0xFF);
}

/* A Word document of one piece, in its two streams. */
static void word_streams(const char *text, struct buf *main, struct buf *table)
{
	enum { TEXT_AT = 1024, PIECES = 33 };
	const uint32_t len = (uint32_t)strlen(text);

	while (main->len < TEXT_AT)
		buf_add_byte(main, 0);
	put_wide(main, text);
	put_at(main, 0, 0xA5EC, 2);
	put_at(main, 2, 0xC1, 2);
	put_at(main, 10, 0x0200, 2);
	put_at(main, 24, TEXT_AT, 4);
	put_at(main, 28, TEXT_AT + 2 * len, 4);
	put_at(main, 76, len, 4);
	put_at(main, 152, 93, 2);
	buf_add_byte(table, 2);
	cfb_put(table, 16, 4);
	cfb_put(table, 0, 4);
	cfb_put(table, len, 4);
	cfb_put(table, 0, 2);
	cfb_put(table, TEXT_AT, 4);
	cfb_put(table, 0, 2);
	put_at(main, 154 + PIECES * 8, 0, 4);
	put_at(main, 154 + PIECES * 8 + 4, (uint32_t)table->len, 4);
}

static void add_word(struct cfb *cfb, const char *text, struct buf *main, struct buf *table)
{
	word_streams(text, main, table);
	(void)cfb_add(cfb, (struct cfb_item){.name = "WordDocument", .data = main->data, .len = main->len});
	(void)cfb_add(cfb, (struct cfb_item){.name = "1Table", .data = table->data, .len = table->len});
}

static void put_record(struct buf *out, unsigned type, const char *data, size_t len)
{
	cfb_put(out, type, 2);
	cfb_put(out, len, 2);
	buf_add(out, data, len);
}

#define RECORD(out, type, literal) put_record(out, type, literal, sizeof(literal) - 1)
#define BEGIN "\0\6\5\0\0\0\0\0\0\0\0\0\0\0\0\0"

static void workbook(struct buf *out)
{
	const size_t listed = 4 + 16 + 4;

	RECORD(out, 0x809, BEGIN);
	RECORD(out, 0x85, "\0\0\0\0\0\0\5\0Sheet");
	RECORD(out, 0x0A, "");
	put_at(out, listed, (uint32_t)out->len, 4);
	RECORD(out, 0x809, BEGIN);
	RECORD(out, 0x204, "\15\0\1\0\0\0\7\0\0visible");
	RECORD(out, 0x0A, "");
}

static void put_atom(struct buf *out, unsigned version, unsigned type, const struct buf *data)
{
	cfb_put(out, version, 2);
	cfb_put(out, type, 2);
	cfb_put(out, data->len, 4);
	if (data->len > 0)
		buf_add(out, data->data, data->len);
}

/* One slide no list names, and the edit that has it. */
static void presentation(struct buf *stream, struct buf *user)
{
	struct buf text = {0}, slide = {0}, list = {0}, edit = {0}, current = {0};
	uint32_t at;

	buf_add_string(&text, "on the slide");
	put_atom(&slide, 0, 0x0FA8, &text);
	put_atom(stream, 0xF, 0x03EE, &slide);
	at = (uint32_t)stream->len;
	cfb_put(&list, 1 << 20 | 7, 4);
	cfb_put(&list, 0, 4);
	put_atom(stream, 0, 0x1772, &list);
	for (size_t i = 0; i < 3; i++)
		cfb_put(&edit, 0, 4);
	cfb_put(&edit, at, 4);
	cfb_put(&edit, 1, 4);
	cfb_put(&edit, 0, 8);
	at = (uint32_t)stream->len;
	put_atom(stream, 0, 0x0FF5, &edit);
	cfb_put(&current, 20, 4);
	cfb_put(&current, 0xE391C05F, 4);
	cfb_put(&current, at, 4);
	put_atom(user, 0, 0x0FF6, &current);
	buf_release(&text);
	buf_release(&slide);
	buf_release(&list);
	buf_release(&edit);
	buf_release(&current);
}

static void a_word_document_is_told_by_paragraphs(void **state)
{
	struct cfb cfb = {0};
	struct buf main = {0}, table = {0};

	(void)state;
	add_word(&cfb, "first\rsecond\r", &main, &table);
	expect_says(&cfb, (const char *const[]){"[filename] names of the parts: WordDocument / 1Table / \n",
	                                        "[body] : {paragraph 1}first / {paragraph 2}second\n", NULL});
	buf_release(&main);
	buf_release(&table);
}

static void a_document_within_a_document_is_told_with_its_place(void **state)
{
	struct cfb cfb = {0};
	struct buf main = {0}, table = {0}, inner = {0}, inner_table = {0};

	(void)state;
	add_word(&cfb, "outer\r", &main, &table);
	word_streams("inner\r", &inner, &inner_table);
	(void)cfb_add(&cfb, (struct cfb_item){.name = "ObjectPool"});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "_1", .parent = 3});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "WordDocument", .data = inner.data, .len = inner.len, .parent = 4});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "1Table", .data = inner_table.data, .len = inner_table.len, .parent = 4});
	expect_says(&cfb, (const char *const[]){"observed embedded-object: ObjectPool > _1\n",
	                                        "[body] ObjectPool > _1: {ObjectPool > _1 > paragraph 1}inner\n", NULL});
	buf_release(&main);
	buf_release(&table);
	buf_release(&inner);
	buf_release(&inner_table);
}

static void a_workbook_is_told_by_cells(void **state)
{
	struct cfb cfb = {0};
	struct buf book = {0};

	(void)state;
	workbook(&book);
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Workbook", .data = book.data, .len = book.len});
	expect_says(&cfb, (const char *const[]){"[body] names of sheets: Sheet\n", "[body] Sheet: {Sheet!B14}visible\n", NULL});
	buf_release(&book);
}

static void a_presentation_is_told_by_slides(void **state)
{
	struct cfb cfb = {0};
	struct buf stream = {0}, user = {0};

	(void)state;
	presentation(&stream, &user);
	(void)cfb_add(&cfb, (struct cfb_item){.name = "PowerPoint Document", .data = stream.data, .len = stream.len});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Current User", .data = user.data, .len = user.len});
	expect_says(&cfb, (const char *const[]){"[hidden] slide no list names: on the slide\n",
	                                        "observed unlisted-data: slide no list names\n", NULL});
	buf_release(&stream);
	buf_release(&user);
}

static void what_nobody_can_read_is_named(void **state)
{
	static const struct {
		const char *stream, *why;
	} kinds[] = {
		{"EncryptedPackage", "undecided: encrypted\n"},
		{"\tDRMContent", "undecided: encrypted: rights management\n"},
		{"VisioDocument", "undecided: not readable: Visio drawing\n"},
		{"Something", "undecided: not readable: compound file of a kind not known\n"},
		{"WordDocument", "undecided: damaged: no Word document behind its name\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct cfb cfb = {0};

		(void)cfb_add(&cfb, (struct cfb_item){.name = kinds[i].stream, .data = "a secret name", .len = 13});
		expect_says(&cfb, (const char *const[]){kinds[i].why, NULL});
	}
}

static void a_stream_nobody_knows_has_its_strings_told(void **state)
{
	struct cfb cfb = {0};

	(void)state;
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Other", .data = "\1\2\3a secret name\0\0", .len = 18});
	expect_says(&cfb, (const char *const[]){"[hidden] Other: a secret name", "observed binary-data: Other\n", NULL});
}

/* All kinds in one file. */
static struct buf one_of_each(void)
{
	struct cfb cfb = {0};
	struct buf main = {0}, table = {0}, book = {0}, stream = {0}, user = {0}, file;

	add_word(&cfb, "a\x13 b \x14" "c\x15\r", &main, &table);
	workbook(&book);
	presentation(&stream, &user);
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Workbook", .data = book.data, .len = book.len});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "PowerPoint Document", .data = stream.data, .len = stream.len});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "Current User", .data = user.data, .len = user.len});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "\1Ole10Native", .data = "\0\0\0\0\2\0a\0b\0\0\0\3\0\2\0\0\0c\0\1\0\0\0d", .len = 25});
	(void)cfb_add(&cfb, (struct cfb_item){.name = "\5SummaryInformation",
	                                      .data = "\xFE\xFF\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0"
	                                              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x30\0\0\0"
	                                              "\x1C\0\0\0\1\0\0\0\2\0\0\0\x10\0\0\0\x1E\0\0\0\4\0\0\0abc\0",
	                                      .len = 76});
	file = cfb_finish(&cfb);
	buf_release(&main);
	buf_release(&table);
	buf_release(&book);
	buf_release(&stream);
	buf_release(&user);
	return file;
}

static void several_documents_in_one_file_are_all_told(void **state)
{
	struct buf file = one_of_each();
	char *all = reading_of(read_any, "a.doc", file.data, file.len);

	(void)state;
	assert_non_null(strstr(all, "{paragraph 1}ac\n"));
	assert_non_null(strstr(all, "{Sheet!B14}visible\n"));
	assert_non_null(strstr(all, "on the slide\n"));
	assert_non_null(strstr(all, "property 2}abc"));
	assert_non_null(strstr(all, "attachment a"));
	free(all);
	buf_release(&file);
}

static void every_front_of_a_file_is_survived(void **state)
{
	struct buf file = one_of_each();

	(void)state;
	for (size_t len = 0; len < file.len; len += 13)
		free(reading_of(read_any, "a.doc", file.data, len));
	buf_release(&file);
}

static void every_changed_byte_is_survived(void **state)
{
	struct buf file = one_of_each();

	(void)state;
	for (size_t at = 8; at < file.len; at++) {
		const char before = file.data[at];

		file.data[at] = (char)(before ^ 0xFF);
		free(reading_of(read_any, "a.doc", file.data, file.len));
		file.data[at] = before;
	}
	buf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_document_is_told_by_paragraphs),
		cmocka_unit_test(a_document_within_a_document_is_told_with_its_place),
		cmocka_unit_test(a_workbook_is_told_by_cells),
		cmocka_unit_test(a_presentation_is_told_by_slides),
		cmocka_unit_test(what_nobody_can_read_is_named),
		cmocka_unit_test(a_stream_nobody_knows_has_its_strings_told),
		cmocka_unit_test(several_documents_in_one_file_are_all_told),
		cmocka_unit_test(every_front_of_a_file_is_survived),
		cmocka_unit_test(every_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
