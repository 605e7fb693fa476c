#ifndef CLI_PUSHED_NAMES_H
#define CLI_PUSHED_NAMES_H

#include "base/err.h"

#include <stdbool.h>

/* May a push give this name to something (`deleted`: take it away)?  ERR_DENIED: git, a person or the file system that
 * names are kept in may take it for one that is guarded.  The guarded names themselves are judged elsewhere. */
bool pushed_name_judge(const char *ref, bool deleted, struct err *err) MUST_CHECK;

#endif
