/* cleaned.c - a cleaned copy on its way out, and the account of what was taken out of it. */
#include "reader_inside.h"

#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 1024 * 1024 };

void reader_cleaned(struct reader *r, const void *bytes, size_t len)
{
	const char *at = bytes;

	for (size_t n; len > 0; at += n, len -= n) {
		n = len < PIECE ? len : PIECE;
		reader_tell(r, &(struct message){.type = MESSAGE_CLEANED, .text = {at, n}});
	}
}

static void tell(struct reader *r, enum message_type type, const char *format, va_list args)
{
	char *text = reader_format(format, args);

	reader_tell(r, &(struct message){.type = type, .text = {text, strlen(text)}});
	free(text);
}

void reader_removed(struct reader *r, const char *what_format, ...)
{
	va_list args;

	va_start(args, what_format);
	tell(r, MESSAGE_REMOVED, what_format, args);
	va_end(args);
}

void reader_kept(struct reader *r, const char *what_format, ...)
{
	va_list args;

	va_start(args, what_format);
	tell(r, MESSAGE_KEPT, what_format, args);
	va_end(args);
}
