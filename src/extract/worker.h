#ifndef EXTRACT_WORKER_H
#define EXTRACT_WORKER_H

#include "base/err.h"

struct buf;

/* The program that reads formats, one process a document, in a sandbox.  Until it is named every
 * document that is no text is undecided.  A sandbox the kernel cannot make whole (cage/cage.h) is taken
 * only if `accepts_reduced` (NULL: never), asked once when it comes to that, says so.  Call before any
 * document is read. */
void extract_use_worker(const char *program, bool (*accepts_reduced)(void));

/* Start it, and say what its sandbox is made of, a line each.  False: it does not start, or the
 * sandbox is not whole and was not allowed to be reduced. */
bool extract_check_worker(struct buf *out, struct err *err) MUST_CHECK;

/* End it.  It ends by itself when this process does. */
void extract_stop_worker(void);

#endif
