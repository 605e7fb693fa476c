/* extract_document_test.c - everything a file says becomes a flow, or the file is undecided. */
#include "base/buf.h"
#include "base/utf8.h"
#include "../../src/extract/document_inside.h"
#include "extract/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct document document_of(const char *path, const char *text)
{
	struct document doc;

	document_read(path, text, strlen(text), &doc);
	return doc;
}

static bool has_flow(const struct document *doc, enum flow_kind kind, const char *place, const char *part)
{
	for (size_t i = 0; i < doc->flow_count; i++)
		if (doc->flows[i].kind == kind && strcmp(doc->flows[i].place, place) == 0 &&
		    strstr(doc->flows[i].text, part) != NULL)
			return true;
	return false;
}

static void other_formats_are_named_and_undecided(void **state)
{
	static const struct {
		const char *bytes, *name;
		size_t len;
	} files[] = {
		{"%PDF-1.7 text", "PDF", 13},     {"PK\x03\x04 word/document.xml", "ZIP", 22},
		{"{\\rtf1 secret}", "RTF", 14},   {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "OLE2", 8},
		{"\x1F\x8B\x08", "gzip", 3},      {"BZh91AY", "bzip2", 7},
		{"Rar!\x1A\x07", "rar", 6},       {"GIF89a", "GIF", 6},
		{"\xFF\xD8\xFF\xE0", "JPEG", 4},  {"MIME-Version: 1.0\n", "mail", 18},
		{"\x7F" "ELF\x02", "program", 5}, {"SQLite format 3", "SQLite", 15},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct document doc;

		document_read("notice.txt", files[i].bytes, files[i].len, &doc); /* the name decides nothing */
		assert_non_null(doc.undecided);
		if (strstr(doc.undecided, files[i].name) == NULL)
			fail_msg("%s: '%s'", files[i].name, doc.undecided);
		assert_int_equal(doc.flow_count, 1); /* its name is still looked at */
		document_release(&doc);
	}
}

static void a_name_that_claims_another_format_is_observed_and_still_read(void **state)
{
	static const char *const names[] = {"a.docx", "a.PDF", "a.xls", "a.ofd", "a.zip", "a.eml", "a.jpeg"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct document doc = document_of(names[i], "机密★10年");

		assert_int_equal(doc.observed_count, 1);
		assert_int_equal(doc.observed[0].what, OBSERVED_NAME_MISMATCH);
		assert_true(has_flow(&doc, FLOW_BODY, "", "机密★10年"));
		document_release(&doc);
	}
}

static void a_pointer_to_a_document_is_not_the_document(void **state)
{
	struct document doc = document_of("a.txt", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n");

	(void)state;
	assert_non_null(doc.undecided);
	document_release(&doc);
}

static void bytes_that_are_no_text_are_undecided(void **state)
{
	struct document doc;

	(void)state;
	document_read("a.txt", "\x01\x02\x03\x04", 4, &doc);
	assert_non_null(doc.undecided);
	document_release(&doc);
	document_read("a\xFF.txt", "fine", 4, &doc);
	assert_non_null(doc.undecided); /* a name nobody can read */
	document_release(&doc);
}

static void an_empty_document_is_decided_and_has_only_its_name(void **state)
{
	struct document doc;

	(void)state;
	document_read("drafts/a.txt", "", 0, &doc);
	assert_null(doc.undecided);
	assert_int_equal(doc.flow_count, 1);
	assert_true(has_flow(&doc, FLOW_FILENAME, "", "drafts/a.txt"));
	document_release(&doc);
}

static void plain_text_is_its_own_bytes(void **state)
{
	struct document doc = document_of("机密.md", "# 公告\n");

	(void)state;
	assert_null(doc.undecided);
	assert_int_equal(doc.flow_count, 2);
	assert_true(has_flow(&doc, FLOW_FILENAME, "", "机密"));
	assert_true(has_flow(&doc, FLOW_BODY, "", "公告"));
	assert_null(doc.flows[1].origin);
	document_release(&doc);
}

static void a_byte_order_mark_shifts_the_offsets(void **state)
{
	struct document doc = document_of("a.txt", "\xEF\xBB\xBF" "ab");

	(void)state;
	assert_int_equal(doc.flow_count, 2);
	assert_string_equal(doc.flows[1].text, "ab");
	assert_non_null(doc.flows[1].origin);
	assert_int_equal(doc.flows[1].origin[0], 3);
	assert_int_equal(doc.flows[1].origin[2], 5);
	document_release(&doc);
}

static void every_reading_is_a_flow_that_says_so(void **state)
{
	struct document doc;

	(void)state;
	document_read("a.txt", "\xBE\xF8\xC3\xDC", 4, &doc);
	assert_null(doc.undecided);
	assert_true(has_flow(&doc, FLOW_BODY, "read as GB18030", "绝密"));
	document_release(&doc);
}

static void html_is_read_as_it_is_seen_and_as_it_is_written(void **state)
{
	struct document doc = document_of("a.html", "<p>机<b>密</b>&#9733;1&#x30;年<!-- 绝密 --><img alt='秘密'>");

	(void)state;
	assert_null(doc.undecided);
	assert_true(has_flow(&doc, FLOW_BODY, "with entities decoded", "机密★10年"));
	assert_true(has_flow(&doc, FLOW_BODY, "with entities decoded", "秘密"));
	assert_true(has_flow(&doc, FLOW_BODY, "", "<!-- 绝密 -->"));
	document_release(&doc);
	doc = document_of("a.txt", " \n<!DOCTYPE html>S&shy;ECRET"); /* by content, whatever its name */
	assert_true(has_flow(&doc, FLOW_BODY, "with entities decoded", "S\u00adECRET"));
	document_release(&doc);
}

static void what_only_looks_like_html_stays_text(void **state)
{
	struct document doc = document_of("a.html", "1 < 2 & 3 > 2 &unknown; &#xD800; &#0; <");

	(void)state;
	assert_true(has_flow(&doc, FLOW_BODY, "with entities decoded", "1 < 2 & 3 > 2 &unknown; &#xD800; &#0; <"));
	document_release(&doc);
}

static void quotes_hide_the_end_of_a_tag_only_as_values(void **state)
{
	struct document doc = document_of("a.html", "机<a ' >密<b title=\"x>y\">件<i title = 'z>' >号");

	(void)state;
	assert_non_null(strstr(doc.flows[2].text, "机密件号"));
	document_release(&doc);
	doc = document_of("a.html", "机<b>密</b><a title=\"x>件<i>号"); /* a value that never ends */
	assert_non_null(strstr(doc.flows[2].text, "机密件号"));
	document_release(&doc);
	doc = document_of("a.html", "机<b>密</b><!-- 件<i>号");
	assert_non_null(strstr(doc.flows[2].text, "机密号"));
	document_release(&doc);
}

/* What makes each tag look for its end in vain must not make reading slower than reading. */
static void a_text_of_tags_that_never_end_is_read_in_one_go(void **state)
{
	static const char *const tags[] = {"<a ", "<!--", "<a=\"", "<a='<b=\""};

	(void)state;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		struct buf text = {0};
		struct document doc = {0};

		while (text.len < 2000000)
			buf_add_string(&text, tags[i]);
		document_read("a.html", text.data, text.len, &doc);
		assert_true(doc.flow_count >= 3);
		document_release(&doc);
		buf_release(&text);
	}
}

static void offsets_of_html_lead_to_its_bytes(void **state)
{
	static const char text[] = "<i>ab</i>&#26426;x";
	struct document doc = document_of("a.htm", text);

	(void)state;
	for (size_t i = 0; i < doc.flow_count; i++) {
		const struct flow *flow = &doc.flows[i];
		const char *at = strstr(flow->text, "机");

		if (flow->origin == NULL)
			continue;
		assert_int_equal(flow->origin[flow->len], strlen(text));
		for (size_t k = 0; k < flow->len; k++)
			assert_true(flow->origin[k] <= strlen(text));
		assert_non_null(at);
		assert_int_equal(flow->origin[at - flow->text], strstr(text, "&#") - text);
	}
	document_release(&doc);
}

static void a_message_is_one_flow_of_its_own_kind(void **state)
{
	struct document doc;

	(void)state;
	document_from_message("publish 公告", strlen("publish 公告"), &doc);
	assert_null(doc.undecided);
	assert_int_equal(doc.flow_count, 1);
	assert_true(has_flow(&doc, FLOW_MESSAGE, "", "公告"));
	document_release(&doc);
	document_from_message("\x01\x02", 2, &doc);
	assert_non_null(doc.undecided);
	document_release(&doc);
}

static void flow_kinds_have_the_names_rules_use(void **state)
{
	(void)state;
	assert_string_equal(flow_kind_name(FLOW_BODY), "body");
	assert_string_equal(flow_kind_name(FLOW_FILENAME), "filename");
	assert_string_equal(flow_kind_name(FLOW_MESSAGE), "message");
	assert_string_equal(flow_kind_name(FLOW_KINDS), "");
}

/* Each page is put beside the next one nine times over: what was told within its limits must not become gigabytes. */
static void pages_beside_each_other_have_a_limit(void **state)
{
	enum { PAGES = 8000, LINE = 650 };
	char *line = malloc(3 * LINE + 1);
	struct document doc = {0};

	(void)state;
	assert_non_null(line);
	memset(line, 'x', 3 * LINE);
	line[LINE] = line[2 * LINE] = '\n';
	line[3 * LINE] = '\0';
	for (int i = 1; i <= PAGES; i++) {
		char place[32];
		struct flow *flow;

		(void)snprintf(place, sizeof(place), "page %d", i);
		flow = document_add(&doc, FLOW_BODY, place, NULL, 0, NULL);
		flow->text = line;
		flow->len = 3 * LINE;
		flow->extracted = true;
	}
	document_join_pages(&doc);
	assert_non_null(doc.undecided);
	assert_non_null(strstr(doc.undecided, "more text than is looked at"));
	assert_true(doc.joined <= (size_t)65 * 1024 * 1024);
	document_release(&doc);
	free(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_formats_are_named_and_undecided),
		cmocka_unit_test(a_name_that_claims_another_format_is_observed_and_still_read),
		cmocka_unit_test(a_pointer_to_a_document_is_not_the_document),
		cmocka_unit_test(bytes_that_are_no_text_are_undecided),
		cmocka_unit_test(an_empty_document_is_decided_and_has_only_its_name),
		cmocka_unit_test(plain_text_is_its_own_bytes),
		cmocka_unit_test(a_byte_order_mark_shifts_the_offsets),
		cmocka_unit_test(every_reading_is_a_flow_that_says_so),
		cmocka_unit_test(html_is_read_as_it_is_seen_and_as_it_is_written),
		cmocka_unit_test(what_only_looks_like_html_stays_text),
		cmocka_unit_test(quotes_hide_the_end_of_a_tag_only_as_values),
		cmocka_unit_test(a_text_of_tags_that_never_end_is_read_in_one_go),
		cmocka_unit_test(offsets_of_html_lead_to_its_bytes),
		cmocka_unit_test(a_message_is_one_flow_of_its_own_kind),
		cmocka_unit_test(pages_beside_each_other_have_a_limit),
		cmocka_unit_test(flow_kinds_have_the_names_rules_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
