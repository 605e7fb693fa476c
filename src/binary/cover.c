/* cover.c - what of a stream was read, and what was not. */
#include "binary/cover.h"

#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>

struct cover {
	struct span bytes;
	unsigned char *bits;
};

struct cover *cover_new(struct span bytes)
{
	struct cover *cover = mem_alloc(1, sizeof(*cover));

	cover->bytes = bytes;
	cover->bits = mem_alloc(bytes.len / 8 + 1, 1);
	return cover;
}

void cover_add(struct cover *cover, size_t from, size_t len)
{
	const struct span part = span_cut(cover->bytes, from, len);

	for (size_t i = 0; i < part.len; i++) {
		const size_t at = from + i;

		if (at % 8 == 0 && part.len - i >= 8) {
			cover->bits[at / 8] = 0xFF;
			i += 7;
			continue;
		}
		cover->bits[at / 8] |= (unsigned char)(1U << (at % 8));
	}
}

bool cover_has(const struct cover *cover, size_t at)
{
	return at < cover->bytes.len && (cover->bits[at / 8] >> (at % 8) & 1) != 0;
}

size_t cover_missing(const struct cover *cover, size_t from, size_t to)
{
	size_t missing = 0;

	for (size_t at = from; at < to && at < cover->bytes.len; at++)
		missing += cover->bytes.bytes[at] != 0 && !cover_has(cover, at);
	return missing;
}

size_t cover_tell(struct cover *cover, struct reader *reader, const char *place)
{
	const struct span bytes = cover->bytes;
	struct buf rest = {0};
	struct part part = {.name = ""};
	size_t left = 0;

	for (size_t at = 0, end; at < bytes.len; at = end) {
		for (end = at; end < bytes.len && !cover_has(cover, end); end++)
			left += bytes.bytes[end] != 0;
		if (end > at) {
			buf_add(&rest, bytes.bytes + at, end - at);
			buf_add(&rest, "\0\0\0", 4); /* no text runs from one piece into the next */
		}
		for (; end < bytes.len && cover_has(cover, end); end++)
			;
	}
	part.bytes = (const unsigned char *)rest.data;
	part.len = rest.len;
	if (left > 0)
		reader_binary(reader, place, &part);
	buf_release(&rest);
	free(cover->bits);
	free(cover);
	return left;
}
