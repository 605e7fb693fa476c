#ifndef CARRY_CHILD_H
#define CARRY_CHILD_H

#include "base/buf.h"
#include "carry/carry.h"

/* How one run of git ended. */
struct child_answer {
	int status; /* its exit status; 128 and more for a signal */
	struct buf output, errors;
};
void child_answer_release(struct child_answer *answer);

/* Run `git WORDS...` (ended by NULL) with `input` (NULL: nothing) on its standard input and wait.
 * True: it ran, however it ended. */
bool child_run(const struct carry *carry, const char *const *words, const struct buf *input,
               struct child_answer *out, struct err *err) MUST_CHECK;

#endif
