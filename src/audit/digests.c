/* digests.c - many files, or few large ones, read and digested by all processors.
 *
 * Whoever walks the directory opens them, so that what is read is what was met there, and puts them into a ring; the
 * others take them out, and so does the walker when the ring is full.  To wake somebody costs as much as a small
 * file: nobody is woken for a few of those. */
#define _DEFAULT_SOURCE
#include "digests.h"

#include "base/mem.h"
#include "seal/hash.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { RING = 64, ENOUGH = 16, THREADS_MOST = 63, PIECE = 256 * 1024 };
static const uint64_t ENOUGH_BYTES = (uint64_t)1024 * 1024;

struct task {
	int fd;
	uint64_t most;
	struct file_digest *out;
};

struct digests {
	struct task ring[RING];
	size_t added, taken;
	uint64_t waiting_bytes; /* of what was added and not taken */
	bool over;
	pthread_mutex_t lock;
	pthread_cond_t more;
	pthread_t threads[THREADS_MOST];
	unsigned thread_count, wanted;
	char *piece; /* the walker's */
};

static void digest_one(const struct task *task, char *piece)
{
	struct file_digest *out = task->out;
	struct hash *hash = hash_new();

	while (out->len <= task->most) {
		const uint64_t left = task->most - out->len;
		const ssize_t n = read(task->fd, piece, left < PIECE ? (size_t)left + 1 : PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			out->failed = errno;
		if (n <= 0)
			break;
		hash_add(hash, piece, (size_t)n);
		out->len += (uint64_t)n;
	}
	hash_end(hash, &out->digest);
	hash_free(hash);
	(void)close(task->fd);
}

/* The lock is held. */
static struct task take(struct digests *d)
{
	const struct task task = d->ring[d->taken++ % RING];

	d->waiting_bytes -= task.most;
	return task;
}

static void *work(void *context)
{
	struct digests *d = context;
	char *piece = mem_resize(NULL, PIECE, 1);

	(void)pthread_mutex_lock(&d->lock);
	for (;;) {
		struct task task;

		while (d->taken == d->added && !d->over)
			(void)pthread_cond_wait(&d->more, &d->lock);
		if (d->taken == d->added)
			break;
		task = take(d);
		(void)pthread_mutex_unlock(&d->lock);
		digest_one(&task, piece);
		(void)pthread_mutex_lock(&d->lock);
	}
	(void)pthread_mutex_unlock(&d->lock);
	free(piece);
	return NULL;
}

struct digests *digests_begin(void)
{
	struct digests *d = mem_alloc(1, sizeof(*d));
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);

	d->wanted = processors > THREADS_MOST ? THREADS_MOST : processors > 1 ? (unsigned)processors - 1 : 0;
	d->piece = mem_resize(NULL, PIECE, 1);
	(void)pthread_mutex_init(&d->lock, NULL);
	(void)pthread_cond_init(&d->more, NULL);
	return d;
}

/* There is enough to do for all. */
static void call_others(struct digests *d)
{
	while (d->thread_count < d->wanted && pthread_create(&d->threads[d->thread_count], NULL, work, d) == 0)
		d->thread_count++;
	d->wanted = d->thread_count;
	(void)pthread_cond_broadcast(&d->more);
}

/* One is done here, where there is one. */
static bool help(struct digests *d)
{
	struct task task;
	bool any;

	(void)pthread_mutex_lock(&d->lock);
	any = d->taken < d->added;
	if (any)
		task = take(d);
	(void)pthread_mutex_unlock(&d->lock);
	if (any)
		digest_one(&task, d->piece);
	return any;
}

void digests_add(struct digests *d, int fd, uint64_t most, struct file_digest *out)
{
	bool full;

	*out = (struct file_digest){.len = 0};
	(void)pthread_mutex_lock(&d->lock);
	d->ring[d->added++ % RING] = (struct task){.fd = fd, .most = most, .out = out};
	d->waiting_bytes += most;
	if (d->added - d->taken >= ENOUGH || d->waiting_bytes >= ENOUGH_BYTES)
		call_others(d);
	full = d->added - d->taken == RING;
	(void)pthread_mutex_unlock(&d->lock);
	if (full)
		(void)help(d);
}

void digests_end(struct digests *d)
{
	while (help(d))
		continue;
	(void)pthread_mutex_lock(&d->lock);
	d->over = true;
	(void)pthread_cond_broadcast(&d->more);
	(void)pthread_mutex_unlock(&d->lock);
	for (unsigned i = 0; i < d->thread_count; i++)
		(void)pthread_join(d->threads[i], NULL);
	(void)pthread_cond_destroy(&d->more);
	(void)pthread_mutex_destroy(&d->lock);
	free(d->piece);
	free(d);
}
