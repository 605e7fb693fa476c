#ifndef AUDIT_DIGESTS_H
#define AUDIT_DIGESTS_H

#include "base/digest.h"

#include <stdint.h>

struct crew;

/* Files digested by all processors, in whatever order they are free (base/crew.h). */
struct file_digest {
	struct digest digest;
	uint64_t len; /* bytes read: one more than were asked for, when there were more */
	int failed;   /* errno, when they could not all be read; else 0 */
	int fd;       /* while it is open; the most that is asked for */
	uint64_t most;
};

/* Ends with crew_end(). */
struct crew *digests_begin(void);

/* `fd` is taken over, and at most `most` bytes and one more are read from it.  *out has to stay where it is; it is
 * filled when crew_end() returns. */
void digests_add(struct crew *crew, int fd, uint64_t most, struct file_digest *out);

#endif
