/* png.c - PNG (ISO 15948, with the extensions registered and those of APNG), chunk by chunk. */
#include "image_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"
#include "zip/inflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct chunk {
	char type[5];
	const unsigned char *bytes;
	size_t len;
};

/* CRC-32 of type and data, as ISO 15948 annex D has it, a bit at a time turned into half a byte. */
static uint32_t crc_of(const unsigned char *bytes, size_t len)
{
	static const uint32_t table[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
	                                   0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
	                                   0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < len; i++) {
		crc ^= bytes[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

/* A keyword, NUL-ended; returns where what is behind it begins, `len` when there is nothing. */
static size_t keyword(const struct chunk *c, char *word, size_t room)
{
	const unsigned char *end = memchr(c->bytes, '\0', c->len);
	const size_t len = end != NULL ? (size_t)(end - c->bytes) : c->len, n = len < room - 1 ? len : room - 1;

	memcpy(word, c->bytes, n);
	word[n] = '\0';
	return len < c->len ? len + 1 : c->len;
}

static int hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "Raw profile type exif": a name, a length, then hexadecimal.  False: it is not. */
static bool raw_profile(struct reader *reader, const char *word, const char *text, size_t len)
{
	const char *kind = strncmp(word, "Raw profile type ", 17) == 0 ? word + 17 : NULL;
	struct buf data = {0};
	size_t lines = 0, at = 0;
	int high = -1;

	if (kind == NULL)
		return false;
	for (; at < len && lines < 3; at++)
		lines += text[at] == '\n' ? 1 : 0;
	for (; at < len; at++) {
		const int value = hex_value(text[at]);

		if (value >= 0 && high >= 0)
			buf_add_byte(&data, (char)(high * 16 + value));
		if (value >= 0)
			high = high >= 0 ? -1 : value;
	}
	if (data.len > 6 && memcmp(data.data, "Exif\0\0", 6) == 0)
		image_exif(reader, (const unsigned char *)data.data + 6, data.len - 6);
	else if (data.len > 0 && strcmp(kind, "xmp") == 0)
		image_xmp(reader, "XMP", (const unsigned char *)data.data, data.len);
	else if (data.len > 0 && (strcmp(kind, "iptc") == 0 || strcmp(kind, "8bim") == 0))
		image_photoshop(reader, (const unsigned char *)data.data, data.len);
	else if (data.len > 0)
		image_strings(reader, word, (const unsigned char *)data.data, data.len);
	buf_release(&data);
	return true;
}

static void tell_text(struct reader *reader, const char *type, const char *word, const char *text, size_t len)
{
	char *place = mem_format("%s %s", type, word);

	image_name(place);
	reader_observe(reader, OBSERVED_PROPERTIES, "%s", place);
	image_text(reader, FLOW_METADATA, place, (const unsigned char *)word, strlen(word));
	if (strcmp(word, "XML:com.adobe.xmp") == 0)
		image_xmp(reader, "XMP", (const unsigned char *)text, len);
	else if (!raw_profile(reader, word, text, len))
		image_text(reader, FLOW_METADATA, place, (const unsigned char *)text, len);
	free(place);
}

static void tell_packed(struct image *image, const char *type, const char *word, const unsigned char *bytes, size_t len)
{
	struct buf text = {0};
	size_t used = 0;

	if (!inflate_bytes(image->reader, INFLATE_ZLIB, bytes, len, SIZE_MAX, &text, &used))
		reader_undecided(image->reader, "%s %s: damaged", type, word);
	if (used < len)
		image_strings(image->reader, "behind packed text", bytes + used, len - used);
	if (strcmp(type, "iCCP") == 0)
		image_profile(image->reader, (const unsigned char *)text.data, text.len);
	else
		tell_text(image->reader, type, word, text.data != NULL ? text.data : "", text.len);
	buf_release(&text);
}

static void on_text(struct image *image, const struct chunk *c)
{
	char word[256];
	const size_t at = keyword(c, word, sizeof(word));

	tell_text(image->reader, c->type, word, (const char *)c->bytes + at, c->len - at);
}

/* zTXt and iCCP: a method, always 0, then a deflated stream. */
static void on_packed(struct image *image, const struct chunk *c)
{
	char word[256];
	const size_t at = keyword(c, word, sizeof(word));

	image_text(image->reader, FLOW_METADATA, c->type, (const unsigned char *)word, strlen(word));
	if (at < c->len)
		tell_packed(image, c->type, word, c->bytes + at + 1, c->len - at - 1);
}

/* A flag, a method, a language and a translated keyword, then UTF-8. */
static void on_international(struct image *image, const struct chunk *c)
{
	char word[256];
	size_t at = keyword(c, word, sizeof(word));
	const bool packed = at < c->len && c->bytes[at] != 0;

	at += 2;
	for (int i = 0; i < 2 && at < c->len; i++) {
		const unsigned char *end = memchr(c->bytes + at, '\0', c->len - at);
		const size_t len = end != NULL ? (size_t)(end - (c->bytes + at)) : c->len - at;

		image_text(image->reader, FLOW_METADATA, c->type, c->bytes + at, len);
		at += len + 1;
	}
	if (at >= c->len)
		return;
	if (packed)
		tell_packed(image, c->type, word, c->bytes + at, c->len - at);
	else
		tell_text(image->reader, c->type, word, (const char *)c->bytes + at, c->len - at);
}

static void on_exif(struct image *image, const struct chunk *c)
{
	image_exif(image->reader, c->bytes, c->len);
}

static void on_name(struct image *image, const struct chunk *c)
{
	image_strings(image->reader, c->type, c->bytes, c->len);
}

static void on_frame(struct image *image, const struct chunk *c)
{
	(void)c;
	image->pages++;
}

static void on_drawing(struct image *image, const struct chunk *c)
{
	(void)image, (void)c;
}

/* Private data of programs, packed or not. */
static void on_private(struct image *image, const struct chunk *c)
{
	char *place = mem_format("chunk %s", c->type);
	struct buf unpacked = {0};
	size_t used = 0;

	image_name(place);
	reader_observe(image->reader, OBSERVED_CUSTOM_DATA, "%s", place);
	image_strings(image->reader, place, c->bytes, c->len);
	if (c->len > 2 && (c->bytes[0] & 0x0F) == 8 && big(c->bytes, 2) % 31 == 0 &&
	    inflate_bytes(image->reader, INFLATE_ZLIB, c->bytes, c->len, SIZE_MAX, &unpacked, &used))
		image_strings(image->reader, place, (const unsigned char *)unpacked.data, unpacked.len);
	buf_release(&unpacked);
	free(place);
}

/* `most`: no chunk of this type is longer; what says it is has something else in it. */
static const struct {
	const char *type;
	uint32_t most;
	void (*read)(struct image *image, const struct chunk *c);
} kinds[] = {
	{"tEXt", UINT32_MAX, on_text},     {"zTXt", UINT32_MAX, on_packed},   {"iTXt", UINT32_MAX, on_international},
	{"eXIf", UINT32_MAX, on_exif},     {"iCCP", UINT32_MAX, on_packed},   {"sPLT", UINT32_MAX, on_name},
	{"pCAL", UINT32_MAX, on_name},     {"sCAL", UINT32_MAX, on_name},     {"IDAT", UINT32_MAX, on_drawing},
	{"fdAT", UINT32_MAX, on_drawing},  {"fcTL", 26, on_frame},            {"acTL", 8, on_drawing},
	{"IHDR", 13, on_drawing},          {"PLTE", 768, on_drawing},         {"IEND", 0, on_drawing},
	{"tRNS", 256, on_drawing},         {"cHRM", 32, on_drawing},          {"gAMA", 4, on_drawing},
	{"sBIT", 4, on_drawing},           {"sRGB", 1, on_drawing},           {"bKGD", 6, on_drawing},
	{"hIST", 512, on_drawing},         {"pHYs", 9, on_drawing},           {"oFFs", 9, on_drawing},
	{"tIME", 7, on_drawing},           {"sTER", 1, on_drawing},           {"cICP", 4, on_drawing},
	{"mDCV", 24, on_drawing},          {"cLLI", 8, on_drawing},
};

static void read_chunk(struct image *image, const struct chunk *c)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].type, c->type) == 0 && c->len <= kinds[i].most) {
			kinds[i].read(image, c);
			return;
		}
	on_private(image, c);
}

void png_walk(struct image *image)
{
	enum { HEAD = 8, AROUND = 12 };

	image->at = HEAD;
	while (image->len - image->at >= AROUND && !reader_stopped(image->reader)) {
		struct chunk c = {.bytes = image->bytes + image->at + HEAD, .len = big(image->bytes + image->at, 4)};

		if (c.len > image->len - image->at - AROUND)
			break;
		memcpy(c.type, image->bytes + image->at + 4, 4);
		if (crc_of(c.bytes - 4, c.len + 4) != big(c.bytes + c.len, 4))
			reader_undecided(image->reader, "damaged picture: checksum of chunk %s", c.type);
		read_chunk(image, &c);
		image->at += c.len + AROUND;
		if (strcmp(c.type, "IEND") == 0)
			return;
	}
	image_damaged(image, "it ends before its last chunk");
}
