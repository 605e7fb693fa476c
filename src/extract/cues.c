#define _GNU_SOURCE /* memmem */
/* cues.c - words that run on over the next subtitle.
 *
 * A sentence is cut where the speaker takes breath.  Here is what is said alone, without the numbers and times between. */
#include "islands_inside.h"

#include <string.h>

enum { FIELDS = 9 }; /* of an event of Advanced SubStation Alpha, before what is said */
static const char ARROW[] = " --> ", EVENT[] = "Dialogue:";

struct line {
	size_t from, to, next; /* `to` is before the line end */
};

static struct line line_at(const char *text, size_t len, size_t at)
{
	const char *end = memchr(text + at, '\n', len - at);
	struct line line = {at, end != NULL ? (size_t)(end - text) : len, end != NULL ? (size_t)(end - text) + 1 : len};

	line.to -= line.to > at && text[line.to - 1] == '\r' ? 1 : 0;
	return line;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 00:00:01,000 --> 00:00:02,000 (SubRip, WebVTT) */
static bool is_time(const char *text, const struct line *line)
{
	const size_t len = line->to - line->from;
	const char *arrow = len > 0 && is_digit(text[line->from]) ? memmem(text + line->from, len, ARROW, sizeof(ARROW) - 1) : NULL;

	return arrow != NULL && arrow + sizeof(ARROW) - 1 < text + line->to && is_digit(arrow[sizeof(ARROW) - 1]);
}

static bool is_number(const char *text, const struct line *line)
{
	size_t at = line->from;

	while (at < line->to && is_digit(text[at]))
		at++;
	return at == line->to;
}

/* Where what is said begins; the end of the line: it is none of that. */
static size_t said_from(const char *text, size_t len, const struct line *line)
{
	const struct line next = line->next < len ? line_at(text, len, line->next) : (struct line){0};
	size_t at = line->from, fields = FIELDS;

	if (is_time(text, line) || (is_number(text, line) && is_time(text, &next)))
		return line->to;
	if (line->to - at < sizeof(EVENT) || memcmp(text + at, EVENT, sizeof(EVENT) - 1) != 0)
		return at;
	for (; at < line->to && fields > 0; at++)
		fields -= text[at] == ',' ? 1 : 0;
	return at;
}

static bool is_arrow(const char *text, size_t len, size_t dash)
{
	return dash >= 3 && dash + 4 < len && text[dash - 1] == '-' && text[dash - 2] == ' ' && is_digit(text[dash - 3]) && text[dash + 2] == ' ' &&
	       is_digit(text[dash + 3]);
}

static bool is_event(const char *text, size_t len, size_t at)
{
	return len - at > sizeof(EVENT) && memcmp(text + at, EVENT, sizeof(EVENT) - 1) == 0;
}

/* Are there two?  Comments of web pages end with an arrow too. */
static bool has_two(const char *text, size_t len)
{
	size_t cues = is_event(text, len, 0) ? 1 : 0;

	for (size_t at = 0; cues < 2 && (at = island_pair(text, len, at, '-', '>')) < len; at += 2)
		cues += is_arrow(text, len, at) ? 1 : 0;
	for (size_t at = 0; cues < 2 && (at = island_pair(text, len, at, '\n', EVENT[0])) < len; at++)
		cues += is_event(text, len, at + 1) ? 1 : 0;
	return cues == 2;
}

void cues_find(const char *text, size_t len, struct made *out)
{
	if (!has_two(text, len))
		return;
	for (struct line line = {0}; line.next < len;) {
		size_t from;

		line = line_at(text, len, line.next);
		from = said_from(text, len, &line);
		if (from == line.to)
			continue;
		made_copy(out, text + from, line.to - from, from);
		made_put(out, "\n", 1, line.to);
	}
}
