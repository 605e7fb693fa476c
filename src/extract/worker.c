/* worker.c - asking the worker, and believing it nothing.
 *
 * A document goes over as a sealed memory file; what comes back is bounded in size and time and read by
 * a strict grammar (wire/wire.h).  However the worker ends, the document has what was told until then
 * and, unless it ended well after its last message, is undecided. */
#define _GNU_SOURCE
#include "extract/worker.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "document_inside.h"
#include "wire/cage_part.h"
#include "wire/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 20, START_SECONDS = 20, STARTS_MOST = 20, PIECE = 256 * 1024 };
static const uint64_t MEMORY = UINT64_C(256) << 20, SAID_MOST = UINT64_C(512) << 20;

static struct {
	pthread_mutex_t lock;
	char *program;
	bool (*accepts_reduced)(void);
	int socket; /* -1: not started */
	pid_t pid;
	unsigned cage, starts;
} worker = {.lock = PTHREAD_MUTEX_INITIALIZER, .socket = -1};

static void stop(void)
{
	if (worker.socket < 0)
		return;
	(void)close(worker.socket);
	(void)kill(worker.pid, SIGKILL);
	(void)waitpid(worker.pid, NULL, 0);
	worker.socket = -1;
}

void extract_stop_worker(void)
{
	(void)pthread_mutex_lock(&worker.lock);
	stop();
	free(worker.program);
	worker.program = NULL;
	(void)pthread_mutex_unlock(&worker.lock);
}

void extract_use_worker(const char *program, bool (*accepts_reduced)(void))
{
	extract_stop_worker();
	worker.program = mem_copy_string(program);
	worker.accepts_reduced = accepts_reduced;
	worker.starts = 0;
}

/* The program with descriptor 3 the socket, 2 nowhere, an empty environment and nothing else open. */
static bool spawn(int theirs, struct err *err)
{
	char serve[] = "--serve", *argv[] = {worker.program, serve, NULL}, *environment[] = {NULL};
	posix_spawn_file_actions_t actions;
	int failed = posix_spawn_file_actions_init(&actions);

	if (failed == 0) {
		failed |= posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
		failed |= posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
		failed |= posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
		failed |= posix_spawn_file_actions_adddup2(&actions, theirs, WIRE_SOCKET);
		failed |= posix_spawn_file_actions_addclosefrom_np(&actions, WIRE_SOCKET + 1);
		if (failed == 0)
			failed = posix_spawn(&worker.pid, worker.program, &actions, NULL, argv, environment);
		(void)posix_spawn_file_actions_destroy(&actions);
	}
	errno = failed;
	return failed == 0 || err_errno(err, "%s", worker.program);
}

static bool is_cage_enough(struct err *err)
{
	const unsigned missing = CAGE_NEEDED & ~worker.cage;

	if (missing == 0 || (worker.accepts_reduced != NULL && worker.accepts_reduced()))
		return true;
	for (unsigned bit = 1; bit <= missing; bit <<= 1)
		if ((missing & bit) != 0) {
			(void)err_set(err, ERR_SYSTEM, "this machine gives the reader of documents no %s", cage_part_name((enum cage_part)bit));
			return err_hint(err, "git config review.sandbox reduced, if that is acceptable here");
		}
	return true;
}

/* Until the worker said what its cage is. */
static bool hear_hello(struct err *err)
{
	struct pollfd fd = {.fd = worker.socket, .events = POLLIN};
	struct wire_hello hello = {0};

	while (poll(&fd, 1, START_SECONDS * 1000) < 0 && errno == EINTR)
		;
	if (recv(worker.socket, &hello, sizeof(hello), MSG_DONTWAIT) != (ssize_t)sizeof(hello) || hello.version != WIRE_VERSION)
		return err_set(err, ERR_SYSTEM, "%s did not start", worker.program);
	worker.cage = hello.cage;
	return is_cage_enough(err);
}

static bool start(struct err *err)
{
	int pair[2];
	bool ok;

	if (worker.socket >= 0)
		return true;
	if (worker.program == NULL)
		return err_set(err, ERR_SYSTEM, "no program was named that reads it");
	if (worker.starts++ >= STARTS_MOST)
		return err_set(err, ERR_SYSTEM, "the reader of documents ended again and again");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return err_errno(err, "socketpair");
	ok = spawn(pair[1], err);
	(void)close(pair[1]);
	if (!ok) {
		(void)close(pair[0]);
		return false;
	}
	worker.socket = pair[0];
	ok = hear_hello(err);
	if (!ok)
		stop();
	return ok;
}

bool extract_check_worker(struct buf *out, struct err *err)
{
	bool ok;

	(void)pthread_mutex_lock(&worker.lock);
	ok = start(err);
	for (unsigned bit = 1; ok && bit <= CAGE_SECCOMP; bit <<= 1)
		buf_addf(out, "%s: %s\n", cage_part_name((enum cage_part)bit), (worker.cage & bit) != 0 ? "yes" : "no");
	(void)pthread_mutex_unlock(&worker.lock);
	return ok;
}

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

static bool send_request(const struct wire_request *request, const int fds[3], struct err *err)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(3 * sizeof(int))];
	} control = {.header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(3 * sizeof(int))}};
	union {
		const struct wire_request *request;
		void *bytes;
	} body = {request};
	struct iovec vector = {body.bytes, offsetof(struct wire_request, name) + strlen(request->name) + 1};
	struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};

	memcpy(CMSG_DATA(&control.header), fds, 3 * sizeof(int));
	for (int tries = 0; tries < 2; tries++) {
		if (!start(err))
			return false;
		if (sendmsg(worker.socket, &message, MSG_NOSIGNAL) == (ssize_t)vector.iov_len)
			return true;
		stop(); /* it died; once more with a new one */
	}
	return err_errno(err, "the reader of documents does not answer");
}

/* What the worker says about one document. */
struct hearing {
	struct document *doc;
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
			document_add_told(h->doc, &m);
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
			(void)err_set(err, ERR_LIMIT, "it took longer than %d seconds to read", SECONDS);
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
	const int64_t deadline = now_ms() + SECONDS * 2000;
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
static char *ending(int status_fd)
{
	struct err err = {0};
	int status = 0;

	if (read_until(status_fd, &status, sizeof(status), now_ms() + 5000, &err) != (ssize_t)sizeof(status))
		return mem_copy_string("its reader disappeared");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return mem_copy_string("its reader tried something its sandbox forbids: the document is hostile, or a reader is wrong");
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
		return mem_format("it took longer than %d seconds to read", SECONDS);
	if (WIFSIGNALED(status))
		return mem_format("its reader broke over it (%s)", strsignal(WTERMSIG(status)));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
		return mem_copy_string("it needs more memory than one document may have");
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? NULL : mem_copy_string("its reader could not start on it");
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
static bool ask(const struct wire_request *request, const void *bytes, struct pipes *p, struct err *err)
{
	const int document = sealed(bytes, (size_t)request->len, err);
	bool ok = false;

	if (document >= 0 && open_pipes(p, err)) {
		(void)pthread_mutex_lock(&worker.lock);
		ok = send_request(request, (const int[3]){document, p->out[1], p->status[1]}, err);
		(void)pthread_mutex_unlock(&worker.lock);
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

void worker_read(struct document *doc, const char *name, const char *title, const void *bytes, size_t len)
{
	struct wire_request request = {.version = WIRE_VERSION, .seconds = SECONDS, .len = len, .memory = MEMORY};
	struct hearing h = {.doc = doc};
	struct err err = {0};
	struct pipes p;
	char *ended;
	bool ok;

	(void)strncpy(request.name, name, WIRE_NAME_MOST - 1);
	if (!ask(&request, bytes, &p, &err)) {
		document_undecided(doc, mem_format("%s, not readable: %s%s%s", title, err.why, err.hint[0] != '\0' ? "; " : "", err.hint));
		return;
	}
	ok = hear(&h, p.out[0], &err);
	(void)close(p.out[0]);
	ended = ok ? ending(p.status[0]) : NULL;
	(void)close(p.status[0]);
	if (!ok)
		document_undecided(doc, mem_format("%s, not readable: %s", title, err.why));
	else if (ended != NULL)
		document_undecided(doc, mem_format("%s: %s", title, ended));
	else if (!h.ended)
		document_undecided(doc, mem_format("%s: its reader stopped before the end", title));
	free(ended);
}
