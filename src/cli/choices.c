/* choices.c - one of a few words, and "did you mean" for all of them. */
#include "choices.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 15 };

static const char *start_of(const char *text) { return text + (text[0] == '[' ? 1 : 0); }

bool is_choices(const char *text)
{
	const char *start = start_of(text);

	return islower((unsigned char)start[0]) && memchr(start, '|', strcspn(start, " ]")) != NULL;
}

/* The words, each a string of its own in `text`; NULL ends them. */
static void split(char *text, const char *words[WORDS_MOST + 1])
{
	size_t count = 0;

	text[strcspn(text, " ]")] = '\0';
	for (char *word = text; word != NULL && count < WORDS_MOST;) {
		char *bar = strchr(word, '|');

		if (bar != NULL)
			*bar++ = '\0';
		words[count++] = word;
		word = bar;
	}
	words[count] = NULL;
}

static bool refuse(const char *const words[], const char *word, const char *what, struct err *err)
{
	const char *near = word != NULL ? word_nearest(word, words) : NULL;
	struct buf list = {0};
	char *text;

	for (size_t i = 0; words[i] != NULL; i++)
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	text = buf_take(&list);
	(void)err_set(err, ERR_USAGE, "%s wants one of: %s", what, text);
	free(text);
	return near != NULL ? err_hint(err, "did you mean %s?", near) : false;
}

bool choices_have(const char *choices, const char *word, const char *what, struct err *err)
{
	char *text = mem_copy_string(start_of(choices));
	const char *words[WORDS_MOST + 1];
	bool found = false;

	split(text, words);
	for (size_t i = 0; word != NULL && words[i] != NULL; i++)
		found = found || strcmp(words[i], word) == 0;
	if (!found)
		(void)refuse(words, word, what, err);
	free(text);
	return found;
}
