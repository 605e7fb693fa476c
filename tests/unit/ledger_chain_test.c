/* ledger_chain_test.c - entries one behind the other: written, walked, and refused. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include <sys/wait.h>

static bool count(const struct entry *entry, void *context, struct err *err)
{
	uint32_t *seen = context;

	(void)err;
	assert_int_equal(entry->seq, ++*seen);
	assert_non_null(entry->key);
	return true;
}

static void entries_are_read_as_they_were_written(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = {0}, walked;
	struct err err = {0};

	(void)start_ledger(office);
	for (uint32_t i = 3; i < 50; i++) {
		struct draft draft;

		if (i == 3)
			must(ledger_walk(office->repo, NULL, NULL, NULL, &tip, &err), &err);
		record_draft(&draft, i % 2 == 0 ? "说明\n second line  " : "-");
		draft.time = 1795415400 - i; /* clocks differ; order does not come from them */
		must(append(office, &draft, &tip, &err), &err);
	}
	uint32_t seen = 0;
	must(ledger_walk(office->repo, NULL, count, &seen, &walked, &err), &err);
	assert_int_equal(seen, 50);
	assert_int_equal(walked.seq, 50);
	assert_true(digest_equal(&walked.id, &tip.id));
	assert_true(digest_equal(&walked.ledger, &tip.ledger));
	assert_true(object_id_equal(&walked.commit, &tip.commit));
}

/* Down from *seen. */
static bool count_back(const struct entry *entry, void *context, struct err *err)
{
	uint32_t *seen = context;

	assert_int_equal(entry->seq, (*seen)--);
	assert_string_equal(entry->person, "wang.wei");
	return entry->seq != 2 || err_set(err, ERR_DENIED, "far enough");
}

static void what_was_verified_is_looked_back_on(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	struct err err = {0}, stopped = {0}, other = {0};
	struct draft draft;
	uint32_t seen;

	for (int i = 0; i < 2; i++) {
		record_draft(&draft, "-");
		must(append(office, &draft, &tip, &err), &err);
	}
	assert_int_equal(tip.seq, 5);
	seen = 5;
	must(ledger_look_back(office->repo, &tip, 3, count_back, &seen, &err), &err);
	assert_int_equal(seen, 2);
	seen = 5;
	assert_false(ledger_look_back(office->repo, &tip, 1, count_back, &seen, &stopped));
	assert_int_equal(stopped.kind, ERR_DENIED);
	tip.id.byte[0] ^= 1; /* it was another one that was verified */
	seen = 5;
	assert_false(ledger_look_back(office->repo, &tip, 1, count_back, &seen, &other));
	assert_int_equal(other.kind, ERR_MISMATCH);
	assert_int_equal(seen, 5);
}

static bool look_at_genesis(const struct entry *e, void *context, struct err *err)
{
	const struct entry_body *body;

	(void)context;
	(void)err;
	if (e->seq != 1)
		return true;
	assert_int_equal(e->type, ENTRY_GENESIS);
	assert_string_equal(e->person, "wang.wei");
	assert_int_equal(e->time, 1795415400);
	assert_string_equal(entry_get(e, "office"), "区商务局");
	assert_string_equal(entry_get(e, "note"), "");
	assert_null(entry_get(e, "case"));
	assert_int_equal(e->body_count, 3);
	assert_string_equal(e->lines[2].key, "pack"); /* sorted by name, whatever the draft's order */
	assert_string_equal(e->bodies[1].name, "a.yaml");
	assert_string_equal(e->bodies[2].name, "b.yaml");
	body = entry_get_body(e, "policy-body");
	assert_non_null(body);
	assert_int_equal(body->len, strlen(POLICY));
	assert_memory_equal(body->bytes, POLICY, body->len);
	assert_true(digest_is_zero(&e->ledger));
	return true;
}

static void bodies_come_back_with_their_entry(void **state)
{
	struct office *office = *state;
	struct err err = {0};

	(void)start_ledger(office);
	must(ledger_walk(office->repo, NULL, look_at_genesis, NULL, NULL, &err), &err);
}

static void no_ledger_is_not_an_empty_one(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip;
	struct err err = {0};

	assert_false(ledger_walk(office->repo, NULL, NULL, NULL, &tip, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(err.hint, "review init"));
}

static void a_ledger_begins_once(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office), none = {0};
	struct object_id before = ledger_ref(office), after;
	struct draft draft;
	struct err err = {0};

	genesis_draft(&draft);
	assert_false(append(office, &draft, &none, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	genesis_draft(&draft);
	err = (struct err){0};
	assert_false(append(office, &draft, &tip, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	record_draft(&draft, "");
	err = (struct err){0};
	assert_false(append(office, &draft, &none, &err));
	assert_int_equal(none.seq, 0);
	after = ledger_ref(office);
	assert_true(object_id_equal(&before, &after));
}

static void who_comes_second_changes_nothing(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office), stale = tip, walked;
	struct draft draft;
	struct err err = {0};

	record_draft(&draft, "first");
	must(append(office, &draft, &tip, &err), &err);
	record_draft(&draft, "second");
	assert_false(append(office, &draft, &stale, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(stale.seq, 3);
	err = (struct err){0};
	must(ledger_walk(office->repo, NULL, NULL, NULL, &walked, &err), &err);
	assert_true(digest_equal(&walked.id, &tip.id));
}

static bool refuse(const struct entry *entry, void *context, struct err *err)
{
	*(uint32_t *)context = entry->seq;
	return err_set(err, ERR_DENIED, "not on a Sunday");
}

static void what_the_caller_forbids_is_not_appended(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	struct object_id after;
	struct draft draft;
	struct err err = {0};
	uint32_t shown = 0;

	record_draft(&draft, "");
	assert_false(ledger_append(office->repo, &tip, &draft, office->wang, refuse, &shown, NULL, &err));
	draft_release(&draft);
	assert_int_equal(shown, 4);
	assert_int_equal(err.kind, ERR_DENIED);
	after = ledger_ref(office);
	assert_true(object_id_equal(&after, &tip.commit));
}

static void a_visitor_stops_the_walk(void **state)
{
	struct office *office = *state;
	uint32_t shown = 0;
	struct err err = {0};

	(void)start_ledger(office);
	assert_false(ledger_walk(office->repo, NULL, refuse, &shown, NULL, &err));
	assert_int_equal(shown, 1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_memory_equal(err.why, "ledger entry 1 (", 16);
	assert_non_null(strstr(err.why, "): not on a Sunday"));
}

static void a_draft_that_is_no_entry_is_refused(void **state)
{
	static const struct {
		const char *what, *key, *value;
	} lines[] = {
		{"an unknown line", "extra", "x"},
		{"a line twice", "note", "again"},
		{"a line of another type", "opinion", "fine"},
	};
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	struct object_id after;
	struct draft draft;
	struct err err;

	for (size_t i = 0; i < COUNT(lines); i++) {
		err = (struct err){0};
		record_draft(&draft, "");
		draft_add(&draft, lines[i].key, lines[i].value);
		if (append(office, &draft, &tip, &err) || err.kind != ERR_INPUT)
			fail_msg("%s: %d %s", lines[i].what, (int)err.kind, err.why);
	}
	err = (struct err){0};
	start_draft(&draft, ENTRY_FILE_RECORD);
	assert_false(append(office, &draft, &tip, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	err = (struct err){0};
	start_draft(&draft, ENTRY_NONE);
	assert_false(append(office, &draft, &tip, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	after = ledger_ref(office);
	assert_true(object_id_equal(&after, &tip.commit));
}

static void a_draft_with_a_bad_value_is_refused(void **state)
{
	static const struct {
		const char *key, *value;
	} lines[] = {
		{"case", "2026 0001"}, {"case", ""}, {"case", "a\nround: 1"}, {"round", "0"}, {"round", "01"}, {"round", "1\n"},
		{"submit", ""}, {"submit", D1 "\nregister: x"}, {"register", ""}, {"register", "\xFF"}, {"note", "\xED\xA0\x80"},
	};
	static const char *const people[] = {"", "Wang", "wang wei", "wang\nkey: x", "wang.wei <x@y> 1 +0000\nx"};
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	struct draft draft;
	struct err err;

	for (size_t i = 0; i < COUNT(lines); i++) {
		err = (struct err){0};
		record_draft(&draft, "");
		for (size_t k = 0; k < draft.line_count; k++)
			if (strcmp(draft.lines[k].key, lines[i].key) == 0) {
				free(draft.lines[k].value);
				draft.lines[k].value = mem_copy_string(lines[i].value);
			}
		if (append(office, &draft, &tip, &err) || err.kind != ERR_INPUT)
			fail_msg("%s: '%s': %d %s", lines[i].key, lines[i].value, (int)err.kind, err.why);
	}
	for (size_t i = 0; i < COUNT(people); i++) {
		err = (struct err){0};
		record_draft(&draft, "");
		draft.person = people[i];
		if (append(office, &draft, &tip, &err) || err.kind != ERR_INPUT)
			fail_msg("person '%s': %d %s", people[i], (int)err.kind, err.why);
	}
}

static void descent_is_told_apart(void **state)
{
	struct office *office = *state;
	struct ledger_tip first = {0}, tip;
	struct draft draft;
	struct err err = {0};
	bool within = false;

	genesis_draft(&draft);
	must(append(office, &draft, &first, &err), &err);
	tip = first;
	propose_draft(&draft, 2);
	must(append(office, &draft, &tip, &err), &err);
	must(ledger_descends(office->repo, &tip.commit, &first.commit, &within, &err), &err);
	assert_true(within);
	must(ledger_descends(office->repo, &tip.commit, &tip.commit, &within, &err), &err);
	assert_true(within);
	must(ledger_descends(office->repo, &first.commit, &tip.commit, &within, &err), &err);
	assert_false(within);
}

enum { WRITERS = 4, ENTRIES = 12 };

/* One of several people at once: look, write, and on a conflict look again. */
static int write_some(const char *where, struct signer *signer, const char *name)
{
	struct repo *repo = NULL;
	struct err err = {0};
	int written = 0;

	if (!repo_open(where, &repo, &err))
		return 1;
	for (int tries = 0; written < ENTRIES && tries < 10000; tries++) {
		struct ledger_tip tip;
		struct draft draft;

		err = (struct err){0};
		if (!ledger_walk(repo, NULL, NULL, NULL, &tip, &err))
			return 2;
		record_draft(&draft, name);
		if (ledger_append(repo, &tip, &draft, signer, NULL, NULL, NULL, &err))
			written++;
		else if (err.kind != ERR_CONFLICT)
			return 3;
		draft_release(&draft);
	}
	repo_free(repo);
	return written == ENTRIES ? 0 : 4;
}

static bool tally(const struct entry *entry, void *context, struct err *err)
{
	int *counts = context;
	const char *note = entry_get(entry, "note");

	(void)err;
	if (note != NULL && note[0] == 'w')
		counts[note[1] - '0']++;
	return true;
}

static void nothing_is_lost_when_several_write_at_once(void **state)
{
	struct office *office = *state;
	char *where = fs_join(office->dir, "repo");
	int counts[WRITERS] = {0};
	struct ledger_tip tip;
	struct err err = {0};

	(void)start_ledger(office);
	for (int i = 0; i < WRITERS; i++) {
		const char name[] = {'w', (char)('0' + i), '\0'};
		const pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0)
			_exit(write_some(where, office->wang, name));
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = -1;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	must(ledger_walk(office->repo, NULL, tally, counts, &tip, &err), &err);
	assert_int_equal(tip.seq, 3 + WRITERS * ENTRIES);
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(counts[i], ENTRIES);
	free(where);
}

#define ON_NEW_LEDGER(test) cmocka_unit_test_setup(test, no_ledger)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_NEW_LEDGER(no_ledger_is_not_an_empty_one),
		ON_NEW_LEDGER(entries_are_read_as_they_were_written),
		ON_NEW_LEDGER(what_was_verified_is_looked_back_on),
		ON_NEW_LEDGER(bodies_come_back_with_their_entry),
		ON_NEW_LEDGER(a_ledger_begins_once),
		ON_NEW_LEDGER(who_comes_second_changes_nothing),
		ON_NEW_LEDGER(what_the_caller_forbids_is_not_appended),
		ON_NEW_LEDGER(a_visitor_stops_the_walk),
		ON_NEW_LEDGER(a_draft_that_is_no_entry_is_refused),
		ON_NEW_LEDGER(a_draft_with_a_bad_value_is_refused),
		ON_NEW_LEDGER(descent_is_told_apart),
		ON_NEW_LEDGER(nothing_is_lost_when_several_write_at_once),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
