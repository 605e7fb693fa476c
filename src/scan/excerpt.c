/* excerpt.c - showing where, without showing what.
 *
 * A report goes to screens, logs and CI servers.  The line around a finding helps a person find it;
 * whatever any rule matched in that line is covered, character by character. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "extract/document.h"

enum { AROUND_COLUMNS = 56 };

static bool is_masked(const struct hits *hits, size_t at)
{
	for (size_t i = 0; i < hits->count; i++)
		if (at >= hits->items[i].start && at < hits->items[i].end)
			return true;
	return false;
}

static bool ends_line(char c)
{
	return c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/* The character before `at`, at most `columns` columns away and on the same line. */
static size_t left_edge(const struct flow *flow, size_t at)
{
	size_t columns = 0;

	while (at > 0 && !ends_line(flow->text[at - 1]) && columns < AROUND_COLUMNS) {
		size_t from = at - 1;

		while (from > 0 && ((unsigned char)flow->text[from] & 0xC0) == 0x80)
			from--;
		columns += utf8_width(flow->text + from, at - from);
		at = from;
	}
	return at;
}

static size_t right_edge(const struct flow *flow, size_t at)
{
	size_t columns = 0;

	while (at < flow->len && !ends_line(flow->text[at]) && columns < AROUND_COLUMNS) {
		size_t to = at + 1;

		while (to < flow->len && ((unsigned char)flow->text[to] & 0xC0) == 0x80)
			to++;
		columns += utf8_width(flow->text + at, to - at);
		at = to;
	}
	return at;
}

/* A match over several lines is shown on its first one. */
static size_t first_line_end(const struct flow *flow, const struct hit *hit)
{
	size_t end = hit->start;

	while (end < hit->end && !ends_line(flow->text[end]))
		end++;
	return end;
}

char *excerpt_of(const struct flow *flow, const struct hits *hits, const struct hit *hit, uint32_t *mark, uint32_t *width)
{
	const size_t from = left_edge(flow, hit->start), shown = first_line_end(flow, hit);
	const size_t to = shown < hit->end ? shown : right_edge(flow, hit->end);
	struct buf out = {0};

	*mark = 0;
	*width = 0;
	for (size_t i = from; i < to;) {
		const size_t before = utf8_width(out.data != NULL ? out.data : "", out.len);
		uint32_t c = 0;
		size_t n = utf8_decode(flow->text + i, to - i, &c), columns;

		n = n > 0 ? n : 1;
		columns = utf8_width(flow->text + i, n);
		if (i == hit->start)
			*mark = (uint32_t)before;
		if (is_masked(hits, i))
			for (size_t k = 0; k < columns; k++)
				buf_add_byte(&out, '*');
		else if (c == '\t')
			buf_add_byte(&out, ' ');
		else
			utf8_add_printable(&out, flow->text + i, n);
		i += n;
		if (i <= hit->end && i > hit->start)
			*width = (uint32_t)utf8_width(out.data != NULL ? out.data : "", out.len) - *mark;
	}
	if (*width == 0)
		*width = 1;
	return buf_take(&out);
}
