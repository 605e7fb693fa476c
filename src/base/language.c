/* language.c - one text for another, from a GNU .mo catalogue.
 *
 * The C library would do it too, but only for locales that were generated on the machine, and with
 * files found at run time whose formats nobody checked.  The catalogue here is compiled in. */
#include "language_inside.h"

#include <stdint.h>
#include <string.h>

/* The head of a .mo file, in the byte order of the machine (GNU gettext manual, "MO Files"). */
enum { MO_MAGIC = (int)0x950412de, HEAD_WORDS = 5 };

static struct {
	const char *bytes;
	uint32_t count, originals, translations; /* offsets of the two tables */
	bool chinese;
} catalogue;

static uint32_t word_at(const char *bytes, size_t offset)
{
	uint32_t word;

	memcpy(&word, bytes + offset, sizeof(word));
	return word;
}

/* The string `i` of a table; every entry is a length and an offset. */
static const char *string_at(uint32_t table, uint32_t i)
{
	return catalogue.bytes + word_at(catalogue.bytes, table + 8u * i + 4);
}

/* All entries of a table lie inside and end with a NUL. */
static bool table_is_sound(const char *bytes, size_t len, uint32_t table, uint32_t count)
{
	if (table > len || count > (len - table) / 8)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const uint64_t size = word_at(bytes, table + 8u * i), start = word_at(bytes, table + 8u * i + 4);

		if (start + size >= len || bytes[start + size] != '\0')
			return false;
	}
	return true;
}

bool language_use(const void *mo, size_t len, bool chinese)
{
	uint32_t count, originals, translations;

	if (mo == NULL) {
		catalogue.bytes = NULL;
		catalogue.count = 0;
		catalogue.chinese = chinese;
		return true;
	}
	if (len < HEAD_WORDS * 4 || word_at(mo, 0) != (uint32_t)MO_MAGIC)
		return false;
	count = word_at(mo, 8);
	originals = word_at(mo, 12);
	translations = word_at(mo, 16);
	if (count < 1 || !table_is_sound(mo, len, originals, count) || !table_is_sound(mo, len, translations, count) ||
	    strstr((const char *)mo + word_at(mo, translations + 4), "nplurals=1;") == NULL) /* the head is the empty text's */
		return false;
	catalogue.bytes = mo;
	catalogue.count = count;
	catalogue.originals = originals;
	catalogue.translations = translations;
	catalogue.chinese = chinese;
	return true;
}

void language_choose_source(void) { (void)language_use(NULL, 0, false); }

bool language_is_chinese(void) { return catalogue.chinese; }

uint32_t language_first(const char *text)
{
	uint32_t low = 0, high = catalogue.count;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (strcmp(text, string_at(catalogue.originals, middle)) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const char *language_original(uint32_t i) { return i < catalogue.count ? string_at(catalogue.originals, i) : NULL; }

const char *language_translation(uint32_t i) { return string_at(catalogue.translations, i); }

const char *language_find(const char *text)
{
	const uint32_t i = language_first(text);

	if (text[0] == '\0' || i == catalogue.count || strcmp(string_at(catalogue.originals, i), text) != 0)
		return NULL;
	return string_at(catalogue.translations, i);
}

const char *language_text(const char *text)
{
	const char *found = language_find(text);

	return found != NULL ? found : text;
}

const char *language_word(const char *context_and_text, const char *text)
{
	const char *found = language_find(context_and_text);

	return found != NULL ? found : text;
}

const char *language_plural(const char *one, const char *many, unsigned long count)
{
	const char *found = language_find(one); /* entries of plurals begin with the singular */

	if (found != NULL)
		return found;
	return count == 1 ? one : many;
}
