/* ledger_attack_test.c - a ledger attacked by somebody who can sign.
 *
 * A good key is what an insider has: order, place and attachments have to hold against it, and
 * against somebody with a shell on the server. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "../../src/ledger/commit.h"

/* A file-record entry by hand: everything that binds it to its place is a parameter. */
struct place {
	const char *tree, *type;
	const struct object_id *parent;
	uint32_t seq, policy;
	struct digest ledger, prev;
};

static void write_at(struct office *office, const struct place *p, const char *own, struct buf *raw)
{
	static const char who[] = "wang.wei <wang.wei@review.invalid> 1795415400 +0000";
	char parent[OBJECT_HEX_SIZE], ledger[DIGEST_HEX_SIZE], prev[DIGEST_HEX_SIZE];
	struct buf payload = {0};

	buf_addf(&payload, "tree %s\n", p->tree);
	if (p->parent != NULL)
		buf_addf(&payload, "parent %s\n", object_id_to_hex(p->parent, parent));
	buf_addf(&payload, "author %s\ncommitter %s\n\nreview-ledger v1\nledger: %s\nseq: %u\nprev: %s\n", who, who,
	         digest_to_hex(&p->ledger, ledger), (unsigned)p->seq, digest_to_hex(&p->prev, prev));
	buf_addf(&payload, "time: 2026-11-23T06:30:00Z\ntype: %s\npolicy: %u\nrules: " D3 "\nperson: wang.wei\nkey: %s\n"
	                   "%send: review-ledger v1\n",
	         p->type, (unsigned)p->policy, key_of(office->wang), own);
	seal_payload(office->wang, &payload, raw);
	buf_release(&payload);
}

#define RECORD "case: 2026-0001\nround: 1\nsubmit: " D1 "\nregister: 7\nnote: -\n"
#define PROPOSE "number: 2\npolicy-body: %s %zu\nnote: -\n"

static struct place place_behind(const struct ledger_tip *tip)
{
	return (struct place){.tree = EMPTY_TREE, .type = "file-record", .parent = &tip->commit, .seq = tip->seq + 1, .policy = 1,
	                      .ledger = tip->ledger, .prev = tip->id};
}

/* Walk from this object as if a push had brought it. */
static bool walk_from(struct office *office, const struct buf *raw, struct err *err)
{
	struct object_id commit;
	struct ledger_tip tip;
	struct err why = {0};

	must(object_write(office->repo, OBJECT_COMMIT, raw->data, raw->len, &commit, &why), &why);
	return ledger_walk(office->repo, &commit, NULL, NULL, &tip, err);
}

static void expect_broken(struct office *office, const struct place *p, const char *own, const char *what,
                          const char *why)
{
	struct buf raw = {0};
	struct err err = {0};

	write_at(office, p, own, &raw);
	if (walk_from(office, &raw, &err))
		fail_msg("%s: accepted", what);
	if (err.kind != ERR_MISMATCH && err.kind != ERR_INPUT)
		fail_msg("%s: %d, %s", what, (int)err.kind, err.why);
	if (strncmp(err.why, "ledger entry ", 13) != 0)
		fail_msg("%s: '%s' does not say where", what, err.why);
	if (strstr(err.why, why) == NULL)
		fail_msg("%s: '%s' is not '%s'", what, err.why, why);
	buf_release(&raw);
}

static void an_entry_has_one_place(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct place p = place_behind(&tip);
	struct buf raw = {0};
	struct err err = {0};

	write_at(office, &p, RECORD, &raw);
	must(walk_from(office, &raw, &err), &err);
	buf_release(&raw);
	p.seq = 3;
	expect_broken(office, &p, RECORD, "a number twice", "its number is 3, not 4");
	p.seq = 5;
	expect_broken(office, &p, RECORD, "a number left out", "its number is 5, not 4");
	p = place_behind(&tip);
	p.prev.byte[0] ^= 1;
	expect_broken(office, &p, RECORD, "another entry before", "does not follow");
	p = place_behind(&tip);
	p.ledger.byte[31] ^= 1;
	expect_broken(office, &p, RECORD, "another ledger", "another ledger");
	p.ledger = (struct digest){{0}};
	expect_broken(office, &p, RECORD, "no ledger", "another ledger");
	p = place_behind(&tip);
	p.parent = NULL;
	expect_broken(office, &p, RECORD, "no parent", "not the beginning");
}

#define GENESIS "office: x\npolicy-body: " EMPTY_BODY " 0\npack: " EMPTY_BODY " 0 a\nnote: -\n"
#define EMPTY_BODY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void only_a_genesis_has_no_past(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct place p = place_behind(&tip);

	p.type = "genesis";
	expect_broken(office, &p, GENESIS, "a second genesis", "begins only once");
	p = (struct place){.tree = EMPTY_TREE, .type = "file-record", .seq = 1, .policy = 1};
	expect_broken(office, &p, RECORD, "another type first", "not the beginning");
	p = (struct place){.tree = EMPTY_TREE, .type = "genesis", .seq = 2, .policy = 1};
	expect_broken(office, &p, GENESIS, "a genesis of another number", "not the beginning");
	p = (struct place){.tree = EMPTY_TREE, .type = "genesis", .seq = 1, .policy = 1, .ledger = tip.ledger};
	expect_broken(office, &p, GENESIS, "a genesis of another ledger", "not the beginning");
	p = (struct place){.tree = EMPTY_TREE, .type = "genesis", .seq = 1, .policy = 1, .prev = tip.id};
	expect_broken(office, &p, GENESIS, "a genesis behind something", "not the beginning");
	p = (struct place){.tree = EMPTY_TREE, .type = "genesis", .seq = 1, .policy = 2};
	expect_broken(office, &p, GENESIS, "a genesis under another policy", "not the beginning");
}

static struct object_id write_tree(struct office *office, const char *records[], size_t n, const struct object_id *blob)
{
	struct buf raw = {0};
	struct object_id id;
	struct err err = {0};

	for (size_t i = 0; i < n; i++) {
		buf_add_string(&raw, records[i]);
		buf_add_byte(&raw, '\0');
		buf_add(&raw, blob->byte, sizeof(blob->byte));
	}
	must(object_write(office->repo, OBJECT_TREE, raw.data, raw.len, &id, &err), &err);
	buf_release(&raw);
	return id;
}

/* A policy-propose entry whose message binds POLICY, over a tree of these records. */
static bool walk_over_tree(struct office *office, const struct ledger_tip *tip, const char *records[], size_t n,
                           const struct object_id *blob, size_t size, struct err *err)
{
	struct place p = place_behind(tip);
	const struct object_id tree = n > 0 ? write_tree(office, records, n, blob) : (struct object_id){{0}};
	char hex[OBJECT_HEX_SIZE], digest[DIGEST_HEX_SIZE], own[256];
	struct digest d;
	struct buf raw = {0};
	bool ok;

	hash_bytes(POLICY, strlen(POLICY), &d);
	(void)snprintf(own, sizeof(own), PROPOSE, digest_to_hex(&d, digest), size);
	p.type = "policy-propose";
	p.tree = n > 0 ? object_id_to_hex(&tree, hex) : EMPTY_TREE;
	write_at(office, &p, own, &raw);
	ok = walk_from(office, &raw, err);
	buf_release(&raw);
	return ok;
}

static void the_tree_holds_exactly_what_was_signed(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct digest d;
	struct object_id blob, other;
	struct err err = {0};
	char hex[DIGEST_HEX_SIZE], good[80], *executable = NULL, *link = NULL, *upper = NULL;

	hash_bytes(POLICY, strlen(POLICY), &d);
	(void)snprintf(good, sizeof(good), "100644 %s", digest_to_hex(&d, hex));
	executable = mem_format("100755 %s", hex);
	link = mem_format("120000 %s", hex);
	upper = mem_format("100644 %s", hex);
	for (char *c = upper + 7; *c != '\0'; c++)
		*c = *c >= 'a' && *c <= 'f' ? (char)(*c - 32) : *c;
	must(object_write(office->repo, OBJECT_BLOB, POLICY, strlen(POLICY), &blob, &err), &err);
	must(object_write(office->repo, OBJECT_BLOB, "other", 5, &other, &err), &err);
	must(walk_over_tree(office, &tip, (const char *[]){good}, 1, &blob, strlen(POLICY), &err), &err);

	const struct {
		const char *what, *records[2];
		size_t count;
		const struct object_id *blob;
		size_t size;
	} bad[] = {
		{"no body", {NULL}, 0, &blob, strlen(POLICY)},
		{"another body", {good}, 1, &other, strlen(POLICY)},
		{"another size", {good}, 1, &blob, strlen(POLICY) + 1},
		{"another name", {"100644 policy.yaml"}, 1, &blob, strlen(POLICY)},
		{"a body more", {"100644 " ZEROS, good}, 2, &blob, strlen(POLICY)},
		{"a file more", {good, "100644 z"}, 2, &blob, strlen(POLICY)},
		{"a body twice", {good, good}, 2, &blob, strlen(POLICY)},
		{"an executable body", {executable}, 1, &blob, strlen(POLICY)},
		{"a link", {link}, 1, &blob, strlen(POLICY)},
		{"an upper-case name", {upper}, 1, &blob, strlen(POLICY)},
	};
	for (size_t i = 0; i < COUNT(bad); i++) {
		err = (struct err){0};
		if (walk_over_tree(office, &tip, (const char **)(uintptr_t)bad[i].records, bad[i].count, bad[i].blob,
		                   bad[i].size, &err))
			fail_msg("%s: accepted", bad[i].what);
		if (err.kind != ERR_MISMATCH && err.kind != ERR_INPUT)
			fail_msg("%s: %d, %s", bad[i].what, (int)err.kind, err.why);
	}
	free(executable);
	free(link);
	free(upper);
}

static void an_empty_folder_is_something_more(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct place p = place_behind(&tip);
	struct object_id empty, tree;
	struct err err = {0};
	char hex[OBJECT_HEX_SIZE];

	must(object_write(office->repo, OBJECT_TREE, "", 0, &empty, &err), &err);
	tree = write_tree(office, (const char *[]){"40000 folder"}, 1, &empty);
	p.tree = object_id_to_hex(&tree, hex);
	expect_broken(office, &p, RECORD, "an empty folder", "not a body");
	memset(tree.byte, 0x77, sizeof(tree.byte));
	p.tree = object_id_to_hex(&tree, hex);
	expect_broken(office, &p, RECORD, "a tree that is not there", "ledger entry 4 (");
}

/* Another history behind the same genesis, and one entry of it behind this tip. */
static void an_entry_of_another_history_does_not_fit(void **state)
{
	struct office *office = *state;
	struct ledger_tip ours = start_ledger(office), theirs = ours;
	struct draft draft;
	struct buf raw = {0};
	struct err err = {0};
	char old[OBJECT_HEX_SIZE], new[OBJECT_HEX_SIZE];

	record_draft(&draft, "ours");
	must(append(office, &draft, &ours, &err), &err);
	must(ref_swap(office->repo, LEDGER_REF, &ours.commit, &theirs.commit, "rewind", &err), &err);
	record_draft(&draft, "theirs");
	must(append(office, &draft, &theirs, &err), &err);
	record_draft(&draft, "one more");
	must(append(office, &draft, &theirs, &err), &err);
	must(object_read(office->repo, &theirs.commit, OBJECT_COMMIT, COMMIT_LIMIT, &raw, &err), &err);
	memcpy(old, raw.data + 46 + 7, 40);
	old[40] = '\0';
	swap_text(&raw, old, object_id_to_hex(&ours.commit, new)); /* grafted: the signature no longer fits */
	assert_false(walk_from(office, &raw, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	buf_release(&raw);
}

static void a_merge_is_not_an_entry(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct place p = place_behind(&tip);
	struct buf payload = {0}, raw = {0}, merged = {0};
	struct err err = {0};
	char hex[OBJECT_HEX_SIZE];
	const char *header;

	write_at(office, &p, RECORD, &raw);
	header = strstr(raw.data, "gpgsig ");
	assert_non_null(header);
	buf_add(&payload, raw.data, (size_t)(header - raw.data));
	buf_addf(&payload, "\n%s", strstr(raw.data, "review-ledger v1"));
	must(walk_from(office, &raw, &err), &err);
	(void)object_id_to_hex(&tip.commit, hex);
	swap_text(&payload, "author ", "parent ");
	swap_text(&payload, "parent wang.wei", "parent XX\nauthor wang.wei");
	swap_text(&payload, "XX", hex);
	seal_payload(office->wang, &payload, &merged);
	assert_false(walk_from(office, &merged, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	assert_non_null(strstr(err.why, "several parents"));
	buf_release(&payload);
	buf_release(&raw);
	buf_release(&merged);
}

static void a_piece_that_is_gone_is_not_no_ledger(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct object_id nowhere;
	struct place p = place_behind(&tip);
	struct ledger_tip out;
	struct err err = {0};

	memset(nowhere.byte, 0x66, sizeof(nowhere.byte));
	p.parent = &nowhere;
	expect_broken(office, &p, RECORD, "a parent that is not there", "before the last");
	assert_false(ledger_walk(office->repo, &nowhere, NULL, NULL, &out, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
}

/* What somebody with a shell on the server can do to the object files. */
static char *loose_path(struct office *office, const struct object_id *id)
{
	char hex[OBJECT_HEX_SIZE];

	(void)object_id_to_hex(id, hex);
	return mem_format("%s/repo/.git/objects/%.2s/%s", office->dir, hex, hex + 2);
}

static void replace_file(const char *path, const char *with)
{
	struct buf bytes = {0};
	struct err err = {0};

	must(fs_read_file(with, 1 << 20, &bytes, &err), &err);
	assert_int_equal(unlink(path), 0);
	must(fs_write_file(path, bytes.data, bytes.len, 0444, &err), &err);
	buf_release(&bytes);
}

static void swapped_object_files_are_noticed(void **state)
{
	struct office *office = *state;
	struct ledger_tip before = start_ledger(office), tip = before;
	struct repo *again = NULL;
	struct draft draft;
	struct err err = {0};
	char *mine, *other, *where;

	record_draft(&draft, "honest");
	must(append(office, &draft, &tip, &err), &err);
	mine = loose_path(office, &tip.commit);
	other = loose_path(office, &before.commit);
	replace_file(mine, other);
	where = fs_join(office->dir, "repo");
	must(repo_open(where, &again, &err), &err);
	assert_false(ledger_walk(again, NULL, NULL, NULL, NULL, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	repo_free(again);
	assert_int_equal(unlink(mine), 0); /* and gone altogether */
	err = (struct err){0};
	must(repo_open(where, &again, &err), &err);
	assert_false(ledger_walk(again, NULL, NULL, NULL, NULL, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	repo_free(again);
	free(mine);
	free(other);
	free(where);
}

/* Every byte of a middle entry, changed one at a time, the chain behind it made anew as git's names
 * change: the walk must fail each time. */
static void every_changed_byte_breaks_the_chain(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct buf raw = {0};
	struct err err = {0};

	must(object_read(office->repo, &tip.commit, OBJECT_COMMIT, COMMIT_LIMIT, &raw, &err), &err);
	for (size_t i = 0; i < raw.len; i++) {
		struct err why = {0};

		raw.data[i] = (char)(raw.data[i] ^ 0x01);
		if (walk_from(office, &raw, &why))
			fail_msg("byte %zu", i);
		raw.data[i] = (char)(raw.data[i] ^ 0x01);
	}
	buf_release(&raw);
}

#define ON_NEW_LEDGER(test) cmocka_unit_test_setup(test, no_ledger)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_NEW_LEDGER(an_entry_has_one_place),
		ON_NEW_LEDGER(only_a_genesis_has_no_past),
		ON_NEW_LEDGER(the_tree_holds_exactly_what_was_signed),
		ON_NEW_LEDGER(an_empty_folder_is_something_more),
		ON_NEW_LEDGER(an_entry_of_another_history_does_not_fit),
		ON_NEW_LEDGER(a_merge_is_not_an_entry),
		ON_NEW_LEDGER(a_piece_that_is_gone_is_not_no_ledger),
		ON_NEW_LEDGER(every_changed_byte_breaks_the_chain),
		ON_NEW_LEDGER(swapped_object_files_are_noticed),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
