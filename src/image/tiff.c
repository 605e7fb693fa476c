/* tiff.c - TIFF 6.0, BigTIFF and JPEG XR (its container is the same but for its mark, ITU-T T.832 annex A), and EXIF, which is one within another picture.
 *
 * Directories are followed wherever they lead, each once; bytes none of them accounts for are told. */
#include "tiff_inside.h"

#include "image_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { DIRECTORIES_MOST = 2000, MARKED_MOST = 100 };

/* Directories that name the same bytes over and over are made to keep us busy. */
void tiff_known(struct tiff *tiff, uint64_t from, uint64_t len)
{
	if (from >= tiff->len)
		return;
	len = len > tiff->len - from ? tiff->len - from : len;
	tiff->marked += len;
	if (tiff->marked / MARKED_MOST > tiff->len)
		tiff->odd = tiff->stopped = true;
	if (tiff->stopped || tiff->known == NULL)
		return;
	for (uint64_t at = from; at < from + len;) {
		if ((at & 7) == 0 && from + len - at >= 8) {
			memset(tiff->known + at / 8, 0xFF, (size_t)((from + len - at) / 8));
			at += (from + len - at) / 8 * 8;
		} else {
			tiff->known[at / 8] |= (unsigned char)(1 << (at & 7));
			at++;
		}
	}
}

static bool is_within(const struct tiff *tiff, uint64_t from, uint64_t len)
{
	return from <= tiff->len && len <= tiff->len - from;
}

static uint64_t number(const struct tiff *tiff, uint64_t at, unsigned bytes)
{
	return image_number(tiff->bytes + at, bytes, tiff->big);
}

static unsigned size_of(unsigned type)
{
	static const unsigned char sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

	return type < sizeof(sizes) ? sizes[type] : type == 129 ? 1 : 0; /* 129: UTF-8, of EXIF 3 */
}

/* ---- Directories. */

static void read_entry(struct tiff *tiff, enum directory directory, uint64_t at)
{
	const unsigned wide = tiff->wide ? 8 : 4;
	struct field field = {.tag = (unsigned)number(tiff, at, 2), .type = (unsigned)number(tiff, at + 2, 2)};
	uint64_t from = at + 4 + wide;

	field.count = number(tiff, at + 4, wide);
	field.size = size_of(field.type);
	if (field.size == 0 || field.count > tiff->len) {
		tiff->odd = tiff->odd || field.type != 0 || field.count != 0;
		return;
	}
	if (field.count * field.size > wide)
		from = number(tiff, from, wide);
	if (!is_within(tiff, from, field.count * field.size)) {
		tiff->odd = true;
		return;
	}
	field.bytes = tiff->bytes + from;
	field.len = (size_t)(field.count * field.size);
	tiff_known(tiff, from, field.len + (field.len & 1));
	tiff_field(tiff, directory, &field);
}

static bool begin_directory(struct tiff *tiff, uint64_t at)
{
	for (size_t i = 0; i < tiff->seen_count; i++)
		if (tiff->seen[i] == at)
			return false;
	if (tiff->seen_count == DIRECTORIES_MOST) {
		tiff->odd = tiff->stopped = true;
		return false;
	}
	tiff->seen = mem_grow(tiff->seen, tiff->seen_count, sizeof(*tiff->seen));
	tiff->seen[tiff->seen_count++] = at;
	return !reader_stopped(tiff->reader);
}

/* Returns where the next one is; 0: nowhere. */
static uint64_t read_one(struct tiff *tiff, enum directory directory, uint64_t at)
{
	const unsigned head = tiff->wide ? 8 : 2, size = tiff->wide ? 20 : 12, link = tiff->wide ? 8 : 4;
	uint64_t count;

	if (!is_within(tiff, at, head)) {
		tiff->odd = true;
		return 0;
	}
	count = number(tiff, at, head);
	if (count > tiff->len || !is_within(tiff, at + head, count * size)) {
		tiff->odd = true;
		return 0;
	}
	tiff_known(tiff, at, head + count * size + link);
	tiff->drawing = (struct field){0};
	for (uint64_t i = 0; i < count && !tiff->stopped; i++)
		read_entry(tiff, directory, at + head + i * size);
	at += head + count * size;
	return is_within(tiff, at, link) ? number(tiff, at, link) : 0;
}

static void read_preview(struct tiff *tiff)
{
	const uint64_t from = tiff->preview, len = tiff->preview_len;

	tiff->preview = tiff->preview_len = 0;
	if (from == 0 || len == 0)
		return;
	if (!is_within(tiff, from, len)) {
		tiff->odd = true;
		return;
	}
	tiff_known(tiff, from, len);
	image_thumbnail(tiff->reader, "thumbnail", tiff->bytes + from, (size_t)len);
}

/* What follows a directory of EXIF or GPS is said to be nothing, and so is not looked for. */
void tiff_directory(struct tiff *tiff, enum directory directory, uint64_t at)
{
	while (at != 0 && begin_directory(tiff, at)) {
		tiff->pages += directory == DIRECTORY_MAIN ? 1 : 0;
		at = read_one(tiff, directory, at);
		read_preview(tiff);
		if (directory != DIRECTORY_MAIN)
			return;
	}
}

/* ---- The whole. */

static bool open_tiff(struct tiff *tiff)
{
	if (tiff->len < 8 || (memcmp(tiff->bytes, "II", 2) != 0 && memcmp(tiff->bytes, "MM", 2) != 0))
		return false;
	tiff->big = tiff->bytes[0] == 'M';
	tiff->wide = number(tiff, 2, 2) == 43;
	if ((tiff->wide && tiff->len < 16) || (!tiff->wide && number(tiff, 2, 2) != 42 && memcmp(tiff->bytes, "II\xBC\1", 4) != 0))
		return false;
	tiff_known(tiff, 0, tiff->wide ? 16 : 8);
	tiff->lines = flow_open(tiff->reader, FLOW_METADATA, "%s", tiff->image == NULL ? "EXIF" : "tags");
	tiff_directory(tiff, DIRECTORY_MAIN, tiff->wide ? number(tiff, 8, 8) : number(tiff, 4, 4));
	flow_close(tiff->lines);
	return true;
}

static void close_tiff(struct tiff *tiff)
{
	free(tiff->known);
	free(tiff->seen);
}

void image_exif(struct reader *reader, const unsigned char *bytes, size_t len)
{
	struct tiff tiff = {.reader = reader, .bytes = bytes, .len = len};

	reader_observe(reader, OBSERVED_PROPERTIES, "EXIF");
	if (!open_tiff(&tiff) || tiff.odd)
		image_strings(reader, "EXIF, damaged", bytes, len);
	if (tiff.located)
		reader_observe(reader, OBSERVED_GEOLOCATION, "EXIF");
	close_tiff(&tiff);
}

/* Padding is nothing to speak of. */
static void tell_gap(struct tiff *tiff, uint64_t from, uint64_t to)
{
	uint64_t at = from;

	while (at < to && tiff->bytes[at] == 0)
		at++;
	if (at == to || to - from < 4)
		return;
	reader_observe(tiff->reader, OBSERVED_UNLISTED_DATA, "%llu bytes no directory names", (unsigned long long)(to - from));
	image_strings(tiff->reader, "bytes no directory names", tiff->bytes + from, (size_t)(to - from));
}

static bool is_known(const struct tiff *tiff, uint64_t at)
{
	return (tiff->known[at / 8] >> (at & 7) & 1) != 0;
}

/* The first place at or behind `at` that is known, or is not. */
static uint64_t next_place(const struct tiff *tiff, uint64_t at, bool known)
{
	while (at < tiff->len && is_known(tiff, at) != known)
		at += (at & 7) == 0 && tiff->known[at / 8] == (known ? 0 : 0xFF) ? 8 : 1;
	return at < tiff->len ? at : tiff->len;
}

/* Returns where the last byte that is known ends. */
static uint64_t tell_gaps(struct tiff *tiff)
{
	uint64_t end = next_place(tiff, 0, false);

	while (end < tiff->len) {
		const uint64_t next = next_place(tiff, end, true);

		if (next == tiff->len)
			break;
		tell_gap(tiff, end, next);
		end = next_place(tiff, next, false);
	}
	return end;
}

void tiff_walk(struct image *image)
{
	struct tiff tiff = {.reader = image->reader, .image = image, .bytes = image->bytes, .len = image->len};

	image->at = image->len;
	tiff.known = mem_alloc(image->len / 8 + 1, 1);
	if (!open_tiff(&tiff) || tiff.odd)
		image_damaged(image, "its directories");
	else
		image->at = (size_t)tell_gaps(&tiff);
	image->pages = tiff.pages;
	if (tiff.located)
		reader_observe(image->reader, OBSERVED_GEOLOCATION, "tags");
	close_tiff(&tiff);
}
