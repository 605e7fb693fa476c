/* scan_engine_test.c - one pass finds what every rule, run over the whole text, finds: the same
 * matches at the same places, whatever the window; and a pattern is what it is said to be. */
#include "scan_fixture.h"

#include "base/utf8.h"
#include "seal/hash.h"

#include "../../src/scan/scanner_inside.h"

static uint32_t draw(uint64_t *seed, uint32_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % below;
}

static void assert_engine_is_plain(struct scanner *s, const char *text, size_t len, const char *what)
{
	char *copy = mem_copy_bytes(text, len), place[] = "";
	const struct flow flow = {.place = place, .text = copy, .len = len};
	struct hits plain = {0}, found = {0};
	struct scanned_file a = {0}, b = {0};

	(void)a;
	(void)b;
	s->naive = true;
	find_hits(s, &flow, UINT32_MAX, &plain);
	s->naive = false;
	find_hits(s, &flow, UINT32_MAX, &found);
	for (uint32_t rule = 0; rule < s->set->count; rule++) {
		size_t i = 0, k = 0;

		for (;;) {
			while (i < plain.count && plain.items[i].rule != rule)
				i++;
			while (k < found.count && found.items[k].rule != rule)
				k++;
			if (i == plain.count && k == found.count)
				break;
			if (i == plain.count || k == found.count || plain.items[i].start != found.items[k].start ||
			    plain.items[i].end != found.items[k].end)
				fail_msg("%s: rule %s: one by one %zu-%zu, in one pass %zu-%zu, window %zu, of text\n%.*s", what,
				         s->set->rules[rule].id, i < plain.count ? plain.items[i].start : 0,
				         i < plain.count ? plain.items[i].end : 0, k < found.count ? found.items[k].start : 0,
				         k < found.count ? found.items[k].end : 0, s->window, (int)(len < 3000 ? len : 3000), copy);
			i++;
			k++;
		}
	}
	assert_int_equal(plain.overflow, found.overflow);
	assert_int_equal(plain.undecided != NULL, found.undecided != NULL);
	hits_release(&plain);
	hits_release(&found);
	free(copy);
}

/* Text in which the rules' own examples stand, close together, cut, disguised, over line ends. */
static size_t draw_text(uint64_t *seed, const struct ruleset *set, char *out, size_t capacity)
{
	static const char *const between[] = {" ", "\n", "\n\n", "，", "x", "的", "", "-\n", "*", "\n*", "★", "1", " - ", "\u200b",
	                                      "\r\n", "\t", "(", "）", "\xE2\x80\x93", "A", "//", ":", "、"};
	size_t len = 0;

	while (len + 400 < capacity) {
		const struct rule *rule = &set->rules[draw(seed, (uint32_t)set->count)];
		const struct texts *texts = rule->examples_match.count == 0 ? &set->rules[0].examples_match : draw(seed, 3) > 0 ? &rule->examples_match : &rule->examples_pass;
		const char *text = texts->items[draw(seed, (uint32_t)texts->count)];
		size_t n = strlen(text) < 300 ? strlen(text) : 300;

		if (draw(seed, 4) == 0)
			n = draw(seed, (uint32_t)n + 1);
		while (n > 0 && n < strlen(text) && ((unsigned char)text[n] & 0xC0) == 0x80)
			n--;
		for (size_t i = 0; i < n; i++) {
			if (((unsigned char)text[i] & 0xC0) != 0x80 && draw(seed, 30) == 0) {
				const char *gap = between[draw(seed, COUNT(between))];

				memcpy(out + len, gap, strlen(gap));
				len += strlen(gap);
			}
			out[len++] = text[i];
			if (len + 100 >= capacity)
				return utf8_valid(out, len, &n) ? len : n;
		}
		n = draw(seed, COUNT(between));
		memcpy(out + len, between[n], strlen(between[n]));
		len += strlen(between[n]);
	}
	return len;
}

static struct ruleset *shipped(void)
{
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct err err = {0};

	rule_files_builtin(&files);
	if (!ruleset_load(&files, &set, &err))
		fail_msg("%s", err.why);
	return set;
}

static void the_shipped_packs_find_the_same_in_one_pass(void **state)
{
	struct ruleset *set = shipped();
	struct scanner *s = NULL;
	struct err err = {0};
	uint64_t seed = 20261123;
	const int rounds = getenv("REVIEW_SOAK") != NULL ? 20000 : 250;
	static char text[40000];

	(void)state;
	if (!scanner_new(set, &s, &err))
		fail_msg("%s", err.why);
	for (int n = 0; n < rounds; n++) {
		const size_t len = draw_text(&seed, set, text, 600 + draw(&seed, n % 10 == 0 ? 38000 : 4000));

		s->window = n % 3 == 0 ? 256 * 1024 : s->behind + s->ahead + 200 + draw(&seed, 3000);
		assert_engine_is_plain(s, text, len, "shipped packs");
	}
	scanner_free(s);
	ruleset_free(set);
}

/* Patterns that try the engine: no word in them, no bound, over lines, long, looking far around. */
static const char *const hard[] = {
	"match: {pattern: '[a-c]{2,5}x'}; view: line",
	"match: {pattern: 'begin[^;]*end'}; view: line",
	"match: {pattern: 'begin[^\\n]*end'}; view: line",
	"match: {pattern: '(?<=秘)密|密(?=★)'}; view: line",
	"match: {pattern: '(?i)alpha|beta|\\bgam+a'}; view: running",
	"match: {pattern: '^x|y$'}; view: line",
	"match: {pattern: '[0-9]{3}-?[0-9]{4}'}; view: line",
	"match: {pattern: '[A-Z]{2}[0-9]{2}[0-9A-Z]{2,6}'}; view: line",
	"match: {pattern: '(?s)one.{0,200}two'}; view: line",
	"match: {pattern: 'end-$|\\*star|foo-bar'}; view: line",
	"match: {pattern: '(a|b)\\1(?:cd){1,2}'}; view: line",
	"match: {pattern: 'x\\Ry|\\Qa.b\\E'}; view: line",
	"match: {pattern: 'aa'}; view: verbatim",
	"match: {keywords: [机密, 机, 密件, 'a b', 'foo-', begin, 'one two', '密★']}; view: line",
	"match: {keywords: [机密, 机, 密件, 'a b', begin, 'one two', '密★', alphabeta]}; view: running",
	"match: {keywords: [aa, a a]}; view: verbatim",
	"match: {pattern: '机密'}; view: line; near: {any: [foo, 件], within: 5}; unless: {pattern: 'x机|密y'}",
};

static void hard_rules_find_the_same_in_one_pass(void **state)
{
	static const char *const words[] = {"a", "b", "c", "x", "aa", "begin", "end", "秘", "密", "★", "机密", "件", "foo", "foo-",
	                                    "-", "bar", "\n", "\n\n", " ", "  ", "one", "two", "1", "234", "56789", "AB", "12", "*",
	                                    "star", "alpha", "Beta", "gamma", "cd", ";", "，", "\r\n", "y", "\u200b", "А", "e\u0301"};
	uint64_t seed = 7;

	(void)state;
	for (size_t r = 0; r < COUNT(hard); r++) {
		struct buf pack = {0};
		struct ruleset *set;
		struct scanner *s = NULL;
		struct err err = {0};

		begin_pack(&pack);
		add_rule(&pack, "r", "block", hard[r]);
		set = load_rules(pack.data, NULL);
		if (!scanner_new(set, &s, &err))
			fail_msg("%s: %s", hard[r], err.why);
		for (int n = 0; n < 400; n++) {
			static char text[9000];
			const size_t most = n % 20 == 0 ? 8000 : 100 + draw(&seed, 900);
			size_t len = 0;

			while (len < most) {
				const char *word = words[draw(&seed, COUNT(words))];

				memcpy(text + len, word, strlen(word));
				len += strlen(word);
			}
			s->window = n % 3 == 0 ? 256 * 1024 : s->behind + s->ahead + 100 + draw(&seed, 1000);
			assert_engine_is_plain(s, text, len, hard[r]);
		}
		scanner_free(s);
		ruleset_free(set);
		buf_release(&pack);
	}
}

static void no_shipped_rule_needs_the_whole_text(void **state)
{
	struct ruleset *set = shipped();
	struct scanner *s = NULL;
	struct err err = {0};

	(void)state;
	assert_true(scanner_new(set, &s, &err));
	if (s->unbounded != NULL)
		fail_msg("%s has no bound", s->unbounded->id);
	for (size_t i = 0; i < set->count; i++)
		if (s->plans[i].eager)
			fail_msg("%s has no word or number to look for", set->rules[i].id);
	scanner_free(s);
	ruleset_free(set);
}

static void assert_shape(const char *pattern, size_t longest, bool crosses, const char *words, unsigned digits)
{
	struct shape shape;
	struct buf seen = {0};

	shape_of(pattern, &shape);
	buf_add_string(&seen, "");
	for (size_t i = 0; i < shape.need.words.count; i++)
		buf_addf(&seen, "%s%s", i > 0 ? "," : "", shape.need.words.items[i]);
	if (shape.longest != longest || shape.crosses != crosses || strcmp(seen.data, words) != 0 || shape.need.digits != digits)
		fail_msg("%s: longest %zu, crosses %d, words '%s', digits %u%s%s", pattern, shape.longest, shape.crosses, seen.data,
		         shape.need.digits, shape.unclear != NULL ? ", unclear: " : "", shape.unclear != NULL ? shape.unclear : "");
	buf_release(&seen);
	shape_release(&shape);
}

static void a_pattern_is_read_without_running_it(void **state)
{
	(void)state;
	assert_shape("abc", 3, false, "abc", 0);
	assert_shape("(?:绝密|机密)级?★", 12, false, "机密★,机密级★,绝密★,绝密级★", 0);
	assert_shape("A[0-9]{2,4}bcd", 8, false, "bcd", 0);
	assert_shape("x.{0,3}(?:one|two)$", 16, false, "one,two", 0);
	assert_shape("(?i)Secret", 6, false, "secret", 0);
	assert_shape("foo[^\\n]*bar", SHAPE_UNBOUNDED, false, "foo", 0);
	assert_shape("foo[^.]{0,2}bar", 14, true, "foo", 0);
	assert_shape("[0-9]{6}-?[0-9]{4}", 11, false, "", 10);
	assert_shape("(?:abc)?de", 5, false, "abcde,de", 0);
	assert_shape("(?:abc)*de|fg", SHAPE_UNBOUNDED, false, "de,fg", 0);
	assert_shape("[a-z]+|foo", SHAPE_UNBOUNDED, false, "", 0);
	assert_shape("a\\Kb", SHAPE_UNBOUNDED, true, "", 0);
	assert_shape("(?<n>ab)c(?=d)", 3, false, "abc", 0);
	assert_shape("a\\.b\\x41", 4, false, "a.ba", 0);
	assert_shape("foo\\nbarbar", 10, true, "barbar", 0);
}

static void assert_explained(const char *body, const char *how, const char *slow)
{
	struct buf pack = {0}, out = {0};
	struct ruleset *set;
	struct scanner *s = NULL;
	struct err err = {0};

	begin_pack(&pack);
	add_rule(&pack, "r", "block", body);
	set = load_rules(pack.data, NULL);
	if (!scanner_new(set, &s, &err))
		fail_msg("%s", err.why);
	scanner_explain(s, 0, &out);
	assert_string_equal(out.data, how);
	buf_clear(&out);
	assert_int_equal(scanner_slow_rules(s, &out), slow != NULL ? 1 : 0);
	if (slow != NULL && strstr(out.data, slow) == NULL)
		fail_msg("'%s'", out.data);
	scanner_free(s);
	ruleset_free(set);
	buf_release(&out);
	buf_release(&pack);
}

static void the_engine_says_what_it_does(void **state)
{
	(void)state;
	assert_explained("match: {pattern: '(?:绝密|机密)★'}; view: line", "2 words, the first '机密★'; a match is at most 9 bytes long", NULL);
	assert_explained("match: {pattern: '[0-9]{3}-[0-9]{4}'}; view: line", "numbers of 7 digits and more; a match is at most 8 bytes long", NULL);
	assert_explained("match: {pattern: 'begin[^\\n]*end'}; view: line", "1 word, the first 'begin'; a match is at most a line long", NULL);
	assert_explained("match: {pattern: 'begin[^;]*end'}; view: line", "1 word, the first 'begin'; a match may be of any length", "no bound");
	assert_explained("match: {pattern: '[a-z]{4,9}[d-z]'}; view: line", "tried at every place; a match is at most 10 bytes long", "no word");
	assert_explained("match: {pattern: 'a\\Kb'}; view: line", "tried at every place; a match may be of any length", "not understood");
	assert_explained("match: {pattern: 'aa'}; view: verbatim", "searched for in the whole text, by itself", "verbatim");
	assert_explained("match: {structure: mixed-script}", "found while the text is folded", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_engine_says_what_it_does),
		cmocka_unit_test(a_pattern_is_read_without_running_it),
		cmocka_unit_test(hard_rules_find_the_same_in_one_pass),
		cmocka_unit_test(the_shipped_packs_find_the_same_in_one_pass),
		cmocka_unit_test(no_shipped_rule_needs_the_whole_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
