/* multipart.c - a body of several parts (RFC 2046 5.1), cut where a line is its boundary.
 *
 * Every byte belongs to a part, or to what is before, between or behind them; no program shows that, so
 * it is told as hidden.  Parts behind the closing boundary are read as the others are. */
#include "mail_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_MOST = 400 };

struct cutter {
	char *delimiter; /* "--boundary" */
	size_t len;
	struct slice rest;
};

/* What comes before the next boundary line, without the line end that is the boundary's own. */
struct piece {
	struct slice bytes;
	bool closes;  /* the boundary behind it is the last one */
	bool ends;    /* no boundary is behind it */
};

/* Is `line` the boundary; the closing one? */
static bool is_delimiter(const struct cutter *cutter, struct slice line, bool *closes)
{
	struct slice behind;
	bool last;

	if (line.len < cutter->len || memcmp(line.text, cutter->delimiter, cutter->len) != 0)
		return false;
	behind = slice_trim((struct slice){line.text + cutter->len, line.len - cutter->len});
	last = behind.len == 2 && memcmp(behind.text, "--", 2) == 0 && behind.text == line.text + cutter->len;
	if (behind.len > 0 && !last)
		return false;
	*closes = last;
	return true;
}

static struct piece next_piece(struct cutter *cutter)
{
	const char *const from = cutter->rest.text;
	struct piece piece = {.bytes = {from, 0}};
	struct slice line;

	while (slice_line(&cutter->rest, &line)) {
		if (is_delimiter(cutter, line, &piece.closes)) {
			piece.bytes.len = (size_t)(line.text - from);
			piece.bytes.len -= piece.bytes.len > 0 ? 1 : 0;
			piece.bytes.len -= piece.bytes.len > 0 && from[piece.bytes.len - 1] == '\r' ? 1 : 0;
			return piece;
		}
	}
	piece.bytes.len = (size_t)(cutter->rest.text - from);
	piece.ends = true;
	return piece;
}

/* What every program writes for those that know no parts. */
static bool is_courtesy(struct slice text)
{
	static const char *const starts[] = {
		"This is a multi-part message in MIME format", "This is a multipart message in MIME format",
		"This is a message with multiple parts in MIME format", "This is a cryptographically signed message in MIME format",
		"This is an S/MIME signed message", "This is an OpenPGP/MIME signed message (RFC 4880 and 3156)",
		"This is a MIME-formatted message", "This message is in MIME format"};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (slice_starts(text, starts[i]) && text.len <= strlen(starts[i]) + 2)
			return true;
	return false;
}

static void tell_between(struct reader *r, const char *place, struct slice text, bool before)
{
	char *where = mail_place(place, before ? "before the first part" : "behind the parts");

	text = slice_trim(text);
	if (text.len > 0) {
		reader_bytes(r, FLOW_HIDDEN, where, NULL, (const unsigned char *)text.text, text.len);
		if (!before)
			reader_observe(r, OBSERVED_APPENDED_DATA, "%s", where);
		else if (!is_courtesy(text))
			reader_observe(r, OBSERVED_HIDDEN_TEXT, "%s", where);
	}
	free(where);
}

static void read_part(struct reader *r, const struct spot *spot, const struct head *head, size_t index, struct slice bytes)
{
	char *number = spot->number[0] != '\0' && strlen(spot->number) < NUMBER_MOST ? mem_format("%s.%zu", spot->number, index)
	                                                                            : mem_format("%zu", index);
	const struct spot inner = {.prefix = spot->prefix,
	                           .number = number,
	                           .depth = spot->depth + 1,
	                           .digest = strcmp(head->type.type, "multipart/digest") == 0};

	entity_read(r, &inner, bytes);
	free(number);
}

/* Encrypted and signed wholes (RFC 1847): the parts are read as any others. */
static void observe_kind(struct reader *r, const char *place, const struct head *head)
{
	const char *colon = place[0] != '\0' ? ": " : "";

	if (strcmp(head->type.type, "multipart/encrypted") == 0)
		reader_undecided(r, "%s%sencrypted (PGP/MIME)", place, colon);
	if (strcmp(head->type.type, "multipart/signed") == 0)
		reader_observe(r, OBSERVED_SIGNATURE, "%s", place);
}

/* A style sheet says what is not shown of the page it comes with: it is read before. */
static bool is_sheet(const struct head *head, struct slice piece)
{
	struct slice line;

	if (strcmp(head->type.type, "multipart/related") != 0)
		return false;
	while (slice_line(&piece, &line) && slice_trim(line).len > 0)
		if (slice_find(line, "text/css") != NULL)
			return true;
	return false;
}

static void read_sheets(struct reader *r, const struct spot *spot, const struct head *head, struct cutter cutter)
{
	struct piece piece = next_piece(&cutter);

	for (size_t index = 1; !piece.ends && !piece.closes && !reader_stopped(r); index++) {
		piece = next_piece(&cutter);
		if (is_sheet(head, piece.bytes))
			read_part(r, spot, head, index, piece.bytes);
	}
}

static void read_pieces(struct reader *r, const struct spot *spot, const struct head *head, const char *place,
                        struct cutter *cutter)
{
	struct piece piece = next_piece(cutter);
	bool between = piece.closes, closed = piece.closes;
	size_t index = 0;

	tell_between(r, place, piece.bytes, true);
	if (piece.ends)
		reader_undecided(r, "%s%sa multipart without its boundary", place, place[0] != '\0' ? ": " : "");
	while (!piece.ends && !reader_stopped(r)) {
		piece = next_piece(cutter);
		if (between)
			tell_between(r, place, piece.bytes, false);
		else if (!piece.ends || slice_trim(piece.bytes).len > 0) {
			index++;
			if (closed || !is_sheet(head, piece.bytes))
				read_part(r, spot, head, index, piece.bytes);
		}
		between = piece.closes;
		closed = closed || piece.closes;
	}
	if (index > 0 && !closed)
		reader_undecided(r, "%s%sa multipart that does not end", place, place[0] != '\0' ? ": " : "");
}

void multipart_read(struct reader *r, const struct spot *spot, const struct head *head, struct slice body)
{
	const char *boundary = parameters_get(&head->type, "boundary");
	struct cutter cutter = {.rest = body};
	char *part = spot->number[0] != '\0' ? mem_format("part %s", spot->number) : mem_copy_string("");
	char *place = mail_place(spot->prefix, part);

	observe_kind(r, place, head);
	if (slice_trim(body).len == 0) {
		; /* headers that a program kept without what they speak of */
	} else if (boundary == NULL || boundary[0] == '\0') {
		reader_undecided(r, "%s%sa multipart that names no boundary", place, place[0] != '\0' ? ": " : "");
		reader_bytes(r, FLOW_BODY, place, NULL, (const unsigned char *)body.text, body.len);
	} else {
		cutter.delimiter = mem_format("--%s", boundary);
		cutter.len = strlen(cutter.delimiter);
		read_sheets(r, spot, head, cutter);
		read_pieces(r, spot, head, place, &cutter);
		free(cutter.delimiter);
	}
	free(part);
	free(place);
}
