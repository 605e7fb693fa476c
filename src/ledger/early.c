/* early.c - signatures checked before their turn.
 *
 * The way back from the newest entry to the first goes from commit to commit and keeps one processor busy; what a
 * commit's signature is worth depends on its bytes alone.  So the others check signatures of what was found already.
 * Only "good, by this key" is kept: whatever else is to be said of an entry, that its signature is bad included, is
 * said when its turn comes, by reading_make(). */
#include "early.h"

#include "base/mem.h"
#include "commit.h"
#include "seal/key.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { BATCH = 64, THREADS_MOST = 64 };

struct task {
	const char *raw; /* borrowed; NULL: not kept */
	size_t len;
	struct public_key *signer; /* of the thread that took the batch, until all have ended */
};

struct early {
	struct task **batches; /* each full, but the last */
	size_t count;          /* of tasks */
	size_t full, taken;    /* of batches */
	bool stop;
	pthread_mutex_t lock;
	pthread_cond_t more;
	pthread_t threads[THREADS_MOST];
	unsigned thread_count, wanted;
};

unsigned early_threads(void)
{
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);

	return processors > THREADS_MOST ? THREADS_MOST : processors > 1 ? (unsigned)processors - 1 : 0;
}

/* NULL: it is over. */
static struct task *take(struct early *e)
{
	struct task *batch = NULL;

	(void)pthread_mutex_lock(&e->lock);
	while (!e->stop && e->taken == e->full)
		(void)pthread_cond_wait(&e->more, &e->lock);
	if (!e->stop)
		batch = e->batches[e->taken++];
	(void)pthread_mutex_unlock(&e->lock);
	return batch;
}

static void *check(void *context)
{
	struct task *batch;

	while ((batch = take(context)) != NULL)
		for (size_t i = 0; i < BATCH; i++)
			if (batch[i].raw != NULL)
				batch[i].signer = commit_signer(batch[i].raw, batch[i].len);
	return NULL;
}

struct early *early_new(unsigned threads)
{
	struct early *e = mem_alloc(1, sizeof(*e));

	e->wanted = threads < THREADS_MOST ? threads : THREADS_MOST;
	(void)pthread_mutex_init(&e->lock, NULL);
	(void)pthread_cond_init(&e->more, NULL);
	return e;
}

static void start_threads(struct early *e)
{
	while (e->thread_count < e->wanted && pthread_create(&e->threads[e->thread_count], NULL, check, e) == 0)
		e->thread_count++;
	e->wanted = e->thread_count;
}

void early_add(struct early *e, const struct link *link)
{
	const size_t place = e->count % BATCH;

	if (e->wanted == 0)
		return;
	if (place == 0) {
		(void)pthread_mutex_lock(&e->lock); /* the list may move */
		e->batches = mem_grow(e->batches, e->count / BATCH, sizeof(struct task *));
		e->batches[e->count / BATCH] = mem_alloc(BATCH, sizeof(struct task));
		(void)pthread_mutex_unlock(&e->lock);
	}
	e->batches[e->count / BATCH][place] = (struct task){.raw = link->raw, .len = link->len};
	e->count++;
	if (place + 1 < BATCH)
		return;
	(void)pthread_mutex_lock(&e->lock);
	e->full++;
	(void)pthread_cond_signal(&e->more);
	(void)pthread_mutex_unlock(&e->lock);
	if (e->thread_count == 0)
		start_threads(e);
}

void early_end(struct early *e, struct link *links, size_t count)
{
	(void)pthread_mutex_lock(&e->lock);
	e->stop = true;
	(void)pthread_cond_broadcast(&e->more);
	(void)pthread_mutex_unlock(&e->lock);
	for (unsigned i = 0; i < e->thread_count; i++)
		(void)pthread_join(e->threads[i], NULL);
	for (size_t i = 0; i < e->count; i++) {
		struct public_key *signer = e->batches[i / BATCH][i % BATCH].signer;

		if (links != NULL && i < count)
			links[i].signer = signer; /* transferred */
		else
			public_key_free(signer);
	}
	for (size_t i = 0; i < e->count; i += BATCH)
		free(e->batches[i / BATCH]);
	free(e->batches);
	(void)pthread_cond_destroy(&e->more);
	(void)pthread_mutex_destroy(&e->lock);
	free(e);
}
