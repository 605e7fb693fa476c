/* ask.c - asking the worker about one document, and believing it nothing.
 *
 * A document goes over as a sealed memory file; what comes back is bounded in size and time and read by
 * a strict grammar (wire/wire.h).  However the worker ends, the document has what was told until then
 * and, unless it ended well after its last message, is undecided. */
#define _GNU_SOURCE
#include "worker_inside.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "document_inside.h"
#include "wire/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 256 * 1024 };
static const uint64_t SAID_MOST = UINT64_C(512) << 20;

static int sealed(const void *bytes, size_t len, struct err *err)
{
	const int fd = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0) {
		(void)err_errno(err, "memfd_create");
		return -1;
	}
	if (fs_write_all(fd, bytes, len, err)) {
		if (fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
			return fd;
		(void)err_errno(err, "sealing a memory file");
	}
	(void)close(fd);
	return -1;
}

/* What the worker says about one document. */
struct hearing {
	const struct worker_question *question;
	unsigned seconds;
	struct buf said;
	size_t used;     /* of `said` */
	uint64_t total;
	bool ended;
};

/* Every whole message heard until now. */
static bool take_messages(struct hearing *h, struct err *err)
{
	size_t used = 1;

	while (used > 0 && !h->ended) {
		struct message m = {0};

		if (!wire_read(h->said.data + h->used, h->said.len - h->used, &m, &used, err))
			return false;
		h->used += used;
		if (used > 0 && m.type == MESSAGE_END)
			h->ended = true;
		else if (used > 0)
			h->question->hear(h->question->context, &m);
		wire_release(&m);
	}
	if (h->ended && h->used < h->said.len)
		return err_set(err, ERR_INPUT, "something after the end");
	if (h->used > 0)
		memmove(h->said.data, h->said.data + h->used, h->said.len - h->used);
	h->said.len -= h->used;
	h->used = 0;
	return true;
}

static int64_t now_ms(void)
{
	struct timespec t = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Bytes from `fd` until `deadline`; 0 at its end, -1 with a reason. */
static ssize_t read_until(int fd, void *piece, size_t len, int64_t deadline, struct err *err)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};

	for (;;) {
		const int64_t left = deadline - now_ms();
		const int ready = left > 0 ? poll(&poll_fd, 1, (int)left) : 0;
		ssize_t n;

		if (ready == 0) {
			(void)err_set(err, ERR_LIMIT, "it took too long to read");
			return -1;
		}
		n = ready > 0 ? read(fd, piece, len) : -1;
		if (n >= 0)
			return n;
		if (errno != EINTR) {
			(void)err_errno(err, "reading what the reader of documents says");
			return -1;
		}
	}
}

static bool hear(struct hearing *h, int out, struct err *err)
{
	const int64_t deadline = now_ms() + (int64_t)h->seconds * 2000;
	char *piece = mem_alloc(PIECE, 1);
	ssize_t n;
	bool ok = true;

	while (ok && (n = read_until(out, piece, PIECE, deadline, err)) != 0) {
		if (n < 0) {
			ok = false;
			break;
		}
		buf_add(&h->said, piece, (size_t)n);
		h->total += (uint64_t)n;
		ok = h->total > SAID_MOST ? err_set(err, ERR_LIMIT, "more was said about it than can be heard") : true;
		ok = ok && take_messages(h, err);
	}
	ok = ok && take_messages(h, err);
	free(piece);
	buf_release(&h->said);
	return ok;
}

/* How the child ended, in words; NULL: well. */
static char *ending(int status_fd, unsigned seconds)
{
	struct err err = {0};
	int status = 0;

	if (read_until(status_fd, &status, sizeof(status), now_ms() + 5000, &err) != (ssize_t)sizeof(status))
		return mem_copy_string(N_("its reader disappeared"));
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return mem_copy_string(N_("its reader tried something its sandbox forbids: the document is hostile, or a reader is wrong"));
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
		return mem_format("it took longer than %u seconds to read", seconds);
	if (WIFSIGNALED(status))
		return mem_format("its reader broke over it (%s)", strsignal(WTERMSIG(status)));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
		return mem_copy_string(N_("it needs more memory than one document may have"));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return NULL;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 1) /* libarchive, for want of memory, does no more than that */
		return mem_copy_string(N_("a library its reader uses gave up on it, most likely for want of memory"));
	return mem_copy_string(N_("its reader could not start on it"));
}

struct pipes {
	int out[2], status[2];
};

static bool open_pipes(struct pipes *p, struct err *err)
{
	if (pipe2(p->out, O_CLOEXEC) != 0)
		return err_errno(err, "pipe");
	if (pipe2(p->status, O_CLOEXEC) != 0) {
		(void)close(p->out[0]);
		(void)close(p->out[1]);
		return err_errno(err, "pipe");
	}
	return true;
}

/* Hand it over; afterwards only the worker can write to the pipes. */
static bool hand_over(enum worker_which which, const struct wire_request *request, const void *bytes, struct pipes *p, struct err *err)
{
	const int document = sealed(bytes, (size_t)request->len, err);
	bool ok = false;

	if (document >= 0 && open_pipes(p, err)) {
		ok = worker_send(which, request, (const int[3]){document, p->out[1], p->status[1]}, err);
		(void)close(p->out[1]);
		(void)close(p->status[1]);
		if (!ok) {
			(void)close(p->out[0]);
			(void)close(p->status[0]);
		}
	}
	if (document >= 0)
		(void)close(document);
	return ok;
}

char *worker_ask(const struct worker_question *question)
{
	const struct worker_limits limits = worker_limits(question->which);
	struct wire_request request = {.version = WIRE_VERSION, .seconds = limits.seconds, .purpose = question->purpose,
	                               .pictures = worker_is_named(WORKER_OCR) ? 1 : 0, .len = question->len, .memory = limits.memory};
	struct hearing h = {.question = question, .seconds = limits.seconds};
	struct err err = {0};
	struct pipes p;
	char *ended;
	bool ok;

	(void)strncpy(request.name, question->name, WIRE_NAME_MOST - 1);
	if (!hand_over(question->which, &request, question->bytes, &p, &err))
		return mem_format("not readable: %s%s%s", err.why, err.hint[0] != '\0' ? "; " : "", err.hint);
	ok = hear(&h, p.out[0], &err);
	(void)close(p.out[0]);
	ended = ok ? ending(p.status[0], limits.seconds) : mem_format("not readable: %s", err.why);
	(void)close(p.status[0]);
	return ended == NULL && !h.ended ? mem_copy_string(N_("its reader stopped before the end")) : ended;
}
