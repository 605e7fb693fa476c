#ifndef CLI_KEY_STATUS_H
#define CLI_KEY_STATUS_H

#include "base/err.h"

/* `review key`: can the person at this desk sign?  Who they are, where their key is, what the policy
 * says of it; false with the first thing that is missing, in two sentences. */
bool key_status_print(struct err *err) MUST_CHECK;

#endif
