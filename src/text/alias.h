#ifndef TEXT_ALIAS_H
#define TEXT_ALIAS_H

#include <stdbool.h>
#include <stddef.h>

/* Does some file system take `name`, one component of a path, for `as`?  They differ in case or normal form (APFS, NTFS),
 * in characters that HFS+ does not see, in dots and spaces at the end, in what follows a colon or in the short name that
 * NTFS gives.  Of short names too many are taken for it: the first two letters decide.  True for `as` itself. */
bool name_may_be(const char *name, size_t len, const char *as);

/* Is there a character in it that nobody sees, or that turns the order of others around? */
bool name_hides(const char *name, size_t len);

#endif
