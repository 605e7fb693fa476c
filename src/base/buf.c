/* buf.c - one growing byte string, the only one in the house. */
#include "base/buf.h"

#include "base/mem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Most of what is formatted is no longer, and is written at the first go. */
enum { SHORT = 48 };

static void reserve(struct buf *buf, size_t more)
{
	size_t capacity = buf->capacity > 0 ? buf->capacity : 64;

	if (buf->data != NULL && more < buf->capacity - buf->len)
		return;
	while (capacity - buf->len <= more && capacity <= SIZE_MAX / 2)
		capacity *= 2;
	buf->data = mem_resize(buf->data, capacity, 1);
	buf->capacity = capacity;
}

void buf_reserve(struct buf *buf, size_t more)
{
	reserve(buf, more);
	buf->data[buf->len] = '\0';
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	reserve(buf, len);
	if (len > 0)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_add_string(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_add_byte(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
}

void buf_addf(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	size_t room;
	int len;

	reserve(buf, SHORT);
	room = buf->capacity - buf->len;
	va_start(args, fmt);
	len = vsnprintf(buf->data + buf->len, room, fmt, args);
	va_end(args);
	if (len >= 0 && (size_t)len >= room) {
		reserve(buf, (size_t)len);
		va_start(args, fmt);
		(void)vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, args);
		va_end(args);
	}
	buf->len += len > 0 ? (size_t)len : 0;
	buf->data[buf->len] = '\0';
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

void buf_release(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}

char *buf_take(struct buf *buf)
{
	char *text = buf->data != NULL ? buf->data : mem_copy_string("");

	*buf = (struct buf){0}; /* transferred */
	return text;
}

bool buf_read_fd(struct buf *buf, int fd, size_t limit, struct err *err)
{
	struct stat sb;

	/* one allocation and one read for a file whose size is known, and a byte to see its end */
	if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) && sb.st_size > 0 && (uintmax_t)sb.st_size <= limit)
		reserve(buf, (size_t)sb.st_size + 1);
	for (;;) {
		size_t room;
		ssize_t n;

		if (buf->capacity - buf->len < 2)
			reserve(buf, 65536);
		room = buf->capacity - buf->len - 1;
		n = read(fd, buf->data + buf->len, room);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, "read");
		if (n == 0)
			break;
		buf->len += (size_t)n;
		buf->data[buf->len] = '\0';
		if (buf->len > limit)
			return err_set(err, ERR_LIMIT, "more than %zu bytes", limit);
	}
	buf->data[buf->len] = '\0';
	return true;
}
