#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include <stdbool.h>

/* Where this program keeps things outside of repositories; the caller frees.  NULL: this account has
 * no such place, and does without. */
char *cache_place(const char *name); /* $XDG_CACHE_HOME/review/NAME: may be deleted at any time */
char *state_place(const char *name); /* $XDG_STATE_HOME/review/NAME: must not */

/* A plain file of this user that nobody else can write. */
bool place_is_own(const char *path);

#endif
