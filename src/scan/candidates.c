/* candidates.c - where a window is worth a closer look, by rule.
 *
 * They come from left to right, of all rules mixed: put each to its rule by counting, and there is little left to
 * sort. */
#include "candidates.h"

#include "base/mem.h"
#include "numbers.h"
#include "shape.h"

#include <stdlib.h>
#include <string.h>

enum { CANDIDATES_MOST = 4000000 };

struct named {
	struct candidate at;
	uint32_t rule;
};

struct digits {
	unsigned count;
	bool code;
};

struct candidates {
	struct named *added;
	struct candidate *sorted, *numbers, *chosen;
	struct digits *digits; /* of the numbers */
	size_t *begin;         /* in `sorted`, of each rule, and one more */
	size_t rules, count, capacity, sorted_capacity, number_count, number_capacity, chosen_capacity;
};

struct candidates *candidates_new(size_t rules)
{
	struct candidates *c = mem_alloc(1, sizeof(*c));

	c->rules = rules;
	c->begin = mem_alloc(rules + 1, sizeof(*c->begin));
	return c;
}

void candidates_free(struct candidates *c)
{
	free(c->added);
	free(c->sorted);
	free(c->numbers);
	free(c->chosen);
	free(c->digits);
	free(c->begin);
	free(c);
}

void candidates_clear(struct candidates *c)
{
	c->count = 0;
	c->number_count = 0;
}

bool candidates_add(struct candidates *c, uint32_t rule, uint32_t from, uint32_t to)
{
	if (c->count == CANDIDATES_MOST)
		return false;
	if (c->count == c->capacity) {
		c->capacity = c->capacity > 0 ? c->capacity * 2 : 256;
		c->added = mem_resize(c->added, c->capacity, sizeof(*c->added));
	}
	c->added[c->count++] = (struct named){{.from = from, .to = to}, rule};
	return true;
}

bool candidates_add_number(struct candidates *c, const struct number *number)
{
	if (c->number_count == CANDIDATES_MOST)
		return false;
	if (c->number_count == c->number_capacity) {
		c->number_capacity = c->number_capacity > 0 ? c->number_capacity * 2 : 256;
		c->numbers = mem_resize(c->numbers, c->number_capacity, sizeof(*c->numbers));
		c->digits = mem_resize(c->digits, c->number_capacity, sizeof(*c->digits));
	}
	c->numbers[c->number_count] = (struct candidate){.from = (uint32_t)number->from, .to = (uint32_t)number->to};
	c->digits[c->number_count++] = (struct digits){number->digits, number->code};
	return true;
}

void candidates_close(struct candidates *c)
{
	size_t at = 0;

	if (c->sorted_capacity < c->capacity) {
		c->sorted_capacity = c->capacity;
		c->sorted = mem_resize(c->sorted, c->sorted_capacity, sizeof(*c->sorted));
	}
	memset(c->begin, 0, (c->rules + 1) * sizeof(*c->begin));
	for (size_t i = 0; i < c->count; i++)
		c->begin[c->added[i].rule + 1]++;
	for (size_t i = 1; i <= c->rules; i++) { /* counts become the ends of the rules before */
		const size_t here = c->begin[i];

		c->begin[i] = at;
		at += here;
	}
	for (size_t i = 0; i < c->count; i++)
		c->sorted[c->begin[c->added[i].rule + 1]++] = c->added[i].at;
}

struct candidate *candidates_own(struct candidates *c, uint32_t rule, size_t *count)
{
	*count = c->begin[rule + 1] - c->begin[rule];
	return *count > 0 ? c->sorted + c->begin[rule] : NULL;
}

struct candidate *candidates_numbers(struct candidates *c, size_t *count)
{
	*count = c->number_count;
	return c->numbers;
}

static int by_place(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

static void sort(struct candidate *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (by_place(&items[i - 1], &items[i]) > 0) {
			qsort(items, count, sizeof(*items), by_place);
			return;
		}
}

static bool takes(const struct need *need, const struct digits *d)
{
	return (need->digits > 0 && d->count >= need->digits) || (need->code && d->code);
}

struct candidate *candidates_of(struct candidates *c, uint32_t rule, const struct need *need, size_t *count)
{
	struct candidate *own = candidates_own(c, rule, count);
	size_t chosen = 0;

	if (need != NULL && c->number_count > 0) {
		if (c->chosen_capacity < *count + c->number_count) {
			c->chosen_capacity = *count + c->number_capacity;
			c->chosen = mem_resize(c->chosen, c->chosen_capacity, sizeof(*c->chosen));
		}
		for (size_t i = 0; i < c->number_count; i++)
			if (takes(need, &c->digits[i]))
				c->chosen[chosen++] = c->numbers[i];
		if (*count > 0 && chosen > 0)
			memcpy(c->chosen + chosen, own, *count * sizeof(*own));
		if (chosen > 0) {
			own = c->chosen;
			*count += chosen;
		}
	}
	sort(own, *count);
	return own;
}
