/* art.c - drawings: what a shape is called and says, and the pictures.
 *
 * Word has the tree in its table stream and after each picture, Excel in records, PowerPoint among its own
 * records.  What is a number (places, colours, rules) is passed over; texts are told; what is neither known nor
 * a number has its strings told. */
#include "art/art.h"

#include "base/buf.h"
#include "base/mem.h"
#include "binary/cover.h"
#include "binary/put.h"
#include "reader/reader.h"
#include "zip/inflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	DEEPEST = 32,
	STORE_ENTRY = 0xF007,
	PROPERTIES = 0xF00B,
	PROPERTIES_MORE = 0xF121,
	PROPERTIES_THIRD = 0xF122,
	PICTURE_FIRST = 0xF018,
	PICTURE_EMF = 0xF01A,
	PICTURE_WMF = 0xF01B,
	PICTURE_PICT = 0xF01C,
	PICTURE_DIB = 0xF01F,
	PICTURE_LAST = 0xF117,
	STORE_ENTRY_LEN = 36,
	METAFILE_HEAD = 34,
	PACKED_NOT = 0xFE,
	COMPLEX = 0x8000,
	PROPERTY_ID = 0x3FFF,
	PROPERTY_PACKAGE = 0x3A9,
};

size_t art_next(struct span bytes, struct art_record *out)
{
	const unsigned head = span16(bytes, 0);
	const uint32_t len = span32(bytes, 4);

	if (bytes.len < ART_HEAD)
		return 0;
	*out = (struct art_record){head & 0xF, head >> 4, span16(bytes, 2), span_cut(bytes, ART_HEAD, len)};
	return ART_HEAD + out->data.len;
}

static bool is_picture(unsigned type)
{
	return type >= PICTURE_FIRST && type <= PICTURE_LAST;
}

void art_open(struct art *art, struct reader *reader, const char *place)
{
	*art = (struct art){.reader = reader, .place = mem_copy_string(place)};
	art->texts = flow_open(reader, FLOW_METADATA, "%s, texts of shapes", place);
}

void art_close(struct art *art)
{
	const struct part rest = {"", (const unsigned char *)art->rest.data, art->rest.len};

	flow_close(art->texts);
	reader_binary(art->reader, art->place, &rest);
	buf_release(&art->rest);
	free(art->place);
}

static void keep(struct art *art, struct span bytes)
{
	if (bytes.len == 0)
		return;
	buf_add(&art->rest, bytes.bytes, bytes.len);
	buf_add(&art->rest, "\0\0\0", 4); /* no text runs from one piece into the next */
}

static void put_text(struct art *art, struct span units)
{
	utf16_put(art->texts, span_cut(units, 0, utf16_until_nul(units)));
	flow_break(art->texts);
}

/* Properties that are texts: WordArt and its font, names of pictures, of the shape, its description, tooltip
 * and script (2.3). */
static bool is_text(unsigned id)
{
	static const unsigned ids[] = {0xC0, 0xC5, 0x105, 0x187, 0x1C7, 0x380, 0x381, 0x38D, 0x38E};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* A property is 6 bytes, and complex ones have their data behind all of them, in order (2.2.7).  One of them is
 * the shape again, as an OOXML package. */
static void read_properties(struct art *art, const struct art_record *record)
{
	size_t at = (size_t)record->instance * 6;

	for (size_t i = 0; i < record->instance && i * 6 + 6 <= record->data.len; i++) {
		const unsigned id = span16(record->data, i * 6);
		const struct span value = span_cut(record->data, at, span32(record->data, i * 6 + 2));

		if ((id & COMPLEX) == 0)
			continue;
		at += value.len;
		if (is_text(id & PROPERTY_ID))
			put_text(art, value);
		else if ((id & PROPERTY_ID) == PROPERTY_PACKAGE && value.len > 0)
			reader_part(art->reader, art->place, &(struct part){"", value.bytes, value.len});
		else
			keep(art, value);
	}
	keep(art, span_from(record->data, at));
}

static void tell_picture(struct art *art, const void *bytes, size_t len)
{
	const struct part part = {"", bytes, len};
	char *place = mem_format("%s%spicture %zu", art->place, art->place[0] != '\0' ? ", " : "", ++art->told);

	reader_part(art->reader, place, &part);
	free(place);
}

/* A metafile: how large, how packed, and the packed bytes (2.2.24 to 2.2.26). */
static void read_metafile(struct art *art, struct span data)
{
	struct buf unpacked = {0};
	size_t used = 0;
	const struct span packed = span_from(data, METAFILE_HEAD);

	if (span8(data, METAFILE_HEAD - 2) == PACKED_NOT) {
		tell_picture(art, packed.bytes, packed.len);
		return;
	}
	if (!inflate_bytes(art->reader, INFLATE_ZLIB, packed.bytes, packed.len, SIZE_MAX, &unpacked, &used))
		reader_undecided(art->reader, "%s: damaged picture", art->place);
	tell_picture(art, unpacked.data != NULL ? unpacked.data : "", unpacked.len);
	buf_release(&unpacked);
}

/* The same picture is often stored with a second digest: which instances of a type have one is a list of bit
 * patterns in the specification, all of which are the odd ones. */
static void read_picture(struct art *art, const struct art_record *record)
{
	const size_t digests = (record->instance & 1) != 0 ? 32 : 16;

	if (record->type == PICTURE_EMF || record->type == PICTURE_WMF || record->type == PICTURE_PICT) {
		read_metafile(art, span_from(record->data, digests));
	} else if (record->type == PICTURE_DIB) {
		/* a bitmap without a file's head holds pixels only */
		reader_observe(art->reader, OBSERVED_PICTURE, "%s", art->place);
		keep(art, span_from(record->data, digests + 1));
	} else {
		const struct span picture = span_from(record->data, digests + 1);

		tell_picture(art, picture.bytes, picture.len);
	}
}

size_t art_picture(struct art *art, struct span bytes)
{
	struct art_record record;
	const size_t taken = art_next(bytes, &record);

	if (taken == 0 || !is_picture(record.type))
		return 0;
	read_picture(art, &record);
	return taken;
}

/* What a picture is called, and the picture itself: here, or somewhere in the stream of pictures (2.2.32). */
static void read_entry(struct art *art, const struct art_record *record)
{
	const size_t name_len = span8(record->data, 33), at = STORE_ENTRY_LEN + name_len;
	const uint32_t elsewhere = span32(record->data, 28);

	put_text(art, span_cut(record->data, STORE_ENTRY_LEN, name_len));
	if (art_picture(art, span_from(record->data, at)) > 0 || art->cover == NULL || elsewhere == UINT32_MAX)
		return;
	if (!cover_has(art->cover, elsewhere))
		cover_add(art->cover, elsewhere, art_picture(art, span_from(art->pictures, elsewhere)));
}

bool art_leaf(struct art *art, const struct art_record *record)
{
	if (record->type == PROPERTIES || record->type == PROPERTIES_MORE || record->type == PROPERTIES_THIRD)
		read_properties(art, record);
	else if (record->type == STORE_ENTRY)
		read_entry(art, record);
	else if (is_picture(record->type))
		read_picture(art, record);
	else
		return false;
	return true;
}

void art_tree(struct art *art, struct span bytes)
{
	struct span stack[DEEPEST] = {bytes};
	size_t depth = 1;

	while (depth > 0 && !reader_stopped(art->reader)) {
		struct span *rest = &stack[depth - 1];
		struct art_record record;
		const size_t taken = art_next(*rest, &record);

		if (taken == 0 || record.type < 0xF000) {
			keep(art, *rest);
			depth--;
			continue;
		}
		*rest = span_from(*rest, taken);
		if (record.version == ART_CONTAINER && depth < DEEPEST)
			stack[depth++] = record.data;
		else if (!art_leaf(art, &record))
			keep(art, record.data);
	}
}
