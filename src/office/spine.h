#ifndef OFFICE_SPINE_H
#define OFFICE_SPINE_H

#include <stddef.h>

struct reader;

/* The order in which the chapters of an EPUB are read: what its package documents list.  Start zeroed. */
struct spine {
	struct spine_item {
		char *id, *path; /* of the entry */
	} *items;
	size_t count;
	char **read; /* ids, in order */
	size_t read_count;
	const char *folder; /* while one is read */
	size_t folder_len;
};

/* One package document, the entry `name`. */
void spine_read(struct spine *spine, struct reader *reader, const char *name, const char *bytes, size_t len);

/* The number of the chapter, from 1; 0: it is none, or not read in order with others. */
size_t spine_number(const struct spine *spine, const char *path);
void spine_release(struct spine *spine);

/* A path as packages write it, "a%20b.xhtml#c", as a file is called.  Caller frees. */
char *spine_plain(const char *path);

#endif
