#ifndef CLI_RECEIVE_H
#define CLI_RECEIVE_H

#include "base/err.h"

/* pre-receive: judge every update on standard input ("old new ref" lines, githooks(5)), all of it
 * or nothing.  Returns an exit status; complaints are printed. */
int receive_hook(struct err *err);

#endif
