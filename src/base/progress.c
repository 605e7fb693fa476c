/* progress.c - a word on the way, without knowing who hears it. */
#include "base/progress.h"

#include <stddef.h>

static const struct progress_listener *heard_by;

void progress_listen(const struct progress_listener *listener) { heard_by = listener; }

void progress_add(enum progress_unit unit, uint64_t count)
{
	if (heard_by != NULL)
		heard_by->add(unit, count);
}

void progress_expect(enum progress_unit unit, uint64_t total)
{
	if (heard_by != NULL)
		heard_by->expect(unit, total);
}
