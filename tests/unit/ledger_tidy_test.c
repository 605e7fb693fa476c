/* A ledger whose files were packed is the same ledger, for those who read it meanwhile and for those who come
 * after somebody was killed while packing. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "repo/pack.h"

#include <signal.h>
#include <sys/wait.h>

enum { ENTRIES = 520 };

/* Git would need thousands of objects to look like this. */
static void crowd(const struct office *office)
{
	char *folder = mem_format("%s/repo/.git/objects/80", office->dir);
	struct err err = {0};

	must(fs_make_dirs(folder, 0777, &err), &err);
	for (int i = 0; i < 8; i++) {
		char *path = mem_format("%s/not-an-object-%d", folder, i);

		must(fs_write_file(path, "", 0, 0600, &err), &err);
		free(path);
	}
	free(folder);
}

/* The note makes its entries others than those of the other tests: what is packed is not written again. */
static struct ledger_tip long_ledger(struct office *office, const char *note)
{
	struct ledger_tip tip = start_ledger(office);
	struct err err = {0};

	while (tip.seq < ENTRIES) {
		struct draft draft;

		record_draft(&draft, note);
		must(append(office, &draft, &tip, &err), &err);
	}
	return tip;
}

static void must_be(struct repo *repo, const struct ledger_tip *tip)
{
	struct ledger_tip now = {0};
	struct err err = {0};

	must(ledger_walk(repo, NULL, NULL, NULL, &now, &err), &err);
	assert_true(digest_equal(&now.id, &tip->id));
}

static void a_short_ledger_is_left_alone(void **state)
{
	struct office *office = *state;
	struct ledger_tip tip = start_ledger(office);
	struct err err = {0};

	must(ledger_tidy(office->repo, &tip, &err), &err);
	assert_true(object_is_loose(office->repo, &tip.commit));
	crowd(office);
	must(ledger_tidy(office->repo, &tip, &err), &err);
	assert_true(object_is_loose(office->repo, &tip.commit));
}

static void a_long_one_is_packed_and_says_the_same_to_everybody(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = long_ledger(office, "packed");
	struct repo *reader = NULL, *late = NULL;
	struct err err = {0};

	must(repo_again(office->repo, &reader, &err), &err);
	must_be(reader, &tip);
	crowd(office);
	must(ledger_tidy(office->repo, &tip, &err), &err);
	assert_false(object_is_loose(office->repo, &tip.commit));
	must_be(office->repo, &tip);
	must_be(reader, &tip);
	must(repo_again(office->repo, &late, &err), &err);
	must_be(late, &tip);
	repo_free(reader);
	repo_free(late);
}

static void whoever_is_killed_while_packing_has_lost_nothing(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = long_ledger(office, "killed");
	struct err err = {0};

	crowd(office);
	for (unsigned wait_us = 500; wait_us < 200000; wait_us *= 3) {
		struct repo *after = NULL;
		int status = 0;
		const pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0) {
			struct repo *own = NULL;

			_exit(repo_again(office->repo, &own, &err) && ledger_tidy(own, &tip, &err) ? 0 : 1);
		}
		(void)usleep(wait_us);
		(void)kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
		must(repo_again(office->repo, &after, &err), &err);
		must_be(after, &tip);
		repo_free(after);
	}
	must(ledger_tidy(office->repo, &tip, &err), &err);
	must_be(office->repo, &tip);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_short_ledger_is_left_alone, no_ledger),
		cmocka_unit_test_setup(a_long_one_is_packed_and_says_the_same_to_everybody, no_ledger),
		cmocka_unit_test_setup(whoever_is_killed_while_packing_has_lost_nothing, no_ledger),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
