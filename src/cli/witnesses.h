#ifndef CLI_WITNESSES_H
#define CLI_WITNESSES_H

#include "base/err.h"

struct remote;

/* Of the checkpoints that came with a fetch, keep those that go on from the ones kept here. */
bool witnesses_keep(struct remote *remote, struct err *err) MUST_CHECK;

#endif
