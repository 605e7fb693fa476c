/* pax.c - extended headers of tar: "length keyword=value" (POSIX.1-2017 pax, "pax Extended Header").
 *
 * Numbers are passed over; every other record is text somebody put there. */
#include "archive_inside.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

struct record {
	const char *key, *value;
	size_t key_len, value_len;
};

/* The record at the front of `bytes`, whose length it is; 0: none. */
static size_t record_read(const char *bytes, size_t len, struct record *out)
{
	size_t at = 0, told = 0;
	const char *equals;

	while (at < len && at < 9 && bytes[at] >= '0' && bytes[at] <= '9')
		told = told * 10 + (size_t)(bytes[at++] - '0');
	if (at == 0 || at == len || bytes[at] != ' ' || told <= at + 1 || told > len || bytes[told - 1] != '\n')
		return 0;
	out->key = bytes + at + 1;
	equals = memchr(out->key, '=', told - at - 2);
	if (equals == NULL)
		return 0;
	out->key_len = (size_t)(equals - out->key);
	out->value = equals + 1;
	out->value_len = (size_t)(bytes + told - 1 - out->value);
	return told;
}

static bool key_is(const struct record *record, const char *key)
{
	return strlen(key) == record->key_len && memcmp(key, record->key, record->key_len) == 0;
}

static bool key_begins(const struct record *record, const char *start)
{
	return strlen(start) <= record->key_len && memcmp(start, record->key, strlen(start)) == 0;
}

static bool is_number(const struct record *record)
{
	for (size_t i = 0; i < record->value_len; i++)
		if (strchr("0123456789.-", record->value[i]) == NULL || record->value[i] == '\0')
			return false;
	return true;
}

/* Times, sizes, numbers of users, maps of holes: if that is what they are. */
static bool is_only_numbers(const struct record *record)
{
	static const char *const keys[] = {"atime", "ctime", "mtime", "size", "uid", "gid", "LIBARCHIVE.creationtime",
	                                   "SCHILY.dev", "SCHILY.ino", "SCHILY.nlink", "SCHILY.realsize"};

	if (key_begins(record, "GNU.sparse.") && !key_is(record, "GNU.sparse.name"))
		return true;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (key_is(record, keys[i]))
			return is_number(record);
	return false;
}

static bool is_known(const struct record *record)
{
	static const char *const keys[] = {"path", "linkpath", "uname", "gname", "hdrcharset", "charset", "comment"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (key_is(record, keys[i]))
			return true;
	return key_begins(record, "SCHILY.") || key_begins(record, "LIBARCHIVE.") || key_begins(record, "GNU.") ||
	       key_begins(record, "RHT.security.");
}

static void tell_record(struct reader *reader, const struct record *record, struct buf *rest)
{
	if (key_is(record, "comment")) {
		reader_observe(reader, OBSERVED_COMMENT, "comment in an extended header");
		reader_bytes(reader, FLOW_COMMENT, "comment in an extended header", "UTF-8", (const unsigned char *)record->value,
		             record->value_len);
		return;
	}
	if (is_only_numbers(record))
		return;
	if (!is_known(record))
		reader_observe(reader, OBSERVED_CUSTOM_DATA, "%.*s in an extended header",
		               (int)(record->key_len < 80 ? record->key_len : 80), record->key);
	buf_add(rest, record->key, record->key_len);
	if (key_begins(record, "SCHILY.xattr.") || key_begins(record, "LIBARCHIVE.xattr.")) {
		buf_add_byte(rest, '\n'); /* its value is told with the entry */
		return;
	}
	buf_add_byte(rest, '=');
	buf_add(rest, record->value, record->value_len);
	buf_add_byte(rest, '\n');
}

void pax_tell(struct reader *reader, const unsigned char *bytes, size_t len, uint64_t *size)
{
	const char *text = (const char *)bytes;
	struct record record;
	struct buf rest = {0};
	size_t at = 0, n;

	for (; at < len && (n = record_read(text + at, len - at, &record)) > 0; at += n) {
		tell_record(reader, &record, &rest);
		if (size != NULL && key_is(&record, "size") && record.value_len > 0 && record.value_len < 18)
			*size = strtoull(record.value, NULL, 10); /* it ends at the record's line end */
	}
	if (at < len)
		reader_undecided(reader, "a damaged extended header");
	tell_slack(reader, "in an extended header", bytes + at, len - at);
	reader_bytes(reader, FLOW_METADATA, "extended header", "UTF-8", (const unsigned char *)(rest.data != NULL ? rest.data : ""),
	             rest.len);
	buf_release(&rest);
}
