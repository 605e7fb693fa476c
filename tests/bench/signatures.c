/* signatures.c - what a ledger's signatures cost and nothing else: `signatures REPOSITORY THREADS`.
 *
 * Reads every commit of the ledger, takes signature and payload apart as git would, and only then starts
 * the clock: each signature is checked once, by so many threads.  Prints entries, seconds elapsed
 * and seconds of processor. */
#include "base/buf.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "seal/key.h"
#include "seal/signature.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct signed_text {
	struct buf armor, payload;
};

static struct signed_text *texts;
static size_t count;
static atomic_size_t next_text;

static _Noreturn void stop(const struct err *err)
{
	(void)fprintf(stderr, "signatures: %s\n", err->why);
	exit(1);
}

static void take_apart(const struct buf *raw, struct signed_text *out)
{
	static const char begin[] = "\ngpgsig ", end[] = "-----END SSH SIGNATURE-----\n";
	const char *from = strstr(raw->data, begin), *to = from != NULL ? strstr(from, end) : NULL;

	if (to == NULL)
		stop(&(struct err){.why = "a commit without a signature"});
	to += sizeof(end) - 1;
	buf_add(&out->payload, raw->data, (size_t)(from + 1 - raw->data));
	buf_add(&out->payload, to, raw->len - (size_t)(to - raw->data));
	for (const char *p = from + sizeof(begin) - 1; p < to - 1; p++)
		if (*p != ' ' || p[-1] != '\n')
			buf_add_byte(&out->armor, *p);
}

static void read_all(struct repo *repo)
{
	struct object_id at, tree, *parents = NULL;
	struct err err = {0};
	size_t parent_count = 1;

	if (!ref_read(repo, LEDGER_REF, &at, &err))
		stop(&err);
	while (parent_count > 0) {
		struct buf raw = {0};

		if (!object_read(repo, &at, OBJECT_COMMIT, (size_t)1 << 20, &raw, &err) ||
		    !commit_links_read(raw.data, raw.len, &tree, &parents, &parent_count, &err))
			stop(&err);
		texts = mem_grow(texts, count, sizeof(*texts));
		buf_add_byte(&raw, '\0');
		raw.len--;
		take_apart(&raw, &texts[count++]);
		if (parent_count > 0)
			at = parents[0];
		free(parents);
		buf_release(&raw);
	}
}

static void *check(void *unused)
{
	size_t i;

	while ((i = atomic_fetch_add(&next_text, 1)) < count) {
		struct public_key *key = NULL;
		struct err err = {0};

		if (!signature_verify(texts[i].armor.data, texts[i].armor.len, "git", texts[i].payload.data,
		                      texts[i].payload.len, &key, &err))
			stop(&err);
		public_key_free(key);
	}
	return unused;
}

static double seconds(clockid_t clock)
{
	struct timespec t;

	(void)clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	const long threads = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
	struct repo *repo = NULL;
	struct err err = {0};
	pthread_t ids[64];
	double wall, cpu;

	if (threads < 1 || threads > 64) {
		(void)fprintf(stderr, "usage: signatures REPOSITORY THREADS\n");
		return 2;
	}
	if (!repo_open(argv[1], &repo, &err))
		stop(&err);
	read_all(repo);
	wall = seconds(CLOCK_MONOTONIC);
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	for (long i = 0; i < threads; i++)
		if (pthread_create(&ids[i], NULL, check, NULL) != 0)
			stop(&(struct err){.why = "no thread"});
	for (long i = 0; i < threads; i++)
		(void)pthread_join(ids[i], NULL);
	printf("%zu %.3f %.3f\n", count, seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	for (size_t i = 0; i < count; i++) {
		buf_release(&texts[i].armor);
		buf_release(&texts[i].payload);
	}
	free(texts);
	repo_free(repo);
	return 0;
}
