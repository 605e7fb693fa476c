#ifndef LEDGER_MESSAGE_H
#define LEDGER_MESSAGE_H

#include "ledger/entry.h"

/* The message of an entry (FORMAT.md, "Message"). */

/* Lines, header fields and the bound bodies' digests; `key` (the fingerprint the message names) is
 * owned by the caller.  entry->id, key and body bytes are not filled. */
bool message_parse(const char *text, size_t len, struct entry *out, char **key, struct err *err) MUST_CHECK;

/* The one text of an entry. */
void message_write(const struct entry *entry, const char *key, struct buf *out);

#endif
