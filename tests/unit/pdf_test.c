/* pdf_test.c - what is told about a PDF's objects, streams and bytes. */
#include "pdf/pdf.h"

#include "reading.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The objects every document here has, and those of the test behind them, numbered from 4. */
static const char *const frame[] = {
	"<</Type/Catalog/Pages 2 0 R %s>>",
	"<</Type/Pages/Kids[3 0 R]/Count 1>>",
	"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>> %s>>",
};

struct made {
	struct buf file, table;
	int objects;
	size_t references;
};

static void object(struct made *made, int number, const char *body, size_t len)
{
	buf_addf(&made->table, "%d 1\n%010zu 00000 n \n", number, made->file.len);
	buf_addf(&made->file, "%d 0 obj\n", number);
	buf_add(&made->file, body, len);
	buf_add_string(&made->file, "\nendobj\n");
	made->objects = number > made->objects ? number : made->objects;
}

static void finish(struct made *made, const char *trailer)
{
	const size_t at = made->file.len;

	buf_addf(&made->file, "xref\n%s%strailer\n<</Size %d/Root 1 0 R", made->references == 0 ? "0 1\n0000000000 65535 f \n" : "",
	         made->table.data, made->objects + 1);
	if (made->references != 0)
		buf_addf(&made->file, "/Prev %zu", made->references);
	buf_addf(&made->file, "%s>>\nstartxref\n%zu\n%%%%EOF\n", trailer, at);
	buf_clear(&made->table);
	made->references = at;
}

static void begin(struct made *made, const char *catalog, const char *page)
{
	const char *const more[] = {catalog, "", page};

	buf_add_string(&made->file, "%PDF-1.7\n");
	for (int i = 0; i < 3; i++) {
		const char *hole = strstr(frame[i], "%s");
		const size_t before = hole != NULL ? (size_t)(hole - frame[i]) : strlen(frame[i]);
		char *body = mem_format("%.*s%s%s", (int)before, frame[i], more[i], hole != NULL ? hole + 2 : "");

		object(made, i + 1, body, strlen(body));
		free(body);
	}
}

static char *told(struct made *made)
{
	char *all = reading_of(pdf_read, "x.pdf", made->file.data, made->file.len);

	buf_release(&made->file);
	buf_release(&made->table);
	*made = (struct made){0};
	return all;
}

/* A document of one object more, which the page has under /X. */
static char *told_of(const char *body, size_t len)
{
	struct made made = {0};

	begin(&made, "", "/X 4 0 R");
	object(&made, 4, body, len);
	finish(&made, "");
	return told(&made);
}

static char *told_of_text(const char *body)
{
	return told_of(body, strlen(body));
}

static void expect(char *all, const char *wanted)
{
	if (strstr(all, wanted) == NULL)
		fail_msg("not told: %s\nbut:\n%s", wanted, all);
}

static void expect_not(char *all, const char *unwanted)
{
	if (strstr(all, unwanted) != NULL)
		fail_msg("told: %s\nin:\n%s", unwanted, all);
}

static void a_string_is_told_once_with_its_objects_number(void **state)
{
	char *all = told_of_text("<</Note(SECRET)/Same 4 0 R/More[[(DEEP)]]>>");
	const char *first = strstr(all, "SECRET");

	(void)state;
	expect(all, "{page 1, object 4, Note}SECRET");
	expect(all, "DEEP");
	assert_null(strstr(first + 1, "SECRET"));
	expect_not(all, "undecided");
	expect_not(all, "observed");
	free(all);
}

static void text_strings_are_read_by_their_mark(void **state)
{
	char *all = told_of_text("[<FEFF673A5BC6>(\\357\\273\\277\\346\\234\\272)(\\200\\204 PDFDoc)<FEFF001B0065006E001B0041D83DDE00>]");

	(void)state;
	expect(all, "机密");
	expect(all, "机 /");
	expect(all, "•— PDFDoc");
	expect(all, "A\xF0\x9F\x98\x80");
	free(all);
}

static void strings_without_a_mark_are_read_under_every_charset(void **state)
{
	char *all = told_of_text("(\\273\\372\\303\\334)");

	(void)state;
	expect(all, "机密");
	expect(all, "»úÃÜ");
	free(all);
}

static void comments_have_their_authors(void **state)
{
	struct made made = {0};
	char *all;

	begin(&made, "", "/Annots[4 0 R]");
	object(&made, 4, "<</Type/Annot/Subtype/Text/T(Li Na)/Contents(look here)>>", 57);
	finish(&made, "");
	all = told(&made);
	(void)state;
	expect(all, "observed comment: page 1, comment by Li Na\n");
	expect(all, "[comment] ");
	expect(all, "{page 1, comment by Li Na}look here");
	free(all);
}

static void an_earlier_version_is_told_and_what_is_the_same_is_not(void **state)
{
	struct made made = {0};
	char *all;

	begin(&made, "/A 4 0 R/B 5 0 R", "");
	object(&made, 4, "(OLD)", 5);
	object(&made, 5, "(KEPT)", 6);
	finish(&made, "");
	object(&made, 4, "(NEW)", 5);
	object(&made, 5, "(KEPT)", 6);
	finish(&made, "");
	all = told(&made);
	(void)state;
	expect(all, "observed earlier-version: objects 4\n");
	expect(all, "{earlier version 1, object 4}OLD");
	expect(all, "{object 4}NEW");
	assert_null(strstr(strstr(all, "KEPT") + 1, "KEPT"));
	expect_not(all, "undecided");
	free(all);
}

static void an_object_nothing_refers_to_is_told(void **state)
{
	struct made made = {0};
	char *all;

	begin(&made, "", "");
	object(&made, 4, "<</Note(ALONE)>>", 16);
	object(&made, 5, "1234", 4);
	finish(&made, "");
	all = told(&made);
	(void)state;
	expect(all, "observed unlisted-data: objects nothing refers to: 4\n");
	expect(all, "{object 4, Note}ALONE");
	free(all);
}

static void bytes_that_are_no_object_are_told(void **state)
{
	struct made made = {0};
	char *all;

	begin(&made, "", "");
	buf_add_string(&made.file, "12 STRAY 7\n% REMARK\n");
	finish(&made, "");
	buf_add_string(&made.file, "BEHIND\n");
	all = told(&made);
	(void)state;
	expect(all, "observed appended-data: between objects\n");
	expect(all, "STRAY");
	expect(all, "{comment between objects} REMARK");
	expect(all, "observed appended-data: behind the end\n");
	free(all);
}

static void a_linear_file_has_hints_and_nothing_unlisted(void **state)
{
	static const char hints[] = "<</S 3/Length 6>>\nstream\nABCDEF\nendstream";
	struct made made = {0};
	char *all, *first;

	buf_add_string(&made.file, "%PDF-1.7\n");
	first = mem_format("<</Linearized 1/L 999/H[%d 60]/O 3/E 9/N 1/T 9>>", 84);
	object(&made, 9, first, strlen(first));
	while (made.file.len < 84)
		buf_add_byte(&made.file, ' ');
	object(&made, 8, hints, sizeof(hints) - 1);
	begin(&made, "", "");
	finish(&made, "");
	all = told(&made);
	(void)state;
	expect_not(all, "unlisted");
	expect(all, "ABCDEF");
	free(first);
	free(all);
}

static void what_is_packed_in_a_way_not_known_is_undecided_by_name(void **state)
{
	char *all = told_of_text("<</Length 4/Filter/Odd>>\nstream\nabcd\nendstream");

	(void)state;
	expect(all, "undecided: object 4: packed in a way not known: /Odd\n");
	free(all);
}

static void what_is_damaged_is_undecided_and_told(void **state)
{
	char *all = told_of_text("<</X(FIRST)/X(SECOND)>>");

	(void)state;
	expect(all, "undecided: damaged: dictionary has duplicated key /X");
	expect(all, "SECOND");
	free(all);
}

static void what_opens_with_a_password_only_is_undecided(void **state)
{
	static const char locked[] = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<abababababababababababababababababababababababababababababababab>"
	                             "/U<cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd>>>/ID[<00><00>]";
	struct made made = {0};
	char *all;

	begin(&made, "", "");
	finish(&made, locked);
	all = told(&made);
	(void)state;
	expect(all, "undecided: encrypted: it opens with a password only\n");
	free(all);
}

static void a_bomb_is_stopped(void **state)
{
	struct made made = {0};
	struct buf body = {0};
	char *all;

	buf_add_string(&body, "<</Length 3001/Filter[/RunLengthDecode/RunLengthDecode/RunLengthDecode/RunLengthDecode]>>\nstream\n");
	for (int i = 0; i < 1500; i++)
		buf_add(&body, "\x81\x81", 2);
	buf_add_string(&body, "\x80\nendstream");
	begin(&made, "", "/X 4 0 R");
	object(&made, 4, body.data, body.len);
	finish(&made, "");
	all = told(&made);
	(void)state;
	expect(all, "undecided: more data in one stream than can be read, or packed more tightly than any document is");
	buf_release(&body);
	free(all);
}

static void nothing_recurses_along_a_chain(void **state)
{
	struct made made = {0};
	char *all;

	begin(&made, "/Outlines 4 0 R", "");
	for (int i = 4; i < 20004; i++) {
		char *item = i < 20003 ? mem_format("<</Title(t%d)/Next %d 0 R>>", i, i + 1) : mem_format("<</Title(LAST)>>");

		object(&made, i, item, strlen(item));
		free(item);
	}
	finish(&made, "");
	all = told(&made);
	(void)state;
	expect(all, "{outline}t4");
	expect(all, "LAST");
	expect_not(all, "undecided");
	free(all);
}

/* A small document with a bit of everything. */
static void make_all(struct made *made)
{
	static const char stream[] = "<</Length 21/Filter[/ASCIIHexDecode/FlateDecode]>>\nstream\n789C0BCE4D04000263012D>\nendstream";

	begin(made, "/Outlines 4 0 R/AcroForm<</Fields[5 0 R]>>/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>", "/Annots[5 0 R]/X 7 0 R");
	object(made, 4, "<</Title(t)/First 4 0 R>>", 25);
	object(made, 5, "<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(v)>>", 46);
	object(made, 6, "<</Type/Filespec/F(f)/EF<</F 7 0 R>>>>", 38);
	object(made, 7, stream, sizeof(stream) - 1);
	finish(made, "/Info<</Title<FEFF0041>>>");
	object(made, 4, "<</Title(u)>>", 13);
	finish(made, "");
}

static void no_prefix_is_fatal(void **state)
{
	struct made made = {0};

	(void)state;
	make_all(&made);
	for (size_t len = 0; len < made.file.len; len++)
		free(reading_of(pdf_read, "x.pdf", made.file.data, len));
	buf_release(&made.file);
	buf_release(&made.table);
}

static void no_changed_byte_is_fatal(void **state)
{
	static const char to[] = {'\0', '(', '>', '9', '\xFF'};
	struct made made = {0};

	(void)state;
	make_all(&made);
	for (size_t i = 0; i < made.file.len; i++) {
		const char before = made.file.data[i];

		made.file.data[i] = to[i % sizeof(to)];
		free(reading_of(pdf_read, "x.pdf", made.file.data, made.file.len));
		made.file.data[i] = before;
	}
	buf_release(&made.file);
	buf_release(&made.table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_string_is_told_once_with_its_objects_number),
		cmocka_unit_test(text_strings_are_read_by_their_mark),
		cmocka_unit_test(strings_without_a_mark_are_read_under_every_charset),
		cmocka_unit_test(comments_have_their_authors),
		cmocka_unit_test(an_earlier_version_is_told_and_what_is_the_same_is_not),
		cmocka_unit_test(an_object_nothing_refers_to_is_told),
		cmocka_unit_test(bytes_that_are_no_object_are_told),
		cmocka_unit_test(a_linear_file_has_hints_and_nothing_unlisted),
		cmocka_unit_test(what_is_packed_in_a_way_not_known_is_undecided_by_name),
		cmocka_unit_test(what_is_damaged_is_undecided_and_told),
		cmocka_unit_test(what_opens_with_a_password_only_is_undecided),
		cmocka_unit_test(a_bomb_is_stopped),
		cmocka_unit_test(nothing_recurses_along_a_chain),
		cmocka_unit_test(no_prefix_is_fatal),
		cmocka_unit_test(no_changed_byte_is_fatal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
