#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

struct part;
struct reader;

/* A message (RFC 5322) or a web archive. */
void mail_read(struct reader *reader, const struct part *part);

/* An mbox of messages. */
void mailbox_read(struct reader *reader, const struct part *part);

#endif
