/* place.c - lines and columns as an editor counts them; and names that must not stand for each
 * other. */
#include "text/fold.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "fold_table.h"

#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

char *text_name_key(const char *name, size_t len)
{
	struct buf out = {0};

	for (size_t i = 0; i < len;) {
		uint32_t c = 0, to;
		const size_t n = utf8_decode(name + i, len - i, &c);
		const uint32_t *sequence = NULL;
		char bytes[4];

		if (n == 0) {
			buf_add_byte(&out, name[i++]);
			continue;
		}
		i += n;
		to = name_pages[name_index[c / FOLD_PAGE]][c % FOLD_PAGE];
		if ((to & FOLD_SEQUENCE) != 0)
			sequence = fold_sequences + (to & ~FOLD_SEQUENCE);
		c = to == FOLD_KEEP ? c : to;
		if (sequence == NULL)
			buf_add(&out, bytes, utf8_encode(c, bytes));
		for (uint32_t k = 1; sequence != NULL && k <= sequence[0]; k++)
			buf_add(&out, bytes, utf8_encode(sequence[k], bytes));
	}
	return buf_take(&out);
}

static void add_start(struct line_index *index, size_t at, size_t *capacity)
{
	if (index->count == *capacity) {
		*capacity *= 2;
		index->starts = mem_resize(index->starts, *capacity, sizeof(*index->starts));
	}
	index->starts[index->count++] = at;
}

/* The end of the line that holds `at`.  CR LF ends one line, and so does either of them alone. */
static size_t next_end(const char *text, size_t len, size_t at)
{
	while (at < len && text[at] != '\n' && (text[at] != '\r' || (at + 1 < len && text[at + 1] == '\n')))
		at++;
	return at;
}

void line_index_build(const char *text, size_t len, struct line_index *out)
{
	size_t capacity = 64, i = 0;

	*out = (struct line_index){.starts = mem_resize(NULL, capacity, sizeof(*out->starts)), .count = 1};
	out->starts[0] = 0;
#if defined(__SSE2__)
	for (; i + 16 <= len; i += 16) { /* as long as there are no returns */
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
		unsigned ends = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));

		if (_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))) != 0)
			break;
		for (; ends != 0; ends &= ends - 1)
			add_start(out, i + (size_t)__builtin_ctz(ends) + 1, &capacity);
	}
#endif
	for (i = next_end(text, len, i); i < len; i = next_end(text, len, i + 1))
		add_start(out, i + 1, &capacity);
}

void line_index_release(struct line_index *index)
{
	free(index->starts);
	*index = (struct line_index){0};
}

unsigned line_index_line(const struct line_index *index, size_t offset)
{
	size_t low = 0, high = index->count;

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (index->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return (unsigned)low + 1;
}

void line_index_find(const struct line_index *index, const char *text, size_t offset, unsigned *line, unsigned *column)
{
	*line = line_index_line(index, offset);
	*column = 1;
	for (size_t i = index->starts[*line - 1]; i < offset; i++)
		*column += ((unsigned char)text[i] & 0xC0) != 0x80 ? 1 : 0;
}
