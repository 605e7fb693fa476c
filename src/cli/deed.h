#ifndef CLI_DEED_H
#define CLI_DEED_H

#include "base/err.h"

#include <stddef.h>

struct command;
struct session;

/* A command line that was read. */
struct call {
	const struct command *command;
	const char **words; /* what is left of it besides options */
	size_t count;
	void *args; /* the command's struct, filled from its options; may be NULL */
};

/* What a command does.  `s` comes zeroed: the deed opens of it what it needs, after it has looked at the words. */
typedef bool deed(struct session *s, const struct call *call, struct err *err);

/* Read the command line into `args` (zeroed; its lists are let go of), do it, close the session; where something failed
 * say so.  Returns an exit status. */
int deed_run(const struct command *self, int argc, char **argv, void *args, deed *run);

#endif
