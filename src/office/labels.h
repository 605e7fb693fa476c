#ifndef OFFICE_LABELS_H
#define OFFICE_LABELS_H

#include <stdbool.h>
#include <stddef.h>

/* What a document says of its lists, by keys of its format: the label a level puts before a paragraph, the list a
 * style belongs to.  Start zeroed. */
struct labels {
	struct label {
		char *key, *text;
	} *items;
	size_t count;
};

struct reader;

/* Does it say anything: a Chinese character or two Latin letters, not only a number, a bullet or a sign? */
bool labels_matter(const char *text);

/* The first one of a key counts.  More than so many are more than is looked at: undecided. */
void labels_set(struct labels *labels, struct reader *reader, const char *text, const char *key_format, ...)
	__attribute__((format(printf, 4, 5)));

const char *labels_get(const struct labels *labels, const char *key_format, ...) __attribute__((format(printf, 2, 3))); /* or NULL */
void labels_release(struct labels *labels);

#endif
