#ifndef CLI_HOOK_LINES_H
#define CLI_HOOK_LINES_H

#include "base/err.h"

#include <stddef.h>

/* Every line of what git writes to a hook's standard input (githooks(5)), without its end.  False as soon as `take` is. */
typedef bool hook_line(const char *line, size_t len, void *context, struct err *err);
bool hook_lines(hook_line *take, void *context, struct err *err) MUST_CHECK;

#endif
