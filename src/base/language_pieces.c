/* language_pieces.c - places and reasons, which are recorded in English, for a person who reads another language.
 *
 * A place is a chain of parts, "a.zip > b.pdf > page 3, comment by Li", and so is a reason.  Most parts are one of a
 * few hundred phrases, some of them with a name or a number in it.  They stand in the catalogue in the context
 * "part", names and numbers as %s; po/update.py finds them where documents are read.  What is not known there, the
 * name of a file for one, stays as it is. */
#include "language_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const char CONTEXT[] = "part\004"; /* as gettext writes it in front of the text */

enum { HOLES = 4 };

/* What stood for each %s of a phrase. */
struct holes {
	const char *start[HOLES];
	size_t len[HOLES], count;
};

/* How long the separator is that stands here; 0: none does. */
static size_t separator_len(const char *text)
{
	if (strncmp(text, " > ", 3) == 0)
		return 3;
	return text[0] != '\0' && strchr(":;,", text[0]) != NULL && text[1] == ' ' ? 2 : 0;
}

static const char *separator(const char *text)
{
	switch (text[0]) {
	case ':':
		return language_text(": ");
	case ';':
		return language_text("; ");
	case ',':
		return language_text(", ");
	default:
		return " > ";
	}
}

/* The end of the part at `text`: the next separator from `from` on, or the end. */
static size_t part_end(const char *text, size_t from)
{
	while (text[from] != '\0' && separator_len(text + from) == 0)
		from++;
	return from;
}

/* Where `literal` stands in `text`: at its end where it is the last of a phrase, else as early as it can. */
static const char *find_literal(const char *text, const char *end, const char *literal, size_t len, bool last)
{
	if ((size_t)(end - text) < len)
		return NULL;
	if (last)
		return memcmp(end - len, literal, len) == 0 ? end - len : NULL;
	for (; (size_t)(end - text) >= len; text++)
		if (memcmp(text, literal, len) == 0)
			return text;
	return NULL;
}

/* Is `text` this phrase, with something in place of each %s?  Returns how many bytes of it are the phrase's own;
 * 0: it is not. */
static size_t match(const char *phrase, const char *text, size_t len, struct holes *out)
{
	const char *end = text + len, *hole = strstr(phrase, "%s");
	size_t own = hole != NULL ? (size_t)(hole - phrase) : 0;

	out->count = 0;
	if (hole == NULL || own > len || memcmp(phrase, text, own) != 0)
		return 0;
	for (text += own; hole != NULL;) {
		const char *literal = hole + 2, *next = strstr(literal, "%s");
		const size_t n = next != NULL ? (size_t)(next - literal) : strlen(literal);
		const char *found = text < end ? find_literal(text + 1, end, literal, n, next == NULL) : NULL;

		if (found == NULL || out->count == HOLES)
			return 0;
		out->start[out->count] = text;
		out->len[out->count++] = (size_t)(found - text);
		text = found + n;
		own += n;
		hole = next;
	}
	return own;
}

static bool add_part(struct buf *out, const char *text, size_t len);

static bool add_known(struct buf *out, const char *text, size_t len)
{
	char *part = mem_format("%s%.*s", CONTEXT, (int)len, text);
	const char *found = language_find(part);

	if (found == NULL)
		found = language_find(part + sizeof(CONTEXT) - 1);
	if (found != NULL)
		buf_add_string(out, found);
	free(part);
	return found != NULL;
}

/* The translation of a phrase, its holes filled: %s in order, or %2$s by number.  What a phrase begins with may
 * be a part itself: "picture 1 at paragraph 2"; and what it ends with a known text: "72 bytes in a gap". */
static void fill(struct buf *out, const char *phrase, const char *translation, const struct holes *holes)
{
	const bool nested = strncmp(phrase, "%s", 2) == 0, open = strcmp(phrase + strlen(phrase) - 2, "%s") == 0;
	size_t next = 0;

	for (const char *p = translation; *p != '\0';) {
		const bool numbered = p[0] == '%' && p[1] >= '1' && p[1] <= '9' && p[2] == '$' && p[3] == 's';
		const size_t i = numbered ? (size_t)(p[1] - '1') : next;

		if ((!numbered && (p[0] != '%' || p[1] != 's')) || i >= holes->count) {
			buf_add_byte(out, *p++);
			continue;
		}
		if (!(i == 0 && nested && add_part(out, holes->start[i], holes->len[i])) &&
		    !(i > 0 && i + 1 == holes->count && open && add_known(out, holes->start[i], holes->len[i])))
			buf_add(out, holes->start[i], holes->len[i]);
		next = i + 1;
		p += numbered ? 4 : 2;
	}
}

/* How well a phrase fits: what of the text it accounts for. */
static size_t fitness(const char *phrase, const char *text, size_t len, struct holes *holes)
{
	const size_t own = match(phrase, text, len, holes);
	struct buf ignored = {0};
	const bool begins_with_part = own > 0 && holes->start[0] == text && add_part(&ignored, text, holes->len[0]);

	buf_release(&ignored);
	return own + (begins_with_part ? holes->len[0] : 0);
}

/* By the phrase that fits best. */
static bool add_phrase(struct buf *out, const char *text, size_t len)
{
	const size_t context = sizeof(CONTEXT) - 1;
	const char *original, *best = NULL, *translation = NULL;
	struct holes holes, best_holes = {0};
	size_t most = 0;

	for (uint32_t i = language_first(CONTEXT); (original = language_original(i)) != NULL && strncmp(original, CONTEXT, context) == 0; i++) {
		const size_t fit = fitness(original + context, text, len, &holes);

		if (fit > most) {
			most = fit;
			best = original + context;
			translation = language_translation(i);
			best_holes = holes;
		}
	}
	if (best != NULL)
		fill(out, best, translation, &best_holes);
	return best != NULL;
}

/* One part, translated; false: it is not known, and nothing was added. */
static bool add_part(struct buf *out, const char *text, size_t len)
{
	return add_known(out, text, len) || add_phrase(out, text, len);
}

/* The longest known text at the start of `text`, over separators where it has some; 0: none. */
static size_t add_longest(struct buf *out, const char *text)
{
	size_t ends[16], count = 0;

	for (size_t end = part_end(text, 0); count < 16; end = part_end(text, end + 1)) {
		ends[count++] = end;
		if (text[end] == '\0')
			break;
	}
	for (; count > 1; count--)
		if (add_known(out, text, ends[count - 1]))
			return ends[count - 1];
	return add_part(out, text, ends[0]) ? ends[0] : 0;
}

/* A separator is spoken like what it separates; a comma may belong to a name, unless both sides are known. */
static void add_separator(struct buf *out, const char *text, bool before, bool behind)
{
	const bool spoken = text[0] == ',' ? before && behind : before || behind;

	if (spoken)
		buf_add_string(out, separator(text));
	else
		buf_add(out, text, separator_len(text));
}

char *language_pieces(const char *text)
{
	const char *between = NULL; /* the separator in front of this part */
	struct buf out = {0};
	bool before = false, more = language_original(0) != NULL;

	for (; more; more = between != text) {
		struct buf part = {0};
		size_t len = add_longest(&part, text);
		const bool known = len > 0;

		if (between != NULL)
			add_separator(&out, between, before, known);
		len = known ? len : part_end(text, 0);
		if (known)
			buf_add(&out, part.data, part.len);
		else
			buf_add(&out, text, len);
		buf_release(&part);
		before = known;
		between = text + len;
		text = between + separator_len(between);
	}
	buf_add_string(&out, text);
	return buf_take(&out);
}

void language_add_pieces(struct buf *out, const char *text)
{
	char *shown = language_pieces(text);

	utf8_add_printable(out, shown, strlen(shown));
	free(shown);
}
