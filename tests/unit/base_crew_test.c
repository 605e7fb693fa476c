/* base_crew_test.c - each piece of work is done once, before the end, and others are called when there is enough. */
#include "base/crew.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PIECES = 1000 };

struct piece {
	unsigned done;
	pthread_t by;
	void *room;
};

static void do_it(void *context, void *room)
{
	struct piece *piece = context;

	piece->done++;
	piece->by = pthread_self();
	piece->room = room;
	if (room != NULL)
		memset(room, 1, 100);
}

static void add_all(const struct crew_order *order, struct piece *pieces, size_t count, uint64_t size)
{
	struct crew *crew = crew_begin(order);

	memset(pieces, 0, count * sizeof(*pieces));
	for (size_t i = 0; i < count; i++)
		crew_add(crew, &pieces[i], size);
	crew_end(crew);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(pieces[i].done, 1);
}

static void each_piece_is_done_once(void **state)
{
	static struct piece pieces[PIECES];
	const struct crew_order orders[] = {
		{.work = do_it, .enough = 1, .enough_of = 1, .most_of = 0},
		{.work = do_it, .enough = 16, .enough_of = 1000, .most_of = 500, .room = 100},
		{.work = do_it, .enough = SIZE_MAX, .enough_of = UINT64_MAX, .most_of = UINT64_MAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		for (size_t count = 0; count <= PIECES; count = count * 3 + 1)
			add_all(&orders[i], pieces, count, 10);
}

static void few_are_done_by_who_adds_them(void **state)
{
	const struct crew_order order = {.work = do_it, .enough = 5, .enough_of = 100, .most_of = UINT64_MAX, .room = 100};
	struct piece pieces[4];

	(void)state;
	add_all(&order, pieces, 4, 10);
	add_all(&order, pieces, 1, 1000); /* a large one alone */
	assert_true(pthread_equal(pieces[0].by, pthread_self()));
	add_all(&order, pieces, 4, 10);
	for (size_t i = 0; i < 4; i++) {
		assert_true(pthread_equal(pieces[i].by, pthread_self()));
		assert_ptr_equal(pieces[i].room, pieces[0].room);
		assert_non_null(pieces[i].room);
	}
}

static atomic_int met;

/* Two that wait for each other: one thread alone would never be done. */
static void meet(void *piece, void *room)
{
	do_it(piece, room);
	(void)atomic_fetch_add(&met, 1);
	while (atomic_load(&met) < 2)
		(void)sched_yield();
}

static void two_large_ones_are_done_side_by_side(void **state)
{
	const struct crew_order order = {.work = meet, .enough = SIZE_MAX, .enough_of = 100, .most_of = UINT64_MAX};
	struct piece pieces[2];

	(void)state;
	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		skip();
	add_all(&order, pieces, 2, 60);
	assert_false(pthread_equal(pieces[0].by, pieces[1].by));
}

static size_t waiting, waited_most;

static void count_down(void *piece, void *room)
{
	do_it(piece, room);
	waiting--;
}

/* Nobody is called, so that what waits is what was added and not done. */
static void no_more_waits_than_was_said(void **state)
{
	const struct crew_order order = {.work = count_down, .enough = SIZE_MAX, .enough_of = UINT64_MAX, .most_of = 100};
	static struct piece pieces[PIECES];
	struct crew *crew = crew_begin(&order);

	(void)state;
	for (size_t i = 0; i < PIECES; i++) {
		waiting++;
		crew_add(crew, &pieces[i], 10);
		waited_most = waiting > waited_most ? waiting : waited_most;
	}
	crew_end(crew);
	assert_int_equal(waiting, 0);
	assert_int_equal(waited_most, 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_piece_is_done_once),
		cmocka_unit_test(few_are_done_by_who_adds_them),
		cmocka_unit_test(two_large_ones_are_done_side_by_side),
		cmocka_unit_test(no_more_waits_than_was_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
