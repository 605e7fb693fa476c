/* scan_keep_test.c - rules that come back from a cache are the rules that went into it. */
#include "scan_fixture.h"

#include "base/kept.h"
#include "rules/allow.h"

static void add_files(struct rule_files *files)
{
	static const char allow[] = "review-allow: 1\n"
				    "allow:\n"
				    "  - rule: all\n"
				    "    text-sha-256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
				    "    path: drafts/\n"
				    "    reason: a name\n"
				    "    person: zhao.lei\n"
				    "    until: 2026-12-01\n";
	struct buf pack = {0};

	begin_pack(&pack);
	add_rule(&pack, "all", "review",
	         "match: {pattern: '(?<value>[0-9]{16})'}; clearance: section-head; evidence: true; where: [body, filename]; "
	         "view: running; near: {any: [card, 卡号], within: 7}; unless: {pattern: '訂單'}; validate: luhn; min-count: 2");
	add_rule(&pack, "long", "block", "match: {pattern: 'begin.*end'}; view: running");
	add_rule(&pack, "listed", "note", "match: {keywords-file: words.txt}");
	rule_files_builtin(files);
	rule_files_add(files, "trial.yaml", pack.data, pack.len);
	rule_files_add(files, "words.txt", "絕密\nsecret word\n", strlen("絕密\nsecret word\n"));
	rule_files_add(files, ALLOW_FILE, allow, sizeof(allow) - 1);
	buf_release(&pack);
}

static struct trial compiled(void)
{
	struct rule_files files = {0};
	struct trial t = {0};
	struct err err = {0};

	add_files(&files);
	if (!ruleset_load(&files, &t.set, &err) || !scanner_new(t.set, &t.scanner, &err))
		fail_msg("%s", err.why);
	return t;
}

/* False: the bytes are refused. */
static bool recall(const char *bytes, size_t len, struct trial *t)
{
	struct kept kept = {.bytes = bytes, .len = len};
	struct rule_files files = {0};
	struct digest digest;
	struct err err = {0};
	bool ok;

	*t = (struct trial){0};
	add_files(&files);
	assert_true(ruleset_digest(&files, &digest, &err));
	ok = ruleset_recall(&files, &digest, &kept, &t->set) && scanner_recall(t->set, &kept, &t->scanner);
	rule_files_release(&files);
	if (!ok)
		ruleset_free(t->set);
	return ok;
}

/* False: this build keeps no scanners. */
static bool keep(const struct trial *t, struct buf *out)
{
	ruleset_keep(t->set, out);
	return scanner_keep(t->scanner, out);
}

static void the_rules_come_back(void **state)
{
	struct trial t = compiled();
	struct rule_files files = {0};
	struct buf first = {0}, second = {0};
	struct kept kept;
	struct ruleset *back = NULL;
	const struct rule *all;
	struct digest digest;
	struct err err = {0};

	(void)state;
	ruleset_keep(t.set, &first);
	add_files(&files);
	assert_true(ruleset_digest(&files, &digest, &err));
	kept = (struct kept){.bytes = first.data, .len = first.len};
	assert_true(ruleset_recall(&files, &digest, &kept, &back));
	assert_int_equal(kept.len, 0);
	ruleset_keep(back, &second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	assert_true(digest_equal(&back->digest, &t.set->digest));
	all = ruleset_find(back, "all");
	assert_non_null(all);
	assert_string_equal(all->title_zh, "规则 all");
	assert_string_equal(all->clearance, "section-head");
	assert_string_equal(all->file, "trial.yaml");
	assert_string_equal(all->pack, "trial");
	assert_true(all->evidence);
	assert_int_equal(all->ground, GROUND_THIRD_PARTY);
	assert_int_equal(all->within, 7);
	assert_int_equal(all->min_count, 2);
	assert_int_equal(all->line, ruleset_find(t.set, "all")->line);
	assert_string_equal(ruleset_find(back, "listed")->keywords_file, "words.txt");
	assert_string_equal(ruleset_find(back, "listed")->keywords.items[0], "絕密");
	assert_int_equal(back->allowance_count, 1);
	assert_string_equal(back->allowances[0].path, "drafts");
	ruleset_free(back);
	buf_release(&first);
	buf_release(&second);
	trial_end(&t);
}

static void the_scanner_comes_back_and_finds_the_same(void **state)
{
	static const char text[] = "card 4111111111111111 and 4242424242424242; begin\nend, 绝 密 ★ 10 年, SECRET//NOFORN, secret word\n";
	struct trial t = compiled(), back;
	struct buf first = {0}, second = {0}, out = {0}, again = {0};

	(void)state;
	if (!keep(&t, &first)) {
		buf_release(&first);
		trial_end(&t);
		skip();
	}
	assert_true(recall(first.data, first.len, &back));
	(void)keep(&back, &second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	for (size_t i = 0; i < t.set->count; i++) {
		scanner_explain(t.scanner, i, &out);
		scanner_explain(back.scanner, i, &again);
	}
	assert_string_equal(out.data, again.data);
	scan_bytes(t.scanner, "drafts/a.md", 0100644, text, sizeof(text) - 1, &t.file);
	scan_bytes(back.scanner, "drafts/a.md", 0100644, text, sizeof(text) - 1, &back.file);
	assert_true(t.file.count >= 5);
	assert_int_equal(t.file.count, back.file.count);
	for (size_t i = 0; i < t.file.count; i++)
		assert_true(digest_equal(&t.file.findings[i].id, &back.file.findings[i].id));
	buf_clear(&out);
	if (scan_examples(back.scanner, back.set, &out) != 3) /* of the rules here, whose examples say nothing */
		fail_msg("\n%s", out.data);
	buf_release(&out);
	buf_release(&again);
	buf_release(&first);
	buf_release(&second);
	trial_end(&back);
	trial_end(&t);
}

static void what_is_cut_is_refused(void **state)
{
	struct trial t = compiled(), back;
	struct buf bytes = {0};

	(void)state;
	(void)keep(&t, &bytes);
	for (size_t len = 0; len < bytes.len; len += 1 + len / 7)
		assert_false(recall(bytes.data, len, &back));
	assert_false(recall(bytes.data, bytes.len - 1, &back));
	buf_release(&bytes);
	trial_end(&t);
}

static void what_other_libraries_made_is_refused(void **state)
{
	struct trial t = compiled(), back;
	struct buf rules = {0}, bytes = {0};

	(void)state;
	ruleset_keep(t.set, &rules);
	if (keep(&t, &bytes)) {
		bytes.data[rules.len + 8] ^= 1; /* the first letter of the engine's name */
		assert_false(recall(bytes.data, bytes.len, &back));
	}
	buf_release(&rules);
	buf_release(&bytes);
	trial_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rules_come_back),
		cmocka_unit_test(the_scanner_comes_back_and_finds_the_same),
		cmocka_unit_test(what_is_cut_is_refused),
		cmocka_unit_test(what_other_libraries_made_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
