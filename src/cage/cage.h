#ifndef CAGE_CAGE_H
#define CAGE_CAGE_H

#include "base/err.h"

#include <stdint.h>

/* The sandbox of the worker.  Two steps: cage_build() once in the process that forks, cage_close() in
 * each child before it sees the first byte of a document.  What a child can do afterwards: compute,
 * allocate within its limit, write to one descriptor, and end. */

/* Outer part, and the filter made ready: `out_fd` is the one descriptor a child may write to;
 * `readable` the directory whose files it may read, or NULL: none.  Returns the parts (enum cage_part) this kernel
 * gives; children inherit them or get them in cage_close(). */
unsigned cage_build(int out_fd, const char *readable);

struct cage_limits {
	uint64_t memory;  /* bytes of private memory */
	unsigned seconds; /* of processor time, and twice that of the clock */
};

/* Close the cage on this process.  False: it could not be closed; end without reading anything. */
bool cage_close(const struct cage_limits *limits) MUST_CHECK;

#endif
