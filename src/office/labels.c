/* labels.c - what stands before the paragraphs of a list.
 *
 * A reader sees "机密 1" and the paragraph behind it as one line; the file has the label in the definition of the list,
 * and in the paragraph only which list it belongs to. */
#include "labels.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_MOST = 20000, KEY_ROOM = 256 };

static bool is_latin(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* From the first radical on, without punctuation, private characters (bullets of symbol fonts) and forms of width. */
static bool is_chinese(uint32_t c)
{
	return (c >= 0x2E80 && c < 0x3000) || (c >= 0x3040 && c < 0xE000) || (c >= 0xF900 && c < 0xFE00) || c >= 0x20000;
}

bool labels_matter(const char *text)
{
	const size_t len = strlen(text);
	uint32_t c = 0;
	size_t n;

	for (size_t at = 0; at < len; at += n) {
		n = utf8_decode(text + at, len - at, &c);
		if (n == 0)
			return false;
		if (is_chinese(c) || (is_latin((unsigned char)text[at]) && is_latin((unsigned char)text[at + 1])))
			return true;
	}
	return false;
}

void labels_set(struct labels *labels, struct reader *reader, const char *text, const char *key_format, ...)
{
	char key[KEY_ROOM];
	va_list args;

	va_start(args, key_format);
	(void)vsnprintf(key, sizeof(key), key_format, args);
	va_end(args);
	if (labels->count == LABELS_MOST)
		reader_undecided(reader, "more lists than are looked at");
	if (labels->count >= LABELS_MOST)
		return;
	labels->items = mem_grow(labels->items, labels->count, sizeof(*labels->items));
	labels->items[labels->count++] = (struct label){mem_copy_string(key), mem_copy_string(text)};
}

const char *labels_get(const struct labels *labels, const char *key_format, ...)
{
	char key[KEY_ROOM];
	va_list args;

	va_start(args, key_format);
	(void)vsnprintf(key, sizeof(key), key_format, args);
	va_end(args);
	for (size_t i = 0; i < labels->count; i++)
		if (strcmp(labels->items[i].key, key) == 0)
			return labels->items[i].text;
	return NULL;
}

void labels_release(struct labels *labels)
{
	for (size_t i = 0; i < labels->count; i++) {
		free(labels->items[i].key);
		free(labels->items[i].text);
	}
	free(labels->items);
}
