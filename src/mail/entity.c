/* entity.c - headers, and a body in some encoding of some type (RFC 2045, 2046). */
#include "mail_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 40 };

static char *place_of(const struct spot *spot)
{
	char *part = spot->number[0] != '\0' ? mem_format("part %s", spot->number) : mem_copy_string("");
	char *place = mail_place(spot->prefix, part);

	free(part);
	return place;
}

/* What is said of a part goes behind its place. */
static void undecided(struct reader *r, const char *place, const char *why)
{
	reader_undecided(r, "%s%s%s", place, place[0] != '\0' ? ": " : "", why);
}

/* The bytes before decoding, where decoding did not account for all of them. */
static void tell_sent(struct reader *r, const char *place, struct slice sent)
{
	char *where = mail_place(place, "as sent");

	reader_bytes(r, FLOW_HIDDEN, where, NULL, (const unsigned char *)sent.text, sent.len);
	free(where);
}

static void decode_base64(struct reader *r, const char *place, struct slice sent, struct buf *out)
{
	if (mail_base64(sent, out))
		return;
	undecided(r, place, "damaged base64");
	tell_sent(r, place, sent);
}

static void decode_quoted(struct reader *r, const char *place, struct slice sent, struct buf *out)
{
	if (!mail_quoted(sent, false, out)) /* a "=" that stands for itself is kept, so nothing is lost */
		tell_sent(r, place, sent);
}

/* The lines between "begin" and "end"; what is around them is told. */
static void decode_uu(struct reader *r, const char *place, struct slice sent, struct buf *out)
{
	struct slice line, lines = {sent.text, 0};

	while (slice_line(&sent, &line) && !slice_starts(line, "begin "))
		;
	lines.text = sent.text;
	while (slice_line(&sent, &line) && !slice_is(slice_trim(line), "end"))
		lines.len = (size_t)(line.text + line.len - lines.text);
	if (lines.len == 0 || !mail_uu(lines, out)) {
		undecided(r, place, "damaged uuencode");
		tell_sent(r, place, lines);
	}
	if (slice_trim(sent).len > 0)
		tell_sent(r, place, sent);
}

static bool is_plain(struct slice encoding)
{
	static const char *const names[] = {"7bit", "8bit", "binary", "7-bit", "8-bit"}; /* the last two are none of RFC 2045, and meant so */

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is(encoding, names[i]))
			return true;
	return encoding.len == 0;
}

/* The body as it was before it was sent: `*body` is left, or points into `out`. */
static void decode(struct reader *r, const char *place, const struct head *head, struct slice *body, struct buf *out)
{
	const struct slice encoding = head_value(head, "Content-Transfer-Encoding");
	const struct slice sent = *body;
	char *name;

	if (is_plain(encoding))
		return;
	if (slice_is(encoding, "base64"))
		decode_base64(r, place, sent, out);
	else if (slice_is(encoding, "quoted-printable"))
		decode_quoted(r, place, sent, out);
	else if (slice_is(encoding, "x-uuencode") || slice_is(encoding, "uuencode") || slice_is(encoding, "x-uue"))
		decode_uu(r, place, sent, out);
	else {
		name = mem_copy_bytes(encoding.text, encoding.len < 80 ? encoding.len : 80);
		reader_undecided(r, "%s%stransfer encoding not known: %s", place, place[0] != '\0' ? ": " : "", name);
		free(name);
		return;
	}
	*body = (struct slice){out->data != NULL ? out->data : "", out->len};
}

/* Some say base64 of a whole multipart, and mean its parts; others mean it. */
static bool holds_boundary(const struct head *head, struct slice body)
{
	const char *boundary = parameters_get(&head->type, "boundary");
	char *line = boundary != NULL ? mem_format("--%s", boundary) : NULL;
	const bool holds = line != NULL && slice_find(body, line) != NULL;

	free(line);
	return holds;
}

static bool is_message(const struct head *head, const struct spot *spot)
{
	static const char *const types[] = {"message/rfc822", "message/global", "message/news"};

	if (!head->has_type)
		return spot->digest;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(head->type.type, types[i]) == 0)
			return true;
	return false;
}

static void read_body(struct reader *r, const struct spot *spot, const struct head *head, const char *place, struct slice body)
{
	if (strncmp(head->type.type, "multipart/", 10) == 0) {
		multipart_read(r, spot, head, body);
	} else if (is_message(head, spot)) {
		reader_observe(r, OBSERVED_EMBEDDED_OBJECT, "%s", place);
		message_read(r, place, spot->depth + 1, body);
	} else {
		if (strcmp(head->type.type, "message/partial") == 0)
			undecided(r, place, "a piece of a message that was split");
		if (strcmp(head->type.type, "message/external-body") == 0)
			reader_observe(r, OBSERVED_EXTERNAL_LINK, "%s", place);
		leaf_read(r, &(struct leaf){place, head, spot->depth, body});
	}
}

void entity_read(struct reader *r, const struct spot *spot, struct slice bytes)
{
	char *place = place_of(spot);
	struct buf decoded = {0};
	struct head head;

	if (spot->depth > DEPTH_MOST) {
		undecided(r, place, "parts within parts, deeper than can be read");
	} else if (reader_may_enter(r)) {
		head_read(r, place, &bytes, &head);
		if (spot->number[0] == '\0' && head.count > 0)
			reader_observe(r, OBSERVED_PROPERTIES, "%s", place);
		if (strncmp(head.type.type, "multipart/", 10) != 0 || !holds_boundary(&head, bytes))
			decode(r, place, &head, &bytes, &decoded);
		read_body(r, spot, &head, place, bytes);
		head_release(&head);
	}
	buf_release(&decoded);
	free(place);
}

void message_read(struct reader *r, const char *prefix, unsigned depth, struct slice bytes)
{
	entity_read(r, &(struct spot){.prefix = prefix, .number = "", .depth = depth}, bytes);
}
