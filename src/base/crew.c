/* crew.c - work for all processors.
 *
 * Who adds pieces puts them into a ring; threads take them out, and so does who adds them when the ring is full, or
 * what waits in it is too much.  To start or wake a thread costs as much as a small piece: nobody is woken for a few
 * of those, and no more of them than there is work for. */
#define _DEFAULT_SOURCE
#include "base/crew.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { RING = 64, THREADS_MOST = 63 };

struct piece {
	void *of;
	uint64_t size;
};

struct crew {
	struct crew_order order;
	struct piece ring[RING];
	size_t added, taken;
	uint64_t waiting; /* bytes of what was added and not taken */
	bool over;
	pthread_mutex_t lock;
	pthread_cond_t more;
	pthread_t threads[THREADS_MOST];
	unsigned thread_count, wanted;
	void *room; /* of who adds */
};

static void *new_room(const struct crew *crew)
{
	return crew->order.room > 0 ? mem_resize(NULL, crew->order.room, 1) : NULL;
}

/* The lock is held. */
static void *take(struct crew *crew)
{
	const struct piece piece = crew->ring[crew->taken++ % RING];

	crew->waiting -= piece.size;
	return piece.of;
}

static void *work(void *context)
{
	struct crew *crew = context;
	void *room = new_room(crew);

	(void)pthread_mutex_lock(&crew->lock);
	for (;;) {
		void *piece;

		while (crew->taken == crew->added && !crew->over)
			(void)pthread_cond_wait(&crew->more, &crew->lock);
		if (crew->taken == crew->added)
			break;
		piece = take(crew);
		(void)pthread_mutex_unlock(&crew->lock);
		crew->order.work(piece, room);
		(void)pthread_mutex_lock(&crew->lock);
	}
	(void)pthread_mutex_unlock(&crew->lock);
	free(room);
	return NULL;
}

struct crew *crew_begin(const struct crew_order *order)
{
	struct crew *crew = mem_alloc(1, sizeof(*crew));
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);

	crew->order = *order;
	crew->wanted = processors > THREADS_MOST ? THREADS_MOST : processors > 1 ? (unsigned)processors - 1 : 0;
	crew->room = new_room(crew);
	(void)pthread_mutex_init(&crew->lock, NULL);
	(void)pthread_cond_init(&crew->more, NULL);
	return crew;
}

/* The lock is held.  One of what waits is left for who adds. */
static void call_others(struct crew *crew)
{
	while (crew->thread_count < crew->wanted && crew->thread_count + 1 < crew->added - crew->taken) {
		if (pthread_create(&crew->threads[crew->thread_count], NULL, work, crew) != 0)
			crew->wanted = crew->thread_count;
		else
			crew->thread_count++;
	}
	(void)pthread_cond_broadcast(&crew->more);
}

/* One is done here, where there is one. */
static bool help(struct crew *crew)
{
	void *piece = NULL;
	bool any;

	(void)pthread_mutex_lock(&crew->lock);
	any = crew->taken < crew->added;
	if (any)
		piece = take(crew);
	(void)pthread_mutex_unlock(&crew->lock);
	if (any)
		crew->order.work(piece, crew->room);
	return any;
}

void crew_add(struct crew *crew, void *piece, uint64_t size)
{
	size_t pieces;
	bool full;

	(void)pthread_mutex_lock(&crew->lock);
	full = crew->added - crew->taken == RING - 1 || crew->waiting > crew->order.most_of;
	crew->ring[crew->added++ % RING] = (struct piece){piece, size};
	crew->waiting += size;
	pieces = crew->added - crew->taken;
	if (pieces >= crew->order.enough || (pieces > 1 && crew->waiting >= crew->order.enough_of))
		call_others(crew);
	(void)pthread_mutex_unlock(&crew->lock);
	if (full)
		(void)help(crew);
}

void crew_end(struct crew *crew)
{
	while (help(crew))
		continue;
	(void)pthread_mutex_lock(&crew->lock);
	crew->over = true;
	(void)pthread_cond_broadcast(&crew->more);
	(void)pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->thread_count; i++)
		(void)pthread_join(crew->threads[i], NULL);
	(void)pthread_cond_destroy(&crew->more);
	(void)pthread_mutex_destroy(&crew->lock);
	free(crew->room);
	free(crew);
}
