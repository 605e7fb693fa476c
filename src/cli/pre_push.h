#ifndef CLI_PRE_PUSH_H
#define CLI_PRE_PUSH_H

#include "base/err.h"

/* pre-push (githooks(5)): what is about to leave this machine for `remote`, its name or address, judged as a server
 * would; standard input has the references.  Returns an exit status; complaints are printed.  As every hook of a desk it
 * is advice: git push --no-verify. */
int pre_push_hook(const char *remote, struct err *err);

#endif
