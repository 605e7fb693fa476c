/* ledger_grammar_test.c - what each type says, and asking it.
 *
 * The examples of FORMAT.md are read from the page itself: a page that drifts from the program
 * fails here. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "../../src/ledger/grammar.h"
#include "../../src/ledger/message.h"

#define HEAD "review-ledger v1\nledger: " D1 "\nseq: 7\nprev: " D2 "\ntime: 2026-11-23T06:30:00Z\n"
#define MIDDLE "policy: 2\nrules: " D3 "\nperson: wang.wei\nkey: SHA256:x\n"

static void whole_message(const char *example, size_t len, struct buf *out)
{
	const char *own = memchr(example, '\n', len);

	assert_non_null(own);
	buf_add_string(out, HEAD);
	buf_add(out, example, (size_t)(own + 1 - example));
	buf_add_string(out, MIDDLE);
	buf_add(out, own + 1, len - (size_t)(own + 1 - example));
	buf_add_string(out, "end: review-ledger v1\n");
}

/* Read, and written again the same. */
static enum entry_type expect_round_trip(const struct buf *message)
{
	struct entry e = {0};
	struct buf again = {0};
	struct err err = {0};
	char *key = NULL;
	enum entry_type type;

	if (!message_parse(message->data, message->len, &e, &key, &err))
		fail_msg("%s\n%s", err.why, message->data);
	message_write(&e, key, &again);
	assert_int_equal(again.len, message->len);
	assert_memory_equal(again.data, message->data, again.len);
	type = e.type;
	free(key);
	entry_release(&e);
	buf_release(&again);
	return type;
}

static void the_examples_of_the_format_are_entries(void **state)
{
	char *path = fs_join(SOURCE_DIR, "src/ledger/FORMAT.md");
	struct buf page = {0};
	struct err err = {0};
	bool seen[ENTRY_TYPES] = {false};

	(void)state;
	must(fs_read_file(path, 1 << 20, &page, &err), &err);
	for (const char *at = strstr(page.data, "```\ntype: "); at != NULL; at = strstr(at, "```\ntype: ")) {
		const char *example = at + 4, *end = strstr(example, "```\n");
		struct buf message = {0};

		assert_non_null(end);
		whole_message(example, (size_t)(end - example), &message);
		seen[expect_round_trip(&message)] = true;
		buf_release(&message);
		at = end;
	}
	for (unsigned type = 1; type < ENTRY_TYPES; type++)
		if (!seen[type])
			fail_msg("no example of %s", entry_type_name((enum entry_type)type));
	buf_release(&page);
	free(path);
}

/* Every key of the tables stands in the section of its type. */
static void the_format_names_every_line(void **state)
{
	char *path = fs_join(SOURCE_DIR, "src/ledger/FORMAT.md");
	struct buf page = {0};
	struct err err = {0};

	(void)state;
	must(fs_read_file(path, 1 << 20, &page, &err), &err);
	for (unsigned type = 1; type < ENTRY_TYPES; type++) {
		char *title = mem_format("\n**%s** - ", entry_type_name((enum entry_type)type));
		const char *from = strstr(page.data, title), *to = from != NULL ? strstr(from, "```\ntype: ") : NULL;

		if (to == NULL)
			fail_msg("no section for %s", title);
		for (const struct line_rule *rule = grammar_of((enum entry_type)type); rule->key != NULL && to != NULL; rule++) {
			char *key = mem_format("`%s`", rule->key);
			const char *at = strstr(from, key);

			if (at == NULL || at > to)
				fail_msg("%s: %s is not described", title, key);
			free(key);
		}
		free(title);
	}
	buf_release(&page);
	free(path);
}

static void names_and_types_belong_together(void **state)
{
	(void)state;
	for (unsigned i = 1; i < ENTRY_TYPES; i++) {
		const char *name = entry_type_name((enum entry_type)i);

		assert_int_equal(grammar_type(name, strlen(name)), i);
		assert_int_equal(grammar_type(name, 3), ENTRY_NONE);
	}
	assert_int_equal(grammar_type("", 0), ENTRY_NONE);
	assert_string_equal(entry_type_name(ENTRY_NONE), "");
	assert_string_equal(entry_type_name((enum entry_type)99), "");
	assert_null(grammar_of(ENTRY_NONE));
	assert_null(grammar_of(ENTRY_TYPES));
	assert_null(grammar_from(grammar_of(ENTRY_SUBMIT), "opinion")->key);
	assert_string_equal(grammar_from(grammar_of(ENTRY_SUBMIT), "file")->key, "file");
}

static void every_text_survives(void **state)
{
	static const char *const texts[] = {
		"plain", "中文 with spaces", "-", "--", " ", "  ", " a ", "%", "%2D", "100%", "a\nb\r\n\tc", "\x1b[31mred",
		"\xE2\x80\xAEtxt.exe", ("\xEF\xBB\xBF" "bom"), "\xC2\x85", "\xF0\x9F\x98\x80", "a: b", "end: review-ledger v1",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf encoded = {0}, back = {0};
		struct err err = {0};

		value_encode(VALUE_TEXT, texts[i], &encoded);
		assert_null(memchr(encoded.data, '\n', encoded.len));
		must(value_decode(VALUE_TEXT, NULL, encoded.data, encoded.len, &back, &err), &err);
		assert_string_equal(back.data, texts[i]);
		buf_release(&encoded);
		buf_release(&back);
	}
}

static void read_sign_off(struct entry *e)
{
	static const char own[] =
		"case: 2026-0412\nround: 3\nsubmit: " D1 "\nstage: initial\ndecision: approve\nopinion: 100%25\nground: -\nuntil: -\n"
		"addressee: -\nscan: " D3 "\nfile: " D1 " 12 100644 a/b c.txt\nfile: " D2 " 1099511627776 100755 a/d.txt\n"
		"clear: " D1 " - a - b\nclear: " D2 " " D3 " %2D\nanswer: one\nanswer: two\nevidence: " D3 " 5 a%25.pdf\n";
	struct buf message = {0};
	struct err err = {0};
	char *key = NULL;

	buf_addf(&message, "%stype: sign-off\n%s%send: review-ledger v1\n", HEAD, MIDDLE, own);
	must(message_parse(message.data, message.len, e, &key, &err), &err);
	assert_string_equal(key, "SHA256:x");
	free(key);
	buf_release(&message);
}

static void an_entry_answers_for_its_lines(void **state)
{
	struct entry e = {0};
	struct digest d;

	(void)state;
	read_sign_off(&e);
	assert_int_equal(e.seq, 7);
	assert_int_equal(e.policy, 2);
	assert_int_equal(e.time, 1795415400);
	assert_string_equal(e.person, "wang.wei");
	assert_string_equal(entry_get(&e, "opinion"), "100%");
	assert_string_equal(entry_get(&e, "ground"), "");
	assert_string_equal(entry_get(&e, "answer"), "one");
	assert_null(entry_get(&e, "title"));
	assert_int_equal(entry_get_number(&e, "round"), 3);
	assert_int_equal(entry_get_number(&e, "title"), 0);
	memset(d.byte, 0x33, sizeof(d.byte));
	const struct digest scan = entry_get_digest(&e, "scan"), none = entry_get_digest(&e, "title");
	assert_true(digest_equal(&scan, &d));
	assert_true(digest_is_zero(&none));
	assert_int_equal(e.body_count, 1);
	assert_non_null(entry_get_body(&e, "evidence"));
	assert_string_equal(entry_get_body(&e, "evidence")->name, "a%.pdf");
	assert_int_equal(entry_get_body(&e, "evidence")->len, 5);
	assert_null(entry_get_body(&e, "title"));
	entry_release(&e);
	assert_null(e.lines);
}

static void an_entry_lists_its_files(void **state)
{
	struct entry e = {0};
	struct file_refs files = {0}, again = {0};

	(void)state;
	read_sign_off(&e);
	entry_files(&e, &files);
	assert_int_equal(files.count, 2);
	assert_string_equal(files.items[0].path, "a/b c.txt");
	assert_int_equal(files.items[0].size, 12);
	assert_int_equal(files.items[0].mode, 0100644);
	assert_true(files.items[1].size == (uint64_t)1 << 40);
	assert_int_equal(files.items[1].mode, 0100755);
	file_refs_add(&again, &files.items[1].digest, files.items[1].size, files.items[1].mode, "a/d.txt");
	assert_false(file_refs_equal(&files, &again));
	file_refs_add(&again, &files.items[0].digest, 12, 0100644, "a/b c.txt"); /* finds its place */
	assert_true(file_refs_equal(&files, &again));
	again.items[0].mode = 0100755;
	assert_false(file_refs_equal(&files, &again));
	again.items[0].mode = 0100644;
	again.items[0].size++;
	assert_false(file_refs_equal(&files, &again));
	again.items[0].size--;
	again.items[0].digest.byte[31] ^= 1;
	assert_false(file_refs_equal(&files, &again));
	file_refs_release(&files);
	file_refs_release(&again);
	entry_release(&e);
}

/* 43 characters hold 258 bits and a digest 256: the spare ones are zero, or there would be four spellings. */
static void a_ledger_begins_with_one_nonce_or_with_none(void **state)
{
	static const struct { const char *lines; bool ok; } nonces[] = {
		{"", true}, {"nonce: " D2 "\n", true}, {"nonce: " D2 "\nnonce: " D3 "\n", false}, {"nonce: -\n", false}, {"nonce: 1234\n", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(nonces) / sizeof(nonces[0]); i++) {
		struct buf message = {0};
		struct entry e = {0};
		struct err err = {0};
		char *key = NULL;

		buf_addf(&message, "%stype: genesis\n%soffice: x\npolicy-body: " D1 " 1\npack: " D1 " 1 a\nnote: -\n%send: review-ledger v1\n",
		         HEAD, MIDDLE, nonces[i].lines);
		if (nonces[i].ok)
			assert_int_equal(expect_round_trip(&message), ENTRY_GENESIS);
		else
			assert_false(message_parse(message.data, message.len, &e, &key, &err));
		buf_release(&message);
	}
}

static void a_fingerprint_has_one_spelling(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} table[] = {
		{"SHA256:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1yDkU", true},
		{"SHA256:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1yDkV", false},
		{"SHA256:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1yDkX", false},
		{"SHA256:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1yDkU=", false},
		{"SHA256:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1yDk", false},
		{"SHA256:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1y-kU", false},
		{"sha256:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1yDkU", false},
		{"MD5:bResO4Ic5O5KtQ8mZf1v0y3JXy7cYx0k2P0f3m1yDkU111", false},
		{"-", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct buf out = {0};
		struct err err = {0};

		if (value_decode(VALUE_KEY, NULL, table[i].text, strlen(table[i].text), &out, &err) != table[i].good)
			fail_msg("%s", table[i].text);
		buf_release(&out);
	}
}

static void clearances_are_taken_apart(void **state)
{
	static const char *const bad[] = {
		"", "-", D1, D1 " ", D1 " -", D1 " - ", D1 " x y", D1 "  - y", D1 " " D2, D1 " " D2 " ", D1 " " D2 "x y",
		"x" D1 " - y",
	};
	struct clearance c = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (clearance_read(bad[i], &c))
			fail_msg("'%s' was taken", bad[i]);
	assert_true(clearance_read(D1 " - a - b", &c));
	assert_int_equal(c.finding.byte[0], 0x11);
	assert_true(digest_is_zero(&c.evidence));
	assert_string_equal(c.reason, "a - b");
	free(c.reason);
	assert_true(clearance_read(D2 " " D3 " x", &c));
	assert_int_equal(c.evidence.byte[31], 0x33);
	assert_string_equal(c.reason, "x");
	free(c.reason);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_format_are_entries),
		cmocka_unit_test(the_format_names_every_line),
		cmocka_unit_test(names_and_types_belong_together),
		cmocka_unit_test(every_text_survives),
		cmocka_unit_test(an_entry_answers_for_its_lines),
		cmocka_unit_test(an_entry_lists_its_files),
		cmocka_unit_test(a_ledger_begins_with_one_nonce_or_with_none),
		cmocka_unit_test(a_fingerprint_has_one_spelling),
		cmocka_unit_test(clearances_are_taken_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
