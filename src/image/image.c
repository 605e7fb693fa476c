/* image.c - pictures: all that is in the file but what is drawn.
 *
 * Nobody reads the drawing here, so no picture is ever clean: alone it is a page without text, within a document
 * a picture somebody has to look at.  Everything else in the file is text or is told as what it is; what stands
 * behind the end of the picture is read as a document of its own. */
#include "image/image.h"

#include "image_inside.h"

#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	size_t at, len;
	const char *bytes;
	void (*walk)(struct image *image);
} walks[] = {
	{0, 8, "\x89PNG\r\n\x1A\n", png_walk}, {0, 3, "\xFF\xD8\xFF", jpeg_walk}, {0, 4, "GIF8", gif_walk},
	{0, 4, "II*\0", tiff_walk},            {0, 4, "MM\0*", tiff_walk},        {0, 4, "II+\0", tiff_walk},
	{0, 4, "MM\0+", tiff_walk},            {8, 4, "WEBP", webp_walk},         {0, 2, "BM", bmp_walk},
	{40, 4, " EMF", emf_walk},             {0, 4, "\xD7\xCD\xC6\x9A", wmf_walk}, {0, 4, "\1\0\x09\0", wmf_walk},
	{0, 4, "\x28\0\0\0", bmp_walk},       {0, 4, "II\xBC\1", tiff_walk},       {0, 6, "VCLMTF", svm_walk},
};

void image_damaged(struct image *image, const char *why)
{
	if (!image->damaged)
		reader_undecided(image->reader, "damaged picture: %s", why);
	image->damaged = true;
}

/* ---- What a picture is besides a picture. */

/* Documents that may begin anywhere, by how they begin. */
static const struct {
	size_t len;
	const char *bytes;
} others[] = {
	{4, "PK\x03\x04"}, {5, "%PDF-"},  {8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"}, {5, "{\\rtf"},
	{5, "Rar!\x1A"},   {6, "7z\xBC\xAF\x27\x1C"}, {8, "\x89PNG\r\n\x1A\n"},    {3, "\xFF\xD8\xFF"},
};

static bool begins_other(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (len >= others[i].len && memcmp(bytes, others[i].bytes, others[i].len) == 0)
			return true;
	return len >= 12 && memcmp(bytes + 4, "ftyp", 4) == 0;
}

/* A ZIP from its first entry to the end of its directory, whatever stands around it. */
static bool find_zip(const struct image *image, struct part *zip)
{
	enum { END = 22, WITHIN = END + 65535 };
	const size_t from = image->len < WITHIN ? 0 : image->len - WITHIN;
	const unsigned char *end = image_find(image->bytes + from, image->len - from, "PK\5\6", 4), *last = image->bytes + image->len;
	size_t len;

	zip->bytes = end != NULL ? image_find(image->bytes, (size_t)(end - image->bytes), "PK\3\4", 4) : NULL;
	if (zip->bytes == NULL || last - end < END)
		return false;
	len = END + little(end + 20, 2);
	zip->len = (size_t)(end - zip->bytes) + (len < (size_t)(last - end) ? len : (size_t)(last - end));
	return true;
}

/* Programs look for a PDF in the first KiB, for a ZIP at the end: both may lie within the picture. */
static void judge_polyglot(const struct image *image)
{
	enum { PDF_WITHIN = 1024 };
	struct part zip = {.name = ""};

	if (image_find(image->bytes, image->len < PDF_WITHIN ? image->len : PDF_WITHIN, "%PDF-", 5) != NULL)
		reader_observe(image->reader, OBSERVED_POLYGLOT, "picture and PDF document");
	if (!find_zip(image, &zip))
		return;
	reader_observe(image->reader, OBSERVED_POLYGLOT, "picture and ZIP container");
	if ((size_t)(zip.bytes - image->bytes) < image->at)
		reader_part(image->reader, "ZIP container within the picture", &zip);
}

/* Films begin with their length: zeros that are no padding. */
static bool is_padding(const struct image *image, size_t at)
{
	return (image->bytes[at] == 0 || image->bytes[at] == '\n' || image->bytes[at] == '\r') &&
	       !(image->len - at >= 12 && memcmp(image->bytes + at + 4, "ftyp", 4) == 0);
}

static void read_behind(const struct image *image)
{
	size_t at = image->at;
	struct part part = {.name = ""};

	while (at < image->len && is_padding(image, at))
		at++;
	if (at == image->len)
		return;
	part.bytes = image->bytes + at;
	part.len = image->len - at;
	reader_observe(image->reader, OBSERVED_APPENDED_DATA, "%zu bytes behind the picture", part.len);
	if (begins_other(part.bytes, part.len)) {
		reader_part(image->reader, "behind the picture", &part);
		return;
	}
	reader_binary(image->reader, "behind the picture", &part);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]) - 1; i++) {
		const unsigned char *found = image_find(part.bytes, part.len, others[i].bytes, others[i].len);

		if (found != NULL)
			reader_part(image->reader, "behind the picture",
			            &(struct part){"", found, part.len - (size_t)(found - part.bytes)});
	}
}

/* A name is what files have; parts of a document come without one. */
static void judge_alone(const struct image *image, const struct part *part)
{
	const bool alone = part->name[0] != '\0';

	if (!alone)
		reader_observe(image->reader, OBSERVED_PICTURE, "%s", "");
	else if (image->pages > 1)
		reader_observe(image->reader, OBSERVED_PAGE_WITHOUT_TEXT, "a picture of %zu pages or frames", image->pages);
	else if (image->characters > 0 && image->pictures == 0)
		reader_observe(image->reader, OBSERVED_PICTURE, "a drawing");
	else
		reader_observe(image->reader, OBSERVED_PAGE_WITHOUT_TEXT, "a picture");
}

void image_read(struct reader *reader, const struct part *part)
{
	struct image image = {.reader = reader, .bytes = part->bytes, .len = part->len};
	size_t i = 0;

	while (i < sizeof(walks) / sizeof(walks[0]) &&
	       (part->len < walks[i].at + walks[i].len || memcmp(part->bytes + walks[i].at, walks[i].bytes, walks[i].len) != 0))
		i++;
	if (i < sizeof(walks) / sizeof(walks[0]))
		walks[i].walk(&image);
	else
		image_damaged(&image, "of no kind that is known");
	judge_alone(&image, part);
	judge_polyglot(&image);
	if (image.damaged)
		image_strings(reader, "damaged picture", part->bytes, part->len);
	else
		read_behind(&image);
}
