/* names.c - what entries are called.
 *
 * Old formats have names in bytes of whoever packed them: told under every charset they are valid in, and
 * called by the first one.  A name that would be unpacked to somewhere else is not for the public. */
#include "archive_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 4096 };

char *name_read(struct reader *reader, const char *raw)
{
	size_t len = strlen(raw), read_len = 0;
	char *name;

	if (len > NAME_MOST) {
		reader_undecided(reader, "a name longer than any file's");
		reader_bytes(reader, FLOW_FILENAME, "", NULL, (const unsigned char *)raw, len);
		return mem_copy_string("?");
	}
	if (utf8_valid(raw, len, NULL))
		return mem_copy_string(raw);
	reader_bytes(reader, FLOW_FILENAME, "", NULL, (const unsigned char *)raw, len);
	name = charset_convert("GB18030", raw, len, &read_len);
	if (name != NULL && strlen(name) == read_len)
		return name;
	free(name);
	name = mem_copy_string(raw);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)name[i] >= 0x80)
			name[i] = '?';
	return name;
}

void name_judge(struct reader *reader, const char *name)
{
	bool bad = name[0] == '/' || name[0] == '\0';

	for (const char *at = name; at != NULL && !bad; at = strchr(at, '/')) {
		at += *at == '/';
		bad = strncmp(at, "..", 2) == 0 && (at[2] == '\0' || at[2] == '/' || at[2] == '\\');
	}
	for (const char *at = name; *at != '\0' && !bad; at++)
		bad = (unsigned char)*at < 0x20;
	if (bad)
		reader_undecided(reader, "an entry whose name points elsewhere: \"%s\"", name);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The later one replaces the earlier one when it is unpacked. */
void names_compare(struct reading *reading)
{
	if (reading->count == 0)
		return;
	qsort(reading->names, reading->count, sizeof(*reading->names), by_name);
	for (size_t i = 1; i < reading->count; i++)
		if (strcmp(reading->names[i - 1], reading->names[i]) == 0)
			reader_observe(reading->reader, OBSERVED_EARLIER_VERSION, "two entries of one name: %s", reading->names[i]);
}
