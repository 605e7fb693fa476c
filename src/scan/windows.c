/* windows.c - one pass over the folded text.
 *
 * The text is folded window by window and looked through once for the words and numbers that matches
 * of the rules cannot do without.  Each is a candidate: only there, and only as far as the rule's
 * longest match reaches, its pattern is run.  What is found is what running every pattern over the
 * whole text would find, match for match:
 *
 * - every match holds a candidate, so it begins no later than that candidate and not further back than
 *   what may stand before it; candidates are taken from left to right, and no start is tried twice;
 * - a search begins behind the rule's last match, so the leftmost ones are found, as one by one;
 * - what begins in a window is decided there only if the window shows all that its rule may look at;
 *   the rest waits for the next window, which begins early enough. */
#include "search.h"

#include "base/mem.h"
#include "candidates.h"
#include "extract/document.h"
#include "numbers.h"

#include <stdlib.h>
#include <string.h>

/* How far a rule has come, in bytes of the whole running view; `lines`: and so many line ends. */
struct progress {
	uint64_t at;
	uint32_t lines;
};

/* One window being looked through. */
struct window {
	struct search *s;
	const struct folded *text; /* running view */
	struct folded lines;       /* line view, when some rule wanted it */
	bool has_lines, last, first;
	size_t from, due;          /* candidates that begin in [from, due) are decided here */
	size_t hint;               /* the break last asked for */
	uint64_t base;             /* where the window begins in the whole running view */
	struct candidates *found;
	bool numbers_in_line, full, short_of_text;
};

static void add_candidate(struct window *w, uint32_t rule, size_t from, size_t to)
{
	w->full |= !candidates_add(w->found, rule, (uint32_t)from, (uint32_t)to);
}

static void on_word(uint32_t id, size_t end, void *context)
{
	struct window *w = context;
	const struct scanner *scanner = w->s->scanner;
	const struct trigger *t = &scanner->triggers[id];
	const size_t from = end - t->len;

	if (from < w->from || from >= w->due || scanner->plans[t->rule].plain || !search_wants(w->s, t->rule))
		return;
	/* words of the line view are asked there */
	if (!t->keyword || scanner->plans[t->rule].view == VIEW_LINE || is_whole_word(w->text->text, w->text->len, from, end))
		add_candidate(w, t->rule, from, t->keyword ? end : from + 1);
}

/* A number longer than a window is met again in the next one, so only its part due here is taken. */
static void on_number(const struct number *n, void *context)
{
	struct window *w = context;
	struct number part = *n;

	part.from = n->from > w->from ? n->from : w->from;
	part.to = n->to < w->due ? n->to : w->due;
	if (part.from < part.to)
		w->full |= !candidates_add_number(w->found, &part);
}

/* Rules that need nothing we know how to look for are tried everywhere. */
static void add_eager(struct window *w)
{
	const struct scanner *scanner = w->s->scanner;

	for (uint32_t i = 0; i < scanner->set->count && w->from < w->due; i++)
		if (scanner->plans[i].eager && search_wants(w->s, i))
			add_candidate(w, i, w->from, w->due);
}

/* The last break at or before byte `at`; the number of breaks when there is none.  What is asked for
 * moves on mostly, so the search begins where the last one ended, in steps that grow. */
static size_t break_before(struct window *w, const struct fold_break *breaks, size_t at)
{
	const size_t count = w->text->break_count;
	size_t low = w->hint < count && breaks[w->hint].at <= at ? w->hint : 0, high = count;

	for (size_t step = 1; low + step < count; step *= 2) {
		if (breaks[low + step].at > at) {
			high = low + step;
			break;
		}
		low += step;
	}
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (breaks[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	w->hint = low > 0 ? low - 1 : 0;
	return low > 0 ? low - 1 : count;
}

/* Where byte `at` of the running view stands in the line view, `lines` line ends into a break. */
static size_t to_line(struct window *w, size_t at, uint32_t lines)
{
	const size_t i = break_before(w, w->text->breaks, at);
	const struct fold_break *b, *line;
	size_t behind;

	if (i == w->text->break_count)
		return at;
	b = &w->text->breaks[i];
	line = &w->lines.breaks[i];
	if (at == b->at && lines <= line->count)
		return line->at + lines;
	if (at < (size_t)b->at + b->width)
		return line->at;
	behind = at - b->at - b->width;
	if (b->star_behind)
		behind = behind >= 3 ? behind - 2 : 0;
	return line->at + line->count + behind;
}

static struct progress from_line(struct window *w, size_t at)
{
	const size_t i = break_before(w, w->lines.breaks, at);
	const struct fold_break *b, *line;
	size_t behind;

	if (i == w->lines.break_count)
		return (struct progress){w->base + at, 0};
	b = &w->text->breaks[i];
	line = &w->lines.breaks[i];
	if (at <= (size_t)line->at + line->count)
		return (struct progress){w->base + b->at, (uint32_t)(at - line->at)};
	behind = at - line->at - line->count;
	if (b->star_behind)
		behind += 2;
	return (struct progress){w->base + b->at + b->width + behind, UINT32_MAX};
}

/* The line that holds byte `at` of the line view; false: the window does not show all of it. */
static bool line_around(struct window *w, size_t at, size_t *start)
{
	const size_t i = break_before(w, w->lines.breaks, at);
	const bool begun = i < w->lines.break_count, ended = begun ? i + 1 < w->lines.break_count : w->lines.break_count > 0;

	*start = begun ? (size_t)w->lines.breaks[i].at + w->lines.breaks[i].count : 0;
	if (*start > at) /* among the line ends */
		*start = at;
	return (begun || w->first) && (ended || w->last);
}

/* Where a match that holds the candidate may begin. */
static bool earliest(struct window *w, const struct plan *plan, size_t from, size_t *start)
{
	const bool whole_lines = plan->shape.longest == SHAPE_UNBOUNDED || plan->shape.behind == SHAPE_UNBOUNDED ||
	                         plan->shape.ahead == SHAPE_UNBOUNDED;
	const size_t before = plan->eager ? 0 : plan->shape.need.before;

	*start = 0;
	if (plan->view == VIEW_LINE && !plan->shape.crosses) {
		const bool shown = line_around(w, from, start);

		if (whole_lines && !shown)
			return false;
	}
	if (before != SHAPE_UNBOUNDED && from > before && from - before > *start)
		*start = from - before;
	return true;
}

static const struct folded *view_of_plan(struct window *w, const struct plan *plan)
{
	if (plan->view != VIEW_LINE)
		return w->text;
	if (!w->has_lines)
		folded_lines(w->text, &w->lines);
	w->has_lines = true;
	return &w->lines;
}

/* A place inside a character belongs to its end. */
static size_t whole(const struct folded *view, size_t at)
{
	while (at < view->len && ((unsigned char)view->text[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static void try_pattern(struct window *w, uint32_t rule, const struct candidate *c, size_t count, struct progress *progress)
{
	const struct plan *plan = &w->s->scanner->plans[rule];
	const struct folded *view = view_of_plan(w, plan);
	const bool line = plan->view == VIEW_LINE;
	size_t next = 0;

	if (progress->at > w->base) {
		const size_t at = (size_t)(progress->at - w->base);

		next = line ? to_line(w, at, progress->lines) : at;
	}
	for (size_t i = 0; i < count; i++) {
		const size_t from = line ? c[i].line_from : c[i].from, to = line ? c[i].line_to : c[i].to;
		size_t start = 0;

		if (to <= next)
			continue;
		if (!earliest(w, plan, from, &start)) {
			w->short_of_text = true;
			return;
		}
		next = whole(view, start > next ? start : next);
		confirm_all(w->s, view, rule, &next, to);
	}
	*progress = line ? from_line(w, next) : (struct progress){w->base + next, 0};
}

/* Does the keyword stand in the line view too, and not only where lines were joined? */
static bool stands_in_line(struct window *w, const struct plan *plan, const struct candidate *c, struct span *at)
{
	const struct folded *view = view_of_plan(w, plan);
	const size_t len = c->to - c->from;

	at->from = c->line_from;
	at->to = at->from + len;
	return at->to <= view->len && memcmp(view->text + at->from, w->text->text + c->from, len) == 0 &&
	       is_whole_word(view->text, view->len, at->from, at->to);
}

/* Leftmost, then longest; what overlaps the last one is no keyword of its own. */
static void try_keywords(struct window *w, uint32_t rule, struct candidate *c, size_t count, struct progress *progress)
{
	const struct plan *plan = &w->s->scanner->plans[rule];
	struct span at = {0};
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (plan->view != VIEW_LINE || stands_in_line(w, plan, &c[i], &at))
			c[kept++] = c[i];
	for (size_t i = 0; i < kept; i++) {
		while (i + 1 < kept && c[i + 1].from == c[i].from) /* sorted: the last is the longest */
			i++;
		if (w->base + c[i].from < progress->at)
			continue;
		progress->at = w->base + c[i].to;
		at = (struct span){c[i].from, c[i].to};
		if (plan->view != VIEW_LINE || stands_in_line(w, plan, &c[i], &at))
			confirm(w->s, plan->view == VIEW_LINE ? &w->lines : w->text, rule, &at, &at);
	}
}

static bool look(struct window *w)
{
	const struct scanner *scanner = w->s->scanner;

	candidates_clear(w->found);
	w->numbers_in_line = false;
	if (!prefilter_find(scanner->words, w->s->worker->scratch, w->text->text, w->text->len, on_word, w))
		return false;
	if (scanner->digits > 0 || scanner->codes)
		numbers_find(w->text->text, w->text->len, scanner->digits > 0 ? scanner->digits : 1u << 30, on_number, w);
	if (scanner->eager)
		add_eager(w);
	return !w->full;
}

static void tell_lines(struct window *w, struct candidate *c, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		c[i].line_from = (uint32_t)to_line(w, c[i].from, UINT32_MAX);
		c[i].line_to = (uint32_t)to_line(w, c[i].to, UINT32_MAX);
	}
}

/* What is to be looked at for a rule, places in the line view told where it asks for them. */
static struct candidate *gather(struct window *w, uint32_t rule, size_t *count)
{
	const struct plan *plan = &w->s->scanner->plans[rule];
	const struct need *need = plan->numbers && search_wants(w->s, rule) ? &plan->shape.need : NULL;
	size_t own_count = 0, number_count = 0;
	struct candidate *own = candidates_own(w->found, rule, &own_count);
	struct candidate *numbers = candidates_numbers(w->found, &number_count);

	if (plan->view == VIEW_LINE && (own_count > 0 || (need != NULL && number_count > 0))) {
		(void)view_of_plan(w, plan);
		tell_lines(w, own, own_count);
		if (need != NULL && !w->numbers_in_line)
			tell_lines(w, numbers, number_count);
		w->numbers_in_line |= need != NULL;
	}
	return candidates_of(w->found, rule, need, count);
}

static void decide_all(struct window *w, struct progress *progress)
{
	const struct ruleset *set = w->s->scanner->set;

	candidates_close(w->found);
	for (uint32_t rule = 0; rule < set->count; rule++) {
		size_t count = 0;
		struct candidate *c = gather(w, rule, &count);

		if (count > 0 && set->rules[rule].kind == RULE_KEYWORDS)
			try_keywords(w, rule, c, count, &progress[rule]);
		else if (count > 0)
			try_pattern(w, rule, c, count, &progress[rule]);
	}
	if (w->has_lines)
		folded_release(&w->lines);
	w->has_lines = false;
}

/* The beginning of the character at or before `at`. */
static size_t character_at(const struct folded *f, size_t at)
{
	while (at > 0 && at < f->len && ((unsigned char)f->text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

bool search_windows(struct search *s, size_t size)
{
	const struct scanner *scanner = s->scanner;
	struct folder *folder = folder_new(s->flow->text, s->flow->len);
	struct progress *progress = mem_alloc(scanner->set->count, sizeof(*progress));
	struct window w = {.s = s, .first = true, .found = candidates_new(scanner->set->count)};
	const size_t before = s->out->count;
	size_t keep = 0;
	bool ok = true;

	while (ok && !w.last) {
		w.text = folder_next(folder, keep, size, &w.last);
		w.base += keep;
		w.from = w.first ? 0 : w.due - keep;
		w.due = w.last ? w.text->len : character_at(w.text, w.text->len - scanner->ahead);
		ok = look(&w);
		if (ok)
			decide_all(&w, progress);
		confirm_disguises(s, w.text);
		if (w.short_of_text || s->out->overflow)
			break;
		keep = character_at(w.text, w.due - (w.due < scanner->behind ? w.due : scanner->behind));
		w.first = false;
	}
	if (w.short_of_text)
		hits_cut(s->out, before);
	else if (!ok && s->out->failed == NULL)
		s->out->failed = w.full ? "too many candidates in one place" : "the text could not be looked through";
	candidates_free(w.found);
	free(progress);
	folder_free(folder);
	return !w.short_of_text;
}
