/* rules_files_test.c - the files of a ruleset: which are taken, how they are named, word lists. */
#include "rules_fixture.h"

#include "base/digest.h"
#include "base/fs.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char words_pack[] = "review-rules: 1\npack: words\ntitle: {en: w, zh: w}\nrules:\n  - id: words\n"
				 "    title: {en: w, zh: w}\n    action: note\n    match: {keywords-file: words.txt}\n"
				 "    examples: {match: [a], pass: [b]}\n";

/* A ruleset of the words pack and this list. */
static void words_files(struct rule_files *files, const char *list, size_t len)
{
	add(files, "words.yaml", words_pack);
	rule_files_add(files, "words.txt", list, len);
}

static void expect_list_refusal(const char *list, size_t len, enum err_kind kind, const char *why)
{
	struct rule_files files = {0};

	words_files(&files, list, len);
	expect_refusal_of(&files, kind, why);
}

#define LIST(text) text, sizeof(text) - 1

static void a_bad_word_is_refused_at_its_line(void **state)
{
	struct buf list = {0};

	(void)state;
	expect_list_refusal(LIST(""), ERR_INPUT, "words.txt:1:1: no keyword in it");
	expect_list_refusal(LIST("# only\n\n \t\n# comments"), ERR_INPUT, "words.txt:1:1: no keyword in it");
	expect_list_refusal(LIST("\xEF\xBB\xBF"), ERR_INPUT, "words.txt:1:1: no keyword in it");
	expect_list_refusal(LIST("a\n\xB0\xFC\nb\n"), ERR_INPUT, "words.txt:2:1: not UTF-8 text");
	expect_list_refusal(LIST("a\nb\nc\0d\n"), ERR_INPUT, "words.txt:3:1: not UTF-8 text");
	expect_list_refusal(LIST("a\nb\n\n  b \nb\n"), ERR_INPUT, "words.txt:4:1: this keyword is in the list already");
	for (int i = 0; i < 201; i++)
		buf_add_string(&list, "密");
	expect_list_refusal(list.data, list.len, ERR_INPUT, "words.txt:1:1: a keyword longer than 200 characters");
	buf_release(&list);
}

static void a_list_has_an_end(void **state)
{
	struct buf list = {0};

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_add_byte(&list, '\n');
	buf_add_string(&list, "#");
	expect_list_refusal(list.data, list.len, ERR_LIMIT, "words.txt:200001:1: more than 200,000 lines");
	buf_release(&list);
}

static void words_are_taken_as_people_write_them(void **state)
{
	static const char list[] = "\xEF\xBB\xBF# a comment\r\n机密\r\n\r\n \tProject Heron \n密\n#last\nHeron";
	struct rule_files files = {0};
	struct ruleset *set;
	const struct rule *r;

	(void)state;
	words_files(&files, list, sizeof(list) - 1);
	set = load(&files);
	r = ruleset_find(set, "words");
	assert_string_equal(r->keywords_file, "words.txt");
	assert_int_equal(r->kind, RULE_KEYWORDS);
	assert_int_equal(r->view, RULE_VIEW_RUNNING);
	assert_int_equal(r->keywords.count, 4);
	assert_string_equal(r->keywords.items[0], "机密");
	assert_string_equal(r->keywords.items[1], "Project Heron");
	assert_string_equal(r->keywords.items[2], "密");
	assert_string_equal(r->keywords.items[3], "Heron");
	ruleset_free(set);
}

static void a_hundred_thousand_words_are_a_list(void **state)
{
	struct rule_files files = {0};
	struct buf list = {0};
	struct ruleset *set;

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_addf(&list, "word %d\n", i);
	words_files(&files, list.data, list.len);
	set = load(&files);
	assert_int_equal(set->rules[0].keywords.count, 100000);
	ruleset_free(set);
	buf_release(&list);
}

static void a_list_nobody_reads_is_refused(void **state)
{
	struct rule_files files = {0};
	char *comment = mem_format("%s# see spare-words.txt and ds.txt\n", words_pack);

	(void)state;
	add(&files, "words.yaml", comment); /* a mention is no use */
	add(&files, "words.txt", "a\n");
	add(&files, "ds.txt", "b\n");
	expect_refusal_of(&files, ERR_INPUT, "ds.txt:1:1: no pack names this keyword file");
	free(comment);
}

static void an_empty_ruleset_is_refused(void **state)
{
	struct rule_files files = {0};

	(void)state;
	expect_refusal_of(&files, ERR_INPUT, "there are no rules");
	add(&files, "words.txt", "a\n");
	expect_refusal_of(&files, ERR_INPUT, "there are no rules");
}

static void names_that_could_deceive_the_digest_are_refused(void **state)
{
	static const char *const bad[] = {"", "a", "a.yml", ".yaml", "A.yaml", "a b.yaml", "../a.yaml", "-a.yaml", "_a.txt",
	                                  "a\n0 b.yaml", "机密.txt", "a.yaml.bak",
	                                  "a123456789b123456789c123456789d123456789e123456789f123456789.yaml"};
	struct rule_files files = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		char *why = mem_format("%s: not the name of a pack (*.yaml) or a keyword file (*.txt)", bad[i]);

		add(&files, bad[i], good_pack);
		expect_refusal_of(&files, ERR_INPUT, why);
		free(why);
	}
	add(&files, "a.yaml", good_pack);
	add(&files, "a.yaml", good_pack);
	expect_refusal_of(&files, ERR_INPUT, "a.yaml: two files of that name");
}

static void more_than_anybody_reads_is_refused(void **state)
{
	struct rule_files files = {0};
	char *big = mem_alloc(1024 * 1024 + 2, 1);
	char *name;

	(void)state;
	memset(big, ' ', 1024 * 1024 + 1);
	add(&files, "big.yaml", big);
	expect_refusal_of(&files, ERR_LIMIT, "big.yaml: larger than 1048576 bytes");
	free(big);
	for (int i = 0; i < 65; i++) {
		name = mem_format("p%02d.yaml", i);
		add(&files, name, good_pack);
		free(name);
	}
	expect_refusal_of(&files, ERR_LIMIT, "more than 64 files of rules");
}

/* The digest of a ruleset of two files, in this order of adding. */
static void digest_of(const char *first, const char *first_text, const char *second, const char *second_text, struct digest *out)
{
	struct rule_files files = {0};
	struct ruleset *set;

	add(&files, first, first_text);
	add(&files, second, second_text);
	set = load(&files);
	*out = set->digest;
	ruleset_free(set);
}

static void the_digest_names_every_byte_and_every_name(void **state)
{
	/* computed with another program, from the formula in the door */
	static const char expected[] = "0a7788384d55304375043e19bf7874c9f86c5f4e7432237173ec31e5fed2283c";
	struct digest one, same, byte, name, comment;
	char hex[DIGEST_HEX_SIZE];
	char *renamed = text_with(words_pack, "words.txt", "wordt.txt");
	char *commented = mem_format("%s#\n", words_pack);

	(void)state;
	digest_of("words.yaml", words_pack, "words.txt", "a\n", &one);
	digest_of("words.txt", "a\n", "words.yaml", words_pack, &same);
	digest_of("words.yaml", words_pack, "words.txt", "b\n", &byte);
	digest_of("words.yaml", words_pack, "words.txt", "a\n#\n", &comment);
	assert_string_equal(digest_to_hex(&one, hex), expected);
	assert_true(digest_equal(&one, &same));
	assert_false(digest_equal(&one, &byte));
	assert_false(digest_equal(&one, &comment));
	digest_of("words.yaml", renamed, "wordt.txt", "a\n", &name);
	assert_false(digest_equal(&one, &name));
	digest_of("wordz.yaml", words_pack, "words.txt", "a\n", &name);
	assert_false(digest_equal(&one, &name));
	digest_of("words.yaml", commented, "words.txt", "a\n", &comment);
	assert_false(digest_equal(&one, &comment));
	free(renamed);
	free(commented);
}

static void rules_come_in_order_of_their_files(void **state)
{
	struct rule_files files = {0};
	char *two = text_with(good_pack, "id: one", "id: two");
	struct ruleset *set;

	(void)state;
	add(&files, "b.yaml", good_pack);
	add(&files, "a-2.yaml", two);
	set = load(&files);
	assert_string_equal(set->rules[0].id, "two");
	assert_string_equal(set->rules[1].id, "one");
	assert_string_equal(set->rules[0].file, "a-2.yaml");
	ruleset_free(set);
	free(two);
}

/* A directory to read packs from, and what is in it. */
static char dir[] = "/tmp/rules-files-XXXXXX";

static int make_dir(void **state)
{
	(void)state;
	memcpy(strrchr(dir, '-') + 1, "XXXXXX", 6);
	return mkdtemp(dir) != NULL ? 0 : -1;
}

static void write_file(const char *name, const char *text)
{
	char *path = fs_join(dir, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	free(path);
}

static void remove_file(const char *name)
{
	char *path = fs_join(dir, name);

	assert_int_equal(remove(path), 0);
	free(path);
}

static int remove_dir(void **state)
{
	(void)state;
	return rmdir(dir);
}

/* Refused with this, the directory's own name left out. */
static void expect_dir_refusal(enum err_kind kind, const char *why)
{
	struct rule_files files = {0};
	struct err err = {0};

	if (rule_files_read_dir(dir, &files, &err))
		fail_msg("accepted, expected '%s'", why);
	assert_int_equal(files.count, 0);
	if (err.kind != kind || strncmp(err.why, dir, strlen(dir)) != 0 || strcmp(err.why + strlen(dir), why) != 0)
		fail_msg("'%s' (%d), expected '%s'", err.why, (int)err.kind, why);
}

static void a_directory_holds_packs_and_lists_only(void **state)
{
	static const char other[] = ": README.md: not the name of a pack (*.yaml) or a keyword file (*.txt)";
	char *path = fs_join(dir, "x.yaml");

	(void)state;
	write_file("README.md", "no\n");
	expect_dir_refusal(ERR_INPUT, other);
	remove_file("README.md");
	write_file(".a.yaml.swp", "no\n");
	expect_dir_refusal(ERR_INPUT, ": .a.yaml.swp: not the name of a pack (*.yaml) or a keyword file (*.txt)");
	remove_file(".a.yaml.swp");
	assert_int_equal(symlink("/etc/hostname", path), 0);
	expect_dir_refusal(ERR_INPUT, "/x.yaml: a symbolic link");
	remove_file("x.yaml");
	assert_int_equal(mkfifo(path, 0600), 0); /* must not wait for a writer */
	expect_dir_refusal(ERR_INPUT, "/x.yaml: not a regular file");
	remove_file("x.yaml");
	assert_int_equal(mkdir(path, 0700), 0);
	expect_dir_refusal(ERR_INPUT, "/x.yaml: not a regular file");
	remove_file("x.yaml");
	free(path);
}

static void a_directory_that_is_not_there_is_told_apart(void **state)
{
	struct rule_files files = {0};
	struct err err = {0};

	(void)state;
	assert_false(rule_files_read_dir("/nonexistent/rules", &files, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(files.count, 0);
}

static void a_pack_too_large_is_not_read(void **state)
{
	char *path = fs_join(dir, "x.yaml");

	(void)state;
	write_file("x.yaml", "");
	assert_int_equal(truncate(path, 1024 * 1024 + 1), 0);
	free(path);
	{
		struct rule_files files = {0};
		struct err err = {0};

		assert_false(rule_files_read_dir(dir, &files, &err));
		assert_int_equal(err.kind, ERR_LIMIT);
	}
	remove_file("x.yaml");
}

static void more_files_than_anybody_reads_are_refused(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < 65; i++) {
		(void)snprintf(name, sizeof(name), "p%02d.txt", i);
		write_file(name, "a\n");
	}
	expect_dir_refusal(ERR_LIMIT, ": more than 64 files");
	for (int i = 0; i < 65; i++) {
		(void)snprintf(name, sizeof(name), "p%02d.txt", i);
		remove_file(name);
	}
}

static void a_directory_and_the_same_bytes_are_one_ruleset(void **state)
{
	struct rule_files files = {0};
	struct err err = {0};
	struct digest expected;
	struct ruleset *set;

	(void)state;
	digest_of("words.yaml", words_pack, "words.txt", "a\n", &expected);
	write_file("words.txt", "a\n");
	write_file("words.yaml", words_pack);
	assert_true(rule_files_read_dir(dir, &files, &err));
	assert_int_equal(files.count, 2);
	assert_string_equal(files.items[0].name, "words.txt");
	set = load(&files);
	assert_true(digest_equal(&set->digest, &expected));
	assert_int_equal(set->files.count, 2);
	ruleset_free(set);
	remove_file("words.txt");
	remove_file("words.yaml");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_word_is_refused_at_its_line),
		cmocka_unit_test(a_list_has_an_end),
		cmocka_unit_test(words_are_taken_as_people_write_them),
		cmocka_unit_test(a_hundred_thousand_words_are_a_list),
		cmocka_unit_test(a_list_nobody_reads_is_refused),
		cmocka_unit_test(an_empty_ruleset_is_refused),
		cmocka_unit_test(names_that_could_deceive_the_digest_are_refused),
		cmocka_unit_test(more_than_anybody_reads_is_refused),
		cmocka_unit_test(the_digest_names_every_byte_and_every_name),
		cmocka_unit_test(rules_come_in_order_of_their_files),
		cmocka_unit_test(a_directory_that_is_not_there_is_told_apart),
		cmocka_unit_test_setup_teardown(a_directory_holds_packs_and_lists_only, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_pack_too_large_is_not_read, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(more_files_than_anybody_reads_are_refused, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_directory_and_the_same_bytes_are_one_ruleset, make_dir, remove_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
