#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include <stddef.h>

struct part;
struct reader;

/* A message (RFC 5322) or a web archive. */
void mail_read(struct reader *reader, const struct part *part);

/* The headers of a message alone, kept by a program that took the rest apart; `place` is of them. */
void mail_headers(struct reader *reader, const char *place, const void *bytes, size_t len);

/* An mbox of messages. */
void mailbox_read(struct reader *reader, const struct part *part);

#endif
