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

enum { START_SECONDS = 20, STARTS_MOST = 20 };

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

static bool send_locked(const struct wire_request *request, const int fds[3], struct err *err)
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

bool worker_send(const struct wire_request *request, const int fds[3], struct err *err)
{
	bool ok;

	(void)pthread_mutex_lock(&worker.lock);
	ok = send_locked(request, fds, err);
	(void)pthread_mutex_unlock(&worker.lock);
	return ok;
}
