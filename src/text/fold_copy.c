/* fold_copy.c - most of most texts, many bytes at a time.
 *
 * Printable ASCII without double spaces, Chinese that folds character by character, and the white
 * space between them need no look at the tables.  What is copied here is what fold.c would have
 * written. */
#include "fold_inside.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* How many bytes at `p` are ASCII that folds to itself: printable, no two spaces side by side, not
 * ending in a space.  The first is no space; `most` is at least 16. */
static size_t plain_ascii(const unsigned char *p, size_t most)
{
	size_t n = 0;

#if defined(__SSE2__)
	while (n + 16 <= most) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + n));
		const __m128i odd = _mm_or_si128(_mm_cmpgt_epi8(_mm_set1_epi8(0x20), v), _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
		const unsigned bad = (unsigned)_mm_movemask_epi8(odd);
		const unsigned spaces = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
		const unsigned twice = spaces & (spaces << 1 | (n > 0 && p[n - 1] == ' ' ? 1u : 0));

		if ((bad | twice) != 0) {
			n += (size_t)__builtin_ctz(bad | twice);
			break;
		}
		n += 16;
	}
#else
	while (n < most && p[n] >= 0x20 && p[n] < 0x7F && !(p[n] == ' ' && n > 0 && p[n - 1] == ' '))
		n++;
#endif
	while (n > 0 && p[n - 1] == ' ')
		n--;
	return n;
}

static bool copy_ascii(struct folder *f, size_t most)
{
	const unsigned char *p = f->in + f->at;
	size_t n;

	if (*p <= ' ' || *p >= 0x7F || (*p == '*' && class_of(folder_last(f, NULL)) == CLASS_CJK))
		return false;
	n = plain_ascii(p, most);
	if (n == 0)
		return false;
	folder_start_run(f, f->at, 0);
	memcpy(f->out.text + f->out.len, p, n);
	f->out.len += n;
	f->at += n;
	f->styled = 0;
	return true;
}

/* Four bytes with the first in the low bits, whatever the machine. */
static inline uint32_t little(uint32_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap32(v);
#else
	return v;
#endif
}

static inline uint32_t load(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return little(v);
}

/* The character that begins in the low three of four bytes; 0: not one of three bytes. */
static inline uint32_t three_bytes(uint32_t v)
{
	return (v & 0xC0C0F0) == 0x8080E0 ? (v & 0x0F) << 12 | (v >> 2 & 0xFC0) | (v >> 16 & 0x3F) : 0;
}

static bool is_plain(const unsigned char *p)
{
	const uint32_t c = three_bytes(load(p));

	return c != 0 && fold_quick[c] == c;
}

/* Chinese text with its wide punctuation.  Whether a comma comes next is computed with and not
 * branched on: no processor can foresee it.  Behind one, a run begins. */
static bool copy_chinese(struct folder *f, size_t most)
{
	const unsigned char *p = f->in + f->at, *const first = p, *const end = p + most - 4, *const base = f->in + f->out.base;
	char *const text = f->out.text, *to = text + f->out.len;
	struct fold_run *run;
	uint32_t shorter = 0;

	if (fold_quick[three_bytes(load(p))] == 0)
		return false;
	folder_reserve_runs(f, most / 3 + 2);
	folder_start_run(f, f->at, 0);
	run = f->out.runs + f->out.run_count;
	for (; p <= end; p += 3) {
		const uint32_t v = load(p), c = three_bytes(v), fold = fold_quick[c];
		uint32_t bytes;

		if (fold == 0)
			break;
		*run = (struct fold_run){(uint32_t)(to - text), (uint32_t)(p - base)};
		run += shorter;
		shorter = fold < 0x80;
		bytes = shorter != 0 ? fold : v;
		if (__builtin_expect(fold != c && shorter == 0, 0))
			bytes = 0x8080E0 | fold >> 12 | (fold >> 6 & 0x3F) << 8 | (fold & 0x3F) << 16;
		bytes = little(bytes);
		memcpy(to, &bytes, sizeof(bytes));
		to += 3 - 2 * shorter;
	}
	f->out.run_count = (size_t)(run - f->out.runs);
	f->out.len = (size_t)(to - text);
	f->at += (size_t)(p - first);
	f->styled = 0;
	if (shorter != 0)
		folder_start_run(f, f->at, 0);
	return true;
}

static void take_white(struct folder *f)
{
	size_t i = f->at;
	unsigned char c;

	f->gap = (struct fold_gap){.open = true, .at = i};
	for (; i < f->len; i++) {
		c = f->in[i];
		if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
			break;
		if (c == ' ' || c == '\t')
			continue;
		if (f->gap.breaks == 0)
			f->gap.at = i;
		f->gap.breaks += c == '\r' || i == 0 || f->in[i - 1] != '\r' ? 1 : 0;
	}
	f->at = i;
	f->styled = 0;
}

/* White space between plain characters: what close_gap() would do with it, without asking the
 * tables.  Else it is left open. */
static bool skip_white(struct folder *f)
{
	const unsigned char last = f->out.len >= 4 ? (unsigned char)f->out.text[f->out.len - 1] : 0;
	unsigned char next;
	bool chinese;

	take_white(f);
	if (f->len - f->at < 4 || last <= ' ' || last == '-' || f->gap.breaks > 1)
		return true;
	next = f->in[f->at];
	if (next == '*' || (next >= 0x80 && !is_plain(f->in + f->at)) ||
	    (last >= 0x80 && !is_plain((unsigned char *)f->out.text + f->out.len - 3)))
		return true;
	chinese = last >= 0x80 || next >= 0x80;
	if (f->gap.breaks == 1)
		(void)folder_add_break(f, chinese ? 0 : 1);
	if (!chinese) {
		folder_start_run(f, f->gap.at, 0);
		f->out.text[f->out.len++] = ' ';
	}
	f->gap.open = false;
	f->gap.breaks = 0;
	return true;
}

bool folder_copy_plain(struct folder *f, size_t most)
{
	const unsigned char c = f->in[f->at];

	if (c == ' ' || (c >= '\t' && c <= '\r' && c != '\v' && c != '\f'))
		return skip_white(f);
	if (c < 0x80)
		return copy_ascii(f, most);
	return copy_chinese(f, most);
}
