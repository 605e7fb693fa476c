/* sandbox.c - what the sandbox costs a document and nothing else: `sandbox ROUNDS FILE...`.
 *
 * Reads each file with the reader of review-extract, ready as its service is, three ways in turn: in one
 * process, in a child, and in a child that closes the cage on itself first.  And a child that ends at once.
 * Prints a row for each way, medians of all rounds, for a file: milliseconds elapsed and of processor.  The
 * first way keeps what it warmed, so the third less the first is the most that a sandbox can cost.  What is
 * told goes into a pipe, as there. */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/fs.h"
#include "cage/cage.h"
#include "formats/formats.h"
#include "reader/reader.h"
#include "reader/run.h"
#include "text/charset.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OUT = 3, ROUNDS_MOST = 4096, ROOM = 512 * 1024 };

enum way { HERE, FORKED, CAGED, NOTHING, WAYS };
static const char *const names[WAYS] = {"in one process", "a child each", "a child each, in the cage",
                                        "a child that only ends"};

static struct sample {
	double elapsed, cpu; /* ms, of all files of a round */
} samples[WAYS][ROUNDS_MOST];
static int drain; /* the end of the pipe that is read */

static _Noreturn void stop(const char *why)
{
	(void)fprintf(stderr, "sandbox: %s\n", why);
	exit(1);
}

static double of_time(time_t seconds, long rest, long unit)
{
	return (double)seconds * 1e3 + (double)rest * 1e3 / (double)unit;
}

static double elapsed(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return of_time(t.tv_sec, t.tv_nsec, 1000000000);
}

static double cpu(void)
{
	static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
	double sum = 0;

	for (size_t i = 0; i < 2; i++) {
		struct rusage used;

		(void)getrusage(whose[i], &used);
		sum += of_time(used.ru_utime.tv_sec, used.ru_utime.tv_usec, 1000000) +
		       of_time(used.ru_stime.tv_sec, used.ru_stime.tv_usec, 1000000);
	}
	return sum;
}

/* What is told, written at the end as the service does with what is small. */
static struct {
	char bytes[ROOM];
	size_t len;
} told;

static void tell(void *context, const char *bytes, size_t len)
{
	(void)context;
	if (len > sizeof(told.bytes) - told.len)
		stop("a file that says too much");
	memcpy(told.bytes + told.len, bytes, len);
	told.len += len;
}

static void read_here(const struct part *part)
{
	const struct reader_run run = {.tell = tell, .read = formats_read, .limits = reader_limits_usual};

	told.len = 0;
	reader_run(&run, part);
	if (write(OUT, told.bytes, told.len) != (ssize_t)told.len)
		_exit(4);
}

static void empty_pipe(void)
{
	static char taken[ROOM];

	while (read(drain, taken, sizeof(taken)) > 0)
		;
}

static void read_in_child(const struct part *part, enum way way)
{
	static const struct cage_limits limits = {.memory = UINT64_C(256) << 20, .seconds = 60};
	int status = 1;
	const pid_t pid = _Fork();

	if (pid == 0) {
		if (way == CAGED && !cage_close(&limits))
			_exit(5);
		if (way != NOTHING)
			read_here(part);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		stop("a child failed");
}

static struct sample measure(enum way way, const struct part *parts, size_t count)
{
	const double began = elapsed(), used = cpu();

	for (size_t i = 0; i < count; i++) {
		if (way == HERE)
			read_here(&parts[i]);
		else
			read_in_child(&parts[i], way);
		empty_pipe();
	}
	return (struct sample){elapsed() - began, cpu() - used};
}

static int by_value(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(const struct sample *of, size_t rounds, bool of_cpu, size_t files)
{
	static double values[ROUNDS_MOST];

	for (size_t i = 0; i < rounds; i++)
		values[i] = (of_cpu ? of[i].cpu : of[i].elapsed) / (double)files;
	qsort(values, rounds, sizeof(values[0]), by_value);
	return values[rounds / 2];
}

/* All rounds: how many, of which files. */
struct bench {
	const struct part *parts;
	size_t files, rounds, round;
};

static void *read_all_here(void *context)
{
	const struct bench *bench = context;

	samples[HERE][bench->round] = measure(HERE, bench->parts, bench->files);
	return NULL;
}

/* The children's parent has a heap that nothing was read into, as in the service (serve/serve.c); what is
 * read in one process is read in another thread, always with the same heap. */
static void *run_all(void *context)
{
	struct bench *bench = context;
	pthread_t here;

	for (bench->round = 0; bench->round < bench->rounds; bench->round++) {
		if (pthread_create(&here, NULL, read_all_here, bench) != 0 || pthread_join(here, NULL) != 0)
			stop("no thread could be started");
		for (enum way way = FORKED; way < WAYS; way++)
			samples[way][bench->round] = measure(way, bench->parts, bench->files);
	}
	return NULL;
}

/* A pipe at OUT, wide enough for what one document says, and its other end, which does not wait. */
static void make_pipe(void)
{
	int ends[2];

	if (pipe2(ends, O_NONBLOCK) != 0)
		stop("no pipe");
	if (fcntl(ends[1], F_SETPIPE_SZ, ROOM) < 0)
		stop("no wide pipe");
	drain = fcntl(ends[0], F_DUPFD, OUT + 1);
	if (drain < 0 || dup2(ends[1], OUT) != OUT)
		stop("no pipe");
}

int main(int argc, char **argv)
{
	const size_t rounds = argc > 2 ? strtoul(argv[1], NULL, 10) : 0,
		     files = argc > 2 ? (size_t)argc - 2 : 0;
	struct bench bench = {.files = files, .rounds = rounds};
	pthread_t thread;
	struct part *parts = calloc(files + 1, sizeof(*parts));

	if (rounds == 0 || rounds > ROUNDS_MOST || parts == NULL)
		stop("usage: sandbox ROUNDS FILE...");
	for (size_t i = 0; i < files; i++) {
		struct buf bytes = {0};
		struct err err;

		if (!fs_read_file(argv[i + 2], 1 << 24, &bytes, &err))
			stop(err.why);
		parts[i] = (struct part){
			.name = argv[i + 2], .bytes = (const unsigned char *)bytes.data, .len = bytes.len};
	}
	bench.parts = parts;
	make_pipe();
	charset_warm();
	formats_warm();
	(void)cage_build(OUT, NULL);
	if (pthread_create(&thread, NULL, run_all, &bench) != 0 || pthread_join(thread, NULL) != 0)
		stop("no thread could be started");
	for (enum way way = HERE; way < WAYS; way++)
		(void)printf("%s\t%.3f\t%.3f\n", names[way], median(samples[way], rounds, false, files),
		             median(samples[way], rounds, true, files));
	return 0;
}
