/* ahead.c - reading entries on all processors, and handing them out one after the other.
 *
 * Most of the work on an entry is its signature, which needs nobody else.  So threads take
 * the next entry, whoever is free, and put what they find into a ring; the one who decides takes
 * them from it in the order of the ledger, and so meets the first failure first, however many
 * threads there are.  A git handle is for one thread; each has its own.
 *
 * To wake somebody costs as much as reading a tenth of an entry: so the one who decides takes many at a
 * time and gives their places back together, and what is in a place is let go of by a thread when it needs one: by the
 * thread that made it, because each has a heap of its own and to free in another's is to wait for that one. */
#include "ahead.h"

#include "base/mem.h"
#include "repo/repo.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { RING = 512, BATCH = 128, THREADS_MOST = 64, WORTH_IT = 64 };

struct piece {
	struct reading reading;
	unsigned maker; /* a thread's number */
	struct piece *next;
};

struct slot {
	struct piece *piece; /* of the thread that took its number, until it is full; NULL: nobody did yet */
	bool full;
};

struct ahead {
	struct repo *repo;
	const struct link *links; /* the first entry last */
	size_t count;
	size_t next, known; /* the caller's own: the next to hand out, and how far he may without looking */
	size_t taken;       /* by threads */
	size_t ready;       /* all before this one are full */
	size_t wanted;      /* the caller waits for so many */
	size_t given;       /* all before this one were given back */
	bool stop;
	struct slot ring[RING];
	struct reading only;              /* where there are no threads */
	struct piece *over[THREADS_MOST]; /* what each made and nobody needs any more */
	pthread_mutex_t lock;
	pthread_cond_t filled, emptied;
	pthread_t threads[THREADS_MOST];
	unsigned thread_count, begun; /* begun: took their numbers */
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

/* The lock is held.  What was in the place goes to who made it. */
static struct piece *exchange(struct ahead *a, struct slot *slot, unsigned me)
{
	struct piece *was = slot->piece, *mine;

	if (was != NULL) {
		was->next = a->over[was->maker];
		a->over[was->maker] = was;
	}
	mine = a->over[me];
	if (mine != NULL)
		a->over[me] = mine->next;
	else
		mine = mem_alloc(1, sizeof(*mine));
	mine->maker = me;
	slot->piece = mine;
	return mine;
}

/* NULL: nothing is left to read. */
static struct piece *take(struct ahead *a, unsigned me, size_t *number)
{
	struct piece *piece = NULL;

	(void)pthread_mutex_lock(&a->lock);
	while (!a->stop && a->taken < a->count && a->taken >= a->given + RING)
		(void)pthread_cond_wait(&a->emptied, &a->lock);
	if (!a->stop && a->taken < a->count) {
		*number = a->taken++;
		piece = exchange(a, &a->ring[*number % RING], me);
	}
	(void)pthread_mutex_unlock(&a->lock);
	return piece;
}

static unsigned own_number(struct ahead *a)
{
	unsigned me;

	(void)pthread_mutex_lock(&a->lock);
	me = a->begun++;
	(void)pthread_mutex_unlock(&a->lock);
	return me;
}

static void put(struct ahead *a, size_t number)
{
	(void)pthread_mutex_lock(&a->lock);
	a->ring[number % RING].full = true;
	while (a->ready < a->taken && a->ring[a->ready % RING].full)
		a->ready++;
	if (a->wanted > 0 && a->ready >= a->wanted)
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
	const unsigned me = own_number(a);
	struct piece *piece;
	size_t number;

	while ((piece = take(a, me, &number)) != NULL) {
		reading_release(&piece->reading);
		if (open)
			reading_make(repo, link_at(a, number), &piece->reading);
		else
			piece->reading.err = err;
		put(a, number);
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
	(void)pthread_mutex_init(&a->lock, NULL);
	(void)pthread_cond_init(&a->filled, NULL);
	(void)pthread_cond_init(&a->emptied, NULL);
	while (a->thread_count < threads && a->thread_count < THREADS_MOST &&
	       pthread_create(&a->threads[a->thread_count], NULL, read_on, a) == 0)
		a->thread_count++;
	return a;
}

static void piece_free(struct piece *piece)
{
	if (piece != NULL)
		reading_release(&piece->reading);
	free(piece);
}

void ahead_free(struct ahead *a)
{
	(void)pthread_mutex_lock(&a->lock);
	a->stop = true;
	(void)pthread_cond_broadcast(&a->emptied);
	(void)pthread_mutex_unlock(&a->lock);
	for (unsigned i = 0; i < a->thread_count; i++)
		(void)pthread_join(a->threads[i], NULL);
	for (size_t i = 0; i < RING; i++)
		piece_free(a->ring[i].piece);
	for (unsigned i = 0; i < a->thread_count; i++)
		for (struct piece *next, *piece = a->over[i]; piece != NULL; piece = next) {
			next = piece->next;
			piece_free(piece);
		}
	reading_release(&a->only);
	(void)pthread_cond_destroy(&a->filled);
	(void)pthread_cond_destroy(&a->emptied);
	(void)pthread_mutex_destroy(&a->lock);
	free(a);
}

/* Gives back what was handed out, and waits for more. */
static void look(struct ahead *a)
{
	(void)pthread_mutex_lock(&a->lock);
	for (; a->given < a->next; a->given++)
		a->ring[a->given % RING].full = false;
	(void)pthread_cond_broadcast(&a->emptied);
	a->wanted = a->next + BATCH < a->count ? a->next + BATCH : a->count;
	while (a->ready < a->wanted)
		(void)pthread_cond_wait(&a->filled, &a->lock);
	a->wanted = 0;
	a->known = a->ready;
	(void)pthread_mutex_unlock(&a->lock);
}

const struct reading *ahead_next(struct ahead *a)
{
	if (a->thread_count == 0) {
		reading_release(&a->only);
		reading_make(a->repo, link_at(a, a->next++), &a->only);
		return &a->only;
	}
	if (a->next == a->known)
		look(a);
	return &a->ring[a->next++ % RING].piece->reading;
}
