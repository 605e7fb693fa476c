/* cpio.c - walks over the headers of cpio (old binary, POSIX odc, SVR4 newc and crc) and of ar archives, for
 * what the library passes over: padding, what stands behind the NUL of a name, what follows the end. */
#include "archive_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* One header, read. */
struct head {
	size_t len, name, padded_name; /* of the header, the name with its NUL, and with what aligns the content */
	uint64_t size;
	size_t align;
};

static bool digits_read(const unsigned char *at, size_t len, unsigned base, uint64_t *out)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = at[i] != 0 ? strchr(digits, at[i] >= 'A' && at[i] <= 'F' ? at[i] | 0x20 : at[i]) : NULL;

		if (digit == NULL || (unsigned)(digit - digits) >= base)
			return false;
		value = value * base + (unsigned)(digit - digits);
	}
	*out = value;
	return true;
}

static size_t up(size_t n, size_t align)
{
	return (n + align - 1) / align * align;
}

static bool newc_read(const unsigned char *at, struct head *head)
{
	uint64_t name = 0;

	if (!digits_read(at + 54, 8, 16, &head->size) || !digits_read(at + 94, 8, 16, &name) || name == 0 || name > 65536)
		return false;
	head->len = 110;
	head->align = 4;
	head->name = (size_t)name;
	head->padded_name = up(110 + head->name, 4) - 110;
	return true;
}

static bool odc_read(const unsigned char *at, struct head *head)
{
	uint64_t name = 0;

	if (!digits_read(at + 59, 6, 8, &name) || !digits_read(at + 65, 11, 8, &head->size) || name == 0 || name > 65536)
		return false;
	head->len = 76;
	head->align = 1;
	head->name = head->padded_name = (size_t)name;
	return true;
}

/* 16-bit words; sizes are two, the high one first. */
static bool binary_read(const unsigned char *at, struct head *head, bool little)
{
	const unsigned low = little ? 0 : 1;
	const size_t name = (size_t)at[20 + low] | (size_t)at[21 - low] << 8;

	head->size = (uint64_t)at[22 + low] << 16 | (uint64_t)at[23 - low] << 24 | (uint64_t)at[24 + low] |
	             (uint64_t)at[25 - low] << 8;
	head->len = 26;
	head->align = 2;
	head->name = name;
	head->padded_name = up(name, 2);
	return name > 0;
}

static bool head_read(const unsigned char *at, size_t len, struct head *head)
{
	if (len >= 110 && (memcmp(at, "070701", 6) == 0 || memcmp(at, "070702", 6) == 0))
		return newc_read(at, head);
	if (len >= 76 && memcmp(at, "070707", 6) == 0)
		return odc_read(at, head);
	if (len >= 26 && at[0] == 0xC7 && at[1] == 0x71)
		return binary_read(at, head, true);
	return len >= 26 && at[0] == 0x71 && at[1] == 0xC7 && binary_read(at, head, false);
}

/* One entry; `*at` moves behind it.  False: the last one, or damage (undecided was said). */
static bool step(struct reading *reading, size_t *at)
{
	const unsigned char *bytes = reading->part->bytes + *at, *name, *end;
	const size_t len = reading->part->len - *at;
	struct head head = {0};
	size_t data, padding;

	if (!head_read(bytes, len, &head) || len - head.len < head.padded_name ||
	    len - head.len - head.padded_name < head.size) {
		reader_undecided(reading->reader, "damaged or cut short, at byte %zu", *at);
		return false;
	}
	name = bytes + head.len;
	end = memchr(name, '\0', head.name);
	if (end != NULL)
		tell_slack(reading->reader, "behind the name of an entry", end, head.padded_name - (size_t)(end - name));
	data = head.len + head.padded_name + (size_t)head.size;
	padding = up(data, head.align) - data;
	padding = padding < len - data ? padding : len - data;
	tell_slack(reading->reader, "in the padding of an entry", bytes + data, padding);
	*at += data + padding;
	if (head.name == 11 && memcmp(name, "TRAILER!!!", 11) == 0)
		return false;
	starts_add(&reading->starts, *at - data - padding);
	return true;
}

void cpio_walk(struct reading *reading)
{
	const struct part *part = reading->part;
	size_t at = 0;

	while (!reader_stopped(reading->reader) && step(reading, &at))
		;
	while (at < part->len && part->bytes[at] == 0)
		at++;
	tell_appended(reading->reader, "behind the end of the archive", part->bytes + at, part->len - at);
}

/* ---- ar: "name/" in 16 bytes, decimal numbers, "`\n"; contents on even bytes. */

enum { AR_HEAD = 60, AR_SIZE_AT = 48 };

static bool member_size(const unsigned char *head, uint64_t *size)
{
	size_t digits = 0;

	while (digits < 10 && head[AR_SIZE_AT + digits] >= '0' && head[AR_SIZE_AT + digits] <= '9')
		digits++;
	for (size_t i = 16; i < AR_SIZE_AT + 10; i++)
		if (head[i] != ' ' && (head[i] < '0' || head[i] > '9'))
			return false;
	return digits > 0 && digits_read(head + AR_SIZE_AT, digits, 10, size) && memcmp(head + 58, "`\n", 2) == 0;
}

void ar_walk(struct reading *reading)
{
	const struct part *part = reading->part;
	size_t at = 8;

	while (part->len - at >= AR_HEAD && !reader_stopped(reading->reader)) {
		const unsigned char *head = part->bytes + at;
		uint64_t size = 0;

		if (!member_size(head, &size) || size > part->len - at - AR_HEAD) {
			reader_undecided(reading->reader, "damaged or cut short, at byte %zu", at);
			break;
		}
		starts_add(&reading->starts, at == 8 ? 0 : at);
		if (memcmp(head, "// ", 3) == 0)
			reader_bytes(reading->reader, FLOW_FILENAME, "table of names", NULL, head + AR_HEAD, (size_t)size);
		at += AR_HEAD + (size_t)size;
		if (size % 2 == 1 && at < part->len && part->bytes[at++] != '\n')
			tell_slack(reading->reader, "in the padding of an entry", part->bytes + at - 1, 1);
	}
	tell_appended(reading->reader, "behind the end of the archive", part->bytes + at, part->len - at);
}
