#ifndef CLI_KEY_PLACE_H
#define CLI_KEY_PLACE_H

#include "base/err.h"

/* Where a person's key file lies: $XDG_CONFIG_HOME/review/keys/<person>.pem, with ~/.config when
 * that is not set.  Owned by the caller.  Neither is set: ERR_INPUT. */
bool key_place_dir(char **out, struct err *err) MUST_CHECK;
bool key_place_file(const char *person, char **out, struct err *err) MUST_CHECK;

/* [a-z0-9][a-z0-9._-]{0,63}: a name that is safe as a file and valid in a ledger. */
bool person_id_check(const char *person, struct err *err) MUST_CHECK;

/* The public half beside a key file: what `path`.pub says. */
struct public_key;
bool key_place_public(const char *path, struct public_key **out, struct err *err) MUST_CHECK;

#endif
