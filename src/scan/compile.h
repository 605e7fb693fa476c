#ifndef SCAN_COMPILE_H
#define SCAN_COMPILE_H

#include "finder.h"

/* The half of Vectorscan that compiles: a C++ library of 9 MB, needed once for each set of rules and then
 * come back to through the cache.  So it is not linked but loaded when asked for; each other start of the
 * program is a quarter shorter.  False with ERR_SYSTEM: it is not here, is another, or refuses the words. */
struct hs_database;
bool compile_literals(const struct literal *items, size_t count, struct hs_database **out, struct err *err) MUST_CHECK;

#endif
