/* ledger_checkpoint_test.c - where a ledger stood, where two part, and what may take whose place. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "ledger/checkpoint.h"
#include "ledger/documents.h"

static void a_checkpoint_says_what_the_ledger_is(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	const struct digest ids[] = {tip.ledger, tip.ledger, tip.id};
	struct buf note = {0};
	struct checkpoint c;
	struct err err = {0}, behind = {0}, fork = {0}, other = {0};
	size_t len;

	checkpoint_write(&tip, &note);
	buf_add_string(&note, "\n\xE2\x80\x94 x AAAA\n");
	must(checkpoint_read(note.data, note.len, &c, &len, &err), &err);
	assert_int_equal(c.seq, 3);
	must(checkpoint_agrees(&c, "vault", &tip.ledger, ids, 3, &err), &err);
	assert_false(checkpoint_agrees(&c, "vault", &tip.ledger, ids, 2, &behind));
	assert_non_null(strstr(behind.why, "is behind"));
	c.seq = 2;
	assert_false(checkpoint_agrees(&c, "vault", &tip.ledger, ids, 3, &fork));
	assert_non_null(strstr(fork.why, "is a fork"));
	assert_false(checkpoint_agrees(&c, "vault", &tip.id, ids, 3, &other));
	assert_non_null(strstr(other.why, "another ledger"));
	buf_release(&note);
}

/* Any other spelling, and anything more, is no checkpoint. */
static void a_checkpoint_has_one_spelling(void **state)
{
	static const char *const others[] = {
		"review-ledger/" D1 "\n03\nERERERERERERERERERERERERERERERERERERERERERE=\n\nx\n",
		"review-ledger/" D1 "\n0\nERERERERERERERERERERERERERERERERERERERERERE=\n\nx\n",
		"review-ledger/" D1 "\n99999999999\nERERERERERERERERERERERERERERERERERERERERERE=\n\nx\n",
		"review-ledger/" D1 "\n3\nERERERERERERERERERERERERERERERERERERERERERE\n\nx\n",
		"review-ledger/" D1 "\n3\nEREREREREREREREREREREREREREREREREREREREQ\n\nx\n",
		"review-ledger/" D1 "\n3\nERERERERERERERERERERERERERERERERERERERERERE=\nmore\n\nx\n",
		"review-ledger/" D1 " \n3\nERERERERERERERERERERERERERERERERERERERERERE=\n\nx\n",
		"review-ledger/111\n3\nERERERERERERERERERERERERERERERERERERERERERE=\n\nx\n",
		"review-ledger/" D1 "\n3\n\nx\n",
		"review-ledger/" D1 "\n3",
		"3\n\nx\n",
	};
	static const char good[] = "review-ledger/" D1 "\n3\nERERERERERERERERERERERERERERERERERERERERERE=\n\nx\n";
	struct checkpoint c;
	struct err err = {0};
	size_t len;

	(void)state;
	must(checkpoint_read(good, strlen(good), &c, &len, &err), &err);
	for (size_t i = 0; i < COUNT(others); i++) {
		struct err why = {0};

		if (checkpoint_read(others[i], strlen(others[i]), &c, &len, &why))
			fail_msg("checkpoint %zu is one", i);
	}
}

static void a_witness_keeps_the_newest_behind_those_before(void **state)
{
	struct office *office = *state;
	struct buf first = {0}, second = {0}, got = {0};
	struct object_id before, after;
	struct err err = {0}, none = {0}, name = {0};
	bool within = false;

	buf_add_string(&first, "one\n\nx\n");
	buf_add_string(&second, "two\n\nx\n");
	assert_false(witness_note_read(office->repo, "vault", &got, &none));
	assert_int_equal(none.kind, ERR_NOT_FOUND);
	must(witness_note_keep(office->repo, "vault", &first, &err), &err);
	must(ref_read(office->repo, WITNESS_PREFIX "vault", &before, &err), &err);
	must(witness_note_keep(office->repo, "vault", &second, &err), &err);
	must(ref_read(office->repo, WITNESS_PREFIX "vault", &after, &err), &err);
	must(ledger_descends(office->repo, &after, &before, &within, &err), &err);
	assert_true(within);
	must(witness_note_read(office->repo, "vault", &got, &err), &err);
	assert_string_equal(got.data, second.data);
	assert_false(witness_note_keep(office->repo, "../vault", &second, &name));
	buf_release(&first);
	buf_release(&second);
	buf_release(&got);
}

static void two_ledgers_part_where_they_part(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	struct ledger_tip a = tip, b = tip;
	struct draft draft;
	struct object_id at;
	struct err err = {0};
	uint32_t position = 0;

	record_draft(&draft, "here");
	must(ledger_write(office->repo, &tip, &draft, office->wang, NULL, NULL, &a, &err), &err);
	draft_release(&draft);
	record_draft(&draft, "there");
	must(ledger_write(office->repo, &tip, &draft, office->wang, NULL, NULL, &b, &err), &err);
	draft_release(&draft);
	assert_true(object_id_equal(&tip.commit, &(struct object_id){0}) == false);
	must(ledger_meet(office->repo, &a.commit, &b.commit, &at, &position, &err), &err);
	assert_int_equal(position, 3);
	assert_true(object_id_equal(&at, &tip.commit));
	must(ledger_meet(office->repo, &a.commit, &tip.commit, &at, &position, &err), &err);
	assert_int_equal(position, 3);
	at = ledger_ref(office); /* writing moves nothing */
	assert_true(object_id_equal(&at, &tip.commit));
}

static bool say_again(const struct entry *e, void *context, struct err *err)
{
	struct draft *out = context;

	(void)err;
	draft_release(out);
	draft_from_entry(e, out);
	return true;
}

static void an_entry_can_be_said_again(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = {0}, again;
	struct draft draft, copy = {0};
	struct err err = {0};

	genesis_draft(&draft);
	must(append(office, &draft, &tip, &err), &err);
	propose_draft(&draft, 2);
	must(append(office, &draft, &tip, &err), &err);
	must(ledger_walk(office->repo, NULL, say_again, &copy, NULL, &err), &err);
	copy.person = "wang.wei";
	must(ledger_append(office->repo, &tip, &copy, office->wang, NULL, NULL, &again, &err), &err);
	assert_int_equal(again.seq, 3);
	draft_release(&copy);
}

static struct object_id documents_at(struct office *office, const char *case_id)
{
	char *name = documents_ref(case_id, 1);
	struct object_id at;
	struct err err = {0};

	must(ref_read(office->repo, name, &at, &err), &err);
	free(name);
	return at;
}

static void documents_are_adopted_only_as_submitted(void **state)
{
	struct office *office = *state;
	char path[] = "a.txt";
	struct tree_file item = {.path = path, .mode = MODE_FILE};
	const struct tree_files files = {.items = &item, .count = 1};
	struct file_ref want = {.size = 3, .mode = MODE_FILE, .path = path};
	struct file_refs manifest = {.items = &want, .count = 1};
	struct object_id wrong, right, now;
	struct err err = {0}, other = {0};

	hash_bytes("two", 3, &want.digest);
	must(object_write(office->repo, OBJECT_BLOB, "one", 3, &item.id, &err), &err);
	must(documents_settle(office->repo, "2026-0007", 1, &files, &err), &err);
	wrong = documents_at(office, "2026-0007");
	must(object_write(office->repo, OBJECT_BLOB, "two", 3, &item.id, &err), &err);
	must(documents_settle(office->repo, "2026-0008", 1, &files, &err), &err);
	right = documents_at(office, "2026-0008");
	assert_false(documents_adopt(office->repo, "2026-0009", 1, &wrong, &manifest, &other));
	assert_int_equal(other.kind, ERR_MISMATCH);
	must(documents_adopt(office->repo, "2026-0007", 1, &right, &manifest, &err), &err);
	assert_false(documents_are(office->repo, &wrong, &manifest, &(struct err){0}));
	must(documents_are(office->repo, &right, &manifest, &err), &err);
	must(documents_adopt(office->repo, "2026-0009", 1, &right, &manifest, &err), &err);
	now = documents_at(office, "2026-0009");
	assert_false(object_id_equal(&now, &wrong));
	want.mode = MODE_EXECUTABLE;
	other = (struct err){0};
	assert_false(documents_adopt(office->repo, "2026-0007", 1, &right, &manifest, &other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_checkpoint_says_what_the_ledger_is, no_ledger),
		cmocka_unit_test(a_checkpoint_has_one_spelling),
		cmocka_unit_test(a_witness_keeps_the_newest_behind_those_before),
		cmocka_unit_test_setup(two_ledgers_part_where_they_part, no_ledger),
		cmocka_unit_test_setup(an_entry_can_be_said_again, no_ledger),
		cmocka_unit_test(documents_are_adopted_only_as_submitted),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
