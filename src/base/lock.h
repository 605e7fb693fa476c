#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include "base/err.h"

/* One process at a time, for work of several steps that must not be mixed with another's.
 *
 * `path` is made where it is not there, and stays: its bytes mean nothing.  Held already: *waited (where given) is
 * called once, and then `seconds` are waited at most; held still: ERR_CONFLICT.  True: *fd holds it until it is closed, or
 * the process ends, however it ends; a program that it starts does not hold it.  Where the file system knows no locks
 * nobody waits for anybody, and *fd is -1. */
bool lock_take(const char *path, unsigned seconds, void (*waited)(void), int *fd, struct err *err) MUST_CHECK;
void lock_release(int fd); /* -1 allowed */

#endif
