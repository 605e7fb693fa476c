/* links.c - words with the marks of a Markdown link or footnote in them: [SEC](a)[RET](b), SEC[^1]RET.
 *
 * A line with such is taken over as it is shown.  A link beside a word is nothing unusual; only one that stands
 * directly at a letter or at another link is a reason. */
#include "islands_inside.h"

#include <string.h>

enum { TARGET_MOST = 2000, TEXT_MOST = 200 };

/* Where the sign stands that ends what is open, on this line; `at`: it does not. */
static size_t end_of(const char *text, size_t len, size_t at, size_t most, char sign)
{
	size_t end = at;

	while (end < len && end - at < most && text[end] != sign && text[end] != '\n')
		end++;
	return end < len && text[end] == sign ? end : at;
}

/* A link or a footnote at the bracket at `at`. */
struct link {
	size_t text, text_end, end; /* what is shown of it, and where it is over; 0: it is none */
};

static struct link link_at(const char *text, size_t len, size_t at)
{
	const size_t close = end_of(text, len, at + 1, TEXT_MOST, ']');
	size_t end;

	if (close == at + 1)
		return (struct link){0};
	if (text[at + 1] == '^')
		return (struct link){.end = close + 1};
	end = close + 1 < len && text[close + 1] == '(' ? end_of(text, len, close + 2, TARGET_MOST, ')') : 0;
	return end > close + 2 ? (struct link){at + 1, close, end + 1} : (struct link){0};
}

/* Does the link stand in the midst of a word? */
static bool is_reason(const char *text, size_t len, size_t at, const struct link *link)
{
	const bool before = at > 0 && island_is_word(text[at - 1]), behind = link->end < len && (island_is_word(text[link->end]) || text[link->end] == '[');

	return link->end > 0 && (link->text > 0 ? before || behind : before && behind);
}

static void put_shown(const char *text, size_t from, size_t to, struct made *out)
{
	while (from < to) {
		struct link link = text[from] == '[' ? link_at(text, to, from) : (struct link){0};

		if (link.end == 0)
			link = (struct link){from, from + 1, from + 1};
		made_copy(out, text + link.text, link.text_end - link.text, link.text);
		from = link.end;
	}
	made_put(out, "\n", 1, to);
}

/* The bracket that opens what the one at `close` closes; `close`: none does on this line. */
static size_t start_of(const char *text, size_t close)
{
	size_t at = close;

	while (at > 0 && close - at < TEXT_MOST && text[at - 1] != '[' && text[at - 1] != '\n')
		at--;
	return at > 0 && text[at - 1] == '[' ? at - 1 : close;
}

void links_find(const char *text, size_t len, struct made *out)
{
	const char *close;
	size_t done = 0;

	for (size_t at = 0; at < len && (close = memchr(text + at, ']', len - at)) != NULL;) {
		struct link link;
		size_t open, from, to;

		at = (size_t)(close - text) + 1;
		if (at == len || (text[at] != '(' && !island_is_word(text[at])))
			continue; /* no link ends here, and no footnote within a word */
		open = start_of(text, at - 1);
		link = open < at - 1 && open >= done ? link_at(text, len, open) : (struct link){0};
		if (!is_reason(text, len, open, &link))
			continue;
		island_line(text, len, open, &from, &to);
		done = to > link.end ? to : link.end;
		put_shown(text, from, done, out);
		at = done;
	}
}
