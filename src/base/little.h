#ifndef BASE_LITTLE_H
#define BASE_LITTLE_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of a document, never read beyond: what is not there is zero, or empty.  Numbers are little-endian,
 * as in all binary office formats.  Borrowed. */
struct span {
	const unsigned char *bytes;
	size_t len;
};

static inline unsigned span8(struct span s, size_t at)
{
	return at < s.len ? s.bytes[at] : 0;
}

static inline unsigned span16(struct span s, size_t at)
{
	return at < s.len && s.len - at >= 2 ? (unsigned)s.bytes[at] | (unsigned)s.bytes[at + 1] << 8 : 0;
}

static inline uint32_t span32(struct span s, size_t at)
{
	return at < s.len && s.len - at >= 4 ? span16(s, at) | (uint32_t)span16(s, at + 2) << 16 : 0;
}

static inline uint64_t span64(struct span s, size_t at)
{
	return at < s.len && s.len - at >= 8 ? span32(s, at) | (uint64_t)span32(s, at + 4) << 32 : 0;
}

/* `len` bytes from `from`, or as many of them as there are. */
static inline struct span span_cut(struct span s, size_t from, size_t len)
{
	if (from >= s.len)
		return (struct span){s.bytes, 0};
	return (struct span){s.bytes + from, len < s.len - from ? len : s.len - from};
}

static inline struct span span_from(struct span s, size_t from)
{
	return span_cut(s, from, s.len);
}

#endif
