#ifndef CLI_ENROLMENT_FILE_H
#define CLI_ENROLMENT_FILE_H

#include "base/err.h"

struct buf;

/* A file with what `review key enroll` printed, in the form policy/enrolment.h reads: what mail and editors
 * do to the end of a text is undone. */
bool enrolment_file(const char *path, struct buf *out, struct err *err) MUST_CHECK;

#endif
