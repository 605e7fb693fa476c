#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdint.h>

/* What has been done so far, told by whoever does it to whoever shows it (cli/progress_line.h); nobody
 * listens unless cli says so.  Any thread may tell. */
enum progress_unit { PROGRESS_ENTRIES = 0, PROGRESS_DOCUMENTS, PROGRESS_BYTES, PROGRESS_FINDINGS, PROGRESS_UNITS };

void progress_add(enum progress_unit unit, uint64_t count);
void progress_expect(enum progress_unit unit, uint64_t total); /* there will be so many more */

/* NULL: nobody.  To be set while nothing is being done. */
struct progress_listener {
	void (*add)(enum progress_unit unit, uint64_t count);
	void (*expect)(enum progress_unit unit, uint64_t total);
};
void progress_listen(const struct progress_listener *listener);

#endif
