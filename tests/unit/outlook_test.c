/* outlook_test.c - messages Outlook saved, and TNEF: what is told of their properties, and what stops them.  The
 * hiding places are in documents/made_msg.py and made_tnef.py. */
#include "outlook/outlook.h"

#include "compound/compound.h"
#include "text/charset.h"

#include "outlook_fixture.h"
#include "reading.h"

#include <stdlib.h>

static void read_saved(struct reader *r, const struct part *part)
{
	struct compound *compound = NULL;

	if (part->len < 8 || memcmp(part->bytes, "\xD0\xCF\x11\xE0", 4) != 0) {
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
		return;
	}
	if (!compound_open(r, part->bytes, part->len, &compound))
		return;
	outlook_message(r, compound, COMPOUND_ROOT);
	compound_free(compound);
}

static char *told_of(const struct saved *items, size_t count)
{
	struct buf file = {0};
	char *all;

	saved_file(items, count, &file);
	all = reading_of(read_saved, "a.msg", file.data, file.len);
	buf_release(&file);
	return all;
}

static void expect(const struct saved *items, size_t count, const char *told)
{
	char *all = told_of(items, count);

	if (strstr(all, told) == NULL)
		fail_msg("%s is not in %s", told, all);
	free(all);
}

#define LIST "__properties_version1.0"
#define ZEROS "\0\0\0\0\0\0\0\0"
#define HEAD ZEROS ZEROS ZEROS ZEROS
#define TEXT(s) s, sizeof(s) - 1
#define SUBJECT "\x1E\0\x37\0\6\0\0\0\4\0\0\0\0\0\0\0"

static void a_property_is_told_with_its_name(void **state)
{
	const struct saved items[] = {{LIST, 0, TEXT(HEAD SUBJECT), false}, {"__substg1.0_0037001E", 0, TEXT("one"), false}};

	(void)state;
	expect(items, 2, "[header] : {property subject}one / \n");
	expect(items, 2, "observed properties: \n");
}

static void what_the_list_does_not_have_is_told_and_observed(void **state)
{
	const struct saved items[] = {{LIST, 0, TEXT(HEAD), false}, {"__substg1.0_10351234-1", 0, TEXT("no"), false},
	                              {"__substg1.0_1035001F", 0, TEXT("o\0n\0e\0"), false}};

	(void)state;
	expect(items, 3, "{property internet message id}one / \n");
	expect(items, 3, "observed unlisted-data: __substg1.0_1035001F\n");
}

static void messages_within_messages_end_somewhere(void **state)
{
	struct saved items[SAVED_MOST] = {{LIST, 0, TEXT(HEAD), false}};
	size_t count = 1, parent = 0;

	(void)state;
	for (size_t depth = 0; depth < 18 && count + 4 < SAVED_MOST; depth++) {
		items[count++] = (struct saved){"__attach_version1.0_#00000000", parent, "", 0, true};
		items[count] = (struct saved){"__substg1.0_3701000D", count, "", 0, true};
		parent = ++count;
		items[count++] = (struct saved){LIST, parent, TEXT(ZEROS ZEROS ZEROS), false};
	}
	expect(items, count, "messages within messages, deeper than can be read");
}

static void a_list_that_is_cut_or_missing_is_undecided(void **state)
{
	const struct saved cut[] = {{LIST, 0, TEXT(HEAD "123"), false}};
	const struct saved missing[] = {{LIST, 0, TEXT(HEAD), false}, {"__attach_version1.0_#00000000", 0, "", 0, true},
	                                {"__substg1.0_37010102", 2, TEXT("one"), false}};

	(void)state;
	expect(cut, 1, "undecided: damaged: list of properties\n");
	expect(missing, 3, "undecided: attachment : damaged: no list of properties\n");
	expect(missing, 3, "bytes [body] attachment  (");
}

static void packed_rtf_says_what_does_not_fit(void **state)
{
	/* "{\rtf1" from the ring, "a}", and the end */
	static const char packed[] = "\x14\0\0\0\x08\0\0\0LZFu\0\0\0\0\x09\x00\x04" "a}\x0D\x70";
	static const char plain[] = "\x0E\0\0\0\2\0\0\0MELA\0\0\0\0{}";
	const struct saved bad[] = {{LIST, 0, TEXT(HEAD), false}, {"__substg1.0_10090102", 0, TEXT(packed), false}};
	const struct saved good[] = {{LIST, 0, TEXT(HEAD), false}, {"__substg1.0_10090102", 0, TEXT(plain), false}};
	const struct saved tiny[] = {{LIST, 0, TEXT(HEAD), false}, {"__substg1.0_10090102", 0, TEXT("LZFu"), false}};

	(void)state;
	expect(bad, 2, "undecided: body.rtf: damaged compressed RTF\n");
	expect(good, 2, "bytes [body] body.rtf (");
	expect(tiny, 2, "undecided: body.rtf: damaged compressed RTF\n");
}

static const char tnef[] =
	"\x78\x9F\x3E\x22\1\0"
	"\1\x04\x80\1\0\3\0\0\0ab\0\xC3\0"
	"\1\x03\x90\6\0\x18\0\0\0\2\0\0\0\x1E\0\x02\x0E\1\0\0\0\2\0\0\0x\0\0\0\3\0\x15\x0C\x5E\1"
	"\2\x02\x90\6\0\0\0\0\0\0\0"
	"\2\x0F\x80\6\0\3\0\0\0one\x42\1"
	"\2\x05\x90\6\0\x14\0\0\0\1\0\0\0\x1F\0\x07\x37\1\0\0\0\4\0\0\0n\0\0\0\xD1\0";

static char *tnef_told(const char *bytes, size_t len)
{
	return reading_of(tnef_read, "winmail.dat", bytes, len);
}

static void attributes_and_attachments_are_told(void **state)
{
	char *all = tnef_told(tnef, sizeof(tnef) - 1);

	(void)state;
	assert_non_null(strstr(all, "[header] attribute subject: ab\n"));
	assert_non_null(strstr(all, "{property Bcc}x / "));
	assert_non_null(strstr(all, "observed attachment: attachment n\n"));
	free(all);
}

static void a_wrong_checksum_is_undecided(void **state)
{
	char changed[sizeof(tnef)];
	char *all;

	(void)state;
	memcpy(changed, tnef, sizeof(tnef));
	changed[18]++;
	all = tnef_told(changed, sizeof(tnef) - 1);
	assert_non_null(strstr(all, "undecided: damaged: checksum of attribute 0x8004\n"));
	assert_non_null(strstr(all, "attribute subject: ab\n"));
	free(all);
}

static void every_prefix_of_tnef_that_cuts_something_is_undecided(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof(tnef) - 1; len++) {
		const bool whole = len == 6 || len == 20 || len == 55 || len == 66 || len == 80;
		char *all = tnef_told(tnef, len);

		if (!whole && strstr(all, "undecided: ") == NULL)
			fail_msg("%zu bytes: %s", len, all);
		free(all);
	}
}

static void no_changed_byte_is_fatal(void **state)
{
	const struct saved items[] = {{LIST, 0, TEXT(HEAD SUBJECT), false},
	                              {"__substg1.0_0037001E", 0, TEXT("one"), false},
	                              {"__substg1.0_10090102", 0, TEXT("\x14\0\0\0\x08\0\0\0LZFu\0\0\0\0\x09\x00\x04" "a}\x0D\x70"), false},
	                              {"__nameid_version1.0", 0, "", 0, true},
	                              {"__substg1.0_00030102", 4, TEXT("\0\0\0\0\1\0\0\0"), false},
	                              {"__substg1.0_00040102", 4, TEXT("\2\0\0\0x\0\0\0"), false},
	                              {"__attach_version1.0_#00000000", 0, "", 0, true},
	                              {LIST, 7, TEXT(ZEROS), false},
	                              {"__substg1.0_37010102", 7, TEXT("two"), false}};
	struct buf file = {0};

	(void)state;
	saved_file(items, 9, &file);
	for (size_t at = 0; at < file.len; at++) {
		file.data[at] = (char)~file.data[at];
		free(reading_of(read_saved, "a.msg", file.data, file.len));
		file.data[at] = (char)~file.data[at];
	}
	for (size_t at = 0; at + 1 < sizeof(tnef); at++) {
		char changed[sizeof(tnef)];

		memcpy(changed, tnef, sizeof(tnef));
		changed[at] = (char)~changed[at];
		free(tnef_told(changed, sizeof(tnef) - 1));
	}
	buf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_property_is_told_with_its_name),
		cmocka_unit_test(what_the_list_does_not_have_is_told_and_observed),
		cmocka_unit_test(messages_within_messages_end_somewhere),
		cmocka_unit_test(a_list_that_is_cut_or_missing_is_undecided),
		cmocka_unit_test(packed_rtf_says_what_does_not_fit),
		cmocka_unit_test(attributes_and_attachments_are_told),
		cmocka_unit_test(a_wrong_checksum_is_undecided),
		cmocka_unit_test(every_prefix_of_tnef_that_cuts_something_is_undecided),
		cmocka_unit_test(no_changed_byte_is_fatal),
	};

	charset_warm();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
