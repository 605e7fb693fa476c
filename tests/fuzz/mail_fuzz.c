/* FUZZ: mail */
/* mail_fuzz.c - a message, a mailbox, or a block of headers. */
#include "mail/mail.h"
#include "reader/reader.h"
#include "reader/run.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

static void read_any(struct reader *r, const struct part *part)
{
	if (part->len > 5 && memcmp(part->bytes, "From ", 5) == 0)
		mailbox_read(r, part);
	else
		mail_read(r, part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_any, .limits = reader_limits_usual};
	const struct part part = {"a.eml", data, size};

	reader_run(&run, &part);
	return 0;
}
