/* word.c - words of a command line: guessing what was meant, writing what can be typed. */
#include "base/word.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* Levenshtein distance, for words a person types: at most 31 bytes count. */
static size_t distance(const char *a, const char *b)
{
	size_t row[32], previous, held;
	const size_t la = strlen(a) < 31 ? strlen(a) : 31, lb = strlen(b) < 31 ? strlen(b) : 31;

	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		previous = row[0];
		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			const size_t change = previous + (a[i - 1] != b[j - 1]);

			held = row[j];
			row[j] = row[j] + 1 < row[j - 1] + 1 ? row[j] + 1 : row[j - 1] + 1;
			if (change < row[j])
				row[j] = change;
			previous = held;
		}
	}
	return row[lb];
}

const char *word_nearest(const char *word, const char *const words[])
{
	const char *best = NULL;
	size_t least = 3;

	for (; *words != NULL; words++) {
		const size_t d = distance(word, *words);

		if (d < least && d < strlen(*words)) {
			least = d;
			best = *words;
		}
	}
	return best;
}

void word_add_argument(struct buf *out, const char *word)
{
	struct buf quoted = {0};

	if (strpbrk(word, " \t\n\"'\\$`&|;<>()*?[]{}!#~") == NULL && word[0] != '-') {
		utf8_add_printable(out, word, strlen(word));
		return;
	}
	buf_add_string(&quoted, word[0] == '-' ? "-- '" : "'");
	for (const char *at = word; *at != '\0'; at++)
		buf_add(&quoted, *at == '\'' ? "'\\''" : at, *at == '\'' ? 4 : 1);
	buf_add_byte(&quoted, '\'');
	utf8_add_printable(out, quoted.data, quoted.len);
	buf_release(&quoted);
}

char *word_argument(const char *word)
{
	struct buf out = {0};

	word_add_argument(&out, word);
	return buf_take(&out);
}
