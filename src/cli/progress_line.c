/* progress_line.c - what is being done, on a line that goes away again.
 *
 * A thread of its own writes it, so that it also moves while one large document is read or a remote
 * is waited for.  It exists only where there is a terminal, and it writes to nothing else. */
#define _DEFAULT_SOURCE
#include "progress_line.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/utf8.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 500, STEP_MS = 150, HOURS_MOST = 100 };

static const char CLEAR[] = "\r\x1b[K";
static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof(signals) / sizeof(signals[0]) };

static struct {
	pthread_mutex_t lock;
	pthread_cond_t stop;
	pthread_t thread;
	bool running, shown;
	struct progress_state state;
	struct timespec start;
	struct sigaction before[SIGNALS];
} line = {.lock = PTHREAD_MUTEX_INITIALIZER, .stop = PTHREAD_COND_INITIALIZER};

/* Seconds that are left, by the first unit whose end is known; 0: nobody knows. */
static uint64_t seconds_left(const struct progress_state *s)
{
	static const enum progress_unit units[] = {PROGRESS_BYTES, PROGRESS_DOCUMENTS, PROGRESS_ENTRIES};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		const uint64_t done = s->done[units[i]], all = s->expected[units[i]];

		if (done > 0 && all > done)
			return (uint64_t)((double)s->milliseconds / 1000.0 * (double)(all - done) / (double)done) + 1;
	}
	return 0;
}

static void add_unit(struct buf *out, const char *name, uint64_t done, uint64_t all)
{
	if (done == 0 && all == 0)
		return;
	buf_add_string(out, out->len > 0 ? _(", ") : "");
	if (all > 0)
		buf_addf(out, "%s %llu/%llu", name, (unsigned long long)done, (unsigned long long)all);
	else
		buf_addf(out, "%s %llu", name, (unsigned long long)done);
}

void progress_words(const struct progress_state *s, struct buf *out)
{
	const uint64_t left = seconds_left(s), bytes = s->done[PROGRESS_BYTES];
	struct buf units = {0};

	add_unit(&units, _("entries"), s->done[PROGRESS_ENTRIES], s->expected[PROGRESS_ENTRIES]);
	add_unit(&units, _("documents"), s->done[PROGRESS_DOCUMENTS], s->expected[PROGRESS_DOCUMENTS]);
	if (bytes > 0)
		buf_addf(&units, "%s%.*f MB", units.len > 0 ? _(", ") : "", bytes < 10 * 1000 * 1000 ? 1 : 0, (double)bytes / 1e6);
	add_unit(&units, _("findings"), s->done[PROGRESS_FINDINGS], 0);
	if (left > 0 && left < 100)
		buf_addf(&units, _(", about %u s left"), (unsigned)left);
	else if (left > 0 && left < HOURS_MOST * 3600)
		buf_addf(&units, _(", about %u min left"), (unsigned)((left + 30) / 60));
	buf_addf(out, "%s%s%s", s->what, units.len > 0 ? _(": ") : "", units.len > 0 ? units.data : "");
	buf_release(&units);
}

static uint64_t since_start(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)((now.tv_sec - line.start.tv_sec) * 1000 + (now.tv_nsec - line.start.tv_nsec) / 1000000);
}

static void put(const char *bytes, size_t len)
{
	ssize_t written = write(STDERR_FILENO, bytes, len);

	(void)written; /* a terminal that takes nothing is not worth stopping for */
}

/* The line is cut where it would wrap: a second line could not be taken back. */
static void show(void)
{
	struct winsize window;
	struct buf text = {0};
	size_t columns = 79;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 10)
		columns = window.ws_col - 1u;
	buf_add_string(&text, CLEAR);
	progress_words(&line.state, &text);
	while (text.len > sizeof(CLEAR) && utf8_width(text.data + sizeof(CLEAR) - 1, text.len - sizeof(CLEAR) + 1) > columns)
		do
			text.len--;
		while (((unsigned char)text.data[text.len] & 0xc0) == 0x80);
	put(text.data, text.len);
	line.shown = true;
	buf_release(&text);
}

static void *write_line(void *nothing)
{
	struct timespec until;

	(void)nothing;
	(void)pthread_mutex_lock(&line.lock);
	while (line.running) {
		(void)clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += STEP_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		(void)pthread_cond_timedwait(&line.stop, &line.lock, &until);
		line.state.milliseconds = since_start();
		if (line.running && line.state.milliseconds >= PATIENCE_MS)
			show();
	}
	(void)pthread_mutex_unlock(&line.lock);
	return NULL;
}

/* Leave the terminal as it was, then die of the same signal: SA_RESETHAND put the default back. */
static void on_signal(int signal)
{
	put(CLEAR, sizeof(CLEAR) - 1);
	(void)raise(signal);
}

static void add(enum progress_unit unit, uint64_t count)
{
	(void)pthread_mutex_lock(&line.lock);
	line.state.done[unit] += count;
	(void)pthread_mutex_unlock(&line.lock);
}

static void expect(enum progress_unit unit, uint64_t total)
{
	(void)pthread_mutex_lock(&line.lock);
	line.state.expected[unit] += total;
	(void)pthread_mutex_unlock(&line.lock);
}

static bool is_possible(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) == 1 && term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
}

void progress_begin(const char *what)
{
	static const struct progress_listener listener = {add, expect};
	const struct sigaction clear = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

	progress_end();
	if (!is_possible())
		return;
	line.state = (struct progress_state){.what = what};
	line.running = true;
	(void)clock_gettime(CLOCK_MONOTONIC, &line.start);
	if (pthread_create(&line.thread, NULL, write_line, NULL) != 0) {
		line.running = false;
		return;
	}
	for (size_t i = 0; i < SIGNALS; i++) {
		(void)sigaction(signals[i], NULL, &line.before[i]);
		if (line.before[i].sa_handler == SIG_DFL)
			(void)sigaction(signals[i], &clear, NULL);
	}
	progress_listen(&listener);
}

void progress_end(void)
{
	if (!line.running)
		return;
	progress_listen(NULL);
	(void)pthread_mutex_lock(&line.lock);
	line.running = false;
	(void)pthread_cond_signal(&line.stop);
	(void)pthread_mutex_unlock(&line.lock);
	(void)pthread_join(line.thread, NULL);
	for (size_t i = 0; i < SIGNALS; i++)
		(void)sigaction(signals[i], &line.before[i], NULL);
	if (line.shown)
		put(CLEAR, sizeof(CLEAR) - 1);
	line.shown = false;
}
