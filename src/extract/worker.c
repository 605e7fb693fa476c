/* worker.c - the process that reads documents: started once, asked often, started again when it died. */
#define _GNU_SOURCE
#include "extract/worker.h"

#include "base/buf.h"
#include "base/mem.h"
#include "wire/cage_part.h"
#include "wire/wire.h"
#include "worker_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_SECONDS = 20, STARTS_MOST = 20, USUAL = 256 << 20 };

struct process {
	pthread_mutex_t lock;
	const char *title;
	struct worker_limits limits;
	char *program;
	int socket; /* -1: not started */
	pid_t pid;
	unsigned cage, starts;
};
static struct process processes[] = {
	[WORKER_READER] = {.lock = PTHREAD_MUTEX_INITIALIZER, .title = "the reader of documents", .socket = -1, .limits = {20, USUAL}},
	[WORKER_SECOND] = {.lock = PTHREAD_MUTEX_INITIALIZER, .title = "the second reader of PDFs", .socket = -1, .limits = {20, USUAL}},
	[WORKER_OCR] = {.lock = PTHREAD_MUTEX_INITIALIZER, .title = "the reader of pictures", .socket = -1, .limits = {60, 4 * USUAL}},
};
static bool (*accepts_reduced)(void);
static bool (*does_without_second)(void);

static void stop(struct process *p)
{
	if (p->socket < 0)
		return;
	(void)close(p->socket);
	(void)kill(p->pid, SIGKILL);
	(void)waitpid(p->pid, NULL, 0);
	p->socket = -1;
}

static void use(enum worker_which which, const char *program)
{
	struct process *p = &processes[which];

	(void)pthread_mutex_lock(&p->lock);
	stop(p);
	free(p->program);
	p->program = program != NULL ? mem_copy_string(program) : NULL;
	p->starts = 0;
	(void)pthread_mutex_unlock(&p->lock);
}

void extract_stop_worker(void)
{
	use(WORKER_READER, NULL);
	use(WORKER_SECOND, NULL);
	use(WORKER_OCR, NULL);
}

void extract_use_worker(const char *program, bool (*reduced)(void))
{
	use(WORKER_READER, program);
	accepts_reduced = reduced;
}

void extract_use_second(const char *program, bool (*does_without)(void))
{
	use(WORKER_SECOND, program);
	does_without_second = does_without;
}

void extract_use_ocr(const char *program)
{
	use(WORKER_OCR, program);
}

bool worker_is_named(enum worker_which which)
{
	return processes[which].program != NULL;
}

struct worker_limits worker_limits(enum worker_which which)
{
	return processes[which].limits;
}

bool worker_second_is_waived(void)
{
	return does_without_second != NULL && does_without_second();
}

/* The program with descriptor 3 the socket, 2 nowhere, nothing else open, and of the environment only that
 * libraries shall not start threads, which no cage allows. */
static bool spawn(struct process *p, int theirs, struct err *err)
{
	char serve[] = "--serve", *argv[] = {p->program, serve, NULL}, one_thread[] = "OMP_THREAD_LIMIT=1", bound[] = "LD_BIND_NOW=1", *environment[] = {one_thread, bound, NULL};
	posix_spawn_file_actions_t actions;
	int failed = posix_spawn_file_actions_init(&actions);

	if (failed == 0) {
		failed |= posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
		failed |= posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
		failed |= posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
		failed |= posix_spawn_file_actions_adddup2(&actions, theirs, WIRE_SOCKET);
		failed |= posix_spawn_file_actions_addclosefrom_np(&actions, WIRE_SOCKET + 1);
		if (failed == 0)
			failed = posix_spawn(&p->pid, p->program, &actions, NULL, argv, environment);
		(void)posix_spawn_file_actions_destroy(&actions);
	}
	errno = failed;
	return failed == 0 || err_errno(err, "%s", p->program);
}

/* What is wrong with one of the programs; its title is part of the reason.  Takes `reason`. */
static bool give_up(struct err *err, char *reason)
{
	(void)err_reason(err, ERR_SYSTEM, reason);
	free(reason);
	return false;
}

static bool is_cage_enough(const struct process *p, struct err *err)
{
	const unsigned missing = CAGE_NEEDED & ~p->cage;

	if (missing == 0 || (accepts_reduced != NULL && accepts_reduced()))
		return true;
	for (unsigned bit = 1; bit <= missing; bit <<= 1)
		if ((missing & bit) != 0) {
			(void)give_up(err, mem_format("%s gets no sandbox in full on this machine: %s", p->title, cage_part_name((enum cage_part)bit)));
			return err_hint(err, "git config review.sandbox reduced, if that is acceptable here");
		}
	return true;
}

static bool is_complete(const struct process *p, const struct wire_hello *hello, struct err *err)
{
	if (hello->lacks == WIRE_LACKS_NOTHING)
		return true;
	if (hello->lacks == WIRE_LACKS_LANGUAGES) {
		(void)give_up(err, mem_format("%s knows no language", p->title));
		return err_hint(err, "install Tesseract's data (tesseract-ocr-chi-sim, tesseract-ocr-eng)");
	}
	(void)give_up(err, mem_format("%s has no data for Chinese text", p->title));
	return err_hint(err, "install Poppler's data package (poppler-data), or: git config review.second-reader none");
}

/* Until the worker said what its cage is. */
static bool hear_hello(struct process *p, struct err *err)
{
	struct pollfd fd = {.fd = p->socket, .events = POLLIN};
	struct wire_hello hello = {0};

	while (poll(&fd, 1, START_SECONDS * 1000) < 0 && errno == EINTR)
		;
	if (recv(p->socket, &hello, sizeof(hello), MSG_DONTWAIT) != (ssize_t)sizeof(hello) || hello.version != WIRE_VERSION)
		return err_set(err, ERR_SYSTEM, "%s did not start", p->program);
	p->cage = hello.cage;
	return is_complete(p, &hello, err) && is_cage_enough(p, err);
}

static bool start(struct process *p, struct err *err)
{
	int pair[2];
	bool ok;

	if (p->socket >= 0)
		return true;
	if (p->program == NULL)
		return give_up(err, mem_format("%s is not there", p->title));
	if (p->starts++ >= STARTS_MOST)
		return give_up(err, mem_format("%s ended again and again", p->title));
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return err_errno(err, "socketpair");
	ok = spawn(p, pair[1], err);
	(void)close(pair[1]);
	if (!ok) {
		(void)close(pair[0]);
		return false;
	}
	p->socket = pair[0];
	ok = hear_hello(p, err);
	if (!ok)
		stop(p);
	return ok;
}

bool worker_start(enum worker_which which, struct err *err)
{
	struct process *p = &processes[which];
	bool ok;

	(void)pthread_mutex_lock(&p->lock);
	ok = start(p, err);
	(void)pthread_mutex_unlock(&p->lock);
	return ok;
}

static bool check(enum worker_which which, struct buf *out, struct err *err)
{
	const struct process *p = &processes[which];

	if (!worker_start(which, err))
		return false;
	for (unsigned bit = 1; bit <= CAGE_SECCOMP; bit <<= 1)
		buf_addf(out, "%s, %s: %s\n", p->title, cage_part_name((enum cage_part)bit), (p->cage & bit) != 0 ? "yes" : "no");
	return true;
}

bool extract_check_worker(struct buf *out, struct err *err)
{
	if (!check(WORKER_READER, out, err))
		return false;
	if (check(WORKER_SECOND, out, err))
		return true;
	if (!worker_second_is_waived())
		return false;
	buf_addf(out, "%s: none, as configured\n", processes[WORKER_SECOND].title);
	*err = (struct err){0};
	return true;
}

static bool send_locked(struct process *p, const struct wire_request *request, const int fds[3], struct err *err)
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
		if (!start(p, err))
			return false;
		if (sendmsg(p->socket, &message, MSG_NOSIGNAL) == (ssize_t)vector.iov_len)
			return true;
		stop(p); /* it died; once more with a new one */
	}
	return give_up(err, mem_format("%s does not answer: %s", p->title, strerror(errno)));
}

bool worker_send(enum worker_which which, const struct wire_request *request, const int fds[3], struct err *err)
{
	struct process *p = &processes[which];
	bool ok;

	(void)pthread_mutex_lock(&p->lock);
	ok = send_locked(p, request, fds, err);
	(void)pthread_mutex_unlock(&p->lock);
	return ok;
}
