/* tar.c - a walk over the blocks of a tar (POSIX.1-2017 pax, "ustar"; GNU tar's manual, "Basic Tar Format").
 *
 * Headers are 512 bytes with much room: behind the NUL of each name, in numbers that are none, in padding,
 * in records the library has no use for, and behind the end.  Every byte of a tar is a field it
 * understands, the content of an entry, or told here. */
#include "archive_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 512, SIZE_AT = 124, CHECKSUM_AT = 148, TYPE_AT = 156, MAGIC_AT = 257, EXTENDED_AT = 482 };

struct tar {
	struct reader *reader;
	struct starts *starts;
	const unsigned char *bytes;
	size_t len, at;
	bool going_on;      /* the next header belongs to the entry whose extended headers were met */
	bool owed;          /* and there must be one: they were not about the archive */
	uint64_t pax_size;  /* what an extended header says the next size is; UINT64_MAX: nothing */
};

/* Octal, or big-endian with the first bit set.  False: neither, or larger than any file. */
static bool number_read(const unsigned char *field, size_t len, uint64_t *out)
{
	uint64_t value = 0;
	size_t i = 0;

	if ((field[0] & 0x80) != 0) {
		for (i = 0; i < len; i++) {
			if (value >> 48 != 0)
				return false;
			value = value << 8 | (i == 0 ? (unsigned)field[0] & 0x7FU : field[i]);
		}
		*out = value;
		return true;
	}
	while (i < len && field[i] == ' ')
		i++;
	for (; i < len && field[i] >= '0' && field[i] <= '7'; i++)
		value = value << 3 | (uint64_t)(field[i] - '0');
	*out = value;
	for (; i < len; i++)
		if (field[i] != ' ' && field[i] != '\0')
			return false;
	return true;
}

static bool checksum_fits(const unsigned char *header)
{
	uint64_t told = 0;
	unsigned sum = 0;

	for (size_t i = 0; i < BLOCK; i++)
		sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? ' ' : header[i];
	return number_read(header + CHECKSUM_AT, 8, &told) && told == sum;
}

/* Behind the end of a name there is room. */
static void tell_fields(const struct tar *tar, const unsigned char *header)
{
	static const struct {
		size_t at, len;
		bool posix; /* only there */
		const char *place;
	} names[] = {{0, 100, false, "behind the name in a header"}, {157, 100, false, "behind the target in a header"},
	             {265, 32, false, "behind the owner in a header"}, {297, 32, false, "behind the group in a header"},
	             {345, 155, true, "behind the prefix in a header"}};
	static const struct {
		size_t at, len;
	} numbers[] = {{100, 8}, {108, 8}, {116, 8}, {136, 12}, {329, 8}, {337, 8}};
	const bool posix = memcmp(header + MAGIC_AT, "ustar\0", 6) == 0;
	uint64_t number;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const unsigned char *end = memchr(header + names[i].at, '\0', names[i].len);

		if (end != NULL && (posix || !names[i].posix))
			tell_slack(tar->reader, names[i].place, end, names[i].len - ((size_t)(end - header) - names[i].at));
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (!number_read(header + numbers[i].at, numbers[i].len, &number) && (header[numbers[i].at] & 0x80) == 0)
			tell_slack(tar->reader, "in place of a number in a header", header + numbers[i].at, numbers[i].len);
	if (posix)
		tell_slack(tar->reader, "at the end of a header", header + 500, 12);
}

/* Of GNU tar: times and a map of holes, in digits. */
static void tell_rest_of_header(const struct tar *tar, const unsigned char *header)
{
	const size_t from = memcmp(header + MAGIC_AT, "ustar", 5) == 0 ? 345 : MAGIC_AT;

	if (memcmp(header + MAGIC_AT, "ustar\0", 6) == 0)
		return;
	for (size_t i = from; i < BLOCK; i++)
		if (header[i] > 1 && header[i] != ' ' && (header[i] < '0' || header[i] > '7') && (header[i] & 0x80) == 0) {
			tell_slack(tar->reader, "at the end of a header", header + from, BLOCK - from);
			return;
		}
}

/* Headers that only speak of the next one: extended ones, long names, a label of the volume. */
static bool is_about_next(unsigned char type)
{
	return type != '\0' && strchr("xXgLKVA", type) != NULL;
}

static void tell_special(struct tar *tar, unsigned char type, const unsigned char *header, const unsigned char *data,
                         size_t len)
{
	const struct part part = {"", data, len};
	const unsigned char *end = memchr(data, '\0', len);

	if (type == 'x' || type == 'X' || type == 'g')
		pax_tell(tar->reader, data, len, type == 'g' ? NULL : &tar->pax_size);
	else if ((type == 'L' || type == 'K') && end != NULL)
		tell_slack(tar->reader, "behind a long name", end, len - (size_t)(end - data));
	else if (type == 'V')
		reader_bytes(tar->reader, FLOW_COMMENT, "label of the volume", NULL, header, strnlen((const char *)header, 100));
	else if (type == 'M')
		reader_undecided(tar->reader, "a part of a split archive");
	if (type == 'A' || type == 'D' || type == 'N' || (type == 'V' && len > 0))
		reader_binary(tar->reader, "a header of an old kind", &part);
}

/* One header, its extensions, its content and padding.  False: there is no next one. */
static bool step(struct tar *tar)
{
	const unsigned char *header = tar->bytes + tar->at;
	const unsigned char type = header[TYPE_AT];
	size_t data = tar->at + BLOCK, padding;
	uint64_t size = 0;

	if (!checksum_fits(header) || !number_read(header + SIZE_AT, 12, &size)) {
		reader_undecided(tar->reader, "damaged: a header that is none, at byte %zu", tar->at);
		return false;
	}
	if (!tar->going_on)
		starts_add(tar->starts, tar->at);
	tell_fields(tar, header);
	tell_rest_of_header(tar, header);
	if (!is_about_next(type) && tar->pax_size != UINT64_MAX)
		size = tar->pax_size;
	if (type != '\0' && strchr("123456", type) != NULL && !is_about_next(type))
		size = type == '1' ? size : 0; /* links, devices, folders have no content */
	for (bool more = type == 'S' && header[EXTENDED_AT] != 0; more && tar->len - data >= BLOCK; data += BLOCK)
		more = tar->bytes[data + 504] != 0;
	if (size > tar->len - data) {
		reader_undecided(tar->reader, "cut short");
		return false;
	}
	if (!is_about_next(type))
		tar->pax_size = UINT64_MAX;
	tell_special(tar, type, header, tar->bytes + data, (size_t)size);
	tar->going_on = is_about_next(type);
	tar->owed = tar->going_on && type != 'g' && type != 'V';
	tar->at = data + (size_t)size;
	padding = (BLOCK - tar->at % BLOCK) % BLOCK;
	padding = padding < tar->len - tar->at ? padding : tar->len - tar->at;
	tell_slack(tar->reader, "in the padding of an entry", tar->bytes + tar->at, padding);
	tar->at += padding;
	return true;
}

void tar_walk(struct reading *reading)
{
	struct tar tar = {.reader = reading->reader, .starts = &reading->starts, .bytes = reading->part->bytes,
	                  .len = reading->part->len, .pax_size = UINT64_MAX};
	bool more = true;

	while (more && tar.len - tar.at >= BLOCK && !bytes_are_zero(tar.bytes + tar.at, BLOCK) && !reader_stopped(tar.reader))
		more = step(&tar);
	if (tar.owed && more)
		reader_undecided(tar.reader, "damaged: a header that belongs to no entry");
	if (tar.going_on && !tar.owed)
		tar.starts->count--; /* it was about the archive alone */
	while (tar.len - tar.at >= BLOCK && bytes_are_zero(tar.bytes + tar.at, BLOCK))
		tar.at += BLOCK;
	if (more)
		tell_appended(tar.reader, "behind the end of the archive", tar.bytes + tar.at, tar.len - tar.at);
	else
		tell_slack(tar.reader, "what could not be read", tar.bytes + tar.at, tar.len - tar.at);
}
