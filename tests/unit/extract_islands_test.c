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
		{"q=%BB%FA%C3%DC%A1%EF10%C4%EA&x", "with escapes decoded", "q=机密★10年&x"},
		{"q=%BE%F7%B1K10%A6%7E", "with escapes decoded", "q=機密10年"},
		{"q=%BB%FA%C3%DC&x", "with escapes decoded", "机密"},
		{"=E6=9C=BA=E5=AF=\n=86 level", "with escapes decoded", "机密 level"},
		{"\"\\u673a\\u5bc6\"", "with escapes decoded", "机密"},
		{".SH \\[u673A]\\[u5BC6] \\f[B]", "with escapes decoded", ".SH 机密 \\f[B]"},
		{"\\xe6\\x9c\\xba", "with escapes decoded", "机"},
		{"&#26426;&#x5bc6;", "with escapes decoded", "机密"},
		{"level +Zzpbxg- here", "with escapes decoded", "level 机密 here"},
		{"a\U000E0053\U000E0045\U000E0043\U000E0052\U000E0045\U000E0054z", "with escapes decoded", "aSECRETz"},
		{"T O P   S E C R E T", "with spaced letters joined", "SECRET"},
		{"S.E.C.R.E.T", "with spaced letters joined", "SECRET"},
		{"S\nE\nC\nR\nE\nT\n/\n/\nN\nF\n", "with spaced letters joined", "SECRET//NF"},
		{"号码\t1\t1\t0\t1\t0\t5\t1\t9\t4\t9\tX\t完", "with single digits joined", "号码\t1101051949X\t完"},
		{"2\n1\t1\t0\t1\t0\t5\t1\t9\n3", "with single digits joined", "11010519\n"},
		{"号码\n1\n1\n0\n1\n0\n5\n1\n9\n", "with single digits joined", "号码 11010519\n"},
		{"<table><tr>\n <td>E</td>\n <td>1</td>\n <td>2</td>\n <td>3</td>\n <td>4</td>\n <td>5</td>\n <td>6</td>\n <td>7</td>\n</tr>",
		 "with entities decoded, with single digits joined", "E1234567"},
		{"\"1\",\"1\",\"0\",\"1\",\"0\",\"5\",\"1\",\"9\"", "with single digits joined", "11010519"},
		{"<td>机</td>\n                    <td>密</td>\n", "with entities decoded, with single characters joined", "机密"},
		{"机\n密\n★\n1\n0\n年\n", "with single characters joined", "机密★10年"},
		{"机\r\n\r\n密\r\n\r\n★\r\n\r\n10\r\n\r\n年", "with single characters joined", "机密★10年"},
		{"level\n| 机 | 密 | ★ | 10 | 年 |\n", "with single characters joined", "| 机密★10年 |"},
		{"\"机\",\"密\",\"★\",\"长期\"", "with single characters joined", "机密★长期"},
		{"第一段 机·密·★·长期", "with single characters joined", "机密★长期"},
		{"机**密**★长期", "with single characters joined", "机密★长期"},
		{"机\U0001F600密★长期", "with single characters joined", "机密★长期"},
		{"q=%25E6%259C%25BA", "with escapes decoded, with escapes decoded", "q=机"},
		{"\"\\346\\234\\272\\345\\257\\206.md\"", "with escapes decoded", "机密.md"},
		{"content: '\\673a\\5bc6\\2605 10'", "with escapes decoded", "机密★10"},
		{"%u673A%u5bc6 \\u{673a}\\u{5BC6}", "with escapes decoded", "机密 机密"},
		{"+ZzpbxiYF-10+XnQ-", "with escapes decoded", "机密★10年"},
		{"NXB5NjVhK0c0cGlGTVREbHViUT0=", "decoded from base64, decoded from base64", "机密★10年"},
		{"level æœºå¯†â˜…10å¹´ here", "with misread characters read again", "level 机密★10年 here"},
		{"Re: ¾øÃÜ¡ï10Äê", "with misread characters read again", "Re: 绝密★10年"},
		{"¾÷±K¸ê®Æ", "with misread characters read again", "機密資料"},
		{"café “¾øÃÜÎÄ¼þ”", "with misread characters read again", "café “绝密文件"},
		{"‹@–§", "with misread characters read again", "機密"},
		{"=E6=9C=BA=E5=AF=\r\n=86 level", "with escapes decoded", "机密 level"},
		{"a = \"机\" + '密★';\nb", "with strings joined", "a = \"机密★';"},
		{"a = \"机\"\n  \"密\" \\\n  \"★\";\nb", "with strings joined", "\"机密★\";\n"},
		{"msgid \"\"\r\n\"11010\"\r\n\"2030\"\r\n", "with strings joined", "msgid \"110102030\""},
		{"s = 'SEC' &amp; 'RET' . \"//NF\" || '★'", "with strings joined", "SEC' &amp; 'RET//NF★"},
		{"=\"机\"&\"密\"", "with strings joined", "=\"机密\""},
		{"'\\u673a' + '\\u5bc6'", "with strings joined, with escapes decoded", "机密"},
		{"BEGIN:VCALENDAR\r\nSUMMARY:机\r\n 密★10年\r\nEND:VCALENDAR\r\n", "with folded lines joined", "机密★10年\r\n"},
		{"a=机\\\r\n   密 \\x\n", "with strings joined", "a=机密 \\x"},
		{"a=机\\\n密 b", "with strings joined", "a=机密 b"},
		{"see [机](x)[密](y) here\n", "with links as shown", "see 机密 here"},
		{"机[^1]密 ![★](z)10\n", "with links as shown", "机密 !★10"},
		{"begin:vcard\nNOTE:SEC\n\tRET\n", "with folded lines joined", "SECRET\n"},
		{"a = \"机\" \"密★\";", "with strings joined", "a = \"机密★\";"},
		{"机\\textbf{密}★10年", "with marks left out", "机密★10年"},
		{"SEC\\textcolor{red}{RET}//NF", "with marks left out", "SECRET//NF"},
		{"机{\\bf 密}\\hspace*{0pt}★10年", "with marks left out", "机密★10年"},
		{"机\\fB密\\fR\\&★\\f(CW10", "with marks left out", "机密★10"},
		{"SEC[b]RET[/b]//[color=red]NF[/color]", "with marks left out", "SECRET//NF"},
		{"echo 机\"\"密''★10年", "with marks left out", "echo 机密★10年"},
		{"1\r\n00:00:01,000 --> 00:00:02,000\r\n内部资\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n料\r\n", "with subtitles joined", "内部资\n料\n"},
		{"Dialogue: 0,0:00:01.00,0:00:02.00,a,,0,0,0,,内部\nDialogue: 0,0:00:02.00,0:00:03.00,a,,0,0,0,,资料, b\n", "with subtitles joined",
		 "内部\n资料, b\n"},
		{"甲\n> 请报送绝\n> 密文件\n> 清单 a\nb", "with quoted lines joined", "请报送绝\n密文件\n清单 a\n"},
		{"@@ -1 +1,2 @@\n+TOP\r\n+SECRET//NF\r\n", "with quoted lines joined", "TOP\r\nSECRET//NF\r\n"},
		{"\t * 绝\n\t * 密\n", "with quoted lines joined", "绝\n密\n"},
		{"see http://www.xn--10-2h1d41h0up.cn/", "with host names decoded", "http://www.机密10年.cn/"},
		{"XN--FSQU00A.xn--0zwm56d", "with host names decoded", "例子.测试"},
		{"say \"\\26426\\23494\\9733\\&10\\24180\"", "with escapes decoded", "say \"机密★10年\""},
		{"x=hex(1):3a,67,c6,5b,\\\r\n  05,26,00,00", "decoded from hexadecimal", "机密★\n"},
		{"dump: e6 9c ba e5 af 86  e2 98 85 end", "decoded from hexadecimal", "机密★"},
		{"E6:9C:BA:E5:AF:86", "decoded from hexadecimal", "机密"},
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

/* Programs that count bytes fold a line in the midst of a character. */
static void a_fold_may_part_the_bytes_of_a_character(void **state)
{
	static const char text[] = "BEGIN:VCARD\r\nNOTE:\xE6\x9C\r\n \xBA\xE5\xAF\x86\r\nEND:VCARD\r\n";
	struct document doc;

	(void)state;
	document_read("a.vcf", text, strlen(text), &doc);
	assert_non_null(flow_with(&doc, "with folded lines joined", "NOTE:机密\r\n"));
	assert_null(doc.undecided);
	document_release(&doc);
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
		"\"one\", \"two\"\n\"three\",\n\"four\" 'it' \"a\" . x + \"b\" ' \"", "\"a\",\"b\"\n\"c\",\"d\"\n\"e\"", "see [this](x), [that] (y) a [i](j), [^a-z] f[^1]", "BEGIN:VCARD\nN:a\nEND:VCARD\n", "one\n two\n",
		"一、总则。二、办法；（三）本局。是，否则", "1. 年 月 日\n第一页", "x = {a: [b], c: \"\"} ''; f(x)[i] \\textbf{all} of 5' 3'' \\n", "a --> b\n1\n2 --> 3\n",
		"// one\n// two\n# a\n# b", "> one\n>\n> two.\n> three\nfour\n> five", "- 甲甲\n- 乙乙\n* 丙丙\n* 丁丁\n+ 甲甲\n+ 乙乙\n", "xn-- and axn--fsqu00a; a--b xn--!", "00:1a:2b:3c:4d:5e 10-20-30-40-50-60 be to do", "项目,金额\n甲,100\n乙,200\n", "C:\\123\\data \\033[0m \\1 \\d{4}",
		"la réélection des élus, déçus à Noël; Éléments; opções, não é ação; Ærø, Ångström; … “quoted” — ‘so’ ™ ©",
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
	static const char text[] = "line one\nq=%E6%9C%BA%E5%AF%86 and 5py65a+G4piFMTDlubQ= end\n¾øÃÜ¡ï10Äê";
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
	flow = flow_with(&doc, "with misread characters read again", "绝密★1");
	assert_non_null(flow);
	assert_int_equal(flow->origin[strstr(flow->text, "密") - flow->text], strstr(text, "ÃÜ") - text);
	assert_int_equal(flow->origin[strstr(flow->text, "0") - flow->text], strstr(text, "0Äê") - text);
	for (size_t i = 0; i < doc.flow_count; i++)
		for (size_t k = 0; doc.flows[i].origin != NULL && k < doc.flows[i].len; k++)
			assert_true(doc.flows[i].origin[k] <= strlen(text));
	document_release(&doc);
}

/* As a browser shows it. */
static void markup_is_read_as_it_is_shown(void **state)
{
	static const char *const pages[] = {
		"<p>机<b>密</b>★10年</p>", "<p>机<x-y>密</x-y>★10年</p>", "机<o:p></o:p>密★10年", "<ruby>机<rt>ji</rt>密<rt>mi</rt></ruby>★10年",
		"<a><![CDATA[机]]><![CDATA[密★10年]]></a>", "<img alt=&#26426;&#23494;★10年>", "<img alt = '机密★10年'>", "<p>机<!-- > -->密★10年",
		"<td>机</td><td>密</td><td>★</td><td>10年</td>", "机<br>密<br>★<br>10年", "<p>机&NoBreak;密★10年"};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct document doc;
		bool found = false;

		document_read("a.html", pages[i], strlen(pages[i]), &doc);
		for (size_t k = 0; k < doc.flow_count; k++)
			found = found || (doc.flows[k].derived && (strstr(doc.flows[k].text, "机密★10年") != NULL || strstr(doc.flows[k].text, "机\u2060密★10年") != NULL));
		if (!found)
			fail_msg("%s", pages[i]);
		document_release(&doc);
	}
}

/* Beginnings without an end: time does not grow with their square. */
static void endless_markup_has_an_end(void **state)
{
	static const char *const starts[] = {"<!--", "<a ", "<a \"", "<![CDATA[", "<rt>"};
	char *text = malloc(1000001);

	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		const size_t n = strlen(starts[i]);
		struct document doc;

		for (size_t k = 0; k < 1000000 / n; k++)
			memcpy(text + k * n, starts[i], n);
		document_read("a.html", text, 1000000 / n * n, &doc);
		assert_true(doc.flow_count >= 3);
		document_release(&doc);
	}
	free(text);
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
		cmocka_unit_test(a_fold_may_part_the_bytes_of_a_character),
		cmocka_unit_test(ordinary_text_is_left_alone),
		cmocka_unit_test(what_was_decoded_knows_where_it_stood),
		cmocka_unit_test(markup_is_read_as_it_is_shown),
		cmocka_unit_test(endless_markup_has_an_end),
		cmocka_unit_test(long_encoded_text_is_read_to_its_end),
		cmocka_unit_test(depth_and_size_have_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
