/* spine.c - which chapter of an EPUB is read behind which.
 *
 * The package document gives each part a name of its own (manifest) and then the names in reading order (spine).
 * Parts "not linear" are opened from a link and stand between no two. */
#include "spine.h"

#include "base/mem.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { CHAPTERS_MOST = 4000 };

char *spine_plain(const char *path)
{
	char *out = mem_copy_string(path), *to = out;

	out[strcspn(out, "#?")] = '\0';
	for (const char *at = out; *at != '\0'; at++) {
		const char digits[3] = {at[0] == '%' ? at[1] : '\0', at[0] == '%' && at[1] != '\0' ? at[2] : '\0', '\0'};
		char *end = NULL;
		const unsigned long c = strtoul(digits, &end, 16);

		if (end == digits + 2 && c > 0) {
			*to++ = (char)c;
			at += 2;
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
	return out;
}

/* From the folder of the package document to the entry. */
static char *resolve(const struct spine *spine, const char *href)
{
	char *plain = spine_plain(href), *path;
	const char *rest = plain;
	size_t folder = spine->folder_len;

	while (strncmp(rest, "./", 2) == 0 || strncmp(rest, "../", 3) == 0) {
		for (folder -= rest[1] == '.' && folder > 0; rest[1] == '.' && folder > 0 && spine->folder[folder - 1] != '/';)
			folder--;
		rest += rest[1] == '.' ? 3 : 2;
	}
	path = mem_format("%.*s%s", (int)folder, spine->folder, rest);
	free(plain);
	return path;
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct spine *spine = context;
	const char *id = xml_attribute(attributes, "id"), *href = xml_attribute(attributes, "href");
	const char *idref = xml_attribute(attributes, "idref"), *linear = xml_attribute(attributes, "linear");

	if (strcmp(xml_local(name), "item") == 0 && id != NULL && href != NULL && spine->count < CHAPTERS_MOST) {
		spine->items = mem_grow(spine->items, spine->count, sizeof(*spine->items));
		spine->items[spine->count++] = (struct spine_item){mem_copy_string(id), resolve(spine, href)};
	}
	if (strcmp(xml_local(name), "itemref") == 0 && idref != NULL && (linear == NULL || strcmp(linear, "no") != 0) &&
	    spine->read_count < CHAPTERS_MOST) {
		spine->read = mem_grow(spine->read, spine->read_count, sizeof(*spine->read));
		spine->read[spine->read_count++] = mem_copy_string(idref);
	}
}

void spine_read(struct spine *spine, struct reader *reader, const char *name, const char *bytes, size_t len)
{
	static const struct xml_events events = {.start = on_start};
	const char *slash = strrchr(name, '/');

	spine->folder = name;
	spine->folder_len = slash != NULL ? (size_t)(slash + 1 - name) : 0;
	(void)xml_read(reader, &events, spine, bytes, len);
	spine->folder = NULL;
}

size_t spine_number(const struct spine *spine, const char *path)
{
	const char *id = NULL;

	for (size_t i = 0; i < spine->count && id == NULL; i++)
		id = strcmp(spine->items[i].path, path) == 0 ? spine->items[i].id : NULL;
	for (size_t i = 0; id != NULL && i < spine->read_count; i++)
		if (strcmp(spine->read[i], id) == 0)
			return i + 1;
	return 0;
}

void spine_release(struct spine *spine)
{
	for (size_t i = 0; i < spine->count; i++) {
		free(spine->items[i].id);
		free(spine->items[i].path);
	}
	for (size_t i = 0; i < spine->read_count; i++)
		free(spine->read[i]);
	free(spine->items);
	free(spine->read);
	*spine = (struct spine){0};
}
