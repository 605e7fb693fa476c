/* xml_test.c - events as they come, and what stops them. */
#include "xml/xml.h"

#include "reading.h"

#include <stdlib.h>

struct heard {
	struct buf all;
};

static void hear_start(void *context, const char *name, const char *const *attributes)
{
	struct heard *heard = context;

	buf_addf(&heard->all, "<%s", xml_local(name));
	for (; attributes[0] != NULL; attributes += 2)
		buf_addf(&heard->all, " %s=%s", xml_local(attributes[0]), attributes[1]);
	buf_add_string(&heard->all, ">");
}

static void hear_end(void *context, const char *name)
{
	buf_addf(&((struct heard *)context)->all, "</%s>", xml_local(name));
}

static void hear_text(void *context, const char *text, size_t len)
{
	buf_add(&((struct heard *)context)->all, text, len);
}

static void hear_aside(void *context, const char *text, size_t len)
{
	struct heard *heard = context;

	buf_addf(&heard->all, "(%.*s)", (int)len, text);
}

static void read_part(struct reader *r, const struct part *part)
{
	const struct xml_events events = {hear_start, hear_end, hear_text, hear_aside};
	struct heard heard = {0};
	const bool ok = xml_read(r, &events, &heard, part->bytes, part->len);

	reader_text(r, FLOW_BODY, ok ? "whole" : "cut", heard.all.data != NULL ? heard.all.data : "", heard.all.len);
	buf_release(&heard.all);
}

static void expect_bytes(const char *bytes, size_t len, const char *told)
{
	char *all = reading_of(read_part, "a.xml", bytes, len);

	assert_string_equal(all, told);
	free(all);
}

static void expect(const char *xml, const char *told)
{
	expect_bytes(xml, strlen(xml), told);
}

static void expect_within(const char *bytes, size_t len, const char *told)
{
	char *all = reading_of(read_part, "a.xml", bytes, len);

	if (strstr(all, told) == NULL)
		fail_msg("%s is not in %s", told, all);
	free(all);
}

static void names_come_with_prefixes_and_text_with_references_resolved(void **state)
{
	(void)state;
	expect("<w:p w:id='1&amp;2'>a&#x673A;<![CDATA[<b>]]></w:p>", "[body] whole: <p id=1&2>a机<b></p>\nend\n");
}

static void comments_instructions_and_a_doctype_are_told_aside(void **state)
{
	(void)state;
	expect("<?xml version='1.0'?><!DOCTYPE a PUBLIC 'p' 's' [<!ATTLIST a x CDATA 'y'>]><a><!--c--><?pi d?></a>",
	       "[body] whole: (a)(s)(p)(a)(x)(CDATA)(y)<a x=y>(c)(pi)(d)</a>\nend\n");
}

static void entities_of_an_outer_file_stay_as_written(void **state)
{
	(void)state;
	expect("<!DOCTYPE a SYSTEM 's'><a>x&nbsp;y</a>", "[body] whole: (a)(s)<a>x&nbsp;y</a>\nend\n");
}

static void declared_entities_are_refused(void **state)
{
	(void)state;
	expect("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
	       "undecided: XML that declares entities (line 1)\n[body] cut: (a)\nend\n");
	expect("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
	       "undecided: XML that declares entities (line 1)\n[body] cut: (a)\nend\n");
	expect("<!DOCTYPE a [<!ENTITY % e 'x'>]><a/>",
	       "undecided: XML that declares entities (line 1)\n[body] cut: (a)\nend\n");
}

static void what_is_damaged_is_undecided_and_told_until_there(void **state)
{
	(void)state;
	expect("<a>x\n<b>y</a>", "undecided: damaged XML: mismatched tag (line 2)\n[body] cut: <a>x / <b>y\nend\n");
	expect("", "undecided: damaged XML: no element found (line 1)\nend\n");
	expect("<a>&nbsp;</a>", "undecided: damaged XML: undefined entity (line 1)\n[body] cut: <a>\nend\n");
	expect("<a/>tail", "undecided: damaged XML: junk after document element (line 1)\n[body] cut: <a></a>\nend\n");
	expect("<a>\xFF</a>", "undecided: damaged XML: not well-formed (invalid token) (line 1)\n[body] cut: <a>\nend\n");
}

static void depth_is_bounded(void **state)
{
	struct buf deep = {0};

	(void)state;
	for (int i = 0; i < 256; i++)
		buf_add_string(&deep, "<a>");
	for (int i = 0; i < 256; i++)
		buf_add_string(&deep, "</a>");
	expect_within(deep.data, deep.len, "[body] whole");
	buf_clear(&deep);
	for (int i = 0; i < 257; i++)
		buf_add_string(&deep, "<a>");
	expect_within(deep.data, deep.len, "undecided: nested more deeply than can be read");
	buf_release(&deep);
}

static void other_charsets_are_read(void **state)
{
	(void)state;
	expect_bytes("\xFF\xFE<\0a\0>\0\x3A\x67<\0/\0a\0>\0", 18, "[body] whole: <a>机</a>\nend\n");
	expect("<?xml version=\"1.0\" encoding=\"GB2312\"?><a>\xBB\xFA\xC3\xDC</a>", "[body] whole: <a>机密</a>\nend\n");
	expect("<?xml version='1.0' encoding='big5'?><a>\xBE\xF7\xB1\x4B</a>", "[body] whole: <a>機密</a>\nend\n");
	expect("<?xml version='1.0' encoding='iso-8859-1'?><a>\xE9</a>", "[body] whole: <a>é</a>\nend\n");
	expect("<?xml version='1.0' encoding='utf-8'?><a>é</a>", "[body] whole: <a>é</a>\nend\n");
}

static void charsets_nobody_knows_or_that_do_not_fit_are_undecided(void **state)
{
	(void)state;
	expect("<?xml version='1.0' encoding='klingon'?><a/>", "undecided: XML in a charset not known: klingon\nend\n");
	expect("<?xml version='1.0' encoding='GBK'?><a>\xFF\xFF</a>",
	       "undecided: XML that is not valid in its charset GB18030\nend\n");
}

static void every_prefix_of_a_document_is_refused(void **state)
{
	const char *xml = "<?xml version=\"1.0\" encoding=\"GBK\"?><!DOCTYPE a><a b='c'>x<!--d--><e/>&#65;</a>";

	(void)state;
	for (size_t len = 0; len < strlen(xml); len++)
		expect_within(xml, len, "undecided: ");
	expect_within(xml, strlen(xml), "[body] whole");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_come_with_prefixes_and_text_with_references_resolved),
		cmocka_unit_test(comments_instructions_and_a_doctype_are_told_aside),
		cmocka_unit_test(entities_of_an_outer_file_stay_as_written),
		cmocka_unit_test(declared_entities_are_refused),
		cmocka_unit_test(what_is_damaged_is_undecided_and_told_until_there),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(other_charsets_are_read),
		cmocka_unit_test(charsets_nobody_knows_or_that_do_not_fit_are_undecided),
		cmocka_unit_test(every_prefix_of_a_document_is_refused),
	};

	xml_warm();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
