/* keywords.c - long lists of words, one a line. */
#include "rules_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 200000, KEYWORD_BYTES = 800 };

static bool complain(const struct rule_file *file, unsigned line, struct err *err, const char *what)
{
	return err_set(err, ERR_INPUT, "%s:%u:1: %s", file->name, line, what);
}

bool keywords_parse(const struct rule_file *file, struct texts *out, struct err *err)
{
	const char *at = file->bytes, *end = file->bytes + file->len;

	for (unsigned line = 1; at < end; line++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((stop != NULL ? stop : end) - at);
		const char *word = at;

		at += len + 1;
		while (len > 0 && (word[len - 1] == '\r' || word[len - 1] == ' ' || word[len - 1] == '\t'))
			len--;
		if (len == 0 || word[0] == '#')
			continue;
		if (line > LINES_MOST)
			return complain(file, line, err, "more than 200,000 lines");
		if (len > KEYWORD_BYTES)
			return complain(file, line, err, "a keyword longer than 800 bytes");
		if (!utf8_valid(word, len, NULL) || memchr(word, '\0', len) != NULL)
			return complain(file, line, err, "not UTF-8 text");
		texts_add(out, mem_copy_bytes(word, len));
	}
	return out->count > 0 ? true : complain(file, 1, err, "no keyword in it");
}
