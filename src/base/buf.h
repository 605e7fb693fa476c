#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"

#include <stddef.h>

/* Bytes that grow.  Start zeroed (`struct buf b = {0};`), end with buf_release().  `data` always
 * has a NUL behind `len` once anything was added, and is NULL before. */
struct buf {
	char *data;
	size_t len;
	size_t capacity;
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_add_string(struct buf *buf, const char *text);
void buf_add_byte(struct buf *buf, char byte);
void buf_addf(struct buf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_reserve(struct buf *buf, size_t more); /* room for so many bytes more, where that is known before */
void buf_clear(struct buf *buf);   /* empty, memory kept */
void buf_release(struct buf *buf); /* empty, memory freed */
char *buf_take(struct buf *buf);   /* hand the text (never NULL) to the caller; buf is empty then */

/* Everything that can be read from `fd`, at most `limit` bytes; more is ERR_LIMIT.
 * On failure what was read stays in `buf`. */
bool buf_read_fd(struct buf *buf, int fd, size_t limit, struct err *err) MUST_CHECK;

#endif
