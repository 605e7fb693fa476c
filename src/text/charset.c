/* charset.c - iconv(3) and the many names of charsets, and nothing of either outside.
 *
 * iconv loads code from files; a process that will have no files later asks for all of it before. */
#include "text/charset.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <iconv.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What iconv calls it, and what mail, web pages and office programs do (IANA names and custom).  A
 * superset stands for its subsets: nothing valid in one reads otherwise in the other. */
static const struct {
	const char *charset, *labels;
} charsets[] = {
	{"UTF-8", " utf-8 utf8 unicode-1-1-utf-8 "},
	{"UTF-16LE", " utf-16le utf-16 ucs-2 unicode "},
	{"UTF-16BE", " utf-16be "},
	{"GB18030", " gb18030 gbk gb2312 gb_2312 gb_2312-80 cp936 ms936 windows-936 x-gbk euc-cn chinese csgb2312 iso-ir-58 "},
	{"BIG5-HKSCS", " big5 big5-hkscs cp950 x-x-big5 csbig5 big5hkscs "},
	{"EUC-TW", " euc-tw x-euc-tw "},
	{"SHIFT_JIS", " shift_jis shift-jis sjis ms_kanji x-sjis cp932 windows-31j "},
	{"EUC-JP", " euc-jp x-euc-jp "},
	{"ISO-2022-JP", " iso-2022-jp "},
	{"EUC-KR", " euc-kr ks_c_5601-1987 ksc5601 cp949 windows-949 "},
	{"WINDOWS-1250", " windows-1250 cp1250 "},
	{"WINDOWS-1251", " windows-1251 cp1251 "},
	{"WINDOWS-1252", " windows-1252 cp1252 iso-8859-1 iso8859-1 latin1 us-ascii ascii ansi_x3.4-1968 "},
	{"WINDOWS-1253", " windows-1253 cp1253 iso-8859-7 "},
	{"WINDOWS-1254", " windows-1254 cp1254 iso-8859-9 "},
	{"WINDOWS-1255", " windows-1255 cp1255 iso-8859-8 "},
	{"WINDOWS-1256", " windows-1256 cp1256 "},
	{"WINDOWS-1257", " windows-1257 cp1257 "},
	{"WINDOWS-1258", " windows-1258 cp1258 "},
	{"ISO-8859-2", " iso-8859-2 latin2 "},
	{"ISO-8859-5", " iso-8859-5 "},
	{"ISO-8859-15", " iso-8859-15 latin9 "},
	{"KOI8-R", " koi8-r "},
	{"KOI8-U", " koi8-u "},
	{"IBM437", " ibm437 cp437 "},
	{"IBM850", " ibm850 cp850 "},
	{"IBM866", " ibm866 cp866 "},
	{"MACINTOSH", " macintosh x-mac-roman mac "},
	{"TIS-620", " tis-620 windows-874 "},
};

static const struct {
	unsigned page;
	const char *charset;
} pages[] = {
	{65001, "UTF-8"},
	{1200, "UTF-16LE"},
	{1201, "UTF-16BE"},
	{936, "GB18030"},
	{54936, "GB18030"},
	{20936, "GB18030"},
	{51936, "GB18030"},
	{950, "BIG5-HKSCS"},
	{951, "BIG5-HKSCS"},
	{932, "SHIFT_JIS"},
	{20932, "EUC-JP"},
	{51932, "EUC-JP"},
	{50220, "ISO-2022-JP"},
	{50221, "ISO-2022-JP"},
	{50222, "ISO-2022-JP"},
	{949, "EUC-KR"},
	{51949, "EUC-KR"},
	{1250, "WINDOWS-1250"},
	{1251, "WINDOWS-1251"},
	{1252, "WINDOWS-1252"},
	{20127, "WINDOWS-1252"},
	{28591, "WINDOWS-1252"},
	{1253, "WINDOWS-1253"},
	{28597, "WINDOWS-1253"},
	{1254, "WINDOWS-1254"},
	{28599, "WINDOWS-1254"},
	{1255, "WINDOWS-1255"},
	{28598, "WINDOWS-1255"},
	{1256, "WINDOWS-1256"},
	{1257, "WINDOWS-1257"},
	{1258, "WINDOWS-1258"},
	{28592, "ISO-8859-2"},
	{28595, "ISO-8859-5"},
	{28605, "ISO-8859-15"},
	{20866, "KOI8-R"},
	{21866, "KOI8-U"},
	{437, "IBM437"},
	{850, "IBM850"},
	{866, "IBM866"},
	{10000, "MACINTOSH"},
	{874, "TIS-620"},
};

/* Opening a charset loads code of the C library's each time, so each thread keeps those it used. */
enum { OPENED_MOST = 64 };
struct opened {
	const char *names[OPENED_MOST];
	iconv_t items[OPENED_MOST];
	size_t count;
};
static pthread_key_t opened_key;
static bool has_key;
static pthread_once_t opened_once = PTHREAD_ONCE_INIT;

static void close_opened(void *context)
{
	struct opened *opened = context;

	for (size_t i = 0; i < opened->count; i++)
		(void)iconv_close(opened->items[i]);
	free(opened);
}

/* Threads end and clean up after themselves; the first one ends with the program. */
static void close_last(void)
{
	struct opened *opened = pthread_getspecific(opened_key);

	if (opened != NULL)
		close_opened(opened);
	(void)pthread_setspecific(opened_key, NULL);
}

static void make_key(void)
{
	has_key = pthread_key_create(&opened_key, close_opened) == 0 && atexit(close_last) == 0;
}

/* Ready to convert from `charset` (a name that lasts); (iconv_t)-1: not known here. */
static iconv_t open_charset(const char *charset)
{
	struct opened *opened;
	iconv_t cd;

	(void)pthread_once(&opened_once, make_key);
	if (!has_key)
		return (iconv_t)-1; /* nothing can be read so, and what cannot be read is undecided */
	opened = pthread_getspecific(opened_key);
	if (opened == NULL) {
		opened = mem_alloc(1, sizeof(*opened));
		if (pthread_setspecific(opened_key, opened) != 0) {
			free(opened);
			return (iconv_t)-1;
		}
	}
	for (size_t i = 0; i < opened->count; i++)
		if (strcmp(opened->names[i], charset) == 0) {
			(void)iconv(opened->items[i], NULL, NULL, NULL, NULL); /* from the beginning */
			return opened->items[i];
		}
	cd = opened->count < OPENED_MOST ? iconv_open("UTF-8", charset) : (iconv_t)-1;
	if (cd != (iconv_t)-1) {
		opened->names[opened->count] = charset;
		opened->items[opened->count++] = cd;
	}
	return cd;
}

uint32_t charset_windows_1252(unsigned char byte)
{
	static const uint16_t specials[32] = {
		0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,  0x2039, 0x152, 0x8D,   0x17D, 0x8F,
		0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153, 0x9D,   0x17E, 0x178,
	};

	return byte >= 0x80 && byte < 0xA0 ? specials[byte - 0x80] : byte;
}

char *charset_convert(const char *charset, const char *bytes, size_t len, size_t *out_len)
{
	iconv_t cd = open_charset(charset);
	const size_t capacity = len * 4 + 16;
	char *text, *to, *from = (char *)(uintptr_t)bytes; /* iconv(3) does not write there */
	size_t left = len, room = capacity;
	bool ok;

	*out_len = 0;
	if (cd == (iconv_t)-1)
		return NULL;
	text = mem_resize(NULL, capacity + 1, 1);
	to = text;
	ok = iconv(cd, &from, &left, &to, &room) != (size_t)-1 && left == 0 &&
	     iconv(cd, NULL, NULL, &to, &room) != (size_t)-1;
	if (!ok) {
		free(text);
		return NULL;
	}
	*out_len = capacity - room;
	text[*out_len] = '\0';
	return text;
}

static char *utf8_part(const char *bytes, size_t len, size_t *out_len, size_t *lost)
{
	char *text = mem_alloc(len * 3 + 1, 1), *to = text;

	for (size_t i = 0; i < len;) {
		uint32_t c;
		const size_t n = utf8_decode(bytes + i, len - i, &c);

		memcpy(to, n > 0 ? bytes + i : "\xEF\xBF\xBD", n > 0 ? n : 3);
		to += n > 0 ? n : 3;
		i += n > 0 ? n : 1;
		*lost += n > 0 ? 0 : 1;
	}
	*out_len = (size_t)(to - text);
	return text;
}

/* Bytes of the smallest character: what is left out where none is valid. */
static size_t unit_of(const char *charset)
{
	return strncmp(charset, "UTF-32", 6) == 0 ? 4 : strncmp(charset, "UTF-16", 6) == 0 ? 2 : 1;
}

enum { LONGEST = 16 }; /* bytes of a character, and more */

/* How many bytes at `p` are the same one.  Where that byte begins no character, it begins none a byte
 * further on either, as long as enough of them follow: nobody has to be asked again. */
static size_t same_bytes(const char *p, size_t len)
{
	size_t n = 1;

	while (n < len && p[n] == p[0])
		n++;
	return n;
}

char *charset_convert_part(const char *charset, const char *bytes, size_t len, size_t *out_len, size_t *lost)
{
	const bool utf8 = strcmp(charset, "UTF-8") == 0;
	iconv_t cd = utf8 ? (iconv_t)-1 : open_charset(charset);
	const size_t capacity = len * 4 + 16, unit = unit_of(charset);
	char *text, *to, *from = (char *)(uintptr_t)bytes; /* iconv(3) does not write there */
	size_t left = len, room = capacity;

	*lost = 0;
	if (utf8)
		return utf8_part(bytes, len, out_len, lost);
	if (cd == (iconv_t)-1)
		return NULL;
	text = mem_resize(NULL, capacity + 1, 1);
	to = text;
	while (left > 0 && iconv(cd, &from, &left, &to, &room) == (size_t)-1 && room >= 4) {
		size_t same = same_bytes(from, left);

		do {
			const size_t skipped = left < unit ? left : unit;

			memcpy(to, "\xEF\xBF\xBD", 3);
			to += 3;
			room -= 3;
			from += skipped;
			left -= skipped;
			same -= skipped < same ? skipped : same;
			++*lost;
		} while (same > LONGEST && room >= 4);
	}
	(void)iconv(cd, NULL, NULL, &to, &room);
	*out_len = capacity - room;
	text[*out_len] = '\0';
	return text;
}

const char *charset_of_label(const char *label, size_t len)
{
	char word[40] = " ";

	if (len == 0 || len > sizeof(word) - 3 || memchr(label, ' ', len) != NULL || memchr(label, '\0', len) != NULL)
		return NULL;
	memcpy(word + 1, label, len);
	memcpy(word + 1 + len, " ", 2);
	for (char *at = word; *at != '\0'; at++)
		*at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		if (strstr(charsets[i].labels, word) != NULL)
			return charsets[i].charset;
	return NULL;
}

const char *charset_of_codepage(unsigned page)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (pages[i].page == page)
			return pages[i].charset;
	return NULL;
}

void charset_warm(void)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		(void)open_charset(charsets[i].charset);
	(void)open_charset("UTF-32LE");
	(void)open_charset("UTF-32BE");
}
