/* tables.c - lists of strings beside the text: who changed and commented it, who saved it where, bookmarks,
 * variables ([MS-DOC] 2.2.4). */
#include "word_inside.h"

#include "base/mem.h"
#include "binary/put.h"
#include "reader/reader.h"

#include <stdlib.h>

enum { WIDE = 0xFFFF, NAMES_MOST = 10000 };

/* Strings one after the other, each with its length in front. */
struct names {
	struct span bytes;
	size_t at, extra, left;
	bool wide;
};

static void names_open_table(struct names *names, struct span bytes)
{
	const size_t head = span16(bytes, 0) == WIDE ? 2 : 0;

	*names = (struct names){bytes, head + 4, span16(bytes, head + 2), span16(bytes, head), head > 0};
}

static void names_open_plain(struct names *names, struct span bytes)
{
	*names = (struct names){bytes, 0, 0, NAMES_MOST, true};
}

static bool names_next(struct names *names, struct span *out)
{
	const size_t head = names->wide ? 2 : 1;
	const size_t len = names->wide ? span16(names->bytes, names->at) * (size_t)2 : span8(names->bytes, names->at);

	if (names->left == 0 || names->at + head > names->bytes.len)
		return false;
	names->left--;
	*out = span_cut(names->bytes, names->at + head, len);
	names->at += head + len + names->extra;
	return true;
}

static char *name_text(struct word *word, const struct names *names, struct span name)
{
	struct narrow narrow = {.reader = word->reader};
	char *text;

	if (names->wide)
		return utf16_text(name);
	text = narrow_text(&narrow, name);
	narrow_close(&narrow, FLOW_METADATA, "names");
	return text;
}

static void put_all(struct word *word, struct flow_out *flow, struct names *names)
{
	struct span name;

	while (names_next(names, &name)) {
		char *text = name_text(word, names, name);

		flow_put_string(flow, text);
		flow_break(flow);
		free(text);
	}
}

static void tell(struct word *word, enum word_table which, const char *place, enum observation what)
{
	struct flow_out *flow = flow_open(word->reader, FLOW_METADATA, "%s", place);
	const struct span bytes = word_table(word, which);
	struct names names;

	if (which == TABLE_COMMENT_AUTHORS)
		names_open_plain(&names, bytes);
	else
		names_open_table(&names, bytes);
	put_all(word, flow, &names);
	if (which == TABLE_VARIABLES) { /* their values, behind their names */
		names_open_plain(&names, span_from(bytes, names.at));
		put_all(word, flow, &names);
	}
	if (flow_len(flow) > 0 && what != OBSERVED_NOTHING)
		reader_observe(word->reader, what, "%s", place);
	flow_close(flow);
}

void tables_tell(struct word *word)
{
	tell(word, TABLE_BOOKMARKS, "bookmarks", OBSERVED_NOTHING);
	tell(word, TABLE_ASSOCIATED, "properties", OBSERVED_NOTHING);
	tell(word, TABLE_COMMENT_AUTHORS, "authors of comments", OBSERVED_NOTHING);
	tell(word, TABLE_REVISION_AUTHORS, "authors of revisions", OBSERVED_NOTHING);
	tell(word, TABLE_VARIABLES, "document variables", OBSERVED_CUSTOM_DATA);
	tell(word, TABLE_SAVED_BY, "saved by, and where", OBSERVED_PROPERTIES);
}

char **tables_authors(struct word *word, enum word_table which, size_t *count)
{
	const struct span bytes = word_table(word, which);
	struct names names;
	struct span name;
	char **authors = NULL;

	*count = 0;
	if (which == TABLE_COMMENT_AUTHORS)
		names_open_plain(&names, bytes);
	else
		names_open_table(&names, bytes);
	while (*count < NAMES_MOST && names_next(&names, &name)) {
		authors = mem_grow(authors, *count, sizeof(*authors));
		authors[(*count)++] = name_text(word, &names, name);
	}
	return authors;
}
