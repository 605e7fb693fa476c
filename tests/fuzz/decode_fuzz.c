/* FUZZ: text */
/* decode_fuzz.c - any bytes: every reading is UTF-8, and there is none or a reason to believe in one.
 *
 * What is valid in a charset, by the C library's own word, is among the readings; what is UTF-8 is read
 * as it stands. */
#include "base/utf8.h"
#include "text/charset.h"
#include "text/decode.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int promise)
{
	if (!promise)
		abort();
}

static int is_plain(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)bytes[i] < 0x20 && !(bytes[i] >= 0x09 && bytes[i] <= 0x0D)) || bytes[i] == 0x7F)
			return 0;
	return 1;
}

static int has_reading(const struct readings *all, const char *text, size_t len)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].len == len && memcmp(all->items[i].text, text, len) == 0)
			return 1;
	return 0;
}

/* Bytes without controls and without a mark: nothing valid is left out. */
static void expect_all(const struct readings *all, const char *bytes, size_t len)
{
	static const char *const names[] = {"GB18030", "BIG5-HKSCS", "EUC-TW", "SHIFT_JIS", "EUC-JP", "EUC-KR", "WINDOWS-1251", "WINDOWS-1252"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = 0;
		char *text = charset_convert(names[i], bytes, len, &n);

		expect(text == NULL || !is_plain(text, n) || strstr(text, "\xEF\xBF\xBE") != NULL || strstr(text, "\xEF\xBF\xBF") != NULL ||
		       has_reading(all, text, n));
		free(text);
	}
}

/* By a byte order mark; that of UTF-32BE begins with NULs. */
static int is_marked(const char *bytes, size_t len)
{
	return len > 1 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0 ||
	                   (len > 2 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0));
}

static void expect_readings(const struct readings *all, const char *bytes, size_t len)
{
	expect((all->count > 0) == (len > 0));
	for (size_t i = 0; i < all->count; i++)
		expect(utf8_valid(all->items[i].text, all->items[i].len, NULL));
	if (len == 0 || is_marked(bytes, len) || memchr(bytes, '\0', len) != NULL)
		return;
	expect(is_plain(bytes, len) || strncmp(all->items[0].charset, "UTF-16", 6) == 0 || strncmp(all->items[0].charset, "UTF-32", 6) == 0);
	if (utf8_valid(bytes, len, NULL))
		expect(all->items[0].text == bytes && all->items[0].len == len && !all->items[0].loose);
	else
		expect_all(all, bytes, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct readings all = {0};
	struct err err = {0};

	if (text_decode(data, size, &all, &err)) {
		expect_readings(&all, (const char *)data, size);
		readings_release(&all);
	} else {
		expect(size > 0 && all.count == 0 && err.kind == ERR_INPUT);
		expect(is_marked((const char *)data, size) || !utf8_valid((const char *)data, size, NULL) || !is_plain((const char *)data, size));
	}
	return 0;
}
