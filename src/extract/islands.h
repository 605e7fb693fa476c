#ifndef EXTRACT_ISLANDS_H
#define EXTRACT_ISLANDS_H

#include "extract/document.h"
#include "made.h"

#include <stdbool.h>

/* Text inside text that says something else once decoded.  Each kind makes one text of all that is
 * found, a line for each place. */
enum island {
	ISLAND_ESCAPES = 0, /* %XX, =XX (quoted-printable), \uXXXX, \xXX, &#N;, UTF-7, tag characters: in their lines */
	ISLAND_STRINGS,     /* "a" + "b", and a string a line: in their lines */
	ISLAND_LINKS,       /* links and footnotes of Markdown within a word: in their lines */
	ISLAND_FOLDED,      /* all lines of a calendar or a card, where one goes on in the next */
	ISLAND_BASE64,      /* RFC 4648, also the URL alphabet, also over several lines */
	ISLAND_HEXADECIMAL, /* also with a sign between each two digits and the next two */
	ISLAND_SPACED,      /* S E C R E T: in its line */
	ISLAND_DIGITS,      /* 1 1 0 1 0 1, a digit a cell: with what stands around them */
	ISLAND_MARKS,       /* SEC\textbf{RET}, SEC[b]RET[/b], SEC""RET: in its line */
	ISLAND_CUES,        /* subtitles: what is said, alone */
	ISLAND_HOSTS,       /* xn--...: in its line */
	ISLAND_QUOTED,      /* lines that begin with the same signs, and run on: without these */
	ISLAND_JOINED,      /* Chinese with one character a line, a cell or a point: in its lines */
	ISLAND_MISREAD,     /* Chinese read as Windows-1252: in its lines */
	ISLANDS
};
const char *island_name(enum island island); /* "decoded from base64" */

struct extents {
	struct extent *items;
	size_t count;
};

/* Everything of one kind in `text` (valid UTF-8).  Nothing: out->text.len stays 0.  Long base64 that
 * is no text is added to `blobs`. */
void islands_find(enum island island, const char *text, size_t len, struct made *out, struct extents *blobs);

#endif
