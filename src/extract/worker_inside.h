#ifndef EXTRACT_WORKER_INSIDE_H
#define EXTRACT_WORKER_INSIDE_H

#include "extract/worker.h"

#include <stddef.h>

struct message;
struct wire_request;

/* Give a request to the worker, which is started if there is none. */
bool worker_send(const struct wire_request *request, const int fds[3], struct err *err) MUST_CHECK;

struct worker_question {
	unsigned purpose; /* enum wire_purpose */
	const char *name;
	const void *bytes;
	size_t len;
	void (*hear)(void *context, const struct message *message);
	void *context;
};

/* Ask, and hear every message but the end.  NULL: it ended well; else why not, which the caller frees. */
char *worker_ask(const struct worker_question *question);

#endif
