/* letters.c - two texts that ought to be the same, compared by what a keyword could be made of. */
#include "letters.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Not spaces, punctuation, symbols drawn beside letters, or what stands for a glyph nobody can name. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
	return c >= 0xC0 && !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x3000 && c < 0x3005) && !(c >= 0x3008 && c < 0x3021) &&
	       !(c >= 0xD800 && c < 0xF900) && c != 0xFFFD && c < 0xF0000;
}

static uint32_t without_case(uint32_t c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static void put(struct letters *letters, uint32_t code, size_t origin)
{
	if (letters->count == letters->capacity) {
		letters->capacity = letters->capacity > 0 ? letters->capacity * 2 : 1024;
		letters->codes = mem_resize(letters->codes, letters->capacity, sizeof(*letters->codes));
		letters->origin = mem_resize(letters->origin, letters->capacity, sizeof(*letters->origin));
	}
	letters->codes[letters->count] = code;
	letters->origin[letters->count++] = (uint32_t)origin;
}

void letters_add(struct letters *letters, const char *text, size_t len)
{
	struct folded folded = {0};
	uint32_t code = 0;
	size_t n;

	fold_text(text, len, VIEW_RUNNING, &folded);
	for (size_t at = 0; at < folded.len && (n = utf8_decode(folded.text + at, folded.len - at, &code)) > 0; at += n) {
		code = without_case(code);
		if (is_letter(code))
			put(letters, code, folded_origin(&folded, at));
	}
	folded_release(&folded);
}

void letters_release(struct letters *letters)
{
	free(letters->codes);
	free(letters->origin);
	*letters = (struct letters){0};
}

static int by_number(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static uint32_t *sorted(const struct letters *letters)
{
	uint32_t *copy = mem_alloc(letters->count + 1, sizeof(*copy));

	if (letters->count > 0)
		memcpy(copy, letters->codes, letters->count * sizeof(*copy));
	qsort(copy, letters->count, sizeof(*copy), by_number);
	return copy;
}

size_t letters_missing(const struct letters *text, const struct letters *other)
{
	uint32_t *a = sorted(text), *b = sorted(other);
	size_t missing = 0, k = 0;

	for (size_t i = 0; i < text->count; i++) {
		while (k < other->count && b[k] < a[i])
			k++;
		if (k < other->count && b[k] == a[i])
			k++;
		else
			missing++;
	}
	free(a);
	free(b);
	return missing;
}

/* The letters, and zeros behind them, so that what is shorter than LETTERS_NEAR can be compared too. */
static uint32_t *padded(const struct letters *letters)
{
	uint32_t *copy = mem_alloc(letters->count + LETTERS_NEAR, sizeof(*copy));

	if (letters->count > 0)
		memcpy(copy, letters->codes, letters->count * sizeof(*copy));
	return copy;
}

static size_t gram_count(const struct letters *letters)
{
	return letters->count < LETTERS_NEAR ? letters->count > 0 : letters->count - LETTERS_NEAR + 1;
}

static int by_gram(const void *a, const void *b)
{
	return memcmp(*(const uint32_t *const *)a, *(const uint32_t *const *)b, LETTERS_NEAR * sizeof(uint32_t));
}

/* Every LETTERS_NEAR letters in a row, sorted. */
static const uint32_t **grams_of(const uint32_t *codes, size_t count)
{
	const uint32_t **grams = mem_alloc(count + 1, sizeof(*grams));

	for (size_t i = 0; i < count; i++)
		grams[i] = codes + i;
	qsort(grams, count, sizeof(*grams), by_gram);
	return grams;
}

void letters_unseen(const struct letters *text, const struct letters *other,
                    void (*unseen)(void *context, size_t from, size_t to), void *context)
{
	const size_t known_count = gram_count(other), count = gram_count(text);
	uint32_t *others = padded(other), *own = padded(text);
	const uint32_t **known = grams_of(others, known_count);
	size_t from = 0, to = 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t *wanted = own + i;

		if (bsearch(&wanted, known, known_count, sizeof(*known), by_gram) != NULL)
			continue;
		if (i > to && to > 0)
			unseen(context, from, to);
		if (i > to || to == 0)
			from = i;
		to = i + LETTERS_NEAR < text->count ? i + LETTERS_NEAR : text->count;
	}
	if (to > 0)
		unseen(context, from, to);
	free(known);
	free(others);
	free(own);
}
