#ifndef SEAL_BROKEN_H
#define SEAL_BROKEN_H

/* "review: error: <what> is not available", and the program ends with status 3: without its libraries nothing
 * it says would be worth anything.  `what` is short. */
_Noreturn void crypto_is_broken(const char *what);

#endif
