/* field.c - the fields of TIFF, EXIF 3.0 and DNG directories: which are text, which lead on, which are numbers. */
#include "tiff_inside.h"

#include "image_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { TYPE_TEXT = 2, TYPE_RATIONAL = 5, TYPE_SIGNED_RATIONAL = 10, TYPE_UTF8 = 129,
       NUMBERS_MOST = 8, PRIVATE = 0x8000 };

static const struct {
	unsigned short tag;
	const char *name;
} names[] = {
	{269, "document name"},      {270, "description"},       {271, "make"},               {272, "model"},
	{285, "page name"},          {305, "software"},          {306, "time"},               {315, "artist"},
	{316, "host"},               {333, "inks"},              {337, "printer"},            {700, "XMP"},
	{33432, "copyright"},        {33723, "IPTC"},            {34377, "Photoshop"},        {34675, "colour profile"},
	{36867, "time taken"},       {36868, "time digitised"},  {37500, "maker note"},       {37510, "user comment"},
	{37724, "Photoshop layers"}, {40091, "title"},           {40092, "comment"},          {40093, "author"},
	{40094, "keywords"},         {40095, "subject"},         {40964, "sound file"},       {42016, "picture number"},
	{42032, "owner"},            {42033, "camera number"},   {42035, "lens make"},        {42036, "lens model"},
	{42037, "lens number"},      {50706, "DNG version"},     {50708, "camera"},           {50740, "private data"},
	{50827, "original file"},    {42112, "GDAL metadata"},   {50735, "camera number"},
};

static char *place_of(enum directory directory, unsigned tag)
{
	for (size_t i = 0; directory <= DIRECTORY_EXIF && i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].tag == tag)
			return mem_copy_string(names[i].name);
	return mem_format("%s tag %u", directory == DIRECTORY_GPS ? "GPS" : directory == DIRECTORY_MAIN ? "TIFF" : "EXIF", tag);
}

uint64_t tiff_value(const struct tiff *tiff, const struct field *field, uint64_t index)
{
	return index < field->count && field->size <= 8
	           ? image_number(field->bytes + index * field->size, field->size, tiff->big) : 0;
}

/* ---- Texts. */

static void tell_line(struct tiff *tiff, const char *place, const unsigned char *bytes, size_t len)
{
	while (len > 0 && (bytes[len - 1] == '\0' || bytes[len - 1] == ' '))
		len--;
	if (len == 0)
		return;
	if (!utf8_valid((const char *)bytes, len, NULL)) {
		reader_bytes(tiff->reader, FLOW_METADATA, place, NULL, bytes, len);
		return;
	}
	flow_at(tiff->lines, "%s", place);
	flow_put(tiff->lines, (const char *)bytes, len);
	flow_break(tiff->lines);
}

/* XPTitle and the others of Windows. */
static void read_wide(struct tiff *tiff, const char *place, const struct field *field)
{
	char *text = image_wide(field->bytes, field->len);

	tell_line(tiff, place, (const unsigned char *)text, strlen(text));
	if (field->len / 2 > strlen(text) + 1)
		image_strings(tiff->reader, place, field->bytes, field->len);
	free(text);
}

/* Eight bytes name the charset (EXIF 3.0, 4.6.6): UNICODE is UTF-16 of either order. */
static void read_comment(struct tiff *tiff, const char *place, const struct field *field)
{
	const unsigned char *text = field->bytes + 8;
	const size_t len = field->len - 8;

	if (memcmp(field->bytes, "UNICODE\0", 8) == 0) {
		reader_bytes(tiff->reader, FLOW_COMMENT, place, tiff->big ? "UTF-16BE" : "UTF-16LE", text, len);
		image_strings(tiff->reader, place, text, len);
	} else if (memcmp(field->bytes, "JIS\0\0\0\0\0", 8) == 0) {
		reader_bytes(tiff->reader, FLOW_COMMENT, place, "ISO-2022-JP", text, len);
	} else {
		image_text(tiff->reader, FLOW_COMMENT, place, text, len);
	}
}

/* ---- Other pictures' ways of telling, in a field. */

static void read_maker_note(struct tiff *tiff, const char *place, const struct field *field)
{
	image_strings(tiff->reader, place, field->bytes, field->len);
	if (image_find(field->bytes, field->len, "\xFF\xD8\xFF", 3) != NULL)
		reader_observe(tiff->reader, OBSERVED_THUMBNAIL, "%s", place);
}

/* These may have EXIF in them; EXIF that has these once more is nothing any program makes. */
static void read_photoshop(struct tiff *tiff, const char *place, const struct field *field)
{
	if (tiff->image == NULL)
		image_strings(tiff->reader, place, field->bytes, field->len);
	else
		image_photoshop(tiff->reader, field->bytes, field->len);
}

static void read_iptc(struct tiff *tiff, const char *place, const struct field *field)
{
	(void)place;
	image_iptc(tiff->reader, field->bytes, field->len);
}

static void read_xmp(struct tiff *tiff, const char *place, const struct field *field)
{
	image_xmp(tiff->reader, place, field->bytes, field->len);
}

static void read_profile(struct tiff *tiff, const char *place, const struct field *field)
{
	(void)place;
	image_profile(tiff->reader, field->bytes, field->len);
}

static const struct {
	unsigned short tag, least;
	void (*read)(struct tiff *tiff, const char *place, const struct field *field);
} readers[] = {
	{700, 16, read_xmp},   {33723, 5, read_iptc},  {34377, 12, read_photoshop}, {34675, 4, read_profile},
	{37500, 4, read_maker_note}, {37510, 9, read_comment}, {40091, 2, read_wide}, {40092, 2, read_wide},
	{40093, 2, read_wide}, {40094, 2, read_wide},  {40095, 2, read_wide},
};

static bool read_known(struct tiff *tiff, const char *place, const struct field *field)
{
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (readers[i].tag == field->tag && field->len >= readers[i].least) {
			readers[i].read(tiff, place, field);
			return true;
		}
	return false;
}

/* ---- Fields that lead on. */

static const struct {
	unsigned short tag;
	enum directory directory;
} links[] = {
	{330, DIRECTORY_MAIN}, {400, DIRECTORY_MAIN}, {34665, DIRECTORY_EXIF}, {34853, DIRECTORY_GPS},
	{40965, DIRECTORY_INTEROPERABILITY},
};

static bool follow(struct tiff *tiff, const struct field *field)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		if (links[i].tag != field->tag)
			continue;
		for (uint64_t n = 0; n < field->count && !tiff->stopped; n++)
			tiff_directory(tiff, links[i].directory, tiff_value(tiff, field, n));
		return true;
	}
	return false;
}

/* Where the drawing is, in strips or tiles, or in a JPEG XR what is seen and how much through it: two fields, the second with the sizes. */
static bool take_drawing(struct tiff *tiff, const struct field *field)
{
	enum { STRIPS = 273, STRIP_SIZES = 279, TILES = 324, TILE_SIZES = 325, PREVIEW = 513, PREVIEW_SIZE = 514,
	       XR = 0xBCC0, XR_SIZE = 0xBCC1, XR_ALPHA = 0xBCC2, XR_ALPHA_SIZE = 0xBCC3 };

	if (field->tag == PREVIEW)
		tiff->preview = tiff_value(tiff, field, 0);
	else if (field->tag == PREVIEW_SIZE)
		tiff->preview_len = tiff_value(tiff, field, 0);
	else if (field->tag == STRIPS || field->tag == TILES || field->tag == XR || field->tag == XR_ALPHA)
		tiff->drawing = *field;
	else if (field->tag == STRIP_SIZES || field->tag == TILE_SIZES || field->tag == XR_SIZE || field->tag == XR_ALPHA_SIZE)
		for (uint64_t n = 0; n < field->count && n < tiff->drawing.count; n++)
			tiff_known(tiff, tiff_value(tiff, &tiff->drawing, n), tiff_value(tiff, field, n));
	else
		return false;
	return true;
}

/* ---- Numbers. */

static void read_place_on_earth(struct tiff *tiff, const char *place, const struct field *field)
{
	const bool ratio = field->type == TYPE_RATIONAL || field->type == TYPE_SIGNED_RATIONAL;
	char *line = mem_copy_string("");

	tiff->located = tiff->located || field->tag != 0;
	for (uint64_t n = 0; ratio && n < field->count && n < NUMBERS_MOST; n++) {
		const uint64_t top = image_number(field->bytes + n * 8, 4, tiff->big), below = image_number(field->bytes + n * 8 + 4, 4, tiff->big);
		char *longer = mem_format("%s%g ", line, below != 0 ? (double)top / (double)below : 0.0);

		free(line);
		line = longer;
	}
	tell_line(tiff, place, (const unsigned char *)line, strlen(line));
	free(line);
	if (!ratio && field->len > 4)
		image_strings(tiff->reader, place, field->bytes, field->len);
}

/* The tables of TIFF are numbers, long as they are; what programs of others keep may be anything. */
static bool may_be_text(enum directory directory, const struct field *field)
{
	if (field->len < 8)
		return false;
	if (directory == DIRECTORY_MAIN && field->tag < PRIVATE && field->tag != 0)
		return field->size == 1;
	return field->type != TYPE_RATIONAL && field->type != TYPE_SIGNED_RATIONAL;
}

void tiff_field(struct tiff *tiff, enum directory directory, const struct field *field)
{
	const bool mine = directory == DIRECTORY_MAIN || directory == DIRECTORY_EXIF;
	char *place = place_of(directory, field->tag);

	if (field->type == TYPE_TEXT || field->type == TYPE_UTF8) {
		tell_line(tiff, place, field->bytes, field->len);
		tiff->located = tiff->located || (directory == DIRECTORY_GPS && field->tag != 0);
	} else if (directory == DIRECTORY_GPS) {
		read_place_on_earth(tiff, place, field);
	} else if (!(mine && (follow(tiff, field) || read_known(tiff, place, field))) &&
	           !(directory == DIRECTORY_MAIN && take_drawing(tiff, field)) && may_be_text(directory, field)) {
		image_strings(tiff->reader, place, field->bytes, field->len);
	}
	free(place);
}
