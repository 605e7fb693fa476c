/* However many threads read a ledger, it says the same, and the same thing is wrong with it first. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "../../src/ledger/ahead.h"
#include "../../src/ledger/chain.h"
#include "../../src/ledger/commit.h"
#include "../../src/ledger/early.h"

#include <time.h>

static bool stop_at(const struct entry *e, void *context, struct err *err)
{
	const uint32_t *last = context;

	return e->seq < *last ? true : err_set(err, ERR_DENIED, "far enough");
}

static void the_first_failure_is_the_same_with_any_number_of_threads(void **state)
{
	static const unsigned threads[] = {0, 1, 2, 7};
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	struct err err = {0};

	for (int i = 0; i < 12; i++) {
		struct draft draft;

		record_draft(&draft, "one more");
		must(append(office, &draft, &tip, &err), &err);
	}
	for (uint32_t last = 1; last <= tip.seq + 1; last += 5) {
		struct err first = {0};

		for (size_t i = 0; i < COUNT(threads); i++) {
			struct ledger_tip out = {0};
			struct err why = {0};
			const bool ok = chain_walk(office->repo, &tip.commit, NULL, &threads[i], stop_at, &last, &out, &why);

			if (i == 0)
				first = why;
			assert_string_equal(why.why, first.why);
			assert_int_equal(ok, last > tip.seq);
			assert_true(!ok || digest_equal(&out.id, &tip.id));
		}
	}
}

enum { ROUNDS = 183, ENTRIES = 7, MANY = ROUNDS * ENTRIES }; /* some times around the ring, whose length they do not divide */

static uint32_t first;

/* The entries of a short ledger, over and over: what is handed out is as many, and each is the one whose turn it is. */
static void expect_in_order(struct office *office, const struct link *links, size_t count, unsigned threads, size_t stop_after)
{
	const struct timespec pause = {.tv_nsec = 400L * 1000 * 1000};
	struct ahead *ahead = ahead_new(office->repo, links + MANY - count, count, threads);

	for (size_t i = 0; i < stop_after; i++) {
		const struct reading *r = ahead_next(ahead);

		if (!r->form_ok || !r->bodies_ok || r->entry.seq != first + i % ENTRIES)
			fail_msg("%u threads, place %zu: entry %u, %s", threads, i, (unsigned)r->entry.seq, r->err.why);
		if (i == 0 && threads == 2 && count == MANY)
			(void)nanosleep(&pause, NULL); /* now the threads are as far ahead as they may */
		if (r->entry.seq != first + i % ENTRIES)
			fail_msg("%u threads, place %zu: overwritten while it was looked at", threads, i);
	}
	ahead_free(ahead);
}

static void entries_come_in_order_however_far_ahead_is_read(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	struct link links[MANY] = {0}; /* the first entry last */
	struct err err = {0};

	first = tip.seq;
	for (unsigned i = 1; i <= ENTRIES; i++) {
		for (size_t k = 0; k < ROUNDS; k++)
			links[MANY - k * ENTRIES - i] = (struct link){.id = tip.commit};
		if (i < ENTRIES) {
			struct draft draft;

			record_draft(&draft, "one more");
			must(append(office, &draft, &tip, &err), &err);
		}
	}
	expect_in_order(office, links, ENTRIES, 0, ENTRIES);
	expect_in_order(office, links, MANY, 1, MANY);
	expect_in_order(office, links, MANY, 2, MANY);
	expect_in_order(office, links, MANY, 7, MANY);
	for (size_t stop = 0; stop < MANY; stop += 301) /* and the rest is thrown away */
		expect_in_order(office, links, MANY, 3, stop);
	for (size_t count = 1; count < 20; count++) /* shorter than what is taken at a time */
		expect_in_order(office, links, count, 2, count);
}

static void append_some(struct office *office, struct ledger_tip *tip, size_t count)
{
	struct err err = {0};

	for (size_t i = 0; i < count; i++) {
		struct draft draft;

		record_draft(&draft, "one more");
		must(append(office, &draft, tip, &err), &err);
	}
}

/* One digit of the newest entry's signature is changed; what comes behind it will be as good as ever. */
static void spoil_newest(struct office *office, struct ledger_tip *tip)
{
	const struct object_id before = tip->commit;
	struct buf raw = {0};
	struct err err = {0};
	char *end, *digit;

	must(object_read(office->repo, &tip->commit, OBJECT_COMMIT, COMMIT_LIMIT, &raw, &err), &err);
	end = strstr(raw.data, " -----END SSH SIGNATURE-----");
	assert_non_null(end);
	digit = end - 12;
	*digit = *digit == 'B' ? 'C' : 'B';
	must(object_write(office->repo, OBJECT_COMMIT, raw.data, raw.len, &tip->commit, &err), &err);
	must(ref_swap(office->repo, LEDGER_REF, &before, &tip->commit, "spoiled", &err), &err);
	tip->id = commit_entry_id(raw.data, raw.len);
	buf_release(&raw);
}

enum { EARLY = 200, SPOILED = 71, BEHIND_FULL = 8 }; /* of links, tip first; the last ones are no full batch of 64 */

static void a_bad_signature_is_bad_whoever_checks_it_first(void **state)
{
	static const unsigned threads[] = {0, 1, 2, 7};
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office), out;
	struct err alone = {0};
	char *place;

	append_some(office, &tip, EARLY - SPOILED - 3);
	spoil_newest(office, &tip);
	place = mem_format("ledger entry %u (", (unsigned)tip.seq);
	append_some(office, &tip, SPOILED);
	for (size_t i = 0; i < COUNT(threads); i++) {
		struct err why = {0};

		assert_false(chain_walk(office->repo, &tip.commit, NULL, &threads[i], NULL, NULL, &out, &why));
		if (i == 0)
			alone = why;
		assert_string_equal(why.why, alone.why);
		assert_int_equal(why.kind, ERR_MISMATCH);
	}
	assert_ptr_equal(strstr(alone.why, place), alone.why);
	assert_non_null(strstr(alone.why, "does not verify"));
	free(place);
}

/* The links from `at` back, and their bytes. */
static void read_links(struct office *office, struct object_id at, struct link *links, struct buf *raws, size_t count)
{
	struct err err = {0};

	for (size_t i = 0; i < count; i++) {
		struct object_id tree, *parents = NULL;
		size_t parent_count = 0;

		must(object_read(office->repo, &at, OBJECT_COMMIT, COMMIT_LIMIT, &raws[i], &err), &err);
		links[i] = (struct link){.id = at, .raw = raws[i].data, .len = raws[i].len};
		must(commit_links_read(raws[i].data, raws[i].len, &tree, &parents, &parent_count, &err), &err);
		if (parent_count > 0)
			at = parents[0];
		free(parents);
	}
}

static void early_answers_are_of_good_signatures_alone(void **state)
{
	const struct timespec pause = {.tv_nsec = 300L * 1000 * 1000};
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	static struct link links[EARLY];
	static struct buf raws[EARLY];
	size_t found;

	append_some(office, &tip, EARLY - SPOILED - 3);
	spoil_newest(office, &tip);
	append_some(office, &tip, SPOILED);
	read_links(office, tip.commit, links, raws, EARLY);
	links[3].raw = NULL; /* there was no room for it */
	for (unsigned threads = 0; threads < 3; threads++) {
		for (int wanted = 0; wanted < 2; wanted++) {
			struct early *early = early_new(threads);

			for (size_t i = 0; i < EARLY; i++)
				early_add(early, &links[i]);
			(void)nanosleep(&pause, NULL);
			early_end(early, wanted ? links : NULL, EARLY);
		}
		found = 0;
		for (size_t i = 0; i < EARLY; i++) {
			if (links[i].signer == NULL)
				continue;
			if (i == 3 || i == SPOILED || i >= EARLY - BEHIND_FULL)
				fail_msg("%u threads: link %zu", threads, i);
			assert_true(public_key_equal(links[i].signer, signer_key(office->wang)));
			public_key_free(links[i].signer);
			links[i].signer = NULL;
			found++;
		}
		assert_int_equal(found > SPOILED, threads > 0);
	}
	for (size_t i = 0; i < EARLY; i++)
		buf_release(&raws[i]);
}

/* Whatever byte is another one, nobody signed that. */
static void who_signed_is_said_of_these_bytes_alone(void **state)
{
	struct office *office = *state;
	struct buf payload = {0}, raw = {0};
	struct public_key *signer;

	write_payload(&payload, office->wang, "file-record", "any: thing\n");
	seal_payload(office->wang, &payload, &raw);
	signer = commit_signer(raw.data, raw.len);
	assert_non_null(signer);
	assert_true(public_key_equal(signer, signer_key(office->wang)));
	public_key_free(signer);
	for (size_t i = 0; i < raw.len; i++) {
		raw.data[i] ^= 1;
		if (commit_signer(raw.data, raw.len) != NULL)
			fail_msg("byte %zu", i);
		raw.data[i] ^= 1;
	}
	for (size_t len = 0; len < raw.len; len++)
		if (commit_signer(raw.data, len) != NULL)
			fail_msg("%zu bytes", len);
	buf_release(&payload);
	buf_release(&raw);
}

enum { LONG_ENTRIES = 700, LONG_NOTE = 2900 }; /* together more than two blocks of 1 MiB (chain.c) */

/* Memory as a visitor wants it, written over; it may be what bytes already shown were kept in. */
struct hoard {
	char *pieces[LONG_ENTRIES + 3];
	size_t count;
};

static bool hoard_some(const struct entry *entry, void *context, struct err *err)
{
	enum { PIECE = 6000 };
	struct hoard *hoard = context;

	(void)entry;
	(void)err;
	hoard->pieces[hoard->count] = mem_resize(NULL, PIECE, 1);
	memset(hoard->pieces[hoard->count++], 0xA5, PIECE);
	return true;
}

static void bytes_are_kept_until_their_entry_was_read(void **state)
{
	static const unsigned threads[] = {0, 1, 2, 7};
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	char note[LONG_NOTE + 1] = {0};
	struct err err = {0};

	memset(note, 'n', LONG_NOTE);
	for (size_t i = 0; i < LONG_ENTRIES; i++) {
		struct draft draft;

		record_draft(&draft, note);
		must(append(office, &draft, &tip, &err), &err);
	}
	for (size_t i = 0; i < COUNT(threads); i++) {
		struct hoard hoard = {0};
		struct ledger_tip out = {0};

		must(chain_walk(office->repo, &tip.commit, NULL, &threads[i], hoard_some, &hoard, &out, &err), &err);
		assert_int_equal(hoard.count, LONG_ENTRIES + 3);
		assert_true(digest_equal(&out.id, &tip.id));
		while (hoard.count > 0)
			free(hoard.pieces[--hoard.count]);
	}
}

static void what_is_not_in_the_ledger_is_not_known(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office), other = tip, out;
	struct err err = {0}, why = {0};

	must(ledger_walk_behind(office->repo, NULL, &tip, NULL, NULL, &out, &err), &err);
	other.id.byte[0] ^= 1;
	assert_false(ledger_walk_behind(office->repo, NULL, &other, NULL, NULL, &out, &why));
	assert_int_equal(why.kind, ERR_CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_first_failure_is_the_same_with_any_number_of_threads, no_ledger),
		cmocka_unit_test_setup(entries_come_in_order_however_far_ahead_is_read, no_ledger),
		cmocka_unit_test_setup(a_bad_signature_is_bad_whoever_checks_it_first, no_ledger),
		cmocka_unit_test_setup(early_answers_are_of_good_signatures_alone, no_ledger),
		cmocka_unit_test(who_signed_is_said_of_these_bytes_alone),
		cmocka_unit_test_setup(bytes_are_kept_until_their_entry_was_read, no_ledger),
		cmocka_unit_test_setup(what_is_not_in_the_ledger_is_not_known, no_ledger),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
