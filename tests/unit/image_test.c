/* image_test.c - pictures made by hand: each place beside the drawing has a word of its own, which must be told. */
#include "image/image.h"

#include "reading.h"

#include <stdlib.h>

struct file {
	struct buf bytes;
};

static void add(struct file *f, const void *bytes, size_t len)
{
	buf_add(&f->bytes, bytes, len);
}

static void number(struct file *f, uint64_t value, int bytes, bool big)
{
	for (int i = 0; i < bytes; i++)
		buf_add_byte(&f->bytes, (char)(value >> (8 * (big ? bytes - 1 - i : i)) & 0xFF));
}

static uint32_t crc_of(const char *bytes, size_t len)
{
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned char)bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
	}
	return ~crc;
}

static void chunk(struct file *f, const char *type, const char *data, size_t len)
{
	const size_t from = f->bytes.len + 4;

	number(f, len, 4, true);
	add(f, type, 4);
	add(f, data, len);
	number(f, crc_of(f->bytes.data + from, f->bytes.len - from), 4, true);
}

static struct file png(void)
{
	struct file f = {{0}};

	add(&f, "\x89PNG\r\n\x1A\n", 8);
	chunk(&f, "IHDR", "\0\0\0\1\0\0\0\1\10\0\0\0\0", 13);
	return f;
}

static void segment(struct file *f, int marker, const char *data, size_t len)
{
	number(f, 0xFF00U | (unsigned)marker, 2, true);
	number(f, len + 2, 2, true);
	add(f, data, len);
}

static struct file jpeg(void)
{
	struct file f = {{0}};

	add(&f, "\xFF\xD8", 2);
	return f;
}

static void end_jpeg(struct file *f)
{
	segment(f, 0xDA, "\1\1\0\0\77\0", 6);
	add(f, "ab\xFF\0c\xFF\xD0x\xFF\xD9", 10);
}

/* A directory with an artist, a comment for Windows and one for everybody, and a place on earth. */
static struct file tiff(bool big)
{
	struct file f = {{0}};

	add(&f, big ? "MM" : "II", 2);
	number(&f, 42, 2, big);
	number(&f, 8, 4, big);
	number(&f, 4, 2, big);
	for (int i = 0; i < 4; i++) {
		static const unsigned entries[4][4] = {{315, 2, 7, 100}, {34665, 4, 1, 120}, {34853, 4, 1, 150}, {40093, 1, 6, 108}};

		number(&f, entries[i][0], 2, big);
		number(&f, entries[i][1], 2, big);
		number(&f, entries[i][2], 4, big);
		number(&f, entries[i][3], 4, big);
	}
	number(&f, 0, 4, big);
	while (f.bytes.len < 100)
		buf_add_byte(&f.bytes, 0);
	add(&f, "ARTIST\0\0", 8);
	add(&f, "W\0P\0\0\0\0\0\0\0\0\0", 12);
	number(&f, 1, 2, big); /* EXIF, at 120 */
	number(&f, 37510, 2, big);
	number(&f, 7, 2, big);
	number(&f, 12, 4, big);
	number(&f, 138, 4, big);
	number(&f, 0, 4, big);
	add(&f, "ASCII\0\0\0NOTE", 12);
	number(&f, 1, 2, big); /* GPS, at 150 */
	number(&f, 2, 2, big);
	number(&f, 5, 2, big);
	number(&f, 1, 4, big);
	number(&f, 168, 4, big);
	number(&f, 0, 4, big);
	number(&f, 63, 4, big);
	number(&f, 2, 4, big);
	return f;
}

static char *read_named(struct file *f, const char *name)
{
	char *all = reading_of(image_read, name, f->bytes.data, f->bytes.len);

	buf_release(&f->bytes);
	return all;
}

/* All of `told`, apart by newlines, is told of the picture; frees the picture. */
static void expect(struct file *f, const char *name, const char *const *told)
{
	char *all = read_named(f, name);

	for (; *told != NULL; told++)
		if (strstr(all, *told) == NULL)
			fail_msg("not told: %s\nbut:\n%s", *told, all);
	free(all);
}
#define EXPECT(f, name, ...) expect(f, name, (const char *const[]){__VA_ARGS__, NULL})

static void a_picture_alone_is_a_page_without_text(void **state)
{
	struct file alone = png(), within = png();

	(void)state;
	chunk(&alone, "IEND", "", 0);
	chunk(&within, "IEND", "", 0);
	EXPECT(&alone, "a.png", "observed page-without-text: a picture\nend\n");
	EXPECT(&within, "", "observed picture: \nend\n");
}

static void each_chunk_of_a_png_is_told(void **state)
{
	struct file f = png();

	(void)state;
	chunk(&f, "tEXt", "Author\0WANG", 11);
	chunk(&f, "iTXt", "Title\0\0\0zh\0\346\240\207\0\346\234\272", 18);
	chunk(&f, "prVt", "\1PRIVATE\2", 9);
	chunk(&f, "sRGB", "LONGER", 6);
	chunk(&f, "eXIf", "II*\0\10\0\0\0\1\0\73\1\2\0\4\0\0\0ABC\0\0\0\0\0", 26);
	chunk(&f, "IEND", "", 0);
	EXPECT(&f, "", "[metadata] tEXt Author: WANG\n", "[metadata] iTXt Title: 机\n", "标", "[hidden] chunk prVt: PRIVATE",
	       "observed custom-data: chunk prVt\n", "[hidden] chunk sRGB: LONGER", "{artist}ABC", "observed properties: EXIF\n");
}

static void bytes_behind_the_end_are_told_and_read(void **state)
{
	struct file text = png(), other = png(), zip = png();

	(void)state;
	chunk(&text, "IEND", "", 0);
	add(&text, "\0BEHIND", 7);
	EXPECT(&text, "", "observed appended-data: 6 bytes behind the picture\n", "[hidden] behind the picture: BEHIND");
	chunk(&other, "IEND", "", 0);
	add(&other, "\x89PNG\r\n\x1A\n", 8);
	EXPECT(&other, "", "undecided: behind the picture: damaged picture: it ends before its last chunk\n");
	chunk(&zip, "prVt", "PK\3\4aaaaPK\5\6..................", 30);
	chunk(&zip, "IEND", "", 0);
	EXPECT(&zip, "", "observed polyglot: picture and ZIP container\n", "ZIP container within the picture");
}

static void a_damaged_picture_is_undecided(void **state)
{
	struct file cut = png(), changed = png(), cut_jpeg = jpeg(), nothing = {{0}};

	(void)state;
	EXPECT(&cut, "", "undecided: damaged picture: it ends before its last chunk\n");
	chunk(&changed, "tEXt", "a\0b", 3);
	changed.bytes.data[changed.bytes.len - 5] = 'c';
	chunk(&changed, "IEND", "", 0);
	EXPECT(&changed, "", "undecided: damaged picture: checksum of chunk tEXt\n");
	segment(&cut_jpeg, 0xFE, "x", 1);
	EXPECT(&cut_jpeg, "", "undecided: damaged picture: it ends before its end mark\n");
	add(&nothing, "nothing", 7);
	EXPECT(&nothing, "", "undecided: damaged picture: of no kind that is known\n");
}

static void each_segment_of_a_jpeg_is_told(void **state)
{
	static const char exif[] = "Exif\0\0";
	static const char xmp[] = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='x' x:a='ATTR' exif:GPSLatitude='1'>TEXT</x:xmpmeta>";
	static const char iptc[] = "Photoshop 3.0\0" "8BIM\4\4\0\0\0\0\0\x9\x1C\2\5\0\4NAME\0" "8BIM\4\x0B\1U\0\0\0\4LINK";
	struct file f = jpeg(), inner = tiff(true);
	struct buf app = {0};

	(void)state;
	buf_add(&app, exif, 6);
	buf_add(&app, inner.bytes.data, inner.bytes.len);
	segment(&f, 0xE1, app.data, app.len);
	segment(&f, 0xE1, xmp, sizeof(xmp) - 1);
	segment(&f, 0xED, iptc, sizeof(iptc) - 1);
	segment(&f, 0xFE, "COMMENT", 7);
	segment(&f, 0xE7, "PRIVATE", 7);
	segment(&f, 0xE2, "ICC_PROFILE\0\1\1PROFILE", 21);
	end_jpeg(&f);
	EXPECT(&f, "", "{artist}ARTIST", "{author}WP", "[comment] user comment: NOTE", "observed geolocation: EXIF\n", "31.5",
	       "[metadata] XMP: x / ATTR / 1 / TEXT", "observed geolocation: XMP\n", "[metadata] IPTC 2:5: NAME", "LINK",
	       "[comment] comment in the file: COMMENT", "[hidden] APP7: PRIVATE", "[hidden] colour profile: PROFILE");
	buf_release(&app);
	buf_release(&inner.bytes);
}

static void pieces_of_long_xmp_are_joined(void **state)
{
	struct file f = jpeg();
	char piece[80] = "http://ns.adobe.com/xmp/extension/";

	(void)state;
	memcpy(piece + 67, "\0\0\0\x8\0\0\0\0<a>D", 12);
	segment(&f, 0xE1, piece, 79);
	memcpy(piece + 67, "\0\0\0\x8\0\0\0\4</a>", 12);
	segment(&f, 0xE1, piece, 79);
	end_jpeg(&f);
	EXPECT(&f, "", "[metadata] extended XMP: D");
}

static void a_thumbnail_is_read_as_a_picture(void **state)
{
	struct file small = jpeg(), f = jpeg();
	struct buf app = {0};

	(void)state;
	segment(&small, 0xFE, "SMALL", 5);
	end_jpeg(&small);
	buf_add(&app, "JFXX\0\x10", 6);
	buf_add(&app, small.bytes.data, small.bytes.len);
	segment(&f, 0xE0, app.data, app.len);
	end_jpeg(&f);
	EXPECT(&f, "", "observed thumbnail: thumbnail of JFIF\n", "[comment] thumbnail of JFIF > comment in the file: SMALL");
	buf_release(&app);
	buf_release(&small.bytes);
}

static void directories_of_a_tiff_and_bytes_beside_them_are_told(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct file f = tiff(big != 0), gap = tiff(big != 0);

		EXPECT(&f, "a.tif", "[metadata] tags: {artist}ARTIST", "observed page-without-text: a picture\n", "[comment] user comment: NOTE",
		       "observed geolocation: tags\n");
		memcpy(gap.bytes.data + 64, "BETWEEN", 7);
		add(&gap, "BEHIND", 6);
		EXPECT(&gap, "", "observed unlisted-data: ", "BETWEEN", "observed appended-data: 6 bytes behind the picture\n", "BEHIND");
	}
}

static void a_directory_that_leads_to_itself_is_read_once(void **state)
{
	struct file f = {{0}};

	(void)state;
	add(&f, "II*\0\10\0\0\0\0\0\10\0\0\0", 14);
	EXPECT(&f, "", "observed picture: \nend\n");
}

static void texts_of_a_gif_are_told(void **state)
{
	static const char gif[] = "GIF89a\1\0\1\0\0\0\0" "!\xFE\7COMMENT\0" "!\1\x0C............\5DRAWN\0" "!\xFF\x0BPROGRAM1.00\4DATA\0"
	                          ",\0\0\0\0\1\0\1\0\0\2\1\0\0" ";BEHIND";
	struct file f = {{0}};

	(void)state;
	add(&f, gif, sizeof(gif) - 1);
	EXPECT(&f, "", "[comment] comment in the file: COMMENT", "[body] text of the picture: DRAWN", "[hidden] application PROGRAM1: DATA",
	       "observed appended-data: 6 bytes");
}

static void chunks_of_a_webp_are_told(void **state)
{
	struct file f = {{0}};

	(void)state;
	add(&f, "RIFF", 4);
	number(&f, 4 + 8 + 4 + 8 + 8 + 8 + 8, 4, false);
	add(&f, "WEBPVP8 \4\0\0\0....XMP \7\0\0\0<a>X</a>", 16);
	f.bytes.len = 24;
	add(&f, "XMP \10\0\0\0<a>X</a>ODDX\10\0\0\0PRIVATE.", 32);
	EXPECT(&f, "a.webp", "[metadata] XMP: X", "[hidden] chunk ODDX: PRIVATE.", "observed page-without-text: a picture\n");
}

static void gaps_of_a_bitmap_are_told(void **state)
{
	struct file f = {{0}};

	(void)state;
	add(&f, "BM", 2);
	number(&f, 66, 4, false);
	number(&f, 0, 4, false);
	number(&f, 61, 4, false);
	number(&f, 40, 4, false);
	number(&f, 1, 4, false);
	number(&f, 1, 4, false);
	number(&f, 1, 2, false);
	number(&f, 24, 2, false);
	for (int i = 0; i < 6; i++)
		number(&f, 0, 4, false);
	add(&f, "BETWEEN....BEHIND", 17);
	EXPECT(&f, "", "observed unlisted-data: between colours and bits\n", "BETWEEN", "observed appended-data: 6 bytes", "BEHIND");
}

static void wide(struct file *f, const char *text)
{
	for (; *text != '\0'; text++)
		number(f, (unsigned char)*text, 2, false);
}

static void emf_text(struct file *f, int height, const char *text, unsigned options)
{
	const size_t len = strlen(text), padded = (len * 2 + 3) & ~(size_t)3;

	number(f, 84, 4, false);
	number(f, 76 + padded, 4, false);
	for (int i = 0; i < 8; i++)
		number(f, 0, 4, false);
	number(f, (unsigned)height, 4, false);
	number(f, len, 4, false);
	number(f, 76, 4, false);
	number(f, options, 4, false);
	for (int i = 0; i < 5; i++)
		number(f, 0, 4, false);
	wide(f, text);
	for (size_t at = len * 2; at < padded; at++)
		number(f, 0, 1, false);
}

static struct file emf(void)
{
	struct file f = {{0}};

	number(&f, 1, 4, false);
	number(&f, 108, 4, false);
	for (int i = 0; i < 8; i++)
		number(&f, 0, 4, false);
	add(&f, " EMF", 4);
	for (int i = 0; i < 4; i++)
		number(&f, 0, 4, false);
	number(&f, 8, 4, false);
	number(&f, 88, 4, false);
	while (f.bytes.len < 88)
		buf_add_byte(&f.bytes, 0);
	wide(&f, "APP");
	number(&f, 0, 2, false);
	wide(&f, "NAM");
	number(&f, 0, 2, false);
	while (f.bytes.len < 108)
		buf_add_byte(&f.bytes, 0);
	return f;
}

static void end_emf(struct file *f)
{
	number(f, 14, 4, false);
	number(f, 20, 4, false);
	add(f, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
}

static void text_a_metafile_draws_is_told(void **state)
{
	struct file f = emf(), glyphs = emf();

	(void)state;
	emf_text(&f, 5, "S", 0);
	emf_text(&f, 5, "E", 0);
	emf_text(&f, 5, "C", 0);
	emf_text(&f, 9, "whole", 0);
	emf_text(&f, 9, "words", 0);
	number(&f, 70, 4, false);
	number(&f, 20, 4, false);
	number(&f, 7, 4, false);
	add(&f, "COMMENT\0", 8);
	end_emf(&f);
	EXPECT(&f, "a.emf", "[body] text of the drawing: SEC / whole words\n", "[metadata] description: APP", "[metadata] description: NAM",
	       "[hidden] other records: COMMENT", "observed picture: a drawing\n");
	emf_text(&glyphs, 5, "S", 0x10);
	end_emf(&glyphs);
	EXPECT(&glyphs, "a.emf", "observed untrusted-font: text drawn by the numbers of glyphs\n");
}

static void text_an_older_metafile_draws_is_told(void **state)
{
	struct file f = {{0}};

	(void)state;
	add(&f, "\1\0\x09\0\0\3\0\0\0\0\0\0\0\0\0\0\0\0", 18);
	number(&f, 3 + 1 + 3 + 2, 4, false);
	number(&f, 0x0521, 2, false);
	number(&f, 5, 2, false);
	add(&f, "DRAWN\0\1\0\1\0", 10);
	number(&f, 3, 4, false);
	number(&f, 0, 2, false);
	EXPECT(&f, "a.wmf", "[body] text of the drawing: DRAWN\n", "observed picture: a drawing\n");
}

static void no_prefix_and_no_changed_byte_is_fatal(void **state)
{
	struct file files[4] = {emf(), tiff(false), png(), jpeg()};

	(void)state;
	emf_text(&files[0], 5, "S", 0);
	end_emf(&files[0]);
	chunk(&files[2], "tEXt", "Raw profile type exif\0\nexif\n3\n4949", 33);
	chunk(&files[2], "IEND", "", 0);
	segment(&files[3], 0xED, "Photoshop 3.0\0" "8BIM\4\4\0\0\0\0\0\x9\x1C\2\5\0\4NAME\0", 35);
	end_jpeg(&files[3]);
	for (size_t n = 0; n < 4; n++) {
		struct buf *bytes = &files[n].bytes;

		for (size_t i = 0; i < bytes->len; i++) {
			const char before = bytes->data[i];
			char *copy = mem_copy_bytes(bytes->data, i);

			free(reading_of(image_read, "a", copy, i));
			free(copy);
			for (int c = 0; c < 256; c += 15) {
				bytes->data[i] = (char)c;
				free(reading_of(image_read, "a", bytes->data, bytes->len));
			}
			bytes->data[i] = before;
		}
		buf_release(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_alone_is_a_page_without_text),
		cmocka_unit_test(each_chunk_of_a_png_is_told),
		cmocka_unit_test(bytes_behind_the_end_are_told_and_read),
		cmocka_unit_test(a_damaged_picture_is_undecided),
		cmocka_unit_test(each_segment_of_a_jpeg_is_told),
		cmocka_unit_test(pieces_of_long_xmp_are_joined),
		cmocka_unit_test(a_thumbnail_is_read_as_a_picture),
		cmocka_unit_test(directories_of_a_tiff_and_bytes_beside_them_are_told),
		cmocka_unit_test(a_directory_that_leads_to_itself_is_read_once),
		cmocka_unit_test(texts_of_a_gif_are_told),
		cmocka_unit_test(chunks_of_a_webp_are_told),
		cmocka_unit_test(gaps_of_a_bitmap_are_told),
		cmocka_unit_test(text_a_metafile_draws_is_told),
		cmocka_unit_test(text_an_older_metafile_draws_is_told),
		cmocka_unit_test(no_prefix_and_no_changed_byte_is_fatal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
