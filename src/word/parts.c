/* parts.c - which stories there are: the text is one run of characters, main text first, then footnotes,
 * headers, comments, endnotes and text boxes ([MS-DOC] 2.4.1). */
#include "story.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>

enum { COMMENT_LEN = 30, COMMENT_AUTHOR = 20, SEPARATORS = 6, STORIES_OF_SECTION = 6 };

/* What a story is called.  Caller frees. */
static char *name_numbered(struct word *word, const char *title, size_t i, enum flow_kind *kind)
{
	(void)word, (void)kind;
	return mem_format("%s %zu", title, i + 1);
}

/* Six separators of notes, then for each section headers and footers of even, odd and first pages. */
static char *name_header(struct word *word, const char *title, size_t i, enum flow_kind *kind)
{
	static const struct {
		const char *name;
		enum flow_kind kind;
	} stories[STORIES_OF_SECTION] = {
		{"header of even pages", FLOW_HEADER}, {"header", FLOW_HEADER},
		{"footer of even pages", FLOW_FOOTER}, {"footer", FLOW_FOOTER},
		{"header of first page", FLOW_HEADER}, {"footer of first page", FLOW_FOOTER},
	};

	(void)word, (void)title;
	if (i < SEPARATORS)
		return mem_copy_string("separator of notes");
	*kind = stories[i % STORIES_OF_SECTION].kind;
	return mem_format("section %zu, %s", i / STORIES_OF_SECTION, stories[i % STORIES_OF_SECTION].name);
}

static char *name_comment(struct word *word, const char *title, size_t i, enum flow_kind *kind)
{
	const struct span all = word_table(word, TABLE_COMMENT);
	const size_t count = all.len >= 4 ? (all.len - 4) / (4 + COMMENT_LEN) : 0;
	const struct span entry = span_cut(all, (count + 1) * 4 + i * COMMENT_LEN, COMMENT_LEN);
	const size_t author = span16(entry, COMMENT_AUTHOR);
	char *name;

	(void)kind;
	if (i >= count)
		return mem_copy_string("comments");
	reader_binary(word->reader, "initials of an author", &(struct part){"", entry.bytes, COMMENT_AUTHOR});
	if (author < word->comment_author_count)
		name = mem_format("%s by %s", title, word->comment_authors[author]);
	else
		name = mem_copy_string(title);
	reader_observe(word->reader, OBSERVED_COMMENT, "%s", name);
	return name;
}

static const struct text_part {
	const char *title;
	enum flow_kind kind;
	enum word_table bounds; /* where each story of it begins */
	size_t entry_len;       /* of what the list of bounds has besides */
	char *(*name)(struct word *word, const char *title, size_t i, enum flow_kind *kind);
} parts[] = {
	{"", FLOW_BODY, TABLE_NONE, 0, NULL},
	{"footnote", FLOW_BODY, TABLE_FOOTNOTE_TEXT, 0, name_numbered},
	{"header", FLOW_HEADER, TABLE_HEADER, 0, name_header},
	{"macro", FLOW_HIDDEN, TABLE_NONE, 0, NULL},
	{"comment", FLOW_COMMENT, TABLE_COMMENT_TEXT, 0, name_comment},
	{"endnote", FLOW_BODY, TABLE_ENDNOTE_TEXT, 0, name_numbered},
	{"text box", FLOW_BODY, TABLE_BOXES, 22, name_numbered},
	{"text box in a header", FLOW_HEADER, TABLE_HEADER_BOXES, 22, name_numbered},
};
enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

/* The stories of one part, `len` characters from `start`.  Where the list of bounds is wrong or ends early
 * the rest is one story. */
static void tell_part(struct word *word, const struct text_part *part, uint32_t start, uint32_t len)
{
	const struct span bounds = part->bounds != TABLE_NONE ? word_table(word, part->bounds) : (struct span){0};
	const size_t count = bounds.len >= 4 ? (bounds.len - 4) / (4 + part->entry_len) : 0;
	uint32_t told = 0;

	for (size_t i = 0; i < count && !reader_stopped(word->reader); i++) {
		const uint32_t from = span32(bounds, i * 4), to = span32(bounds, i * 4 + 4);
		enum flow_kind kind = part->kind;
		char *name;

		if (from != told || to < from || to > len)
			break;
		told = to;
		if (to == from)
			continue;
		name = part->name(word, part->title, i, &kind);
		story_tell(word, kind, name, start + from, start + to);
		free(name);
	}
	if (told < len)
		story_tell(word, part->kind, part->title, start + told, start + len);
}

void parts_tell(struct word *word)
{
	const uint32_t all = word->piece_count > 0 ? word->pieces[word->piece_count - 1].to : 0;
	uint32_t start = 0;

	for (unsigned i = 0; i < PARTS; i++) {
		const uint32_t len = word_part_len(word, i);

		if (len > all - start) {
			reader_undecided(word->reader, "damaged: less text than the document says");
			break;
		}
		if (len > 0)
			tell_part(word, &parts[i], start, len);
		start += len;
	}
	if (start < all)
		story_tell(word, FLOW_HIDDEN, "behind the text", start, all);
}
