/* marked_changes.c - what is new in a round, for those who read the one before.
 *
 * The texts are compared as they are and shown as marked.c shows them, so a word that must stay hidden
 * can be seen to have changed, and not into what. */
#include "marked_inside.h"

#include "base/mem.h"
#include "text/word_diff.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND_WORDS = 8 };

/* The flows that are shown, one behind the other. */
struct joined {
	const struct marked *m;
	struct buf text;
	size_t *flows, *starts; /* starts[i]: where flow flows[i] begins in the text */
	size_t count;
	struct words words;
};

static void join(const struct marked *m, struct joined *out)
{
	*out = (struct joined){.m = m};
	out->flows = mem_alloc(m->doc.flow_count + 1, sizeof(*out->flows));
	out->starts = mem_alloc(m->doc.flow_count + 1, sizeof(*out->starts));
	for (size_t i = 0; i < m->doc.flow_count; i++) {
		size_t len = m->doc.flows[i].len;

		if (!marked_shows(m, i))
			continue;
		while (len > 0 && m->doc.flows[i].text[len - 1] == '\n')
			len--;
		if (out->count > 0)
			buf_add_byte(&out->text, '\n');
		out->flows[out->count] = i;
		out->starts[out->count++] = out->text.len;
		buf_add(&out->text, m->doc.flows[i].text, len);
	}
	words_split(out->text.data != NULL ? out->text.data : "", out->text.len, &out->words);
}

static void joined_release(struct joined *j)
{
	buf_release(&j->text);
	free(j->flows);
	free(j->starts);
	words_release(&j->words);
}

/* Words [from, to), which may begin in one flow and end in another. */
static void add_words(const struct joined *j, size_t from, size_t to, const struct marked_view *view, struct buf *out)
{
	size_t start, end;

	if (from >= to)
		return;
	start = j->words.items[from].start;
	end = j->words.items[to - 1].end;
	for (size_t i = 0; i < j->count; i++) {
		const size_t len = j->m->doc.flows[j->flows[i]].len, first = j->starts[i];

		if (end > first && start < first + len)
			marked_add_line(j->m, j->flows[i], start > first ? start - first : 0, end - first < len ? end - first : len, view, out);
	}
}

static void add_side(const struct joined *j, size_t from, size_t to, bool removed, const struct marked_view *view, struct buf *out)
{
	static const char *const signs[3][2][2] = {
		[MARK_PLAIN] = {{"{+", "+}"}, {"[-", "-]"}},
		[MARK_COLOR] = {{"\033[32m{+", "+}\033[0m"}, {"\033[31m[-", "-]\033[0m"}},
		[MARK_HTML] = {{"<ins>", "</ins>"}, {"<del>", "</del>"}},
	};

	if (from >= to)
		return;
	buf_add_string(out, signs[view->style][removed][0]);
	add_words(j, from, to, view, out);
	buf_add_string(out, signs[view->style][removed][1]);
}

/* White space between two words, as one space where there was any. */
static void add_gap(const struct joined *j, size_t word, struct buf *out)
{
	if (word > 0 && word < j->words.count && j->words.items[word].start > j->words.items[word - 1].end)
		buf_add_byte(out, ' ');
}

bool marked_add_changes(const struct marked *before, const struct marked *after, const struct marked_view *view, struct buf *out)
{
	struct joined a, b;
	struct edits edits;
	size_t shown = 0; /* words of `after` that are written */
	bool any;

	join(before, &a);
	join(after, &b);
	word_diff(a.text.data != NULL ? a.text.data : "", &a.words, b.text.data != NULL ? b.text.data : "", &b.words, &edits);
	any = edits.count > 0;
	for (size_t i = 0; i < edits.count; i++) {
		const struct edit *e = &edits.items[i];
		const size_t limit = i + 1 < edits.count ? edits.items[i + 1].after_from : b.words.count;
		size_t from = e->after_from > AROUND_WORDS ? e->after_from - AROUND_WORDS : 0;
		const bool goes_on = i > 0 && from <= shown;
		const size_t to = e->after_to + AROUND_WORDS < limit ? e->after_to + AROUND_WORDS : limit;

		from = goes_on ? shown : from;
		if (!goes_on)
			buf_add_string(out, view->style == MARK_HTML ? "<p class=\"change\">" : "  ... ");
		add_words(&b, from, e->after_from, view, out);
		add_gap(&b, e->after_from, out);
		add_side(&a, e->before_from, e->before_to, true, view, out);
		add_side(&b, e->after_from, e->after_to, false, view, out);
		add_gap(&b, e->after_to, out);
		add_words(&b, e->after_to, to, view, out);
		shown = to;
		if (i + 1 == edits.count || edits.items[i + 1].after_from > to + AROUND_WORDS)
			buf_add_string(out, view->style == MARK_HTML ? "</p>\n" : " ...\n");
	}
	edits_release(&edits);
	joined_release(&a);
	joined_release(&b);
	return any;
}
