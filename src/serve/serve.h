#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include <stdint.h>

struct part;
struct reader;

/* A program that reads documents for another one. */
struct service {
	const char *program; /* its name, for messages */

	/* Whatever its libraries need files or first calls for, once, before the cage is built.  Returns what it
	 * lacks (enum wire_lacks). */
	uint32_t (*ready)(void);

	/* What does each enum wire_purpose (wire/wire.h); NULL: it is not done here. */
	void (*read[2])(struct reader *reader, const struct part *part);

	const char *readable; /* a directory of data its libraries read while they work, or NULL */
};

/* The whole of such a program's main(): what it returns is the exit status. */
int serve(const struct service *service, int argc, char **argv);

#endif
