/* mail.c - not written yet: everything is named and refused. */
#include "mail/mail.h"

#include "reader/reader.h"

void mail_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}

void mailbox_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}
