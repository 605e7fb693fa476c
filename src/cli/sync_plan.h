#ifndef CLI_SYNC_PLAN_H
#define CLI_SYNC_PLAN_H

#include "base/digest.h"

#include <stdbool.h>
#include <stddef.h>

struct trail;

/* What one sync has said that it is going to do, over all its rounds. */
struct sync_plan {
	struct digest *theirs; /* entries shown, by id */
	size_t their_count;
	struct digest *mine; /* by what they say, because ids and numbers change from round to round */
	size_t mine_count;
};

/* Print what came at `remote` and what becomes of ours: at first all of it, later what was not shown before.
 * False: nothing is new, nothing was printed. */
bool sync_plan_tell(struct sync_plan *plan, const char *remote, const struct trail *mine, const struct trail *theirs,
                    bool set_aside);
void sync_plan_release(struct sync_plan *plan);

#endif
