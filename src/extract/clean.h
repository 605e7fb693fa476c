#ifndef EXTRACT_CLEAN_H
#define EXTRACT_CLEAN_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

/* A document without its hidden data: the new bytes, and the account of it, a line each. */
struct cleaned {
	struct buf bytes;
	char **removed, **kept;
	size_t removed_count, kept_count;
};

/* False: it cannot be cleaned (err says why).  Caller releases either way. */
bool extract_clean(const char *name, const void *bytes, size_t len, struct cleaned *out, struct err *err) MUST_CHECK;
void cleaned_release(struct cleaned *cleaned);

#endif
