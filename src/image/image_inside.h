#ifndef IMAGE_IMAGE_INSIDE_H
#define IMAGE_IMAGE_INSIDE_H

#include "base/flow.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader;

/* One picture while it is walked.  A walk ends where the picture does, or where it is damaged. */
struct image {
	struct reader *reader;
	const unsigned char *bytes;
	size_t len, at;
	size_t pages;      /* pictures in it: pages, frames */
	size_t characters; /* of text that is drawn, and told */
	size_t pictures;   /* drawn besides that text */
	bool damaged;      /* undecided was said */
};

/* Each takes all of image->bytes, tells what is in it and leaves `at` behind its last byte. */
void png_walk(struct image *image);
void jpeg_walk(struct image *image);
void gif_walk(struct image *image);
void tiff_walk(struct image *image);
void webp_walk(struct image *image);
void bmp_walk(struct image *image);
void emf_walk(struct image *image);
void wmf_walk(struct image *image);
void svm_walk(struct image *image);

/* "damaged: ...", once; for returning from a walk. */
void image_damaged(struct image *image, const char *why);

/* ---- What pictures carry besides themselves; `place` is where in the picture. */
void image_exif(struct reader *reader, const unsigned char *bytes, size_t len); /* from its TIFF header on */
void image_xmp(struct reader *reader, const char *place, const unsigned char *bytes, size_t len);
void image_photoshop(struct reader *reader, const unsigned char *bytes, size_t len); /* image resources, 8BIM */
void image_iptc(struct reader *reader, const unsigned char *bytes, size_t len);
void image_profile(struct reader *reader, const unsigned char *bytes, size_t len);   /* ICC */

/* Bytes of a kind that need not be text, or not only. */
void image_strings(struct reader *reader, const char *place, const unsigned char *bytes, size_t len);

/* A text in no charset anybody said, without the NULs behind it. */
void image_text(struct reader *reader, enum flow_kind kind, const char *place, const unsigned char *bytes, size_t len);

/* For names in places: what is not printable ASCII becomes a question mark. */
void image_name(char *name);

/* UTF-16, little-endian, up to a NUL or the end: as UTF-8.  Caller frees. */
char *image_wide(const unsigned char *bytes, size_t len);

/* A smaller picture inside. */
void image_thumbnail(struct reader *reader, const char *place, const unsigned char *bytes, size_t len);

/* The first place these bytes stand at; NULL: nowhere. */
const unsigned char *image_find(const unsigned char *bytes, size_t len, const void *what, size_t what_len);

/* ---- Numbers of up to 8 bytes. */
uint64_t image_number(const unsigned char *at, unsigned bytes, bool big);
static inline uint32_t big(const unsigned char *at, unsigned bytes)
{
	return (uint32_t)image_number(at, bytes, true);
}
static inline uint32_t little(const unsigned char *at, unsigned bytes)
{
	return (uint32_t)image_number(at, bytes, false);
}

#endif
