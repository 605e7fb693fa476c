#ifndef IMAGE_TIFF_INSIDE_H
#define IMAGE_TIFF_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flow_out;
struct image;
struct reader;

/* One field of a directory (TIFF 6.0, section 2; BigTIFF). */
struct field {
	unsigned tag, type, size; /* size: bytes of one value */
	uint64_t count;
	const unsigned char *bytes; /* count * size of them */
	size_t len;
};

struct tiff {
	struct reader *reader;
	struct image *image; /* NULL: within another picture */
	const unsigned char *bytes;
	size_t len;
	bool big, wide;
	struct flow_out *lines;
	unsigned char *known; /* a bit for each byte directories account for */
	uint64_t marked;      /* how many bytes were accounted for, again and again */
	uint64_t *seen;       /* directories */
	size_t seen_count, pages;
	bool located, odd, stopped; /* odd: something does not fit */
	struct field drawing; /* where strips or tiles are, until their sizes come */
	uint64_t preview, preview_len;
};

/* What kind of directory a field stands in. */
enum directory { DIRECTORY_MAIN = 0, DIRECTORY_EXIF, DIRECTORY_GPS, DIRECTORY_INTEROPERABILITY };

void tiff_field(struct tiff *tiff, enum directory directory, const struct field *field);
uint64_t tiff_value(const struct tiff *tiff, const struct field *field, uint64_t index);
void tiff_known(struct tiff *tiff, uint64_t from, uint64_t len);
void tiff_directory(struct tiff *tiff, enum directory directory, uint64_t at);

#endif
