/* generic.c - XML nobody knows better.
 *
 * Its text with a line for each element that has some, in the order it stands; and besides every different
 * attribute value, name and comment.  So a part of a kind we have not met tells all it has. */
#include "office_inside.h"

#include "base/buf.h"
#include "reader/reader.h"
#include "values.h"
#include "xml/xml.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>

enum { ROOT_WITHIN = 4096 };

struct walk {
	struct flow_out *text, *rest;
	struct values values;
};

/* Ends the line where an element begins or ends: what is in two elements is two things. */
static void tell_value(struct walk *walk, const char *text, size_t len)
{
	if (!values_matter(text, len) || !values_add(&walk->values, text, len))
		return;
	flow_put(walk->rest, text, len);
	flow_break(walk->rest);
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct walk *walk = context;

	flow_break(walk->text);
	tell_value(walk, name, strlen(name));
	for (; attributes[0] != NULL; attributes += 2) {
		tell_value(walk, attributes[0], strlen(attributes[0]));
		tell_value(walk, attributes[1], strlen(attributes[1]));
	}
}

static void on_end(void *context, const char *name)
{
	(void)name;
	flow_break(((struct walk *)context)->text);
}

/* Space between elements is how the file was laid out. */
static void on_text(void *context, const char *text, size_t len)
{
	const struct walk *walk = context;
	size_t space = 0;

	while (space < len && strchr(" \t\r\n", text[space]) != NULL && text[space] != '\0')
		space++;
	if (space < len)
		flow_put(walk->text, text, len);
	else if (space > 0 && flow_len(walk->text) > 0)
		flow_put(walk->text, " ", 1);
}

static void on_aside(void *context, const char *text, size_t len)
{
	tell_value(context, text, len);
}

void generic_xml(struct reader *reader, enum flow_kind kind, const char *place, const char *bytes, size_t len)
{
	static const struct xml_events events = {on_start, on_end, on_text, on_aside};
	struct walk walk = {.text = flow_open(reader, kind, "%s", place),
	                    .rest = flow_open(reader, FLOW_METADATA, "%s, attributes", place)};

	if (!xml_read(reader, &events, &walk, bytes, len))
		reader_bytes(reader, FLOW_HIDDEN, place, NULL, (const unsigned char *)bytes, len);
	flow_close(walk.text);
	flow_close(walk.rest);
	values_release(&walk.values);
}

/* The next byte that is no half of an ASCII character in UTF-16 and no byte order mark. */
static int next_byte(const char *bytes, size_t len, size_t *at)
{
	while (*at < len) {
		const unsigned char c = (unsigned char)bytes[(*at)++];

		if (c != 0 && c != 0xFE && c != 0xFF && c != 0xEF && c != 0xBB && c != 0xBF)
			return c;
	}
	return -1;
}

bool generic_is_xml(const char *bytes, size_t len)
{
	size_t at = 0;
	int c = next_byte(bytes, len < ROOT_WITHIN ? len : ROOT_WITHIN, &at);

	while (c == ' ' || c == '\t' || c == '\r' || c == '\n')
		c = next_byte(bytes, len < ROOT_WITHIN ? len : ROOT_WITHIN, &at);
	if (c != '<')
		return false;
	c = next_byte(bytes, len, &at);
	return c == '?' || c == '!' || c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

void generic_root(const char *bytes, size_t len, char *root, size_t room)
{
	size_t at = 0, n = 0;
	int c;

	root[0] = '\0';
	len = len < ROOT_WITHIN ? len : ROOT_WITHIN;
	do { /* past declarations, comments and the DOCTYPE, to the first tag */
		while ((c = next_byte(bytes, len, &at)) >= 0 && c != '<')
			;
		c = next_byte(bytes, len, &at);
	} while (c == '?' || c == '!');
	for (; c > 0 && strchr(" \t\r\n/>", c) == NULL; c = next_byte(bytes, len, &at)) {
		if (c == ':')
			n = 0;
		else if (n + 1 < room)
			root[n++] = (char)c;
	}
	root[n] = '\0';
}

void generic_entry(struct reader *reader, enum flow_kind kind, struct zip *zip, size_t index)
{
	const struct zip_entry *entry = zip_entry(zip, index);
	char *bytes = NULL;
	size_t len = 0;

	if (entry->folder || !reader_may_enter(reader) || !zip_unpack(zip, index, &bytes, &len))
		return;
	if (generic_is_xml(bytes, len)) {
		generic_xml(reader, kind, entry->name, bytes, len);
	} else {
		const struct part part = {"", (const unsigned char *)bytes, len};

		reader_part(reader, entry->name, &part);
	}
	free(bytes);
}
