/* extract_islands_test.c - what is encoded inside a text is read as its readers' programs read it. */
#include "extract/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct flow *flow_with(const struct document *doc, const char *place, const char *part)
{
	for (size_t i = 0; i < doc->flow_count; i++)
		if (strcmp(doc->flows[i].place, place) == 0 && strstr(doc->flows[i].text, part) != NULL)
			return &doc->flows[i];
	return NULL;
}

static void encoded_text_is_read(void **state)
{
	static const struct {
		const char *text, *place, *says;
	} cases[] = {
		{"key: 5py65a+G4piFMTDlubQ= end", "decoded from base64", "机密★10年"},
		{"key: 5py65a-G4piFMTDlubQ end", "decoded from base64", "机密★10年"},
		{"see http://x.cn/a/5py65a+G4piFMTDlubQ=", "decoded from base64", "机密★10年"},
		{"VE9QIFNFQ1JFVC8vTk9GT1JOLy9USElTIElTIEEgTE9OR0VSIExJTkUg\nVEhBVCBXUkFQUyBBUk9VTkQ=", "decoded from base64",
	         "TOP SECRET//NOFORN//THIS IS A LONGER LINE THAT WRAPS AROUND"},
		{"id=e69cbae5af86e2989531 x", "decoded from hexadecimal", "机密"},
		{"544F502053454352455420", "decoded from hexadecimal", "TOP SECRET"},
		{"q=%E6%9C%BA%E5%AF%86", "with escapes decoded", "q=机密"},
		{"q=%BB%FA%C3%DC&x", "with escapes decoded", "机密"},
		{"=E6=9C=BA=E5=AF=\n=86 level", "with escapes decoded", "机密 level"},
		{"\"\\u673a\\u5bc6\"", "with escapes decoded", "机密"},
		{"\\xe6\\x9c\\xba", "with escapes decoded", "机"},
		{"&#26426;&#x5bc6;", "with escapes decoded", "机密"},
		{"level +Zzpbxg- here", "with escapes decoded", "level 机密 here"},
		{"a\U000E0053\U000E0045\U000E0043\U000E0052\U000E0045\U000E0054z", "with escapes decoded", "aSECRETz"},
		{"T O P   S E C R E T", "with spaced letters joined", "SECRET"},
		{"NXB5NjVhK0c0cGlGTVREbHViUT0=", "decoded from base64, decoded from base64", "机密★10年"},
		{"JUU2JTlDJUJBJUU1JUFGJTg2", "decoded from base64, with escapes decoded", "机密"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct document doc;

		document_read("a.md", cases[i].text, strlen(cases[i].text), &doc);
		if (flow_with(&doc, cases[i].place, cases[i].says) == NULL)
			fail_msg("%s: no flow %s says %s", cases[i].text, cases[i].place, cases[i].says);
		assert_null(doc.undecided);
		document_release(&doc);
	}
}

/* Addresses, digests, code and prose make no text of their own. */
static void ordinary_text_is_left_alone(void **state)
{
	static const char *const texts[] = {
		"a file in /usr/share/doc/something/README.Debian, confidentially",
		"sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"AbstractSingletonProxyFactoryBean and getElementsByTagName",
		"100%, 5 % and 20%20 C++ + x=3 &amp; a\\b, a=b%20c%2Fd",
		"This is a b c list; I am A. B. Smith", "x = y + z-1; +1-2 +abc-",
		"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct document doc;

		document_read("a.md", texts[i], strlen(texts[i]), &doc);
		for (size_t k = 2; k < doc.flow_count; k++)
			fail_msg("%s: %s: %s", texts[i], doc.flows[k].place, doc.flows[k].text);
		document_release(&doc);
	}
}

static void what_was_decoded_knows_where_it_stood(void **state)
{
	static const char text[] = "line one\nq=%E6%9C%BA%E5%AF%86 and 5py65a+G4piFMTDlubQ= end";
	struct document doc;
	const struct flow *flow;
	const char *at;

	(void)state;
	document_read("a.md", text, strlen(text), &doc);
	flow = flow_with(&doc, "with escapes decoded", "机密");
	assert_non_null(flow);
	at = strstr(flow->text, "机");
	assert_int_equal(flow->origin[at - flow->text], strchr(text, '%') - text);
	flow = flow_with(&doc, "decoded from base64", "机密");
	assert_non_null(flow);
	assert_int_equal(flow->origin[0], strstr(text, "5py6") - text);
	assert_true(flow->origin[flow->len] >= (uint32_t)(strstr(text, "ubQ=") - text));
	for (size_t i = 0; i < doc.flow_count; i++)
		for (size_t k = 0; doc.flows[i].origin != NULL && k < doc.flows[i].len; k++)
			assert_true(doc.flows[i].origin[k] <= strlen(text));
	document_release(&doc);
}

static void depth_and_size_have_an_end(void **state)
{
	/* three times base64: the third is not opened */
	static const char thrice[] = "TlhCNU5qVmhLMGMwY0dsR1RWUkViSFZpVVQwPQ==";
	struct document doc;
	char *many = malloc(200001);

	(void)state;
	document_read("a.md", thrice, strlen(thrice), &doc);
	assert_non_null(flow_with(&doc, "decoded from base64, decoded from base64", "5py65a+G"));
	for (size_t i = 0; i < doc.flow_count; i++)
		assert_null(strstr(doc.flows[i].text, "机密"));
	document_release(&doc);
	memset(many, 'A', 200000);
	many[200000] = '\0';
	document_read("a.md", many, 200000, &doc);
	assert_true(doc.flow_count <= 6);
	document_release(&doc);
	for (size_t i = 0; i + 3 <= 200000; i += 3)
		memcpy(many + i, "%41", 3);
	document_read("a.md", many, 199998, &doc);
	assert_null(doc.undecided);
	document_release(&doc);
	free(many);
}

/* Wherever it stands in a long encoded text, nothing is lost at a seam. */
static void long_encoded_text_is_read_to_its_end(void **state)
{
	static const char mark[] = "%E6%9C%BA%E5%AF%86%E2%98%8510%E5%B9%B4";
	char *text = malloc(40000), *seven = malloc(40000);

	(void)state;
	for (size_t before = 180; before < 270; before++) {
		struct document doc;
		size_t n = 0;

		for (size_t i = 0; i < before * 4; i++)
			n += (size_t)snprintf(text + n, 40000 - n, "%%E5%%8C%%BA");
		(void)snprintf(text + n, 40000 - n, "%s%%E5%%8C%%BA", mark);
		document_read("a.md", text, strlen(text), &doc);
		if (flow_with(&doc, "with escapes decoded", "机密★10年") == NULL)
			fail_msg("%zu characters before it", before * 4);
		document_release(&doc);
	}
	strcpy(seven, "+");
	for (size_t i = 0; i < 1200; i++) /* three characters: U+533A, U+533A, U+533A */
		strcat(seven, "UzpTOlM6");
	strcat(seven, "ZzpbxiYF-");
	{
		struct document doc;

		document_read("a.md", seven, strlen(seven), &doc);
		assert_non_null(flow_with(&doc, "with escapes decoded", "机密★"));
		document_release(&doc);
	}
	free(text);
	free(seven);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encoded_text_is_read),
		cmocka_unit_test(ordinary_text_is_left_alone),
		cmocka_unit_test(what_was_decoded_knows_where_it_stood),
		cmocka_unit_test(long_encoded_text_is_read_to_its_end),
		cmocka_unit_test(depth_and_size_have_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
