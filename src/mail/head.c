/* head.c - a header block (RFC 5322 2.2, RFC 6532), all of it told.
 *
 * Each header has a place of its own, "header Bcc".  What was decoded is also told as it was written: a
 * reader that decodes otherwise sees something else there. */
#include "mail_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

/* What a mail program shows of a message. */
static const char *const shown[] = {"Subject", "From", "To", "Cc", "Date", "Sender", "Reply-To"};

struct teller {
	struct reader *r;
	const char *place, *charset;
	struct flow_out *shown, *kept, *names, *written, *others;
};

/* How long the name before the ":" is; 0: the line is no field. */
static size_t name_len(struct slice line)
{
	size_t len = 0;

	while (len < line.len && line.text[len] > ' ' && line.text[len] < 0x7F && line.text[len] != ':')
		len++;
	for (size_t at = len; len > 0 && at < line.len; at++) {
		if (line.text[at] == ':')
			return len;
		if (line.text[at] != ' ' && line.text[at] != '\t')
			break;
	}
	return 0;
}

/* Names and values, folded lines with the one they belong to; what is neither is a field without a name. */
static void cut(struct slice *rest, struct head *out)
{
	struct slice line;

	while (slice_line(rest, &line) && line.len > 0) {
		const char *end = line.text + line.len;
		struct field *last = out->count > 0 ? &out->items[out->count - 1] : NULL;
		const size_t name = name_len(line);

		if ((line.text[0] == ' ' || line.text[0] == '\t') && last != NULL) {
			last->value.len = (size_t)(end - last->value.text);
			continue;
		}
		out->items = mem_grow(out->items, out->count, sizeof(*out->items));
		last = &out->items[out->count++];
		last->name = (struct slice){line.text, name};
		last->value = line;
		if (name > 0)
			last->value.text = (const char *)memchr(line.text, ':', line.len) + 1;
		last->value.len = (size_t)(end - last->value.text);
	}
}

static char *place_of(const struct teller *t, const struct field *field, const char *how)
{
	char *name = mem_copy_bytes(field->name.text, field->name.len);
	char *within = field->name.len > 0 ? mem_format("header %s%s", name, how) : mem_format("header line without a name%s", how);
	char *place = mail_place(t->place, within);

	free(name);
	free(within);
	return place;
}

static void put(struct flow_out *flow, const char *place, const char *text, size_t len)
{
	flow_at(flow, "%s", place);
	flow_put(flow, text, len);
	flow_break(flow);
}

/* Bytes nobody could make characters of for sure: under every charset they fit. */
static void tell_bytes(struct teller *t, const struct field *field, const struct wording *wording)
{
	char *words = place_of(t, field, ", encoded words"), *written = place_of(t, field, ", as written");
	const struct slice value = slice_trim(field->value);

	for (size_t i = 0; i < wording->claim_count; i++) {
		const struct claim *claim = &wording->claims[i];

		reader_bytes(t->r, FLOW_METADATA, words, claim->charset, (const unsigned char *)claim->bytes.data, claim->bytes.len);
		if (charset_of_label(claim->charset, strlen(claim->charset)) == NULL)
			reader_undecided(t->r, "%s: charset not known: %s", words, claim->charset);
	}
	if (!utf8_valid(value.text, value.len, NULL))
		reader_bytes(t->r, FLOW_METADATA, written, t->charset, (const unsigned char *)value.text, value.len);
	free(words);
	free(written);
}

/* Values in the form of RFC 2231 are decoded wherever they stand. */
static void tell_parameters(struct teller *t, const struct field *field)
{
	struct parameters parameters = {0};

	if (field->value.len == 0 || memchr(field->value.text, '*', field->value.len) == NULL)
		return;
	parameters_read(field->value, &parameters);
	for (size_t i = 0; i < parameters.count; i++) {
		char *place = place_of(t, field, "");

		if (parameters.items[i].decoded)
			put(t->others, place, parameters.items[i].value, strlen(parameters.items[i].value));
		free(place);
	}
	parameters_release(&parameters);
}

/* Lines without a name that programs put there. */
static bool is_excused(struct slice line)
{
	return slice_starts(line, "From ") || slice_starts(line, ">From ") || slice_starts(line, "Microsoft Mail Internet Headers");
}

static void tell_field(struct teller *t, const struct field *field)
{
	const struct slice value = slice_trim(field->value);
	struct wording wording = {0};
	bool is_shown = false;
	char *place = place_of(t, field, ""), *written = place_of(t, field, ", as written");

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		is_shown = is_shown || slice_is(field->name, shown[i]);
	words_read(value, t->charset, &wording);
	put(is_shown ? t->shown : t->kept, place, wording.text.data != NULL ? wording.text.data : "", wording.text.len);
	put(t->names, place, field->name.text, field->name.len);
	if (wording.others.len > 0)
		put(t->others, place, wording.others.data, wording.others.len);
	if (wording.changed && utf8_valid(value.text, value.len, NULL))
		put(t->written, written, value.text, value.len);
	tell_bytes(t, field, &wording);
	tell_parameters(t, field);
	if (field->name.len == 0 && !is_excused(value))
		reader_undecided(t->r, "%s%sdamaged header: a line that is no field", t->place, t->place[0] != '\0' ? ": " : "");
	wording_release(&wording);
	free(place);
	free(written);
}

static void tell(struct reader *r, const char *place, const struct head *head)
{
	struct teller t = {.r = r, .place = place, .charset = head_charset(head)};

	t.shown = flow_open(r, FLOW_HEADER, "%s", place);
	t.kept = flow_open(r, FLOW_METADATA, "%s", place);
	t.names = flow_open(r, FLOW_METADATA, "%s", place);
	t.written = flow_open(r, FLOW_METADATA, "%s", place);
	t.others = flow_open(r, FLOW_METADATA, "%s", place);
	for (size_t i = 0; i < head->count && !reader_stopped(r); i++)
		tell_field(&t, &head->items[i]);
	flow_close(t.shown);
	flow_close(t.kept);
	flow_close(t.names);
	flow_close(t.written);
	flow_close(t.others);
}

/* What decides how the rest is read must be said once: programs take the first, the last, or neither. */
static void check_twice(struct reader *r, const char *place, const struct head *head)
{
	static const char *const names[] = {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition"};
	const char *colon = place[0] != '\0' ? ": " : "";

	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		const struct slice first = head_value(head, names[n]);

		for (size_t i = 0; i < head->count; i++) {
			const struct slice value = slice_trim(head->items[i].value);

			if (!slice_is(head->items[i].name, names[n]) || (value.len == first.len && memcmp(value.text, first.text, first.len) == 0))
				continue;
			reader_undecided(r, "%s%stwo headers %s that differ", place, colon, names[n]);
			break;
		}
	}
	if (parameters_twice(&head->type, "boundary") || parameters_twice(&head->type, "charset"))
		reader_undecided(r, "%s%sContent-Type says the same parameter twice", place, colon);
}

void head_read(struct reader *r, const char *place, struct slice *rest, struct head *out)
{
	memset(out, 0, sizeof(*out));
	cut(rest, out);
	out->has_type = head_value(out, "Content-Type").len > 0;
	parameters_read(head_value(out, "Content-Type"), &out->type);
	parameters_read(head_value(out, "Content-Disposition"), &out->disposition);
	tell(r, place, out);
	check_twice(r, place, out);
}

void headers_read(struct reader *r, const char *place, struct slice bytes)
{
	char *where = mail_place(place, "behind the headers");
	struct head head;

	head_read(r, place, &bytes, &head);
	bytes = slice_trim(bytes);
	reader_bytes(r, FLOW_METADATA, where, NULL, (const unsigned char *)bytes.text, bytes.len);
	head_release(&head);
	free(where);
}

struct slice head_value(const struct head *head, const char *name)
{
	for (size_t i = 0; i < head->count; i++)
		if (slice_is(head->items[i].name, name))
			return slice_trim(head->items[i].value);
	return (struct slice){"", 0};
}

const char *head_charset(const struct head *head)
{
	return parameters_get(&head->type, "charset");
}

void head_release(struct head *head)
{
	free(head->items);
	parameters_release(&head->type);
	parameters_release(&head->disposition);
}
