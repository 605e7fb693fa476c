/* However many threads read a ledger, it says the same, and the same thing is wrong with it first. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "../../src/ledger/ahead.h"
#include "../../src/ledger/chain.h"

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
		cmocka_unit_test_setup(what_is_not_in_the_ledger_is_not_known, no_ledger),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
