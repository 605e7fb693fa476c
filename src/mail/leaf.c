/* leaf.c - one body, decoded: a text to read, or a document of its own.
 *
 * What its bytes are decides; a type and a name only say what to call it, and in which charset a text may be. */
#include "mail_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "format/format.h"
#include "reader/reader.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_type(const struct leaf *leaf, const char *start)
{
	return strncmp(leaf->head->type.type, start, strlen(start)) == 0;
}

/* The last step of the address it was saved from: what a web archive has for a name. */
static char *name_of_location(struct slice location)
{
	struct wording wording = {0};
	char *name;

	for (size_t i = 0; i < location.len; i++) {
		if (location.text[i] == '?' || location.text[i] == '#')
			location.len = i;
	}
	for (size_t i = location.len; i > 0; i--) {
		if (location.text[i - 1] != '/' && location.text[i - 1] != '\\')
			continue;
		location = (struct slice){location.text + i, location.len - i};
		break;
	}
	words_read(location, NULL, &wording);
	name = mem_copy_string(wording.text.data != NULL ? wording.text.data : "");
	wording_release(&wording);
	return name;
}

static char *name_of(const struct leaf *leaf)
{
	const char *name = parameters_get(&leaf->head->disposition, "filename");

	if (name == NULL || name[0] == '\0')
		name = parameters_get(&leaf->head->type, "name");
	if (name != NULL && name[0] != '\0')
		return mem_copy_string(name);
	return name_of_location(head_value(leaf->head, "Content-Location"));
}

static bool is_attached(const struct leaf *leaf)
{
	return strcmp(leaf->head->disposition.type, "attachment") == 0 ||
	       parameters_get(&leaf->head->disposition, "filename") != NULL || parameters_get(&leaf->head->type, "name") != NULL;
}

static bool is_html(const struct leaf *leaf)
{
	static const char *const types[] = {"text/html", "text/x-amp-html", "application/xhtml+xml"};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(leaf->head->type.type, types[i]) == 0)
			return true;
	return false;
}

/* "part 2, attachment b.docx".  It ends in what says that tags are to be taken off, or that it is
 * a style sheet, where it is. */
static char *place_of(const struct leaf *leaf, const char *name)
{
	const bool ends = format_name_ends(name, ".html") || format_name_ends(name, ".htm") || format_name_ends(name, ".xhtml");
	const char *comma = leaf->place[0] != '\0' && name[0] != '\0' ? ", " : "";

	if (strcmp(leaf->head->type.type, "text/css") == 0 && !format_name_ends(name, ".css"))
		return mem_format("%s%s%s.css", leaf->place, comma, name);
	return mem_format("%s%s%s%s%s", leaf->place, comma, name[0] != '\0' && is_attached(leaf) ? "attachment " : "", name,
	                  !is_html(leaf) || ends ? "" : leaf->place[0] == '\0' && name[0] == '\0' ? "body.html" : ".html");
}

static void observe(struct reader *r, const struct leaf *leaf, const char *place)
{
	if (is_type(leaf, "image/") && strcmp(leaf->head->disposition.type, "attachment") != 0)
		reader_observe(r, OBSERVED_PICTURE, "%s", place);
	else if (is_attached(leaf))
		reader_observe(r, OBSERVED_ATTACHMENT, "%s", place);
	else if (is_type(leaf, "text/javascript") || is_type(leaf, "application/javascript") || is_type(leaf, "application/x-javascript"))
		reader_observe(r, OBSERVED_SCRIPT, "%s", place);
	else if (leaf->head->has_type && !is_type(leaf, "text/") && !is_type(leaf, "message/"))
		reader_observe(r, OBSERVED_EMBEDDED_OBJECT, "%s", place);
}

/* A charset nobody here knows: what is read instead may be something else. */
static void check_charset(struct reader *r, const struct leaf *leaf, const char *place, const char *charset)
{
	if (charset != NULL && charset[0] != '\0' && charset_of_label(charset, strlen(charset)) == NULL &&
	    !utf8_valid(leaf->bytes.text, leaf->bytes.len, NULL))
		reader_undecided(r, "%s%scharset not known: %s", place, place[0] != '\0' ? ": " : "", charset);
}

static void tell(struct reader *r, const char *place, const char *charset, const struct buf *text)
{
	reader_bytes(r, FLOW_BODY, place, charset, (const unsigned char *)text->data, text->len);
}

/* The text as programs show it, where that is not as it stands. */
static void tell_shapes(struct reader *r, const struct leaf *leaf, const char *place, const char *charset)
{
	const char *delsp = parameters_get(&leaf->head->type, "delsp");
	char *where = mail_place(place, "as shown");
	struct buf text = {0};

	if (delsp != NULL && strcasecmp(delsp, "yes") == 0)
		flowed_join(leaf->bytes, &text);
	else if (is_type(leaf, "text/calendar") || is_type(leaf, "text/vcard") || is_type(leaf, "text/x-vcard") ||
	         is_type(leaf, "text/directory") || is_type(leaf, "application/ics"))
		calendar_unfold(leaf->bytes, &text);
	else if (is_type(leaf, "text/enriched") || is_type(leaf, "text/richtext"))
		enriched_strip(leaf->bytes, &text);
	if (text.len > 0)
		tell(r, where, charset, &text);
	buf_release(&text);
	free(where);
}

static void read_text(struct reader *r, const struct leaf *leaf, const char *place, const char *name)
{
	const char *charset = head_charset(leaf->head);
	struct buf rest = {0};

	if (name[0] != '\0')
		reader_text(r, FLOW_FILENAME, place, name, strlen(name));
	check_charset(r, leaf, place, charset);
	armour_read(r, place, leaf->bytes, &rest);
	tell(r, place, charset, &rest);
	tell_shapes(r, leaf, place, charset);
	if (is_html(leaf))
		remote_observe(r, place, leaf->bytes);
	buf_release(&rest);
}

static bool is_cms(const struct leaf *leaf, const char *name)
{
	return is_type(leaf, "application/pkcs7-") || is_type(leaf, "application/x-pkcs7-") || format_name_ends(name, ".p7m") ||
	       format_name_ends(name, ".p7s") || format_name_ends(name, ".p7c") || format_name_ends(name, ".p7b");
}

/* HTTP's own packing, kept in some web archives; what is packed by gzip is seen from its bytes. */
static void check_packing(struct reader *r, const struct leaf *leaf, const char *place)
{
	const struct slice packing = head_value(leaf->head, "Content-Encoding");
	char *name;

	if (packing.len == 0 || slice_is(packing, "identity") || slice_is(packing, "gzip") || slice_is(packing, "x-gzip"))
		return;
	name = mem_copy_bytes(packing.text, packing.len < 80 ? packing.len : 80);
	reader_undecided(r, "%s%scontent encoding not known: %s", place, place[0] != '\0' ? ": " : "", name);
	free(name);
}

/* By its bytes, or, for people to be told that it is none, by its name. */
static bool is_document(const struct leaf *leaf, const char *name)
{
	return format_of_bytes(leaf->bytes.text, leaf->bytes.len, NULL) != FORMAT_UNKNOWN || format_of_name(name, NULL) != FORMAT_UNKNOWN;
}

/* A picture shown within the message, which its name makes no file of its own: looked at with the message. */
static bool is_shown(const struct leaf *leaf, const char *name)
{
	const enum format format = format_of_bytes(leaf->bytes.text, leaf->bytes.len, NULL), named = format_of_name(name, NULL);
	const char *disposition = leaf->head->disposition.type;

	return format >= FORMAT_PNG && format <= FORMAT_EMF && (named == format || named == FORMAT_UNKNOWN) &&
	       (strcmp(disposition, "inline") == 0 || (disposition[0] == '\0' && head_value(leaf->head, "Content-ID").len > 0));
}

void leaf_read(struct reader *r, const struct leaf *leaf)
{
	char *name = name_of(leaf), *place = place_of(leaf, name);
	const struct part part = {name, (const unsigned char *)leaf->bytes.text, leaf->bytes.len};

	check_packing(r, leaf, place);
	observe(r, leaf, place);
	if (is_cms(leaf, name) && leaf->bytes.len > 0) {
		reader_text(r, FLOW_FILENAME, place, name, strlen(name));
		if (!cms_read(r, place, leaf->depth, leaf->bytes)) {
			reader_undecided(r, "%s%sS/MIME that cannot be taken apart", place, place[0] != '\0' ? ": " : "");
			reader_binary(r, place, &part);
		}
	} else if (is_type(leaf, "text/rfc822-headers")) {
		headers_read(r, place, leaf->bytes);
	} else if (format_of_bytes(leaf->bytes.text, leaf->bytes.len, NULL) == FORMAT_UNKNOWN && format_of_name(name, NULL) == FORMAT_MAIL) {
		reader_text(r, FLOW_FILENAME, place, name, strlen(name));
		message_read(r, place, leaf->depth + 1, leaf->bytes);
	} else if (is_shown(leaf, name)) {
		reader_text(r, FLOW_FILENAME, place, name, strlen(name));
		reader_part(r, place, &(struct part){"", part.bytes, part.len});
	} else if (is_document(leaf, name)) {
		reader_part(r, place, &part);
	} else {
		read_text(r, leaf, place, name);
	}
	free(name);
	free(place);
}
