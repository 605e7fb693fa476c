/* ahead.c - reading entries on all processors, and handing them out one after the other.
 *
 * Nine tenths of the work on an entry are its signature, which needs nobody else.  So threads take
 * the next entry, whoever is free, and put what they find into a ring; the one who decides takes
 * them from it in the order of the ledger, and so meets the first failure first, however many
 * threads there are.  A git handle is for one thread; each has its own. */
#include "ahead.h"

#include "base/mem.h"
#include "repo/repo.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { RING = 512, THREADS_MOST = 64, WORTH_IT = 64 };

struct slot {
	struct reading reading;
	bool full;
};

struct ahead {
	struct repo *repo;
	const struct link *links; /* the first entry last */
	size_t count;
	size_t taken, given; /* by threads, to the caller */
	bool stop;
	struct slot *ring; /* RING of them; NULL: nobody reads ahead */
	pthread_mutex_t lock;
	pthread_cond_t filled, emptied;
	pthread_t threads[THREADS_MOST];
	unsigned thread_count;
};

unsigned ahead_threads(size_t count)
{
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (count < WORTH_IT || processors < 2)
		return 0;
	return processors < THREADS_MOST ? (unsigned)processors : THREADS_MOST;
}

static const struct link *link_at(struct ahead *a, size_t number)
{
	return &a->links[a->count - 1 - number];
}

/* False: nothing is left to read. */
static bool take(struct ahead *a, size_t *number)
{
	bool more;

	(void)pthread_mutex_lock(&a->lock);
	while (!a->stop && a->taken < a->count && a->taken >= a->given + RING)
		(void)pthread_cond_wait(&a->emptied, &a->lock);
	more = !a->stop && a->taken < a->count;
	if (more)
		*number = a->taken++;
	(void)pthread_mutex_unlock(&a->lock);
	return more;
}

static void put(struct ahead *a, size_t number, const struct reading *reading)
{
	struct slot *slot = &a->ring[number % RING];

	(void)pthread_mutex_lock(&a->lock);
	slot->reading = *reading;
	slot->full = true;
	if (number == a->given)
		(void)pthread_cond_signal(&a->filled);
	(void)pthread_mutex_unlock(&a->lock);
}

/* Where the repository cannot be opened again every reading says so, like any other failure. */
static void *read_on(void *context)
{
	struct ahead *a = context;
	struct repo *repo = NULL;
	struct err err = {0};
	const bool open = repo_again(a->repo, &repo, &err);
	size_t number;

	while (take(a, &number)) {
		struct reading reading = {.err = err};

		if (open)
			reading_make(repo, link_at(a, number), &reading);
		put(a, number, &reading);
	}
	repo_free(repo);
	return NULL;
}

struct ahead *ahead_new(struct repo *repo, const struct link *links, size_t count, unsigned threads)
{
	struct ahead *a = mem_alloc(1, sizeof(*a));

	a->repo = repo;
	a->links = links;
	a->count = count;
	a->ring = threads > 0 ? mem_alloc(RING, sizeof(*a->ring)) : NULL;
	(void)pthread_mutex_init(&a->lock, NULL);
	(void)pthread_cond_init(&a->filled, NULL);
	(void)pthread_cond_init(&a->emptied, NULL);
	while (a->thread_count < threads && a->thread_count < THREADS_MOST &&
	       pthread_create(&a->threads[a->thread_count], NULL, read_on, a) == 0)
		a->thread_count++;
	return a;
}

void ahead_free(struct ahead *a)
{
	(void)pthread_mutex_lock(&a->lock);
	a->stop = true;
	(void)pthread_cond_broadcast(&a->emptied);
	(void)pthread_mutex_unlock(&a->lock);
	for (unsigned i = 0; i < a->thread_count; i++)
		(void)pthread_join(a->threads[i], NULL);
	for (size_t i = 0; a->ring != NULL && i < RING; i++)
		if (a->ring[i].full)
			reading_release(&a->ring[i].reading);
	(void)pthread_cond_destroy(&a->filled);
	(void)pthread_cond_destroy(&a->emptied);
	(void)pthread_mutex_destroy(&a->lock);
	free(a->ring);
	free(a);
}

void ahead_next(struct ahead *a, struct reading *out)
{
	struct slot *slot;

	if (a->thread_count == 0) {
		reading_make(a->repo, link_at(a, a->given++), out);
		return;
	}
	slot = &a->ring[a->given % RING];
	(void)pthread_mutex_lock(&a->lock);
	while (!slot->full)
		(void)pthread_cond_wait(&a->filled, &a->lock);
	*out = slot->reading;
	slot->full = false;
	a->given++;
	if (a->given % (RING / 4) == 0)
		(void)pthread_cond_broadcast(&a->emptied);
	(void)pthread_mutex_unlock(&a->lock);
}
