/* tnef.c - winmail.dat ([MS-OXTNEF]): attributes of a message one after the other, each with a checksum.
 *
 * Every attribute is told; what is behind the last one that can be taken apart, too. */
#include "outlook/outlook.h"

#include "outlook_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 6, RECORD = 9, CHECKSUM = 2, SIGNATURE = 0x223E9F78, DEPTH_MOST = 16 };

enum attribute {
	ATTRIBUTE_BODY = 0x800C,
	ATTRIBUTE_SUBJECT = 0x8004,
	ATTRIBUTE_DATA = 0x800F,
	ATTRIBUTE_TITLE = 0x8010,
	ATTRIBUTE_METAFILE = 0x8011,
	ATTRIBUTE_RENDERING = 0x9002,
	ATTRIBUTE_PROPERTIES = 0x9003,
	ATTRIBUTE_RECIPIENTS = 0x9004,
	ATTRIBUTE_ATTACHMENT = 0x9005,
	ATTRIBUTE_CODEPAGE = 0x9007,
};

/* The high half of an attribute: what its value is. */
enum { VALUE_STRING = 1, VALUE_TEXT = 2, VALUE_DATE = 3, VALUE_SHORT = 4, VALUE_LONG = 5, VALUE_WORD = 7, VALUE_DWORD = 8 };

static const struct {
	unsigned attribute;
	const char *name;
} names[] = {
	{0x0000, "owner"},           {0x0001, "sent for"},        {0x0002, "delegate"},       {0x0006, "start"},
	{0x0007, "end"},             {0x8000, "from"},            {0x8004, "subject"},        {0x8005, "sent"},
	{0x8006, "received"},        {0x8008, "message class"},   {0x8009, "message id"},     {0x800A, "parent id"},
	{0x800B, "conversation id"}, {0x800C, "body"},            {0x8010, "title"},          {0x8011, "metafile"},
	{0x8012, "created"},         {0x8013, "modified"},        {0x8020, "modified"},       {0x9001, "transport file name"},
	{0x9002, "rendering"},       {0x0601, "original message class"},
};

struct record {
	unsigned attribute, kind; /* the halves of its number */
	struct span value;
};

/* The message being read, and the attachment that is not complete yet. */
struct state {
	struct tnef *tnef;
	const char *place;
	unsigned depth;
	size_t count;
	char *attachment;     /* the place of what is said of it: "attachment 1" */
	char *title;
	struct span data;
	struct tnef_wanted wanted;
	struct narrow narrow;
};

static char *place_of(const struct state *s, const struct record *record)
{
	char *name = NULL, *place;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && name == NULL; i++)
		if (names[i].attribute == record->attribute)
			name = mem_format("attribute %s", names[i].name);
	if (name == NULL)
		name = mem_format("attribute 0x%04X", record->attribute);
	place = outlook_place(s->attachment != NULL ? s->attachment : s->place, name);
	free(name);
	return place;
}

/* What the attachment is, now that all of it was there. */
static void finish(struct state *s)
{
	const struct span data = s->data.len > 0 ? s->data : s->wanted.data;
	const char *name = s->wanted.name != NULL ? s->wanted.name : s->title != NULL ? s->title : "";
	char *own, *place;

	if (s->attachment == NULL)
		return;
	own = mem_format("attachment %s", name);
	place = outlook_place(s->place, own);
	reader_observe(s->tnef->r, OBSERVED_ATTACHMENT, "%s", place);
	if (s->data.len == 0 && s->wanted.is_message)
		tnef_bag(s->tnef, place, s->depth + 1, data);
	else if (data.len > 0)
		attachment_read(s->tnef->r, place, name, s->wanted.mime != NULL ? s->wanted.mime : "", data);
	if (s->data.len > 0 && s->wanted.data.len > 0)
		attachment_read(s->tnef->r, place, name, "", s->wanted.data);
	free(own);
	free(place);
	free(s->wanted.name);
	free(s->wanted.mime);
	free(s->title);
	free(s->attachment);
	s->attachment = s->title = NULL;
	s->data = (struct span){0};
	s->wanted = (struct tnef_wanted){0};
}

static void start(struct state *s)
{
	char *own;

	finish(s);
	own = mem_format("attachment %zu", ++s->count);
	s->attachment = outlook_place(s->place, own);
	free(own);
}

/* "2024-01-02 03:04:05", from words of 16 bits. */
static void tell_date(struct state *s, const char *place, struct span value)
{
	char *text = mem_format("%04u-%02u-%02u %02u:%02u:%02u", span16(value, 0), span16(value, 2), span16(value, 4),
	                        span16(value, 6), span16(value, 8), span16(value, 10));

	reader_text(s->tnef->r, FLOW_METADATA, place, text, strlen(text));
	free(text);
}

static void tell_string(struct state *s, const struct record *record, const char *place)
{
	const enum flow_kind kind = record->attribute == ATTRIBUTE_BODY      ? FLOW_BODY
	                            : record->attribute == ATTRIBUTE_SUBJECT ? FLOW_HEADER
	                            : record->attribute == ATTRIBUTE_TITLE   ? FLOW_FILENAME
	                                                                     : FLOW_METADATA;
	struct flow_out *flow = flow_open(s->tnef->r, kind, "%s", place);
	struct span value = record->value;

	if (value.len > 0 && span8(value, value.len - 1) == 0)
		value.len--;
	outlook_narrow_put(&s->narrow, flow, value);
	flow_close(flow);
}

static void tell_recipients(struct state *s, struct span bytes)
{
	const uint32_t rows = span32(bytes, 0);

	bytes = span_from(bytes, 4);
	for (uint32_t row = 1; row <= rows && bytes.len > 0 && reader_may_enter(s->tnef->r); row++) {
		char *own = mem_format("recipient %u", (unsigned)row), *place = outlook_place(s->place, own);

		tnef_properties(s->tnef, place, &bytes, NULL);
		free(own);
		free(place);
	}
	outlook_strings(s->tnef->r, s->place, bytes);
}

static void tell_by_kind(struct state *s, const struct record *record)
{
	char *place = place_of(s, record);

	if (record->kind == VALUE_STRING || record->kind == VALUE_TEXT)
		tell_string(s, record, place);
	else if (record->kind == VALUE_DATE)
		tell_date(s, place, record->value);
	else if ((record->kind != VALUE_SHORT && record->kind != VALUE_LONG && record->kind != VALUE_WORD && record->kind != VALUE_DWORD) ||
	         record->value.len > 8) /* a number is no longer */
		outlook_strings(s->tnef->r, place, record->value);
	free(place);
}

static void keep_title(struct state *s, const struct record *record)
{
	free(s->title);
	s->title = narrow_text(&s->narrow, record->value);
}

static void tell(struct state *s, const struct record *record)
{
	struct span value = record->value;

	switch (record->attribute) {
	case ATTRIBUTE_CODEPAGE:
		s->tnef->page = s->narrow.page = span32(value, 0);
		outlook_strings(s->tnef->r, s->place, span_from(value, 8));
		return;
	case ATTRIBUTE_RENDERING:
		start(s);
		break;
	case ATTRIBUTE_DATA:
		if (s->attachment == NULL || s->data.len > 0)
			start(s);
		s->data = value;
		return;
	case ATTRIBUTE_TITLE:
		keep_title(s, record);
		break;
	case ATTRIBUTE_METAFILE:
		attachment_read(s->tnef->r, s->attachment != NULL ? s->attachment : s->place, "", "", value);
		return;
	case ATTRIBUTE_PROPERTIES:
	case ATTRIBUTE_ATTACHMENT:
		if (record->attribute == ATTRIBUTE_ATTACHMENT && s->attachment == NULL)
			start(s);
		tnef_properties(s->tnef, s->attachment != NULL ? s->attachment : s->place, &value, s->attachment != NULL ? &s->wanted : NULL);
		outlook_strings(s->tnef->r, s->place, value);
		return;
	case ATTRIBUTE_RECIPIENTS:
		tell_recipients(s, value);
		return;
	default:
		break;
	}
	tell_by_kind(s, record);
}

static bool sum_is(struct span value, unsigned sum)
{
	unsigned own = 0;

	for (size_t i = 0; i < value.len; i++)
		own = (own + value.bytes[i]) & 0xFFFF;
	return own == sum;
}

/* The next attribute; false: there is none, or what there is ends early. */
static bool take_record(struct state *s, struct span *bytes, struct record *record)
{
	const uint32_t number = span32(*bytes, 1);
	const size_t len = span32(*bytes, 5);

	if (bytes->len < RECORD + CHECKSUM || (span8(*bytes, 0) != 1 && span8(*bytes, 0) != 2) || len > bytes->len - RECORD - CHECKSUM)
		return false;
	*record = (struct record){.attribute = number & 0xFFFF, .kind = number >> 16, .value = span_cut(*bytes, RECORD, len)};
	if (!sum_is(record->value, span16(*bytes, RECORD + len)))
		reader_undecided(s->tnef->r, "%s%sdamaged: checksum of attribute 0x%04X", s->place, s->place[0] != '\0' ? ": " : "", record->attribute);
	*bytes = span_from(*bytes, RECORD + len + CHECKSUM);
	return true;
}

/* What transport adds behind a file. */
static bool is_padding(struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.bytes[i] != '\0' && bytes.bytes[i] != '\r' && bytes.bytes[i] != '\n')
			return false;
	return bytes.len < RECORD;
}

void tnef_bag(struct tnef *tnef, const char *place, unsigned depth, struct span bytes)
{
	struct state s = {.tnef = tnef, .place = place, .depth = depth, .narrow = {.reader = tnef->r, .page = tnef->page}};
	const char *colon = place[0] != '\0' ? ": " : "";
	struct record record;

	if (depth > DEPTH_MOST || bytes.len < HEAD || span32(bytes, 0) != SIGNATURE) {
		reader_undecided(tnef->r, "%s%sdamaged: no TNEF that can be read", place, colon);
		outlook_strings(tnef->r, place, bytes);
		return;
	}
	reader_observe(tnef->r, OBSERVED_PROPERTIES, "%s", place);
	for (bytes = span_from(bytes, HEAD); reader_may_enter(tnef->r) && take_record(&s, &bytes, &record);)
		tell(&s, &record);
	finish(&s);
	free(s.title);
	if (!is_padding(bytes) && !reader_stopped(tnef->r)) {
		reader_undecided(tnef->r, "%s%sdamaged: TNEF that ends early", place, colon);
		outlook_strings(tnef->r, place, bytes);
	}
	narrow_close(&s.narrow, FLOW_METADATA, place);
}

void tnef_read(struct reader *reader, const struct part *part)
{
	struct tnef tnef = {.r = reader};

	tnef_bag(&tnef, "", 0, (struct span){part->bytes, part->len});
}
