/* shapes.c - texts whose lines are not the lines a reader sees, and what opening one would fetch. */
#include "mail_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ADDRESS_MOST = 200 };

/* RFC 3676 4: a line that ends in a space goes on; with DelSp the space is no part of the text; a space in
 * front of a line was stuffed. */
void flowed_join(struct slice text, struct buf *out)
{
	struct slice line;

	while (slice_line(&text, &line)) {
		const bool goes_on = line.len > 0 && line.text[line.len - 1] == ' ' && !(line.len == 3 && memcmp(line.text, "-- ", 3) == 0);

		if (line.len > 0 && line.text[0] == ' ') {
			line.text++;
			line.len--;
		}
		buf_add(out, line.text, line.len - (goes_on && line.len > 0 ? 1 : 0));
		if (!goes_on)
			buf_add_byte(out, '\n');
	}
}

/* A line that begins with a space or a tab belongs to the one before, without it. */
void calendar_unfold(struct slice text, struct buf *out)
{
	struct slice line;

	while (slice_line(&text, &line)) {
		const bool folded = out->len > 0 && line.len > 0 && (line.text[0] == ' ' || line.text[0] == '\t');

		if (out->len > 0 && !folded)
			buf_add_byte(out, '\n');
		buf_add(out, line.text + (folded ? 1 : 0), line.len - (folded ? 1 : 0));
	}
}

/* "<bold>" is a command and gone; "<<" is a "<". */
void enriched_strip(struct slice text, struct buf *out)
{
	bool closes = true; /* there is a ">" ahead */

	for (size_t i = 0; i < text.len; i++) {
		const bool opens = text.text[i] == '<', doubled = opens && i + 1 < text.len && text.text[i + 1] == '<';
		const char *end = opens && !doubled && closes ? memchr(text.text + i, '>', text.len - i) : NULL;

		closes = closes && (!opens || doubled || end != NULL);
		if (end != NULL) {
			i = (size_t)(end - text.text);
			continue;
		}
		buf_add_byte(out, text.text[i]);
		i += doubled ? 1 : 0;
	}
}

/* The address an attribute or url( names, when it is somewhere else; empty: it is not. */
static struct slice remote_at(struct slice html, size_t at)
{
	static const char *const starts[] = {"http:", "https:", "//", "ftp:", "file:", "\\\\"};
	struct slice address;

	while (at < html.len && html.text[at] != '\0' && strchr(" \t\r\n=(\"'", html.text[at]) != NULL)
		at++;
	address = (struct slice){html.text + at, html.len - at};
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (!slice_starts(address, starts[i]))
			continue;
		for (size_t n = 0; n < address.len; n++)
			if (n == ADDRESS_MOST || address.text[n] <= ' ' || strchr("\"')>", address.text[n]) != NULL)
				address.len = n;
		return address;
	}
	return (struct slice){"", 0};
}

/* How long the word is that fetches what it names, if one is here. */
static size_t fetches(struct slice html, size_t at)
{
	static const char *const words[] = {"src", "srcset", "background", "poster", "data", "url"};
	const struct slice here = {html.text + at, html.len - at};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const size_t len = strlen(words[i]);

		if (slice_starts(here, words[i]) && len < here.len && strchr(" \t\r\n=(", here.text[len]) != NULL && here.text[len] != '\0')
			return len;
	}
	return 0;
}

void remote_observe(struct reader *r, const char *place, struct slice html)
{
	size_t count = 0;
	char *first = NULL;
	bool script = false;

	for (size_t i = 0; i < html.len; i++) {
		const size_t word = strchr("sSbBpPdDuU", html.text[i]) != NULL && html.text[i] != '\0' ? fetches(html, i) : 0;
		const struct slice address = word > 0 ? remote_at(html, i + word) : (struct slice){"", 0};

		script = script || (html.text[i] == '<' && slice_starts((struct slice){html.text + i, html.len - i}, "<script"));
		if (address.len > 0 && count++ == 0)
			first = mem_copy_bytes(address.text, address.len);
	}
	if (count > 0)
		reader_observe(r, OBSERVED_EXTERNAL_LINK, "%s%sfetched when opened: %zu, the first from %s", place,
		               place[0] != '\0' ? ": " : "", count, first);
	if (script)
		reader_observe(r, OBSERVED_SCRIPT, "%s", place);
	free(first);
}
