/* word.c - guessing what was meant. */
#include "base/word.h"

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
