/* bag.c - properties of a message, of a recipient, of an attachment: all of them told.
 *
 * Strings are text with a place; bodies are bodies; what is binary is read as what it begins like, or its
 * strings are told.  Times, and the numbers of properties a message names itself, are written out. */
#include "outlook_inside.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "format/format.h"
#include "mail/mail.h"
#include "reader/reader.h"
#include "text/charset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BINARY_TOLD_FROM = 64 };

char *outlook_place(const char *outer, const char *inner)
{
	return mem_format("%s%s%s", outer, outer[0] != '\0' && inner[0] != '\0' ? " > " : "", inner);
}

void outlook_strings(struct reader *r, const char *place, struct span bytes)
{
	if (bytes.len > 0)
		reader_binary(r, place, &(struct part){"", bytes.bytes, bytes.len});
}

void bag_open(struct bag *bag, struct reader *r, const char *place, unsigned page)
{
	memset(bag, 0, sizeof(*bag));
	bag->r = r;
	bag->place = place;
	bag->narrow = (struct narrow){.reader = r, .page = page};
	bag->shown = flow_open(r, FLOW_HEADER, "%s", place);
	bag->kept = flow_open(r, FLOW_METADATA, "%s", place);
}

/* "recipient 1 > property SMTP address"; caller frees. */
static char *place_of(const struct bag *bag, uint32_t tag, const char *name)
{
	const unsigned id = tag >> 16;
	const char *known = name != NULL ? name : property_name(id);
	char *own = known != NULL ? mem_format("property %s", known) : mem_format("property 0x%04X", id);
	char *place = outlook_place(bag->place, own);

	free(own);
	return place;
}

/* What a mail program shows at the top. */
static bool is_shown(unsigned id)
{
	static const unsigned ids[] = {ID_SUBJECT, 0x0C1A, 0x0C1F, 0x0E03, 0x0E04, 0x0042};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Controls separate names in addresses; in doubt about the charset they would only make it no text. */
void outlook_narrow_put(struct narrow *narrow, struct flow_out *flow, struct span value)
{
	const bool escapes = narrow->page >= 50220 && narrow->page < 50230; /* ISO-2022 */
	char *bytes = mem_copy_bytes(value.bytes, value.len);

	for (size_t i = 0; i < value.len && !escapes; i++)
		if ((unsigned char)bytes[i] < ' ' && (bytes[i] == '\0' || strchr("\t\r\n", bytes[i]) == NULL))
			bytes[i] = ' ';
	narrow_put(narrow, flow, (struct span){(const unsigned char *)bytes, value.len});
	free(bytes);
}

static void put_string(struct narrow *narrow, struct flow_out *flow, uint32_t tag, struct span value)
{
	if ((tag & 0xFFF) == TYPE_UNICODE)
		utf16_put(flow, value);
	else
		outlook_narrow_put(narrow, flow, value);
}

static void add_body(struct bag *bag, uint32_t tag, struct span value)
{
	struct narrow narrow = {.reader = bag->r, .page = bag->narrow.page};
	char *place = outlook_place(bag->place, "body");
	struct flow_out *flow = flow_open(bag->r, FLOW_BODY, "%s", place);

	put_string(&narrow, flow, tag, value);
	flow_close(flow);
	narrow_close(&narrow, FLOW_BODY, place);
	free(place);
}

static void add_string(struct bag *bag, uint32_t tag, const char *name, struct span value)
{
	struct flow_out *flow = is_shown(tag >> 16) ? bag->shown : bag->kept;
	char *place = place_of(bag, tag, name);

	flow_at(flow, "%s", place);
	put_string(&bag->narrow, flow, tag, value);
	flow_break(flow);
	free(place);
}

/* The headers a message came with, in their own form. */
static void add_headers(struct bag *bag, uint32_t tag, struct span value)
{
	char *place = outlook_place(bag->place, "internet headers");
	char *text = (tag & 0xFFF) == TYPE_UNICODE ? utf16_text(value) : mem_copy_bytes(value.bytes, value.len);
	const size_t len = (tag & 0xFFF) == TYPE_UNICODE ? strlen(text) : value.len;

	mail_headers(bag->r, place, text, len > 0 && text[len - 1] == '\0' ? len - 1 : len);
	free(text);
	free(place);
}

static void add_html(struct bag *bag, uint32_t tag, struct span value)
{
	const unsigned page = bag->html_page != 0 ? bag->html_page : bag->narrow.page;
	const char *charset = (tag & 0xFFF) == TYPE_UNICODE ? "UTF-16LE" : charset_of_codepage(page);
	char *place = outlook_place(bag->place, "body.html");

	reader_bytes(bag->r, FLOW_BODY, place, charset, value.bytes, value.len);
	free(place);
}

static void add_rtf(struct bag *bag, struct span value)
{
	char *place = outlook_place(bag->place, "body.rtf");
	struct buf rtf = {0};

	if (!rtf_unpack(bag->r, value, &rtf)) {
		reader_undecided(bag->r, "%s: damaged compressed RTF", place);
		outlook_strings(bag->r, place, value);
	}
	if (rtf.len > 0)
		reader_part(bag->r, place, &(struct part){"", (const unsigned char *)rtf.data, rtf.len});
	buf_release(&rtf);
	free(place);
}

static void add_binary(struct bag *bag, uint32_t tag, const char *name, struct span value)
{
	char *place = place_of(bag, tag, name);

	if (value.len > 0 && (format_of_bytes(value.bytes, value.len, NULL) != FORMAT_UNKNOWN || format_is_markup("", value.bytes, value.len))) {
		reader_part(bag->r, place, &(struct part){"", value.bytes, value.len});
	} else {
		if (tag >> 16 >= ID_NAMED && value.len >= BINARY_TOLD_FROM)
			reader_observe(bag->r, OBSERVED_BINARY_DATA, "%s", place);
		outlook_strings(bag->r, place, value);
	}
	free(place);
}

/* 100 nanoseconds since 1601 ([MS-DTYP] 2.3.3). */
static void put_time(struct flow_out *flow, uint64_t ticks)
{
	const int64_t seconds = (int64_t)(ticks / 10000000) - INT64_C(11644473600);
	char text[TIME_TEXT_SIZE];

	if (ticks != 0 && seconds >= 0 && seconds < INT64_C(253402300800))
		flow_put_string(flow, time_to_text(seconds, text));
}

static void put_double(struct flow_out *flow, uint64_t bits)
{
	double number;
	char *text;

	memcpy(&number, &bits, sizeof(number));
	text = isfinite(number) ? mem_format("%.15g", number) : mem_copy_string("");
	flow_put_string(flow, text);
	free(text);
}

static void put_number(struct flow_out *flow, int64_t number)
{
	char *text = mem_format("%lld", (long long)number);

	flow_put_string(flow, text);
	free(text);
}

/* Values of a fixed size: times of all, numbers of those a message names itself; the others are flags. */
static void add_fixed(struct bag *bag, uint32_t tag, const char *name, struct span value)
{
	char *place = place_of(bag, tag, name);

	flow_at(bag->kept, "%s", place);
	if ((tag & 0xFFF) == TYPE_TIME)
		put_time(bag->kept, span64(value, 0));
	else if (tag >> 16 < ID_NAMED || name == NULL)
		;
	else if ((tag & 0xFFF) == TYPE_LONG)
		put_number(bag->kept, (int32_t)span32(value, 0));
	else if ((tag & 0xFFF) == TYPE_LONG_LONG || (tag & 0xFFF) == TYPE_CURRENCY)
		put_number(bag->kept, (int64_t)span64(value, 0));
	else if ((tag & 0xFFF) == TYPE_DOUBLE || (tag & 0xFFF) == TYPE_APPTIME)
		put_double(bag->kept, span64(value, 0));
	flow_break(bag->kept);
	free(place);
}

static bool is_fixed(unsigned type)
{
	return type == TYPE_SHORT || type == TYPE_LONG || type == TYPE_FLOAT || type == TYPE_DOUBLE || type == TYPE_CURRENCY ||
	       type == TYPE_APPTIME || type == TYPE_ERROR || type == TYPE_BOOLEAN || type == TYPE_LONG_LONG || type == TYPE_TIME;
}

void bag_add(struct bag *bag, uint32_t tag, const char *name, struct span value)
{
	const unsigned id = tag >> 16, type = tag & 0xFFF;
	const bool string = type == TYPE_STRING || type == TYPE_UNICODE;

	if (id == ID_HTML && (string || type == TYPE_BINARY))
		add_html(bag, tag, value);
	else if (id == ID_HEADERS && string)
		add_headers(bag, tag, value);
	else if (id == ID_BODY && string)
		add_body(bag, tag, value);
	else if (string)
		add_string(bag, tag, name, value);
	else if (id == ID_RTF && type == TYPE_BINARY)
		add_rtf(bag, value);
	else if (is_fixed(type))
		add_fixed(bag, tag, name, value);
	else
		add_binary(bag, tag, name, value);
}

void bag_close(struct bag *bag)
{
	char *place = outlook_place(bag->place, "strings");

	narrow_close(&bag->narrow, FLOW_METADATA, place);
	flow_close(bag->shown);
	flow_close(bag->kept);
	free(place);
}

/* A signed or encrypted message is kept as an attachment without the headers that say so: they are put back. */
static const char *mail_head(const char *name, const char *mime)
{
	if (strcmp(mime, "multipart/signed") == 0)
		return "MIME-Version: 1.0\n";
	if (strcmp(mime, "application/pkcs7-mime") == 0 || strcmp(mime, "application/x-pkcs7-mime") == 0 || format_name_ends(name, ".p7m"))
		return "MIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\n";
	return NULL;
}

void attachment_read(struct reader *r, const char *place, const char *name, const char *mime, struct span bytes)
{
	const char *head = mail_head(name, mime);
	struct buf mail = {0};

	if (format_name_ends(name, ".rpmsg"))
		reader_undecided(r, "%s: encrypted: rights management", place);
	if (head != NULL) {
		buf_add_string(&mail, head);
		buf_add(&mail, bytes.bytes, bytes.len);
		reader_part(r, place, &(struct part){name, (const unsigned char *)mail.data, mail.len});
	} else {
		reader_part(r, place, &(struct part){name, bytes.bytes, bytes.len});
	}
	buf_release(&mail);
}
