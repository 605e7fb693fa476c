/* fold.c - what a person sees, as bytes a rule can match.
 *
 * One walk over the source.  Plain text (ASCII without double spaces, Chinese that folds to itself)
 * is copied many bytes at a time; everything else goes through the generated table, one character at
 * a time.  Everything hidden is dropped, so a keyword is found after any disguise; and where dropping
 * or mapping changed a word, that is reported itself.  The way back costs nothing where text is
 * copied: a run says where it began. */
#include "fold_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SLACK = 256, STYLED_LEAST = 4, STAR = 0x2605 };

static bool is_word(enum char_class class)
{
	return class == CLASS_LATIN || class == CLASS_LETTER || class == CLASS_CJK || class == CLASS_DIGIT ||
	       class == CLASS_MARK;
}

uint32_t folder_last(const struct folder *f, size_t *at)
{
	size_t from = f->out.len;
	uint32_t c = 0;

	if (from == 0)
		return 0;
	do
		from--;
	while (from > 0 && ((unsigned char)f->out.text[from] & 0xC0) == 0x80);
	(void)utf8_decode(f->out.text + from, f->out.len - from, &c);
	if (at != NULL)
		*at = from;
	return c;
}

void folder_reserve_runs(struct folder *f, size_t more)
{
	struct folded *out = &f->out;

	if (out->run_count + more <= out->run_capacity)
		return;
	out->run_capacity = (out->run_count + more) * 3 / 2;
	out->runs = mem_resize(out->runs, out->run_capacity, sizeof(*out->runs));
}

/* From here on, folded bytes come from `source`: one by one, or all from one character. */
void folder_start_run(struct folder *f, size_t source, uint32_t one)
{
	struct folded *out = &f->out;
	const uint32_t from = (uint32_t)(source - out->base);
	const struct fold_run *last = out->run_count > 0 ? &out->runs[out->run_count - 1] : NULL;

	if (one == 0 && last != NULL && (last->source & FOLD_ONE) == 0 &&
	    from - last->source == (uint32_t)out->len - last->folded)
		return;
	folder_reserve_runs(f, 1);
	out->runs[out->run_count++] = (struct fold_run){(uint32_t)out->len, from | one};
}

static void reserve(struct folder *f, size_t more)
{
	if (f->out.len + more <= f->out.capacity)
		return;
	f->out.capacity = (f->out.len + more) * 3 / 2;
	f->out.text = mem_resize(f->out.text, f->out.capacity, 1);
}

void folder_add(struct folder *f, uint32_t c, size_t origin)
{
	reserve(f, SLACK);
	folder_start_run(f, origin, c < 0x80 ? 0 : FOLD_ONE); /* one byte goes with the run it is in */
	f->out.len += utf8_encode(c, f->out.text + f->out.len);
}

void folder_cut(struct folder *f, size_t at)
{
	struct folded *out = &f->out;

	out->len = at;
	while (out->run_count > 0 && out->runs[out->run_count - 1].folded >= at)
		out->run_count--;
}

struct fold_break *folder_add_break(struct folder *f, uint8_t width)
{
	struct folded *out = &f->out;

	if (out->break_count == f->break_capacity) {
		f->break_capacity = f->break_capacity > 0 ? f->break_capacity * 2 : 64;
		out->breaks = mem_resize(out->breaks, f->break_capacity, sizeof(*out->breaks));
	}
	out->breaks[out->break_count] = (struct fold_break){.at = (uint32_t)out->len,
	                                                    .source = (uint32_t)(f->gap.at - out->base),
	                                                    .count = f->gap.breaks,
	                                                    .width = width};
	return &out->breaks[out->break_count++];
}

/* confi-LF dential: the hyphen of a broken word goes with the break. */
static bool is_broken_word(const struct folder *f, uint32_t next)
{
	const size_t len = f->out.len;
	const struct folder before = {.out = {.text = f->out.text, .len = len > 0 ? len - 1 : 0}};

	return f->gap.breaks == 1 && len > 1 && f->out.text[len - 1] == '-' && next >= 'a' && next <= 'z' &&
	       class_of(folder_last(&before, NULL)) == CLASS_LATIN;
}

static void add_line_end(struct folder *f, uint32_t last, uint32_t next)
{
	const bool joined = class_of(last) == CLASS_CJK || class_of(next) == CLASS_CJK;

	if (last == 0 || last == '\n' || next == 0) {
		(void)folder_add_break(f, 0);
	} else if (f->gap.breaks > 1) {
		(void)folder_add_break(f, 2);
		folder_add(f, '\n', f->gap.at);
		folder_add(f, '\n', f->gap.at); /* two, so that folding again keeps the paragraph */
	} else if (is_broken_word(f, next)) {
		const size_t hyphen = folded_origin(&f->out, f->out.len - 1);
		struct fold_break *b;

		folder_cut(f, f->out.len - 1);
		b = folder_add_break(f, 0);
		b->hyphen = f->alike = true; /* the word goes on: judge it whole */
		b->dropped = (uint32_t)(hyphen - f->out.base);
	} else {
		(void)folder_add_break(f, joined ? 0 : 1);
		if (!joined)
			folder_add(f, ' ', f->gap.at);
	}
}

/* Write what the white space before `next` (0: the end) stands for. */
static void close_gap(struct folder *f, uint32_t next)
{
	const uint32_t last = folder_last(f, NULL);

	if (f->alike)
		folder_end_word(f);
	if (f->gap.breaks > 0) {
		add_line_end(f, last, next);
		f->out.breaks[f->out.break_count - 1].star_before = f->star_before_gap;
	} else if (last != 0 && last != '\n' && next != 0 && class_of(last) != CLASS_CJK && class_of(next) != CLASS_CJK) {
		folder_add(f, ' ', f->gap.at);
	}
	f->gap = (struct fold_gap){0};
	f->star_before_gap = false;
}

/* 机密*10年 is written with an asterisk as often as with a star; **机密** is emphasis, not a mark.  A
 * space behind the new star goes, as beside any other. */
static void settle_asterisk(struct folder *f, uint32_t next)
{
	struct fold_break *last = f->out.break_count > 0 ? &f->out.breaks[f->out.break_count - 1] : NULL;
	const size_t at = f->asterisk - 1;
	const enum char_class class = class_of(next);
	size_t origin;

	f->asterisk = 0;
	if ((class != CLASS_DIGIT && class != CLASS_CJK) || next == STAR || f->gap.breaks > 1)
		return;
	origin = folded_origin(&f->out, at);
	folder_cut(f, at);
	folder_add(f, STAR, origin);
	f->star_before_gap = f->gap.breaks == 1;
	if (last != NULL && last->at + last->width == at)
		last->star_behind = true;
}

/* In honest text a joiner stands between letters of scripts that need it (Persian, Indic), and a
 * variation selector behind a character. */
static void settle_hidden(struct folder *f, uint32_t next, size_t end)
{
	size_t at = 0;
	const uint32_t last = f->gap.open ? ' ' : folder_last(f, &at);
	const enum char_class before = class_of(last), after = class_of(next);
	const bool honest = before == CLASS_LETTER || after == CLASS_LETTER || before == CLASS_MARK || after == CLASS_MARK;

	if (f->hidden.open && last != 0 && is_word(before) && is_word(after) && !honest)
		folder_disguise(f, f->hidden.bidi ? DISGUISE_BIDI : DISGUISE_INVISIBLE, folded_origin(&f->out, at), end);
	f->hidden = (struct fold_hidden){0};
}

/* One folded character, with all that was put off until it came. */
static void put(struct folder *f, uint32_t c, enum char_class class, size_t origin)
{
	if (f->asterisk > 0)
		settle_asterisk(f, c);
	if (f->gap.open)
		close_gap(f, c);
	if (f->alike && class != CLASS_LATIN && class != CLASS_LETTER && class != CLASS_MARK)
		folder_end_word(f);
	if ((c == '*' || c == 0x2217) && f->out.len > 0) {
		const uint32_t last = folder_last(f, NULL);

		if (class_of(last) == CLASS_CJK && last != STAR)
			f->asterisk = f->out.len + 1;
	}
	folder_add(f, c, origin);
	f->alike = f->alike || class == CLASS_LETTER;
}

/* A mark that joins nothing: honest behind the letters of most scripts; behind Latin and Chinese ones
 * it says nothing, and behind white space there is nothing it could change. */
static void put_mark(struct folder *f, uint32_t c, size_t origin)
{
	const bool alone = f->gap.open || f->out.len == 0;
	const enum char_class before = alone ? CLASS_SPACE : class_of(folder_last(f, NULL));

	if (alone || before == CLASS_LATIN || before == CLASS_CJK) {
		if (!alone && folder_join_mark(f, c))
			f->asterisk = 0;
		else if (before == CLASS_CJK)
			f->hidden = (struct fold_hidden){.open = true, .mark = true};
	} else if (!folder_join_mark(f, c)) {
		put(f, c, CLASS_MARK, origin);
	}
}

static void put_folded(struct folder *f, uint32_t c, size_t origin)
{
	const enum char_class class = class_of(c);

	if (class == CLASS_SPACE) {
		if (!f->gap.open)
			f->gap = (struct fold_gap){.open = true, .at = origin};
	} else if (class == CLASS_MARK) {
		put_mark(f, c, origin);
	} else {
		put(f, c, class, origin);
	}
}

/* Four letters and more drawn as other signs are not a formula. */
static void count_styled(struct folder *f, uint32_t from, uint32_t to, size_t origin, size_t end)
{
	const bool letter = (to >= 'a' && to <= 'z') || (to >= 'A' && to <= 'Z');
	const bool wide = from >= 0xFF00 && from <= 0xFFEF; /* full-width: everyday in Chinese text */

	if (!letter || wide || from == to || from < 0x250) {
		f->styled = 0;
		return;
	}
	if (f->styled++ == 0)
		f->styled_from = origin;
	if (f->styled >= STYLED_LEAST)
		folder_disguise(f, DISGUISE_STYLED, f->styled_from, end);
}

static void take_visible(struct folder *f, uint32_t c, size_t origin, size_t end)
{
	const uint32_t to = fold_pages[fold_index[c / FOLD_PAGE]][c % FOLD_PAGE];

	if (f->hidden.open)
		settle_hidden(f, c, end);
	if ((to & FOLD_SEQUENCE) != 0) {
		const uint32_t *sequence = fold_sequences + (to & ~FOLD_SEQUENCE);

		f->styled = 0;
		for (uint32_t i = 1; i <= sequence[0]; i++)
			put_folded(f, sequence[i], origin);
		return;
	}
	count_styled(f, c, to == FOLD_KEEP ? c : to, origin, end);
	put_folded(f, to == FOLD_KEEP ? c : to, origin);
}

static void take_break(struct folder *f, uint32_t c)
{
	if (f->hidden.open)
		settle_hidden(f, c, f->at);
	if (!f->gap.open)
		f->gap = (struct fold_gap){.open = true, .at = f->at};
	if (f->gap.breaks == 0) /* what came before the first line end belongs to the line */
		f->gap.at = f->at;
	if (!(c == '\n' && f->at > 0 && f->in[f->at - 1] == '\r'))
		f->gap.breaks++;
	f->styled = 0;
}

/* One selector behind a Chinese character or a digit chooses how it is drawn. */
static bool is_selector(const struct folder *f, uint32_t c)
{
	const enum char_class before = f->gap.open || f->hidden.open ? CLASS_OTHER : class_of(folder_last(f, NULL));

	return ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF)) && f->out.len > 0 &&
	       (before == CLASS_CJK || before == CLASS_DIGIT);
}

static void take_hidden(struct folder *f, uint32_t c, enum char_class class, size_t n)
{
	if (!is_selector(f, c) && c != 0x20E3)
		f->hidden = (struct fold_hidden){.open = true, .bidi = class == CLASS_BIDI || f->hidden.bidi};
	if (c == 0x202D || c == 0x202E)
		folder_disguise(f, DISGUISE_BIDI, f->at, f->at + n);
}

static void take_character(struct folder *f)
{
	uint32_t c = 0;
	size_t n = utf8_decode((const char *)f->in + f->at, f->len - f->at, &c);
	enum char_class class;

	if (n == 0) { /* not by contract; kept visible rather than lost */
		c = 0xFFFD;
		n = 1;
	}
	class = class_of(c);
	if (class == CLASS_INVISIBLE || class == CLASS_BIDI || class == CLASS_OVERLAY)
		take_hidden(f, c, class, n);
	else if (class == CLASS_BREAK)
		take_break(f, c);
	else
		take_visible(f, c, f->at, f->at + n);
	f->at += n;
}

/* Is the text at hand such that plain characters go straight out? */
static inline bool is_settled(const struct folder *f)
{
	return !f->gap.open && !f->hidden.open && !f->alike && f->asterisk == 0;
}

static void fold_until(struct folder *f, size_t limit)
{
	while (f->at < f->len && f->out.len < limit) {
		const size_t left = f->len - f->at;
		size_t most = limit - f->out.len;

		if (f->out.len + 2 * SLACK > f->out.capacity)
			reserve(f, 2 * SLACK);
		if (most > f->out.capacity - SLACK - f->out.len)
			most = f->out.capacity - SLACK - f->out.len;
		most = left < most ? left : most;
		if (most < 32 || !is_settled(f) || !folder_copy_plain(f, most))
			take_character(f);
	}
	if (f->at < f->len)
		return;
	if (f->gap.open)
		close_gap(f, 0);
	if (f->alike)
		folder_end_word(f);
}

struct folder *folder_new(const char *text, size_t len)
{
	struct folder *f = mem_alloc(1, sizeof(*f));

	f->in = (const unsigned char *)text;
	f->len = f->out.source_len = len;
	return f;
}

void folder_free(struct folder *f)
{
	if (f == NULL)
		return;
	folded_release(&f->out);
	free(f);
}

const struct folded *folder_next(struct folder *f, size_t keep, size_t size, bool *last)
{
	folded_forget(&f->out, keep);
	f->asterisk -= f->asterisk > keep ? keep : f->asterisk;
	f->out.disguise_count = 0;
	if (size > f->len - f->at + f->out.len) /* of a short text, and of a text asked for whole */
		reserve(f, f->len - f->at + 2 * SLACK);
	else
		reserve(f, size - (f->out.len < size ? f->out.len : size) + 2 * SLACK);
	fold_until(f, size);
	*last = f->at == f->len;
	return &f->out;
}

static void copy_verbatim(const char *text, size_t len, struct folded *out)
{
	out->text = mem_copy_bytes(text, len);
	out->len = out->source_len = len;
	out->runs = mem_alloc(1, sizeof(*out->runs));
	out->run_count = 1;
}

void fold_text(const char *text, size_t len, enum text_view view, struct folded *out)
{
	struct folder f = {.in = (const unsigned char *)text, .len = len, .out = {.source_len = len}};

	*out = (struct folded){0};
	if (view == VIEW_VERBATIM) {
		copy_verbatim(text, len, out);
		return;
	}
	reserve(&f, len + 2 * SLACK);
	fold_until(&f, SIZE_MAX);
	reserve(&f, 1);
	f.out.text[f.out.len] = '\0';
	*out = f.out;
	if (view == VIEW_LINE) {
		folded_lines(&f.out, out);
		out->disguises = f.out.disguises;
		out->disguise_count = f.out.disguise_count;
		f.out.disguises = NULL;
		folded_release(&f.out);
	}
}

void folded_release(struct folded *folded)
{
	free(folded->text);
	free(folded->runs);
	free(folded->breaks);
	free(folded->disguises);
	*folded = (struct folded){0};
}
