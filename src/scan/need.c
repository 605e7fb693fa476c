/* need.c - sets of words a pattern cannot do without, and which of them to look for. */
#include "need.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Room grows by doubling: a set of `count` words always has this much. */
static size_t room_for(size_t count)
{
	size_t room = 8;

	while (room < count)
		room *= 2;
	return room;
}

void words_set_add(struct texts *set, const char *word, size_t len)
{
	if (set->count == 0 || room_for(set->count + 1) > room_for(set->count))
		set->items = mem_resize(set->items, room_for(set->count + 1), sizeof(*set->items));
	set->items[set->count++] = mem_copy_bytes(word, len);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void words_set_sort(struct texts *set)
{
	size_t kept = 0;

	if (set->count > 0)
		qsort(set->items, set->count, sizeof(*set->items), by_bytes);
	for (size_t i = 0; i < set->count; i++) {
		if (kept > 0 && strcmp(set->items[kept - 1], set->items[i]) == 0)
			free(set->items[i]);
		else
			set->items[kept++] = set->items[i];
	}
	set->count = kept;
}

void words_set_copy(struct texts *to, const struct texts *from)
{
	for (size_t i = 0; i < from->count; i++)
		words_set_add(to, from->items[i], strlen(from->items[i]));
}

void words_set_clear(struct texts *set)
{
	for (size_t i = 0; i < set->count; i++)
		free(set->items[i]);
	free(set->items);
	*set = (struct texts){0};
}

static size_t shortest(const struct texts *set)
{
	size_t least = WORD_BYTES_MOST;

	for (size_t i = 0; i < set->count; i++)
		least = strlen(set->items[i]) < least ? strlen(set->items[i]) : least;
	return least;
}

static size_t longest(const struct texts *set)
{
	size_t most = 0;

	for (size_t i = 0; i < set->count; i++)
		most = strlen(set->items[i]) > most ? strlen(set->items[i]) : most;
	return most;
}

static char *joined(const char *a, const char *b)
{
	const size_t n = strlen(a), m = strlen(b);
	char *word = mem_resize(NULL, n + m + 1, 1);

	memcpy(word, a, n);
	memcpy(word + n, b, m + 1);
	return word;
}

bool words_set_append(struct texts *left, const struct texts *right)
{
	const bool few = shortest(left) < WORD_BYTES_LEAST;
	struct texts all = {0};

	if (left->count * right->count > (few ? WORDS_MOST : WORDS_STRUNG) || longest(left) + longest(right) > WORD_BYTES_MOST)
		return false;
	all.items = mem_alloc(room_for(left->count * right->count), sizeof(*all.items));
	for (size_t i = 0; i < left->count; i++)
		for (size_t k = 0; k < right->count; k++)
			all.items[all.count++] = joined(left->items[i], right->items[k]);
	words_set_clear(left);
	*left = all;
	return true;
}

/* Bytes are a fair measure: a Chinese character, three bytes, is as seldom as three letters.  One
 * that is neither letter nor digit is worth two.  What is long enough is as good as longer ones: to
 * look for fewer words is faster, and a pattern run in vain costs little. */
static unsigned words_value(const struct texts *words)
{
	unsigned least = WORD_BYTES_MOST;

	for (size_t i = 0; i < words->count; i++) {
		const size_t len = strlen(words->items[i]);
		const char c = words->items[i][0];
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
