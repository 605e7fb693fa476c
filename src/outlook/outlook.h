#ifndef OUTLOOK_OUTLOOK_H
#define OUTLOOK_OUTLOOK_H

#include <stddef.h>

struct compound;
struct part;
struct reader;

/* The message in `storage` of a compound file ([MS-OXMSG]): every property, recipients, attachments and the
 * messages in them.  What it read or knows is marked so (compound_entry.read); objects of other programs in
 * attachments and streams no message has are left to the caller.  Of a storage whose properties were read
 * already nothing is told. */
void outlook_message(struct reader *reader, struct compound *compound, size_t storage);

/* A winmail.dat ([MS-OXTNEF]). */
void tnef_read(struct reader *reader, const struct part *part);

#endif
