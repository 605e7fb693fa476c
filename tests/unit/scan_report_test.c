/* scan_report_test.c - what a person reads, and what a machine does. */
#include "scan_fixture.h"

#include "base/language.h"
#include "base/utf8.h"
#include "scan/report.h"

static const char pack[] =
	"review-rules: 1\npack: trial\ntitle: {en: T, zh: 试}\nrules:\n"
	"  - {id: mark, title: {en: Secret \"mark\", zh: 密级标志}, ground: state-secret, action: block, "
	"match: {pattern: '机密★'}, examples: {match: ['1'], pass: ['a']}}\n"
	"  - {id: phone, title: {en: Telephone, zh: 电话}, ground: third-party, action: review, clearance: head, evidence: true, "
	"match: {pattern: '[0-9]{6}'}, examples: {match: ['1'], pass: ['a']}}\n"
	"  - {id: hint, title: {en: Hint, zh: 提示词}, action: note, match: {keywords: [草稿]}, "
	"examples: {match: ['1'], pass: ['a']}}\n";

struct office {
	struct trial t;
	struct scan scan;
	struct buf out;
};

static struct office open_office(void)
{
	return (struct office){.t = trial_of(pack, NULL)};
}

static void put(struct office *o, const char *path, const char *text)
{
	(void)scan_file(&o->t, path, text, strlen(text));
	scan_add(&o->scan, &o->t.file);
}

static void close_office(struct office *o)
{
	scan_release(&o->scan);
	buf_release(&o->out);
	trial_end(&o->t);
}

/* Finding ids are digests: the first eight digits of each become ########. */
static void hide_ids(struct office *o)
{
	char hex[DIGEST_HEX_SIZE];

	for (size_t i = 0; i < o->scan.count; i++)
		for (size_t k = 0; k < o->scan.files[i].count; k++) {
			char *at;

			(void)digest_to_hex(&o->scan.files[i].findings[k].id, hex);
			hex[8] = '\0';
			while ((at = strstr(o->out.data, hex)) != NULL)
				memcpy(at, "########", 8);
		}
}

static void expect_text(struct office *o, const struct report_style *style, const char *want)
{
	buf_clear(&o->out);
	report_text(&o->scan, style, &o->out);
	hide_ids(o);
	assert_string_equal(o->out.data, want);
}

static void a_report_says_what_where_why_and_what_next(void **state)
{
	struct office o = open_office();
	const struct report_style plain = {0};

	(void)state;
	expect_text(&o, &plain, "0 files: 0 block, 0 review, 0 note, 0 undecided\n");
	put(&o, "b.md", "草稿\n电话 123456。\n关于机密★的通知");
	put(&o, "a.pdf", "%PDF-1.7");
	put(&o, "c.md", "公开");
	expect_text(&o, &plain,
	            "a.pdf: undecided: PDF document, not readable: the reader of documents is not there\n"
	            "    next: what cannot be read in full is not published; give a text, Markdown, CSV or HTML version\n"
	            "b.md:1:1: note: Hint [hint]\n"
	            "    ****\n"
	            "    ~~~~\n"
	            "b.md:2:4: review: Telephone [phone]\n"
	            "    电话 ******。\n"
	            "         ~~~~~~\n"
	            "    ground: rights of a third party\n"
	            "    next: submit it; head may clear finding ######## with a reason and evidence\n"
	            "b.md:3:3: block: Secret \"mark\" [mark]\n"
	            "    关于*****的通知\n"
	            "        ~~~~~\n"
	            "    ground: state secret\n"
	            "    next: remove it from the document or do not publish, then git add b.md\n"
	            "3 files: 1 block, 1 review, 1 note, 1 undecided\n");
	close_office(&o);
}

static const char *title_of(const void *house, const char *id)
{
	return strcmp(id, "head") == 0 ? house : id;
}

static void a_chinese_report_is_chinese(void **state)
{
	struct office o = open_office();
	const struct report_style plain = {.stage = title_of, .house = "科室负责人审核"};

	(void)state;
	put(&o, "b.md", "电话 123456\n机密★");
	language_choose(&(struct language_wish){.lang = "zh_CN.UTF-8"});
	expect_text(&o, &plain,
	            "b.md:1:4: 须核销: 电话 [phone]\n"
	            "    电话 ******\n"
	            "         ~~~~~~\n"
	            "    理由: 保护第三方合法权益\n"
	            "    下一步: 提交审查；科室负责人审核可核销 ########，须说明理由和证明材料\n"
	            "b.md:2:1: 禁止公开: 密级标志 [mark]\n"
	            "    *****\n"
	            "    ~~~~~\n"
	            "    理由: 属于国家秘密\n"
	            "    下一步: 删去该内容或不予公开，然后 git add b.md\n"
	            "1 个文件: 禁止公开 1，须核销 1，提示 0，无法判定 0\n");
	language_choose_source();
	close_office(&o);
}

static void colours_and_reasons_come_when_asked_for(void **state)
{
	struct office o = open_office();
	const struct report_style plain = {0}, rich = {.color = true, .explain = true};

	(void)state;
	put(&o, "b.md", "草稿 123456 机密★");
	put(&o, "c.pdf", "%PDF-1.7");
	report_text(&o.scan, &plain, &o.out);
	assert_null(strchr(o.out.data, '\x1b'));
	assert_null(strstr(o.out.data, "why:"));
	buf_clear(&o.out);
	report_text(&o.scan, &rich, &o.out);
	assert_non_null(strstr(o.out.data, "b.md:1:1: \x1b[36mnote\x1b[0m: Hint [hint]\n"));
	assert_non_null(strstr(o.out.data, "\x1b[1;33mreview\x1b[0m: Telephone"));
	assert_non_null(strstr(o.out.data, "\x1b[1;31mblock\x1b[0m: Secret"));
	assert_non_null(strstr(o.out.data, "c.pdf: \x1b[1;31mundecided\x1b[0m: "));
	assert_non_null(strstr(o.out.data, "    why: hint (trial.yaml:7) matched by a keyword, view running, in body; once folded it "
	                                   "is 6 bytes: 汉汉; check none\n"));
	assert_null(strstr(o.out.data, "草稿"));
	assert_null(strstr(o.out.data, "123456"));
	close_office(&o);
}

static void the_next_command_can_be_typed(void **state)
{
	struct office o = open_office();
	const struct report_style plain = {0};
	struct document doc = {0};

	(void)state;
	put(&o, "it's a plan.md", "机密★");
	put(&o, "-n.md", "机密★");
	put(&o, "机密★.md", "公开");
	document_from_message("机密★ 123456 草稿", strlen("机密★ 123456 草稿"), &doc);
	scan_document(o.t.scanner, "message", &doc, &o.t.file);
	scan_add(&o.scan, &o.t.file);
	report_text(&o.scan, &plain, &o.out);
	assert_non_null(strstr(o.out.data, "then git add 'it'\\''s a plan.md'\n"));
	assert_non_null(strstr(o.out.data, "then git add -- '-n.md'\n"));
	assert_non_null(strstr(o.out.data, "[mark] (filename)\n    *****.md\n    ~~~~~\n"));
	assert_non_null(strstr(o.out.data, "    next: rename it or do not publish: git mv 机密★.md NEW-NAME\n"));
	assert_non_null(strstr(o.out.data, "message:1:5: review: Telephone [phone] (message)\n"));
	assert_non_null(strstr(o.out.data, "    next: write another commit message\n"));
	document_release(&doc);
	close_office(&o);
}

static void names_cannot_command_a_terminal(void **state)
{
	struct office o = open_office();
	const struct report_style all = {.explain = true};
	size_t lines = 0;

	(void)state;
	put(&o, "a\x1b[2J\n\xE2\x80\xAE.md", "机密★");
	report_text(&o.scan, &all, &o.out);
	for (size_t i = 0; i < o.out.len; i++) {
		assert_true((unsigned char)o.out.data[i] >= 0x20 || o.out.data[i] == '\n');
		lines += o.out.data[i] == '\n' ? 1 : 0;
	}
	assert_null(strstr(o.out.data, "\xE2\x80\xAE"));
	assert_int_equal(lines, 7);
	close_office(&o);
}

static void a_scan_from_a_record_is_shown_without_titles(void **state)
{
	struct office o = open_office();
	struct scan back = {0};
	struct buf record = {0};
	struct err err = {0};
	const struct report_style all = {.explain = true};

	(void)state;
	put(&o, "b.md", "电话 123456");
	scan_record_write(&o.scan, &record);
	assert_true(scan_record_read(record.data, record.len, &back, &err));
	scan_release(&o.scan);
	o.scan = back;
	expect_text(&o, &all,
	            "b.md:1:4: review: [phone]\n"
	            "    ground: rights of a third party\n"
	            "    next: submit it; head may clear finding ######## with a reason and evidence\n"
	            "1 file: 0 block, 1 review, 0 note, 0 undecided\n");
	buf_clear(&o.out);
	report_json(&o.scan, &o.out);
	assert_non_null(strstr(o.out.data, "\"title\": {\"en\": null, \"zh\": null}, \"excerpt\": null, \"allowed\": null, \"why\": null}"));
	buf_clear(&o.out);
	report_sarif(&o.scan, o.t.set, "1.2.3", &o.out);
	assert_non_null(strstr(o.out.data, "\"message\": {\"text\": \"phone\"}"));
	buf_release(&record);
	close_office(&o);
}

/* A JSON value from `at`; returns what is behind it, or NULL. */
static const char *json_value(const char *at);

static const char *json_space(const char *at)
{
	return at + strspn(at, " \n");
}

static const char *json_quoted(const char *at)
{
	if (*at++ != '"')
		return NULL;
	for (; *at != '"'; at++) {
		if ((unsigned char)*at < 0x20)
			return NULL;
		if (*at == '\\' && strchr("\"\\/bfnrtu", *++at) == NULL)
			return NULL;
	}
	return at + 1;
}

static const char *json_members(const char *at, char close, bool named)
{
	at = json_space(at + 1);
	if (*at == close)
		return at + 1;
	for (;;) {
		if (named) {
			at = json_quoted(json_space(at));
			if (at == NULL || *json_space(at) != ':')
				return NULL;
			at = json_space(at) + 1;
		}
		at = json_value(json_space(at));
		if (at == NULL)
			return NULL;
		at = json_space(at);
		if (*at == close)
			return at + 1;
		if (*at++ != ',')
			return NULL;
	}
}

static const char *json_value(const char *at)
{
	static const char *const words[] = {"true", "false", "null"};
	size_t digits;

	if (*at == '{')
		return json_members(at, '}', true);
	if (*at == '[')
		return json_members(at, ']', false);
	if (*at == '"')
		return json_quoted(at);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strncmp(at, words[i], strlen(words[i])) == 0)
			return at + strlen(words[i]);
	digits = strspn(at, "0123456789");
	return digits > 0 && (digits == 1 || *at != '0') ? at + digits : NULL;
}

static void expect_json(const struct buf *text)
{
	const char *end = json_value(text->data);

	if (end == NULL || strcmp(end, "\n") != 0)
		fail_msg("not JSON: %s", text->data);
	assert_true(utf8_valid(text->data, text->len, NULL));
}

/* The checker itself knows bad JSON. */
static void bad_json_is_known(void **state)
{
	static const char *const bad[] = {"{", "{\"a\" 1}", "[1,]", "{\"a\": 01}", "\"\n\"", "\"\\x\"", "[1 2]", "{a: 1}", ""};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_null(json_value(bad[i]));
}

static void json_has_all_of_it(void **state)
{
	struct office o = open_office();

	(void)state;
	report_json(&o.scan, &o.out);
	expect_json(&o.out);
	buf_clear(&o.out);
	put(&o, "a \"\\\n\x1b.md", "机密★ \"123456\\\" 草稿");
	put(&o, "\xFF.md", "机密★");
	put(&o, "c.pdf", "%PDF-1.7");
	report_json(&o.scan, &o.out);
	expect_json(&o.out);
	assert_non_null(strstr(o.out.data, "\"review-scan-version\": 1"));
	assert_non_null(strstr(o.out.data, "\"totals\": {\"files\": 3, \"block\": 2, \"review\": 1, \"note\": 1, \"undecided\": 2}"));
	assert_non_null(strstr(o.out.data, "{\"path\": \"a \\\"\\\\\\u000a\\u001b.md\", \"sha256\": \""));
	assert_non_null(strstr(o.out.data, "\"path\": \"\\ufffd.md\""));
	assert_non_null(strstr(o.out.data, "\"undecided\": \"PDF document, not readable: the reader of documents is not there\", \"findings\": []}"));
	assert_non_null(strstr(o.out.data, "\"rule\": \"mark\", \"action\": \"block\", \"ground\": \"state-secret\", \"clearance\": \"\", "
	                                   "\"evidence\": false, \"kind\": \"body\", \"place\": \"\", \"start\": 0, \"end\": 9, "
	                                   "\"line\": 1, \"column\": 1, \"title\": {\"en\": \"Secret \\\"mark\\\"\""));
	assert_null(strstr(o.out.data, "123456"));
	close_office(&o);
}

static void sarif_says_error_where_nothing_was_decided(void **state)
{
	struct office o = open_office();

	(void)state;
	put(&o, "drafts/甲 1.md", "一\n二 123456，机密★，草稿");
	report_sarif(&o.scan, o.t.set, "1.2.3", &o.out);
	expect_json(&o.out);
	assert_non_null(strstr(o.out.data, "\"executionSuccessful\": true, \"toolExecutionNotifications\": []"));
	assert_non_null(strstr(o.out.data, "\"version\": \"2.1.0\""));
	assert_non_null(strstr(o.out.data, "{\"id\": \"mark\", \"shortDescription\": {\"text\": \"Secret \\\"mark\\\"\"}, "
	                                   "\"fullDescription\": {\"text\": \"Secret \\\"mark\\\". Ground: state secret. 密级标志。理由：属于国家秘密。\"}, "
	                                   "\"defaultConfiguration\": {\"level\": \"error\"}"));
	assert_non_null(strstr(o.out.data, "\"name\": \"review\", \"version\": \"1.2.3\", \"semanticVersion\": \"1.2.3\", "));
	assert_non_null(strstr(o.out.data, "{\"text\": \"Hint. 提示词。\"}"));
	assert_non_null(strstr(o.out.data, "{\"ruleId\": \"phone\", \"level\": \"warning\", \"message\": {\"text\": \"Telephone\"}, "
	                                   "\"locations\": [{\"physicalLocation\": {\"artifactLocation\": "
	                                   "{\"uri\": \"drafts/%E7%94%B2%201.md\"}, \"region\": {\"startLine\": 2, \"startColumn\": 3}}}], "
	                                   "\"partialFingerprints\": {\"reviewFinding/v1\": \""));
	assert_non_null(strstr(o.out.data, "\"ruleId\": \"hint\", \"level\": \"note\""));
	assert_null(strstr(o.out.data, "123456"));
	buf_clear(&o.out);
	put(&o, "b.pdf", "%PDF-1.7");
	report_sarif(&o.scan, o.t.set, "1.2.3", &o.out);
	expect_json(&o.out);
	assert_non_null(strstr(o.out.data, "\"executionSuccessful\": false, \"toolExecutionNotifications\": [{\"level\": \"error\", "
	                                   "\"message\": {\"text\": \"PDF document, not readable: the reader of documents is not there\"}, \"locations\": "
	                                   "[{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"b.pdf\"}}}]}]"));
	close_office(&o);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_says_what_where_why_and_what_next),
		cmocka_unit_test(a_chinese_report_is_chinese),
		cmocka_unit_test(colours_and_reasons_come_when_asked_for),
		cmocka_unit_test(the_next_command_can_be_typed),
		cmocka_unit_test(names_cannot_command_a_terminal),
		cmocka_unit_test(a_scan_from_a_record_is_shown_without_titles),
		cmocka_unit_test(bad_json_is_known),
		cmocka_unit_test(json_has_all_of_it),
		cmocka_unit_test(sarif_says_error_where_nothing_was_decided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
