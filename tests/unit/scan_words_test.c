/* scan_words_test.c - keywords: whole words where they are words, anywhere where they are Chinese,
 * a hundred thousand as surely as one.  The automaton is held against a search that looks at every
 * place for every word. */
#include "scan_fixture.h"

#include "../../src/scan/prefilter.h"
#include "../../src/scan/words.h"

static void a_word_inside_another_is_not_found(void **state)
{
	static const char rule[] = "match: {keywords: [secret, 'top secret', NOFORN, '5G', 机密, 'QQ群']}";

	(void)state;
	expect_rule_count(rule, "secretary", 0);
	expect_rule_count(rule, "unsecret", 0);
	expect_rule_count(rule, "secret2", 0);
	expect_rule_count(rule, "15G 5Ghz", 0);
	expect_rule_count(rule, "AQQ群", 0);
	expect_rule_count(rule, "机 要 密 件", 0);
	expect_rule_count(rule, "a Secret.", 1);
	expect_rule_count(rule, "secret_x", 1);
	expect_rule_count(rule, "机secret密", 1);
	expect_rule_count(rule, "//noforn//", 1);
	expect_rule_count(rule, "5g", 1);
	expect_rule_count(rule, "qq群号", 1);
	expect_rule_count(rule, "机密性", 1);
}

static void keywords_are_found_through_folding(void **state)
{
	static const char rule[] = "match: {keywords: [商業秘密, Confidential, 'for official use only']}";

	(void)state;
	expect_rule_count(rule, "商业、秘密", 0);
	expect_rule_count(rule, "for official\n\nuse only", 0);
	expect_rule_count(rule, "商业秘密", 1);
	expect_rule_count(rule, "商 业\n秘 密", 1);
	expect_rule_count(rule, "ＣＯＮＦＩＤＥＮＴＩＡＬ", 1);
	expect_rule_count(rule, "confi-\ndential", 1);
	expect_rule_count(rule, "For  Official\nUse Only", 1);
	expect_rule_count(rule, "c\xD0\xBEnfidential", 1);
}

static void the_leftmost_then_the_longest_counts(void **state)
{
	struct trial t = trial_of_rule("match: {keywords: [秘密, 商业秘密, 密件, 商业秘密件]}");

	(void)state;
	expect_count(&t, "商业秘密件", 1);
	assert_int_equal(t.file.findings[0].end, 15);
	expect_count(&t, "商业秘密，秘密件", 2);
	assert_int_equal(t.file.findings[0].end, 12);
	assert_int_equal(t.file.findings[1].start, 15);
	assert_int_equal(t.file.findings[1].end, 21);
	trial_end(&t);
}

static void two_rules_may_have_one_keyword(void **state)
{
	struct buf pack = {0};
	struct trial t;

	(void)state;
	begin_pack(&pack);
	add_rule(&pack, "one", "note", "match: {keywords: [机密]}");
	add_rule(&pack, "two", "block", "match: {keywords: [机密]}; near: {any: [标志], within: 3}");
	add_rule(&pack, "three", "block", "match: {keywords: [机密]}; where: [filename]");
	t = trial_of(pack.data, NULL);
	expect_count(&t, "机密", 1);
	assert_string_equal(t.file.findings[0].rule, "one");
	expect_count(&t, "机密标志", 2);
	assert_string_equal(t.file.findings[1].rule, "two");
	trial_end(&t);
	buf_release(&pack);
}

static void a_list_of_many_keywords_is_a_file(void **state)
{
	struct buf words = {0}, pack = {0}, text = {0};
	struct trial t;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_addf(&words, "%s%d号\n", i % 2 == 0 ? "project" : "工程", i);
	begin_pack(&pack);
	add_rule(&pack, "r", "block", "match: {keywords-file: words.txt}");
	t = trial_of(pack.data, words.data);
	expect_count(&t, "工程5000号 project1号 工程2号 project4", 0);
	for (int i = 0; i < 5000; i++)
		buf_addf(&text, "%s%d号\n", i % 2 == 0 ? "Project" : "工 程", i);
	expect_count(&t, text.data, 5000);
	trial_end(&t);
	buf_release(&words);
	buf_release(&pack);
	buf_release(&text);
}

/* What the automaton must find, and what it found: sorted lines. */
struct seen {
	char **lines;
	size_t count;
};

static void see(uint32_t id, size_t end, void *context)
{
	struct seen *seen = context;

	seen->lines = mem_grow(seen->lines, seen->count, sizeof(*seen->lines));
	seen->lines[seen->count++] = mem_format("%05zu %u", end, (unsigned)id);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool stands_at(const char *text, size_t len, size_t at, const char *word)
{
	const size_t n = strlen(word);

	for (size_t i = 0; i < n; i++)
		if (at + i >= len || lower(text[at + i]) != lower(word[i]))
			return false;
	return true;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void seen_release(struct seen *seen)
{
	for (size_t i = 0; i < seen->count; i++)
		free(seen->lines[i]);
	free(seen->lines);
}

static uint32_t draw(uint64_t *seed, uint32_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % below;
}

static void draw_text(uint64_t *seed, char *out, size_t len)
{
	static const char alphabet[] = "aAb1 \xE6\x9C\xBA"; /* bytes of 机 too, as they come */

	for (size_t i = 0; i < len; i++)
		out[i] = alphabet[draw(seed, sizeof(alphabet) - 1)];
	for (size_t i = 0; i + 4 <= len; i += 1 + draw(seed, 20)) /* whole, and before a letter */
		memcpy(out + i, draw(seed, 2) > 0 ? "\xE6\x9C\xBA" "A" : "\xE6\x9C\xBA" "b", 4);
	out[len] = '\0';
}

static void sort_seen(struct seen *seen)
{
	if (seen->count > 0)
		qsort(seen->lines, seen->count, sizeof(*seen->lines), by_text);
}

static void assert_same(const struct seen *found, const struct seen *wanted)
{
	assert_int_equal(found->count, wanted->count);
	for (size_t i = 0; i < found->count; i++)
		assert_string_equal(found->lines[i], wanted->lines[i]);
}

/* The automaton, and what the program uses, which may be Vectorscan. */
static size_t compare_once(uint64_t *seed)
{
	char words[12][8], text[200];
	struct words_index *index = words_new();
	struct prefilter *prefilter = prefilter_new();
	struct prefilter_scratch *scratch;
	struct seen found = {0}, wanted = {0}, filtered = {0};
	const size_t count = 1 + draw(seed, COUNT(words)), len = draw(seed, sizeof(text) - 1);
	struct err err = {0};
	size_t matched;

	for (size_t i = 0; i < count; i++) {
		draw_text(seed, words[i], 1 + draw(seed, 6));
		words_add(index, words[i], (uint32_t)i);
		prefilter_add(prefilter, words[i], (uint32_t)i);
	}
	words_build(index);
	assert_true(prefilter_build(prefilter, &err));
	draw_text(seed, text, len);
	words_find(index, text, len, see, &found);
	scratch = prefilter_scratch_new(prefilter);
	assert_true(prefilter_find(prefilter, scratch, text, len, see, &filtered));
	for (size_t at = 0; at < len; at++)
		for (size_t i = 0; i < count; i++)
			if (stands_at(text, len, at, words[i]))
				see((uint32_t)i, at + strlen(words[i]), &wanted);
	for (size_t i = 1; i < found.count; i++)
		assert_true(strncmp(found.lines[i - 1], found.lines[i], 5) <= 0); /* in order of their ends */
	sort_seen(&found);
	sort_seen(&filtered);
	sort_seen(&wanted);
	assert_same(&found, &wanted);
	assert_same(&filtered, &wanted);
	prefilter_scratch_free(scratch);
	prefilter_free(prefilter);
	words_free(index);
	seen_release(&wanted);
	seen_release(&filtered);
	matched = found.count;
	seen_release(&found);
	return matched;
}

static void the_automaton_finds_what_a_plain_search_finds(void **state)
{
	uint64_t seed = 20261123;
	size_t matched = 0;

	(void)state;
	for (int i = 0; i < 3000; i++)
		matched += compare_once(&seed);
	assert_true(matched > 10000); /* and there was something to find */
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_inside_another_is_not_found),
		cmocka_unit_test(keywords_are_found_through_folding),
		cmocka_unit_test(the_leftmost_then_the_longest_counts),
		cmocka_unit_test(two_rules_may_have_one_keyword),
		cmocka_unit_test(a_list_of_many_keywords_is_a_file),
		cmocka_unit_test(the_automaton_finds_what_a_plain_search_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
