/* extra.c - names, and what hangs on an entry besides its bytes.
 *
 * A name without the UTF-8 flag is in the code page of whoever packed it: GBK here as a rule.  It is told
 * under every charset it is valid in, and called by the first one.  Extra fields have an owner each; those
 * known to hold numbers only are passed over, the others are told. */
#include "zip_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { EXTRA_HEAD = 4, UNICODE_HEAD = 5, UNICODE_PATH = 0x7075, UNICODE_COMMENT = 0x6375, GROWTH_HINT = 0xA220 };

/* The charsets names without a mark are tried in. */
static const char *const charsets[] = {"GB18030", "BIG5-HKSCS", "SHIFT_JIS", "EUC-KR", "WINDOWS-1252", "IBM437"};

struct stretch extra_find(const struct stretch *extra, unsigned id)
{
	size_t at = 0;

	while (extra->len - at >= EXTRA_HEAD) {
		const unsigned char *p = extra->bytes + at;
		const size_t size = get16(p + 2);

		if (size > extra->len - at - EXTRA_HEAD)
			break;
		if (get16(p) == id)
			return (struct stretch){p + EXTRA_HEAD, size};
		at += EXTRA_HEAD + size;
	}
	return (struct stretch){0};
}

static bool is_zero(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

/* Known, of a size that holds its numbers and no more. */
static bool is_numbers(unsigned id, const unsigned char *bytes, size_t size)
{
	static const struct {
		unsigned id;
		size_t most;
	} known[] = {{0x0001, 28}, {0x000A, 32}, {0x5455, 13}, {0x5855, 12}, {0x7855, 4}, {0x7875, 11}, {0xCAFE, 0},
	             {0x9901, 7}};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].id == id)
			return size <= known[i].most;
	/* What Office leaves so that a part may grow in its place. */
	return id == GROWTH_HINT && size >= 4 && is_zero(bytes + 4, size - 4);
}

static void tell_unknown(struct zip *zip, const char *entry, const char *what, const unsigned char *bytes, size_t len)
{
	const struct part part = {"", bytes, len};
	char *place = mem_format("%s of entry %s", what, entry);

	reader_observe(zip->reader, OBSERVED_UNLISTED_DATA, "%s", place);
	reader_binary(zip->reader, place, &part);
	free(place);
}

static void tell_field(struct zip *zip, const char *entry, unsigned id, const unsigned char *bytes, size_t size)
{
	char *what;

	if ((id == UNICODE_PATH || id == UNICODE_COMMENT) && size > UNICODE_HEAD) {
		reader_bytes(zip->reader, id == UNICODE_PATH ? FLOW_FILENAME : FLOW_COMMENT, entry, "UTF-8",
		             bytes + UNICODE_HEAD, size - UNICODE_HEAD);
		return;
	}
	if (size == 0 || is_numbers(id, bytes, size))
		return;
	what = mem_format("extra field 0x%04X", id);
	tell_unknown(zip, entry, what, bytes, size);
	free(what);
}

void extra_tell(struct zip *zip, const char *entry, const struct stretch *extra)
{
	size_t at = 0;

	while (extra->len - at >= EXTRA_HEAD) {
		const unsigned char *p = extra->bytes + at;
		const size_t size = get16(p + 2);

		if (size > extra->len - at - EXTRA_HEAD)
			break;
		tell_field(zip, entry, get16(p), p + EXTRA_HEAD, size);
		at += EXTRA_HEAD + size;
	}
	/* Zeros are how some programs align what follows. */
	if (at < extra->len && !is_zero(extra->bytes + at, extra->len - at))
		tell_unknown(zip, entry, "bytes in the extra fields", extra->bytes + at, extra->len - at);
}

static bool is_ascii(const struct stretch *name)
{
	for (size_t i = 0; i < name->len; i++)
		if (name->bytes[i] >= 0x80)
			return false;
	return true;
}

/* The Info-ZIP Unicode path, if it was made for this name. */
static char *unicode_path(const struct record *record)
{
	const struct stretch path = extra_find(&record->extra, UNICODE_PATH);

	if (path.len <= UNICODE_HEAD || get32(path.bytes + 1) != crc32_z(0, record->name.bytes, record->name.len) ||
	    !utf8_valid((const char *)path.bytes + UNICODE_HEAD, path.len - UNICODE_HEAD, NULL) ||
	    memchr(path.bytes + UNICODE_HEAD, '\0', path.len - UNICODE_HEAD) != NULL)
		return NULL;
	return mem_copy_bytes(path.bytes + UNICODE_HEAD, path.len - UNICODE_HEAD);
}

static char *best_reading(struct zip *zip, const struct stretch *name)
{
	char *text = NULL;
	size_t len = 0;

	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]) && text == NULL; i++)
		text = charset_convert(charsets[i], (const char *)name->bytes, name->len, &len);
	if (text != NULL && strlen(text) == len)
		return text;
	free(text);
	reader_undecided(zip->reader, "an entry whose name is no text");
	return mem_copy_string("?");
}

/* A name that would be unpacked to somewhere else, or that ends where only some programs think. */
static void judge_name(struct zip *zip, const char *name)
{
	const char *at = name;
	bool bad = name[0] == '/' || name[0] == '\\' || name[0] == '\0' || (name[0] != '\0' && name[1] == ':');

	for (const char *next; !bad && at != NULL; at = next) {
		next = strpbrk(at, "/\\");
		bad = strncmp(at, "..", 2) == 0 && (at[2] == '\0' || at[2] == '/' || at[2] == '\\');
		next = next != NULL ? next + 1 : NULL;
	}
	for (at = name; *at != '\0' && !bad; at++)
		bad = (unsigned char)*at < 0x20;
	if (bad)
		reader_undecided(zip->reader, "an entry whose name points elsewhere: \"%s\"", name);
}

char *name_of(struct zip *zip, const struct record *record)
{
	const struct stretch *raw = &record->name;
	char *name = unicode_path(record);

	if (raw->len > 0 && memchr(raw->bytes, '\0', raw->len) != NULL) {
		reader_undecided(zip->reader, "an entry whose name has a NUL in it");
		reader_bytes(zip->reader, FLOW_FILENAME, "", NULL, raw->bytes, raw->len);
	} else if (!is_ascii(raw) && (record->flags & FLAG_UTF8) == 0) {
		reader_bytes(zip->reader, FLOW_FILENAME, "", NULL, raw->bytes, raw->len);
	}
	if (name == NULL && utf8_valid((const char *)raw->bytes, raw->len, NULL))
		name = mem_copy_bytes(raw->bytes, raw->len);
	if (name == NULL && (record->flags & FLAG_UTF8) != 0)
		reader_undecided(zip->reader, "an entry whose name is not the UTF-8 it says it is");
	if (name == NULL)
		name = best_reading(zip, raw);
	judge_name(zip, name);
	return name;
}
