/* serve.c - what a program that reads documents is: trusted with nothing.
 *
 * Started once by the program that wants documents read, with a socket as descriptor 3, it makes itself
 * ready (libraries, charsets), builds the cage and then forks for each document: a child closes the cage
 * on itself, reads, tells, and ends.  The process that forks never looks at a document.  Libraries of
 * documents and their licences live here and never share a process with a key.
 *
 * It forks from a second thread while the first one waits, for the heap that glibc gives a thread.  In the
 * first one's is what the libraries kept when they made themselves ready, with room between it: a child that
 * writes there has a page copied each time.  The second's was never written to, and a new page costs a third
 * of a copied one. */
#define _GNU_SOURCE
#include "serve/serve.h"

#include "serve_inside.h"
#include "wire/wire.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN_MOST = 64, STACK = 8 << 20, KEPT = 1 << 30 };
static struct child {
	pid_t pid;
	int status_fd;
} children[CHILDREN_MOST];
static size_t child_count;
static int child_ends; /* a signalfd */

static int fail(const struct service *service, const char *why)
{
	(void)fprintf(stderr, "%s: %s\n", service->program, why);
	return 3;
}

/* How each child that ended did so goes to whoever asked. */
static void reap(void)
{
	int status = 0;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (size_t i = 0; i < child_count; i++) {
			if (children[i].pid != pid)
				continue;
			if (write(children[i].status_fd, &status, sizeof(status)) != (ssize_t)sizeof(status))
				status = 0; /* nobody listens any more */
			(void)close(children[i].status_fd);
			children[i--] = children[--child_count];
		}
}

/* One request and its three descriptors; false: nobody asks any more. */
static bool receive(const struct service *service, struct wire_request *request, int fds[3])
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(3 * sizeof(int))];
	} control = {0};
	struct iovec vector = {request, sizeof(*request)};
	struct msghdr message = {.msg_iov = &vector,
	                         .msg_iovlen = 1,
	                         .msg_control = &control,
	                         .msg_controllen = sizeof(control)};
	const ssize_t n = recvmsg(WIRE_SOCKET, &message, MSG_CMSG_CLOEXEC);
	const struct cmsghdr *header = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;

	if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
	    header->cmsg_len != CMSG_LEN(3 * sizeof(int)))
		return false;
	memcpy(fds, CMSG_DATA(header), 3 * sizeof(int));
	request->name[WIRE_NAME_MOST - 1] = '\0';
	return (size_t)n > offsetof(struct wire_request, name) && request->version == WIRE_VERSION &&
	       request->purpose < WIRE_PURPOSES && service->read[request->purpose] != NULL;
}

static bool take_request(const struct service *service)
{
	static struct wire_request request;
	int fds[3] = {-1, -1, -1};
	pid_t pid;

	memset(&request, 0, sizeof(request));
	if (!receive(service, &request, fds))
		return false;
	pid = _Fork(); /* no handlers of libraries: there is one thread, and what they would mend nobody uses
	                */
	if (pid == 0)
		read_document(service, &request, fds[0], fds[1]);
	(void)close(fds[0]);
	(void)close(fds[1]);
	if (pid > 0)
		children[child_count++] = (struct child){pid, fds[2]};
	else
		(void)close(fds[2]); /* could not fork: whoever asked sees the pipes end */
	return true;
}

static int wait_for_work(const struct service *service)
{
	struct pollfd fds[] = {{.fd = child_ends, .events = POLLIN}, {.fd = WIRE_SOCKET, .events = POLLIN}};
	struct signalfd_siginfo info;

	for (;;) {
		if (poll(fds, child_count < CHILDREN_MOST ? 2 : 1, -1) < 0 && errno != EINTR)
			return fail(service, "poll failed");
		if (fds[0].revents != 0 && read(child_ends, &info, sizeof(info)) == (ssize_t)sizeof(info))
			reap();
		if (child_count < CHILDREN_MOST && fds[1].revents != 0 && !take_request(service))
			return 0;
		fds[1].revents = 0;
	}
}

struct work {
	const struct service *service;
	int status;
};

static void *work(void *context)
{
	struct work *work = context;

	work->status = wait_for_work(work->service);
	return NULL;
}

/* What the first thread was allowed and denied, the second is too: the cage is built before. */
static int work_on_new_heap(const struct service *service)
{
	struct work to_do = {.service = service, .status = 3};
	pthread_attr_t attributes;
	pthread_t thread;
	int failed = pthread_attr_init(&attributes);

	/* of a thread's heap nothing is given back: glibc opens a file to ask whether it may, which no child can */
	(void)mallopt(M_TRIM_THRESHOLD, KEPT);
	if (failed == 0) {
		failed = pthread_attr_setstacksize(&attributes, STACK);
		if (failed == 0)
			failed = pthread_create(&thread, &attributes, work, &to_do);
		(void)pthread_attr_destroy(&attributes);
	}
	if (failed != 0 || pthread_join(thread, NULL) != 0)
		return fail(service, "no thread could be started");
	return to_do.status;
}

int serve(const struct service *service, int argc, char **argv)
{
	sigset_t child_ended;
	struct wire_hello hello = {.version = WIRE_VERSION};
	int type = 0;
	socklen_t len = sizeof(type);

	if (argc != 2 || strcmp(argv[1], "--serve") != 0 ||
	    getsockopt(WIRE_SOCKET, SOL_SOCKET, SO_TYPE, &type, &len) != 0)
		return fail(service,
		            "started by review(1), which says what to read; it is no command for people");
	(void)signal(SIGPIPE, SIG_DFL);
	(void)sigemptyset(&child_ended);
	(void)sigaddset(&child_ended, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &child_ended, NULL);
	child_ends = signalfd(-1, &child_ended, SFD_CLOEXEC);
	if (child_ends < 0)
		return fail(service, "signalfd failed");
	hello.lacks = service->ready();
	hello.cage = build_cage(service);
	if (send(WIRE_SOCKET, &hello, sizeof(hello), MSG_NOSIGNAL) != (ssize_t)sizeof(hello))
		return 3;
	return work_on_new_heap(service);
}
