#ifndef CLI_CACHE_SEAL_H
#define CLI_CACHE_SEAL_H

#include "seal/hash.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct repo;

/* Files that this account keeps for itself and believes later: one of each kind for a repository, sealed with a key that is
 * kept elsewhere (docs/state-cache.md).  A file that is not this user's own (place_is_own()), whose seal does not hold, or that
 * another program wrote is as good as not there. */

/* Its path, owned by the caller; NULL: there is no place for caches. */
char *cache_file(const struct repo *repo, const char *kind);

/* False: there is none, and none could be made. */
bool cache_key(bool make, unsigned char key[MAC_KEY_LEN]);

/* Appended: a text that differs where another program is running, which may verify more or write otherwise. */
void cache_program(struct buf *out);

/* Appended to `file`: a nonce and the MAC of all from `from` on, one line. */
enum { CACHE_SEAL_LEN = 2 * MAC_NONCE_LEN + 1 + 2 * MAC_LEN + 1 };
void cache_seal_add(const unsigned char key[MAC_KEY_LEN], size_t from, struct buf *file);
bool cache_seal_holds(const unsigned char key[MAC_KEY_LEN], const char *sealed, size_t len);

/* In one step; false: not this time. */
bool cache_write(const char *path, const struct buf *file);

#endif
