/* repo_object_test.c - git, read as it is and not as it pretends to be. */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/object_id.h"
#include "repo/attributes.h"
#include "repo/change.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "repo/repo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char base[] = "/tmp/repo-XXXXXX";
static struct repo *repo;

/* git in the test's repository, with nobody's configuration. */
static int git(const char *fmt, ...) PRINTF_LIKE(1, 2);
static int git(const char *fmt, ...)
{
	char command[4096], rest[3000];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(rest, sizeof(rest), fmt, args);
	va_end(args);
	(void)snprintf(command, sizeof(command),
	               "cd %s/r && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 && g() { git -c user.name=t -c "
	               "user.email=t@x -c init.defaultBranch=main \"$@\"; }; %s", base, rest);
	return system(command);
}

static struct object_id id_of(const char *rev)
{
	struct object_id id = {{0}};
	struct buf text = {0};
	struct err err = {0};
	char *path = fs_join(base, "out");

	assert_int_equal(git("g rev-parse %s > ../out", rev), 0);
	assert_true(fs_read_file(path, 100, &text, &err));
	assert_true(object_id_from_hex(&id, text.data, 40));
	buf_release(&text);
	free(path);
	return id;
}

static struct object_id write_tree(const char *bytes, size_t len)
{
	struct object_id id;
	struct err err = {0};

	assert_true(object_write(repo, OBJECT_TREE, bytes, len, &id, &err));
	return id;
}

/* "<mode> <name>\0<20 bytes>" */
static void add_item(struct buf *tree, const char *mode, const char *name, const struct object_id *id)
{
	buf_add_string(tree, mode);
	buf_add_byte(tree, ' ');
	buf_add(tree, name, strlen(name) + 1);
	buf_add(tree, id->byte, sizeof(id->byte));
}

static void trees_no_honest_writer_makes_are_refused(void **state)
{
	static const char *const bad[][4] = {
		{"100644", "a", "100644", "a"},   {"100644", "b", "100644", "a"}, {"100644", "..", NULL, NULL},
		{"100644", ".", NULL, NULL},      {"100644", ".git", NULL, NULL}, {"100644", ".GIT", NULL, NULL},
		{"100644", "a/b", NULL, NULL},    {"100664", "a", NULL, NULL},    {"0100644", "a", NULL, NULL},
		{"040000", "a", NULL, NULL},      {"100644", "", NULL, NULL},     {"777", "a", NULL, NULL},
		{"100644", "a", "40000", "a"},
	};
	struct object_id blob;
	struct err err = {0};

	(void)state;
	assert_true(object_write(repo, OBJECT_BLOB, "x", 1, &blob, &err));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct buf bytes = {0};
		struct object_id tree;
		struct tree_files files = {0};
		struct err why = {0};

		add_item(&bytes, bad[i][0], bad[i][1], &blob);
		if (bad[i][2] != NULL)
			add_item(&bytes, bad[i][2], bad[i][3], &blob);
		tree = write_tree(bytes.data, bytes.len);
		if (tree_list(repo, &tree, 100, &files, &why))
			fail_msg("tree %zu is read", i);
		assert_true(why.kind == ERR_INPUT);
		buf_release(&bytes);
	}
	assert_false(tree_list(repo, &blob, 100, &(struct tree_files){0}, &err));
}

static void a_name_that_is_file_and_folder_is_refused(void **state)
{
	struct object_id blob, inner, tree;
	struct buf bytes = {0};
	struct tree_files files = {0};
	struct err err = {0};

	(void)state;
	assert_true(object_write(repo, OBJECT_BLOB, "x", 1, &blob, &err));
	add_item(&bytes, "100644", "x", &blob);
	inner = write_tree(bytes.data, bytes.len);
	buf_clear(&bytes);
	add_item(&bytes, "100644", "a", &blob);
	add_item(&bytes, "100644", "a-b", &blob);
	add_item(&bytes, "40000", "a", &inner);
	tree = write_tree(bytes.data, bytes.len);
	assert_false(tree_list(repo, &tree, 100, &files, &err));
	buf_release(&bytes);
}

static void a_tree_written_is_the_tree_read(void **state)
{
	struct object_id blob, tree;
	struct err err = {0};
	char paths[4][8] = {"a", "b/c", "b/d/e", "z"}, last[] = "zz";
	struct tree_file items[4];
	struct tree_files files = {items, 4}, back = {0};

	(void)state;
	assert_true(object_write(repo, OBJECT_BLOB, "x", 1, &blob, &err));
	for (size_t i = 0; i < 4; i++)
		items[i] = (struct tree_file){.path = paths[i], .mode = i == 2 ? MODE_EXECUTABLE : MODE_FILE, .id = blob};
	assert_true(tree_write(repo, &files, &tree, &err));
	assert_true(tree_list(repo, &tree, 4, &back, &err));
	assert_int_equal(back.count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(back.items[i].path, paths[i]);
	assert_int_equal(back.items[2].mode, MODE_EXECUTABLE);
	tree_files_release(&back);
	assert_false(tree_list(repo, &tree, 3, &back, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	err = (struct err){0};
	items[0].path = last;
	assert_false(tree_write(repo, &files, &tree, &err));
}

/* `levels` folders of this name in one another, and a file in the last. */
static struct object_id nested(int levels, const char *name)
{
	struct object_id id;
	struct buf bytes = {0};
	struct err err = {0};

	assert_true(object_write(repo, OBJECT_BLOB, "x", 1, &id, &err));
	add_item(&bytes, "100644", "x", &id);
	id = write_tree(bytes.data, bytes.len);
	for (int i = 0; i < levels; i++) {
		buf_clear(&bytes);
		add_item(&bytes, "40000", name, &id);
		id = write_tree(bytes.data, bytes.len);
	}
	buf_release(&bytes);
	return id;
}

static void expect_limit(const struct object_id *tree, const char *why)
{
	struct tree_files files = {0};
	struct err err = {0};

	if (why == NULL) {
		assert_true(tree_list(repo, tree, 1000000, &files, &err));
		tree_files_release(&files);
		return;
	}
	assert_false(tree_list(repo, tree, 1000000, &files, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(err.why, why);
}

/* What is read, and what is not any more; of folders, tests/attacks/tree-bomb.sh. */
static void trees_have_their_limits(void **state)
{
	char name[257] = {0};
	struct object_id tree;

	(void)state;
	tree = nested(63, "d");
	expect_limit(&tree, NULL);
	tree = nested(64, "d");
	expect_limit(&tree, "a tree is too deep");
	memset(name, 'n', 255);
	tree = nested(15, name); /* 15 * 256 + 1 bytes */
	expect_limit(&tree, NULL);
	tree = nested(16, name); /* 4097 */
	expect_limit(&tree, "the paths in a tree are too long");
}

/* Half a gigabyte of paths is minutes under sanitizers. */
static void skip_under_sanitizers(void)
{
#if defined(__SANITIZE_ADDRESS__)
	skip();
#endif
}

/* `count` items of one mode, named by their numbers and filled up to `len` bytes. */
static void add_numbered(struct buf *tree, const char *mode, int count, int len, const struct object_id *id)
{
	char *name = mem_alloc((size_t)len + 1, 1);

	for (int i = 0; i < count; i++) {
		(void)snprintf(name, (size_t)len + 1, "%s%0*d", mode[0] == '4' ? "a" : "b", len - 1, i);
		add_item(tree, mode, name, id);
	}
	free(name);
}

/* Each path is short enough, no folder is deep and none is too many: it is what they are together. */
static void all_paths_together_have_a_limit(void **state)
{
	char name[256] = {0};
	struct buf bytes = {0};
	struct object_id blob, empty, tree;
	struct err err = {0};

	(void)state;
	skip_under_sanitizers();
	memset(name, 'n', 255);
	assert_true(object_write(repo, OBJECT_BLOB, "x", 1, &blob, &err));
	empty = write_tree("", 0);
	add_numbered(&bytes, "40000", 99000, 250, &empty);
	add_numbered(&bytes, "100644", 33000, 250, &blob);
	tree = write_tree(bytes.data, bytes.len);
	expect_limit(&tree, NULL);
	for (int i = 0; i < 15; i++) { /* 15 * 256 bytes before each */
		buf_clear(&bytes);
		add_item(&bytes, "40000", name, &tree);
		tree = write_tree(bytes.data, bytes.len);
	}
	expect_limit(&tree, "the paths in a tree are too long");
	buf_release(&bytes);
}

/* 64 MiB of one folder are not read into memory. */
static void a_folder_larger_than_anybody_has_is_not_read(void **state)
{
	char hex[OBJECT_HEX_SIZE], why[128], name[4097] = {0};
	struct buf bytes = {0};
	struct object_id blob, tree;
	struct err err = {0};

	(void)state;
	skip_under_sanitizers();
	assert_true(object_write(repo, OBJECT_BLOB, "x", 1, &blob, &err));
	add_numbered(&bytes, "100644", 16272, 4096, &blob);
	assert_true(bytes.len <= 64U << 20 && bytes.len + 4124 > 64U << 20);
	tree = write_tree(bytes.data, bytes.len);
	expect_limit(&tree, NULL);
	memset(name, 'c', 4096);
	add_item(&bytes, "100644", name, &blob);
	tree = write_tree(bytes.data, bytes.len);
	(void)snprintf(why, sizeof(why), "git object %s has %zu bytes, more than %zu", object_id_to_hex(&tree, hex), bytes.len,
	               (size_t)64 << 20);
	expect_limit(&tree, why);
	buf_release(&bytes);
}

static void objects_are_of_the_type_and_size_asked_for(void **state)
{
	struct object_id blob, none = {{1}};
	struct buf out = {0};
	struct err err = {0};

	(void)state;
	assert_true(object_write(repo, OBJECT_BLOB, "12345", 5, &blob, &err));
	assert_false(object_read(repo, &blob, OBJECT_COMMIT, 100, &out, &err));
	err = (struct err){0};
	assert_false(object_read(repo, &blob, OBJECT_BLOB, 4, &out, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	err = (struct err){0};
	assert_false(object_read(repo, &none, OBJECT_BLOB, 4, &out, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(out.len, 0);
	err = (struct err){0};
	assert_true(object_read(repo, &blob, OBJECT_BLOB, 5, &out, &err));
	assert_string_equal(out.data, "12345");
	buf_release(&out);
}

static void a_reference_moves_only_from_where_it_was(void **state)
{
	const struct object_id first = id_of("main"), second = id_of("main~1");
	struct object_id now;
	struct err err = {0};

	(void)state;
	assert_true(ref_swap(repo, "refs/heads/x", NULL, &first, "t", &err));
	assert_false(ref_swap(repo, "refs/heads/x", NULL, &second, "t", &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	err = (struct err){0};
	assert_false(ref_swap(repo, "refs/heads/x", &second, &first, "t", &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	err = (struct err){0};
	assert_true(ref_swap(repo, "refs/heads/x", &first, &second, "t", &err));
	assert_true(ref_read(repo, "refs/heads/x", &now, &err) && object_id_equal(&now, &second));
	assert_true(ref_delete(repo, "refs/heads/x", &err));
	assert_false(ref_read(repo, "refs/heads/x", &now, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
}

static void replacements_are_not_followed_and_swapped_objects_refused(void **state)
{
	const struct object_id good = id_of("main:a"), other = id_of("main:b");
	char good_hex[OBJECT_HEX_SIZE], other_hex[OBJECT_HEX_SIZE];
	struct buf out = {0};
	struct err err = {0};
	struct repo *again = NULL;
	char *dir = fs_join(base, "r");

	(void)state;
	(void)object_id_to_hex(&good, good_hex);
	(void)object_id_to_hex(&other, other_hex);
	assert_int_equal(git("g replace %s %s", good_hex, other_hex), 0);
	assert_true(repo_open(dir, &again, &err));
	assert_true(object_read(again, &good, OBJECT_BLOB, 100, &out, &err));
	assert_string_equal(out.data, "one\n");
	repo_free(again);
	assert_int_equal(git("g replace -d %s >/dev/null", good_hex), 0);
	assert_int_equal(git("f=.git/objects/%.2s/%s; chmod u+w $f; cp $f ../keep; cp .git/objects/%.2s/%s $f", good_hex,
	                     good_hex + 2, other_hex, other_hex + 2), 0);
	buf_clear(&out);
	assert_true(repo_open(dir, &again, &err));
	assert_false(object_read(again, &good, OBJECT_BLOB, 100, &out, &err));
	assert_int_equal(out.len, 0);
	repo_free(again);
	assert_int_equal(git("cp ../keep .git/objects/%.2s/%s", good_hex, good_hex + 2), 0);
	buf_release(&out);
	free(dir);
}

static bool has_change(const struct changes *c, const char *path, bool deleted)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->items[i].path, path) == 0)
			return (c->items[i].mode == 0) == deleted;
	return false;
}

static void changes_are_what_would_be_committed(void **state)
{
	struct changes c = {0};
	struct err err = {0};
	struct repo *again = NULL;
	char *dir = fs_join(base, "r");
	struct object_id merge;

	(void)state;
	assert_int_equal(git("echo new > n && g add n && g rm -q --cached b && echo later > n"), 0);
	assert_true(repo_open(dir, &again, &err));
	assert_true(index_changes(again, &c, &err));
	assert_int_equal(c.count, 2);
	assert_true(has_change(&c, "n", false) && has_change(&c, "b", true));
	changes_release(&c);
	repo_free(again);
	assert_int_equal(git("g reset -q --hard && g checkout -q -b side main~1 && echo s > s && g add s && g commit -q -m s && "
	                     "g checkout -q main && g merge -q --no-commit side && echo evil > e && g add e && g commit -q -m m"), 0);
	merge = id_of("main");
	assert_true(repo_open(dir, &again, &err));
	assert_true(commit_changes(again, &merge, &c, &err));
	assert_int_equal(c.count, 1); /* only what no parent has */
	assert_true(has_change(&c, "e", false));
	changes_release(&c);
	repo_free(again);
	free(dir);
}

static bool count_commit(const struct object_id *commit, void *context, struct err *err)
{
	(void)commit;
	(void)err;
	++*(size_t *)context;
	return true;
}

static void new_commits_are_those_no_reference_has(void **state)
{
	static const char *const branches[] = {"refs/heads/*", "refs/tags/*"}, *const elsewhere[] = {"refs/remotes/none/*"};
	struct known_commits known = {.patterns = branches, .pattern_count = 2};
	struct object_id tip, ids[3];
	struct err err = {0};
	size_t count = 0;

	(void)state;
	assert_int_equal(git("g checkout -q --detach && g commit -q --allow-empty -m 1 && g commit -q --allow-empty -m 2 && "
	                     "git rev-parse HEAD > ../tip && g checkout -q main"), 0);
	tip = id_of("$(cat ../tip)");
	assert_true(new_commits(repo, &tip, 1, &known, 10, count_commit, &count, &err));
	assert_int_equal(count, 2);
	count = 0;
	assert_false(new_commits(repo, &tip, 1, &known, 1, count_commit, &count, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	/* by their ids alone: one that is not here, and none, make nothing known */
	memset(&ids[0], 0, sizeof(ids[0]));
	memset(&ids[1], 0x5A, sizeof(ids[1]));
	ids[2] = id_of("$(cat ../tip)~1");
	known = (struct known_commits){.patterns = elsewhere, .pattern_count = 1, .ids = ids, .id_count = 3};
	count = 0;
	err = (struct err){0};
	assert_true(new_commits(repo, &tip, 1, &known, 10, count_commit, &count, &err));
	assert_int_equal(count, 1);
	known = (struct known_commits){.patterns = branches, .pattern_count = 1};
	tip = id_of("main~1");
	count = 0;
	assert_true(new_commits(repo, &tip, 1, &known, 10, count_commit, &count, &err));
	assert_int_equal(count, 0);
}

static void odd_repositories_are_told_apart(void **state)
{
	struct repo *odd = NULL;
	struct err err = {0};
	struct object_id id;
	char *path = fs_join(base, "bare"), *shallow = fs_join(base, "shallow"), *none = fs_join(base, "none");

	(void)state;
	assert_true(repo_init(path, true, &odd, &err));
	assert_null(repo_work_dir(odd));
	assert_false(ref_read(odd, "HEAD", &id, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	repo_free(odd);
	err = (struct err){0};
	assert_int_equal(git("mkdir ../none; g clone -q --depth 1 \"file://$PWD\" ../shallow 2>/dev/null"), 0);
	assert_false(repo_open(shallow, &odd, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	err = (struct err){0};
	assert_false(repo_open("/nonexistent", &odd, &err));
	free(path);
	free(shallow);
	free(none);
}

static int start(void **state)
{
	struct err err = {0};
	char *dir;

	(void)state;
	(void)unsetenv("GIT_DIR");
	(void)unsetenv("GIT_INDEX_FILE");
	if (mkdtemp(base) == NULL)
		return -1;
	dir = fs_join(base, "r");
	if (!fs_make_dirs(dir, 0700, &err) || git("g init -q . && echo one > a && echo two > b && g add . && g commit -q -m 1 && "
	                                          "echo three > c && g add c && g commit -q -m 2") != 0 ||
	    !repo_open(dir, &repo, &err))
		return -1;
	free(dir);
	return 0;
}

static int stop(void **state)
{
	char *command = mem_format("rm -rf %s", base);
	const int status = system(command);

	(void)state;
	repo_free(repo);
	free(command);
	return status;
}

struct attributes_row {
	const char *path, *how;
};

static void expect_effects(const struct attributes *a, const struct attributes_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *how = attributes_effect(a, rows[i].path);

		if ((how == NULL) != (rows[i].how == NULL) || (how != NULL && strcmp(how, rows[i].how) != 0))
			fail_msg("%s: %s", rows[i].path, how != NULL ? how : "nothing");
		free(how);
	}
}

static void add_attributes(struct attributes *a, const char *path, const char *text)
{
	struct err err = {0};

	assert_true(attributes_add(a, path, text, strlen(text), &err));
}

/* Where all programs agree, so do we. */
static void attributes_that_alter(void **state)
{
	static const struct attributes_row rows[] = {
		{"f.crlf", "eol=crlf"}, {"in/b/f.crlf", "eol=crlf"}, {"in/plain.crlf", NULL}, {"in/b/f.id", "ident"},
		{"in/f.x", "filter=swap"}, {"f.utf8", NULL}, {"f.wide", "working-tree-encoding=UTF-16"}, {"f.md", NULL}, {"f.macro", "filter=lfs"},
		{"f.tar", "export-subst"}, {"in/q/f.crlf", NULL}, {"in/last", NULL}, {"last", "ident"}, {"in/b", "filter=b"},
		{"out/b/c", "ident"}, {"f.unset", "eol=crlf"},
	};
	struct attributes *a = attributes_new();

	(void)state;
	add_attributes(a, ".gitattributes", "*.crlf text eol=crlf\n*.x filter=swap\n[attr]big filter=lfs\n*.macro big\n# *.md ident\n\n"
	               "*.utf8 working-tree-encoding=UTF-8\n*.wide working-tree-encoding=UTF-16\n*.md text=auto\n*.tar export-subst\n"
	               "last ident\n/in/b filter=b\nout/ ident\n*.unset -text eol=crlf\n*.unset !text\n");
	add_attributes(a, "in/.gitattributes", "*.id ident\nplain.crlf -text\nq/** -text\nlast -ident");
	expect_effects(a, rows, sizeof(rows) / sizeof(rows[0]));
	attributes_free(a);
	attributes_free(NULL);
}

/* `alters` is what some program makes of it, `not` what another does. */
static void attributes_that_programs_read_differently(void **state)
{
	static const char *const alter[] = {
		"\"public/a.md\" ident", "\"*.m\\144\" ident", "\"a.md\"ident", "PUBLIC/** ident", "public/\\a.md ident", "!x ident",
		"public/[[:alpha:]].md ident", "**/a.md ident", "public/**/a.md ident", "publi?/a.md ident", "*.md\fident", "\xEF\xBB\xBF* ident",
		"* ident\npublic/** -ident bad$name", "* ident\npublic/** -ident builtin_objectmode", "* ident\npublic/** -ident --ident",
		"* ident\n\"public/**\" -ident", "* ident\n[attr]clean -ident\npublic/** clean", "* ident\npublic/** -ident\f-text", "* ident\nPublic/** -ident",
		"* ident\n!public/** -ident", "* ident\npublic/ -ident", "* ident\npublic/*.m[d] -ident", "[attr] m ident\n* m", "[attr]m ident\n* m -ident\n* m",
		"* ident\n* -ident\n* ident",
	};
	static const char *const not[] = {"* ident\npublic/** -ident", "* ident\n/public/** -ident", "* ident\n*.md -ident\r", "* ident\n* -ident x=y z !w",
	                                  "* ident\na.md -ident", "drafts/** ident", "*.MDX ident", "public/a.md/ ident", "[attr]m ident\n*.x m"};
	struct err err = {0};
	struct attributes *a;
	char *wide;

	(void)state;
	for (size_t i = 0; i < sizeof(alter) / sizeof(alter[0]) + sizeof(not) / sizeof(not[0]); i++) {
		const size_t k = i - sizeof(alter) / sizeof(alter[0]);
		const bool alters = i < sizeof(alter) / sizeof(alter[0]);
		char *how;

		a = attributes_new();
		add_attributes(a, ".gitattributes", alters ? alter[i] : not[k]);
		how = attributes_effect(a, "public/a.md");
		if ((how != NULL) != alters)
			fail_msg("%s: %s", alters ? alter[i] : not[k], how != NULL ? how : "nothing");
		free(how);
		attributes_free(a);
	}
	a = attributes_new();
	wide = mem_format("* ident\npublic/**%2100s-ident\n", "");
	add_attributes(a, ".gitattributes", wide);
	expect_effects(a, &(struct attributes_row){"public/a.md", "ident"}, 1);
	free(wide);
	attributes_free(a);
	a = attributes_new();
	assert_true(attributes_add(a, ".gitattributes", "* ident\n\0\n* -ident\n", 19, &err));
	expect_effects(a, &(struct attributes_row){"public/a.md", "ident"}, 1);
	wide = mem_alloc(1, 4001);
	for (size_t i = 0; i < 4000; i += 4)
		memcpy(wide + i, "* x\n", 4);
	assert_false(attributes_add(a, ".gitattributes", wide, 4000, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	free(wide);
	attributes_free(a);
}

/* In another spelling of the folder it is known to be in: it may alter, and takes nothing back. */
static void attributes_of_a_folder_spelled_otherwise(void **state)
{
	static const struct attributes_row rows[] = {{"site/public/a", "ident"}, {"site/public/b", "filter=x"}};
	struct attributes *a = attributes_new();

	(void)state;
	add_attributes(a, ".gitattributes", "a ident\n");
	add_attributes(a, "Site/.gitattributes", "* -ident\npublic/b filter=x\n");
	expect_effects(a, rows, 2);
	attributes_free(a);
}

/* libgit2 alone never ends reading one, and never writes it again. */
static void an_object_cut_short_is_refused_and_written_anew(void **state)
{
	static const char bytes[] = "some bytes of a document, and some more that are not the same again\n";
	struct object_id id, again;
	struct repo *later = NULL;
	struct buf out = {0};
	struct err err = {0};
	char hex[OBJECT_HEX_SIZE];

	(void)state;
	for (int left = 0; left < 40; left += 13) {
		assert_true(object_write(repo, OBJECT_BLOB, bytes, sizeof(bytes), &id, &err));
		(void)object_id_to_hex(&id, hex);
		assert_int_equal(git("f=.git/objects/%.2s/%s; chmod u+w $f && truncate -s %d $f", hex, hex + 2, left), 0);
		assert_false(object_read(repo, &id, OBJECT_BLOB, 1000, &out, &err));
		assert_non_null(strstr(err.told, "cut short"));
		err = (struct err){0};
		assert_true(object_write(repo, OBJECT_BLOB, bytes, sizeof(bytes), &again, &err));
		assert_true(object_id_equal(&id, &again));
		assert_true(object_read(repo, &id, OBJECT_BLOB, 1000, &out, &err));
		assert_int_equal(out.len, sizeof(bytes));
		buf_clear(&out);
	}
	assert_int_equal(git("f=.git/objects/%.2s/%s; echo %s | g pack-objects -q .git/objects/pack/pack >/dev/null && truncate -s 9 $f", hex,
	                     hex + 2, hex), 0);
	assert_true(repo_again(repo, &later, &err));
	assert_true(object_read(later, &id, OBJECT_BLOB, 1000, &out, &err)); /* a pack has it, too */
	repo_free(later);
	buf_release(&out);
}

/* Its size does not fit, or there is something behind it. */
static void an_object_that_says_another_size_is_refused(void **state)
{
	static const char *const wrong[] = {"b'blob 4\\0abc'", "b'blob 2\\0abc'", "b'blob 3x\\0abc'", "b'blob \\0abc'", "b'blob 18446744073709551619\\0abc'",
	                                    "b'pig 3\\0abc'", "b'blob'", "b''"};
	struct object_id id;
	struct buf out = {0};
	struct err err = {0};
	char hex[OBJECT_HEX_SIZE];

	(void)state;
	assert_true(object_write(repo, OBJECT_BLOB, "abc", 3, &id, &err));
	(void)object_id_to_hex(&id, hex);
	for (size_t i = 0; i <= sizeof(wrong) / sizeof(wrong[0]); i++) {
		const bool none = i == sizeof(wrong) / sizeof(wrong[0]);

		assert_int_equal(git("f=.git/objects/%.2s/%s; chmod u+w $f && python3 -c \"import sys, zlib; sys.stdout.buffer.write(zlib.compress(%s) + %s)\" >$f",
		                     hex, hex + 2, none ? "b'blob 3\\0abc'" : wrong[i], none ? "b'more'" : "b''"), 0);
		assert_false(object_read(repo, &id, OBJECT_BLOB, 1000, &out, &err));
		assert_non_null(strstr(err.told, "cut short or damaged"));
		err = (struct err){0};
	}
	assert_true(object_write(repo, OBJECT_BLOB, "abc", 3, &id, &err));
	assert_true(object_read(repo, &id, OBJECT_BLOB, 1000, &out, &err));
	buf_release(&out);
}

/* Lent by one who borrows it; and what another lent is not repaired. */
static void a_borrowed_object_cut_short_is_refused(void **state)
{
	struct object_id id;
	struct repo *borrower = NULL;
	struct buf out = {0};
	struct err err = {0};
	char hex[OBJECT_HEX_SIZE], *place = fs_join(base, "borrower");

	(void)state;
	assert_true(object_write(repo, OBJECT_BLOB, "lent bytes", 10, &id, &err));
	(void)object_id_to_hex(&id, hex);
	assert_int_equal(git("g init -q ../between && g init -q ../borrower && echo $PWD/.git/objects >../between/.git/objects/info/alternates && "
	                     "echo \"$(cd .. && pwd)/between/.git/objects\" >../borrower/.git/objects/info/alternates"), 0);
	assert_true(repo_open(place, &borrower, &err));
	assert_true(object_read(borrower, &id, OBJECT_BLOB, 1000, &out, &err));
	assert_int_equal(git("f=.git/objects/%.2s/%s; chmod u+w $f && truncate -s 12 $f", hex, hex + 2), 0);
	assert_false(object_read(borrower, &id, OBJECT_BLOB, 1000, &out, &err));
	assert_non_null(strstr(err.told, "cut short"));
	err = (struct err){0};
	assert_true(object_write(borrower, OBJECT_BLOB, "lent bytes", 10, &id, &err));
	assert_int_equal(git("test $(stat -c %%s .git/objects/%.2s/%s) = 12 && rm -f .git/objects/%.2s/%s", hex, hex + 2, hex, hex + 2), 0);
	repo_free(borrower);
	buf_release(&out);
	free(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees_no_honest_writer_makes_are_refused),
		cmocka_unit_test(a_name_that_is_file_and_folder_is_refused),
		cmocka_unit_test(a_tree_written_is_the_tree_read),
		cmocka_unit_test(trees_have_their_limits),
		cmocka_unit_test(all_paths_together_have_a_limit),
		cmocka_unit_test(a_folder_larger_than_anybody_has_is_not_read),
		cmocka_unit_test(objects_are_of_the_type_and_size_asked_for),
		cmocka_unit_test(a_reference_moves_only_from_where_it_was),
		cmocka_unit_test(replacements_are_not_followed_and_swapped_objects_refused),
		cmocka_unit_test(changes_are_what_would_be_committed),
		cmocka_unit_test(new_commits_are_those_no_reference_has),
		cmocka_unit_test(odd_repositories_are_told_apart),
		cmocka_unit_test(an_object_cut_short_is_refused_and_written_anew),
		cmocka_unit_test(an_object_that_says_another_size_is_refused),
		cmocka_unit_test(a_borrowed_object_cut_short_is_refused),
		cmocka_unit_test(attributes_that_alter),
		cmocka_unit_test(attributes_that_programs_read_differently),
		cmocka_unit_test(attributes_of_a_folder_spelled_otherwise),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
