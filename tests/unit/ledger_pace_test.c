/* However many threads read a ledger, it says the same, and the same thing is wrong with it first. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "../../src/ledger/chain.h"

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
		cmocka_unit_test_setup(what_is_not_in_the_ledger_is_not_known, no_ledger),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
