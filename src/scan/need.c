/* need.c - sets of words a pattern cannot do without, and which of them to look for. */
#include "need.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static char *make_room(struct words *set, size_t more)
{
	if (set->len + more > set->capacity) {
		set->capacity = (set->len + more) * 2;
		set->bytes = mem_resize(set->bytes, set->capacity, 1);
	}
	return set->bytes + set->len;
}

void words_set_add(struct words *set, const char *word, size_t len)
{
	char *to = make_room(set, len + 1);

	memcpy(to, word, len);
	to[len] = '\0';
	set->shortest = set->count == 0 || len < set->shortest ? len : set->shortest;
	set->longest = len > set->longest ? len : set->longest;
	set->len += len + 1;
	set->count++;
}

const char *words_next(const struct words *set, const char *word)
{
	const char *next = word == NULL ? set->bytes : word + strlen(word) + 1;

	return set->count > 0 && next < set->bytes + set->len ? next : NULL;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void words_set_sort(struct words *set)
{
	const char **all = mem_alloc(set->count + 1, sizeof(*all));
	struct words sorted = {0};
	size_t count = 0;

	for (const char *w = words_next(set, NULL); w != NULL; w = words_next(set, w))
		all[count++] = w;
	qsort(all, count, sizeof(*all), by_bytes);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || strcmp(all[i - 1], all[i]) != 0)
			words_set_add(&sorted, all[i], strlen(all[i]));
	free(all);
	words_set_clear(set);
	*set = sorted;
}

void words_set_copy(struct words *to, const struct words *from)
{
	if (from->count == 0)
		return;
	memcpy(make_room(to, from->len), from->bytes, from->len);
	to->shortest = to->count == 0 || from->shortest < to->shortest ? from->shortest : to->shortest;
	to->longest = from->longest > to->longest ? from->longest : to->longest;
	to->len += from->len;
	to->count += from->count;
}

void words_set_clear(struct words *set)
{
	free(set->bytes);
	*set = (struct words){0};
}

bool words_set_append(struct words *left, const struct words *right)
{
	const bool few = left->count > 0 && left->shortest < WORD_BYTES_LEAST;
	struct words all = {.count = left->count * right->count,
	                    .shortest = left->shortest + right->shortest,
	                    .longest = left->longest + right->longest};

	if (all.count > (few ? WORDS_MOST : WORDS_STRUNG) || all.longest > WORD_BYTES_MOST)
		return false;
	(void)make_room(&all, left->len * right->count + right->len * left->count + 1);
	for (const char *l = words_next(left, NULL); l != NULL; l = words_next(left, l)) {
		const size_t n = strlen(l);

		for (const char *r = words_next(right, NULL); r != NULL; r = words_next(right, r)) {
			const size_t m = strlen(r) + 1;

			memcpy(all.bytes + all.len, l, n);
			memcpy(all.bytes + all.len + n, r, m);
			all.len += n + m;
		}
	}
	words_set_clear(left);
	*left = all;
	return true;
}

/* Bytes are a fair measure: a Chinese character, three bytes, is as seldom as three letters.  One
 * that is neither letter nor digit is worth two.  What is long enough is as good as longer ones: to
 * look for fewer words is faster, and a pattern run in vain costs little.  Tables and web pages are full of
 * numbers, so the longest one is worth less than such words. */
static unsigned words_value(const struct words *words)
{
	unsigned least = WORD_BYTES_MOST;

	for (const char *w = words_next(words, NULL); w != NULL; w = words_next(words, w)) {
		const size_t len = strlen(w);
		const char c = w[0];
		const bool sign = c > ' ' && c < 0x7F && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) && strchr(".,-:;()'\"/", c) == NULL;
		const unsigned value = len == 1 && sign ? 2 : (unsigned)len;

		least = value < least ? value : least;
	}
	return least < WORD_BYTES_ENOUGH ? least : WORD_BYTES_ENOUGH;
}

unsigned need_value(const struct need *need)
{
	unsigned value = WORD_BYTES_MOST;

	if (!need->known)
		return 0;
	if (need->words.count > 0)
		value = words_value(&need->words);
	if (need->digits > 0 && value > need->digits)
		value = need->digits;
	if (need->digits > 0 && value >= WORD_BYTES_ENOUGH)
		value = WORD_BYTES_ENOUGH - 1;
	if (need->code && value > 4)
		value = 4;
	return value;
}

void need_clear(struct need *need)
{
	words_set_clear(&need->words);
	*need = (struct need){0};
}

void need_better(struct need *best, struct need *other)
{
	const unsigned have = need_value(best), offered = need_value(other);
	const bool fewer = offered == have && other->words.count < best->words.count;

	if (offered > have || (offered > 0 && fewer)) {
		need_clear(best);
		*best = *other;
		*other = (struct need){0};
	}
	need_clear(other);
}

void need_either(struct need *all, struct need *other)
{
	if (!all->known || !other->known || all->words.count + other->words.count > WORDS_MOST) {
		need_clear(all);
		need_clear(other);
		return;
	}
	words_set_copy(&all->words, &other->words);
	all->before = other->before > all->before ? other->before : all->before;
	if (other->digits > 0 && (all->digits == 0 || other->digits < all->digits))
		all->digits = other->digits;
	all->code = all->code || other->code;
	need_clear(other);
}
