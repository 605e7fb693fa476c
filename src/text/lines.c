/* lines.c - windows and views of folded text: what is forgotten, what a line is, and the way back. */
#include "fold_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { STAR_BYTES = 3 };

/* The run that holds folded byte `at`. */
static size_t run_of(const struct folded *f, size_t at)
{
	size_t low = 0, high = f->run_count;

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (f->runs[middle].folded <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static uint32_t in_run(const struct fold_run *run, size_t at)
{
	return (run->source & FOLD_ONE) != 0 ? run->source & ~FOLD_ONE : run->source + (uint32_t)(at - run->folded);
}

size_t folded_origin(const struct folded *f, size_t at)
{
	if (f->run_count == 0 || at >= f->len)
		return f->source_len;
	return f->base + in_run(&f->runs[run_of(f, at)], at);
}

void folded_span(const struct folded *f, const char *source, size_t source_len, size_t from, size_t to,
                 size_t *start, size_t *end)
{
	size_t last = to - 1, n;
	uint32_t c;

	while (last > from && ((unsigned char)f->text[last] & 0xC0) == 0x80)
		last--;
	last = folded_origin(f, last);
	n = utf8_decode(source + last, source_len - last, &c);
	*start = folded_origin(f, from);
	*end = last + (n > 0 ? n : 1);
}

/* Source offsets count from `base`, which moves on, so that 32 bits do for any length. */
static void forget_runs(struct folded *f, size_t keep)
{
	const size_t first = run_of(f, keep), base = in_run(&f->runs[first], keep);

	for (size_t i = first; i < f->run_count; i++) {
		struct fold_run run = f->runs[i];
		const uint32_t one = run.source & FOLD_ONE, start = run.folded > keep ? run.folded : (uint32_t)keep;

		f->runs[i - first] = (struct fold_run){(uint32_t)(start - keep), (in_run(&run, start) - (uint32_t)base) | one};
	}
	f->run_count -= first;
	f->base += base;
	for (size_t i = 0; i < f->break_count; i++) {
		struct fold_break *b = &f->breaks[i];

		b->source -= b->source >= base ? (uint32_t)base : b->source;
		b->dropped -= b->dropped >= base ? (uint32_t)base : b->dropped;
	}
}

void folded_forget(struct folded *f, size_t keep)
{
	size_t gone = 0;

	if (keep == 0 || keep >= f->len)
		return;
	while (gone < f->break_count && f->breaks[gone].at < keep)
		gone++;
	f->break_count -= gone;
	if (f->break_count > 0)
		memmove(f->breaks, f->breaks + gone, f->break_count * sizeof(*f->breaks));
	for (size_t i = 0; i < f->break_count; i++)
		f->breaks[i].at -= (uint32_t)keep;
	forget_runs(f, keep);
	f->len -= keep;
	memmove(f->text, f->text + keep, f->len);
}

/* The line view in the making. */
struct copier {
	const struct folded *from;
	struct folded *to;
	size_t at, run; /* in `from` */
};

static void add_run(struct folded *to, uint32_t folded, uint32_t source)
{
	if (to->run_count == to->run_capacity) {
		to->run_capacity = to->run_capacity > 0 ? to->run_capacity * 2 : 64;
		to->runs = mem_resize(to->runs, to->run_capacity, sizeof(*to->runs));
	}
	to->runs[to->run_count++] = (struct fold_run){folded, source};
}

static void copy_to(struct copier *c, size_t end)
{
	const struct folded *from = c->from;
	const size_t shift = c->to->len - c->at; /* may wrap; added back below */

	if (end <= c->at)
		return;
	while (c->run + 1 < from->run_count && from->runs[c->run + 1].folded <= c->at)
		c->run++;
	for (size_t i = c->run; i < from->run_count && from->runs[i].folded < end; i++) {
		const struct fold_run *run = &from->runs[i];
		const size_t start = run->folded > c->at ? run->folded : c->at;

		add_run(c->to, (uint32_t)(start + shift), in_run(run, start) | (run->source & FOLD_ONE));
		c->run = i;
	}
	memcpy(c->to->text + c->to->len, from->text + c->at, end - c->at);
	c->to->len += end - c->at;
	c->at = end;
}

static void add_bytes(struct copier *c, char byte, size_t count, uint32_t source)
{
	add_run(c->to, (uint32_t)c->to->len, source | FOLD_ONE);
	memset(c->to->text + c->to->len, byte, count);
	c->to->len += count;
}

/* One break, as the line ends it was. */
static void restore_break(struct copier *c, const struct fold_break *b)
{
	const bool star = b->star_before && c->at + STAR_BYTES <= b->at; /* not written behind the break before */

	copy_to(c, b->at - (star ? STAR_BYTES : 0));
	if (star)
		add_bytes(c, '*', 1, in_run(&c->from->runs[run_of(c->from, c->at)], c->at));
	if (b->hyphen)
		add_bytes(c, '-', 1, b->dropped);
	c->to->breaks[c->to->break_count] = *b;
	c->to->breaks[c->to->break_count++].at = (uint32_t)c->to->len;
	add_bytes(c, '\n', b->count, b->source);
	c->at = b->at + b->width;
	if (b->star_behind) {
		add_bytes(c, '*', 1, in_run(&c->from->runs[run_of(c->from, c->at)], c->at));
		c->at += STAR_BYTES;
	}
}

void folded_lines(const struct folded *running, struct folded *out)
{
	struct copier c = {.from = running, .to = out};
	size_t more = 1;

	for (size_t i = 0; i < running->break_count; i++)
		more += running->breaks[i].count + 1;
	*out = (struct folded){.base = running->base, .source_len = running->source_len};
	out->capacity = running->len + more;
	out->text = mem_resize(NULL, out->capacity, 1);
	out->breaks = mem_resize(NULL, running->break_count + 1, sizeof(*out->breaks));
	for (size_t i = 0; i < running->break_count; i++)
		restore_break(&c, &running->breaks[i]);
	copy_to(&c, running->len);
	out->text[out->len] = '\0';
}
