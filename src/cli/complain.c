/* complain.c - refusals, as a person reads them: one line what, one line what to do. */
#include "command.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static int status_of(enum err_kind kind)
{
	switch (kind) {
	case ERR_MISMATCH:
	case ERR_DENIED:
		return STATUS_BLOCKED;
	case ERR_USAGE:
		return STATUS_USAGE;
	case ERR_NONE:
	case ERR_SYSTEM:
	case ERR_INPUT:
	case ERR_LIMIT:
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
		break;
	}
	return STATUS_UNDECIDED;
}

int complain(const struct err *err)
{
	struct buf line = {0};

	utf8_add_printable(&line, err->why, strlen(err->why));
	(void)fflush(stdout);
	(void)fprintf(stderr, "review: error: %s\n", line.data != NULL ? line.data : "unknown");
	if (err->hint[0] != '\0')
		(void)fprintf(stderr, "review: hint: %s\n", err->hint);
	buf_release(&line);
	return status_of(err->kind);
}

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

const char *nearest(const char *word, const char *const names[])
{
	const char *best = NULL;
	size_t least = 3;

	for (; *names != NULL; names++) {
		const size_t d = distance(word, *names);

		if (d < least && d < strlen(*names)) {
			least = d;
			best = *names;
		}
	}
	return best;
}
