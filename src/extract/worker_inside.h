#ifndef EXTRACT_WORKER_INSIDE_H
#define EXTRACT_WORKER_INSIDE_H

#include "extract/worker.h"

#include <stddef.h>
#include <stdint.h>

struct message;
struct wire_request;

enum worker_which { WORKER_READER, WORKER_SECOND, WORKER_OCR };

/* For one document. */
struct worker_limits {
	unsigned seconds; /* of processor time; of the clock, twice that */
	uint64_t memory;
};
struct worker_limits worker_limits(enum worker_which which);
bool worker_is_named(enum worker_which which);

/* Give a request to a worker, which is started if there is none. */
bool worker_send(enum worker_which which, const struct wire_request *request, const int fds[3], struct err *err) MUST_CHECK;

/* False: it cannot be started. */
bool worker_start(enum worker_which which, struct err *err) MUST_CHECK;

/* The office does without the second reader where that cannot be started. */
bool worker_second_is_waived(void);

struct worker_question {
	enum worker_which which;
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
