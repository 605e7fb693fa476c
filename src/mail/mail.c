/* mail.c - messages, web archives and mailboxes.
 *
 * The structure of a message is walked by our own code, because readers of mail disagree about it and each
 * drops something: here every byte belongs to a header, a part, or what is around parts, and all is told.
 * Charsets are left to who asked: bytes go out with the charset they claim. */
#include "mail/mail.h"

#include "mail_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

/* Lines that end in CR alone are lines where no others are. */
static void with_line_ends(const struct part *part, struct buf *own, struct slice *bytes)
{
	*bytes = (struct slice){(const char *)part->bytes, part->len};
	if (part->len == 0 || memchr(part->bytes, '\n', part->len) != NULL || memchr(part->bytes, '\r', part->len) == NULL)
		return;
	buf_add(own, part->bytes, part->len);
	for (size_t i = 0; i < own->len; i++)
		own->data[i] = (char)(own->data[i] == '\r' ? '\n' : own->data[i]);
	*bytes = (struct slice){own->data, own->len};
}

/* Neither a byte order mark nor empty lines before the first header keep programs from showing it. */
static struct slice without_lead(struct slice bytes)
{
	if (bytes.len >= 3 && memcmp(bytes.text, "\xEF\xBB\xBF", 3) == 0)
		bytes = (struct slice){bytes.text + 3, bytes.len - 3};
	while (bytes.len > 0 && (bytes.text[0] == '\r' || bytes.text[0] == '\n'))
		bytes = (struct slice){bytes.text + 1, bytes.len - 1};
	return bytes;
}

void mail_read(struct reader *reader, const struct part *part)
{
	struct buf own = {0};
	struct slice bytes;

	with_line_ends(part, &own, &bytes);
	message_read(reader, "", 0, without_lead(bytes));
	buf_release(&own);
}

void mail_headers(struct reader *reader, const char *place, const void *bytes, size_t len)
{
	headers_read(reader, place, without_lead((struct slice){bytes, len}));
}

/* Does a line that begins with "From " begin a message?  A header is directly below it; prose has none. */
static bool begins_message(struct slice line, struct slice rest)
{
	struct slice next;
	size_t name = 0;

	if (line.len < 5 || memcmp(line.text, "From ", 5) != 0 || !slice_line(&rest, &next))
		return false;
	if (next.len > 1 && next.text[0] == '>')
		return slice_starts(next, ">From ");
	while (name < next.len && next.text[name] > ' ' && next.text[name] < 0x7F && next.text[name] != ':')
		name++;
	return name > 0 && name < next.len && next.text[name] == ':';
}

/* ">From " was "From " (mboxo, mboxrd: one ">" less). */
static void add_unquoted(struct buf *out, struct slice bytes)
{
	struct slice line;

	for (const char *from = bytes.text; slice_line(&bytes, &line); from = bytes.text) {
		size_t marks = 0;

		while (marks < line.len && line.text[marks] == '>')
			marks++;
		if (marks > 0 && line.len - marks >= 5 && memcmp(line.text + marks, "From ", 5) == 0)
			from++;
		buf_add(out, from, (size_t)(bytes.text - from));
	}
}

static void read_one(struct reader *r, size_t index, struct slice bytes)
{
	char *place = mem_format("message %zu", index), *where = mail_place(place, "envelope");
	struct buf own = {0};
	struct slice line;

	if (slice_line(&bytes, &line))
		reader_bytes(r, FLOW_METADATA, where, NULL, (const unsigned char *)line.text, line.len);
	add_unquoted(&own, bytes);
	message_read(r, place, 0, (struct slice){own.data != NULL ? own.data : "", own.len});
	buf_release(&own);
	free(place);
	free(where);
}

void mailbox_read(struct reader *reader, const struct part *part)
{
	struct buf own = {0};
	struct slice rest, line, message;
	size_t index = 0;

	with_line_ends(part, &own, &rest);
	message = (struct slice){rest.text, 0};
	for (const char *from = rest.text; slice_line(&rest, &line) && !reader_stopped(reader); from = rest.text) {
		if (from > message.text && begins_message(line, rest)) {
			message.len = (size_t)(from - message.text);
			read_one(reader, ++index, message);
			message.text = from;
		}
	}
	message.len = (size_t)(rest.text - message.text);
	if (!reader_stopped(reader))
		read_one(reader, ++index, message);
	buf_release(&own);
}
