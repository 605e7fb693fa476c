/* reader.c - one document being read: what is told about it, and how much may be.
 *
 * Formats call in; messages go out.  All counting is done here, so that no format can forget it: what
 * is beyond a limit is not told, and the document is undecided because of it. */
#include "reader_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "wire/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct reader_limits reader_limits_usual = {
	.unpacked = UINT64_C(1) << 30, .ratio = 200, .text = UINT64_C(256) << 20, .depth = 8, .entries = 10000};

enum { RATIO_FREE = 1024 * 1024 };

static struct wire_text text_of(const char *text)
{
	return (struct wire_text){text, strlen(text)};
}

void reader_tell(struct reader *r, const struct message *message)
{
	buf_clear(&r->out);
	wire_write(message, &r->out);
	r->run->tell(r->run->context, r->out.data, r->out.len);
}

/* The first `len` bytes at most, not ending within a character. */
static size_t cut(const char *text, size_t len, size_t most)
{
	if (len <= most)
		return len;
	while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
		most--;
	return most;
}

char *reader_format(const char *format, va_list args)
{
	struct buf whole = {0};
	va_list again;
	char *text;
	size_t bad = 0, len;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = mem_alloc((size_t)(n < 0 ? 0 : n) + 1, 1);
	if (n > 0)
		(void)vsnprintf(text, (size_t)n + 1, format, args);
	len = cut(text, strlen(text), WIRE_PLACE_MOST);
	for (const char *at = text; len > 0; at += bad + 1, len -= bad + 1) {
		const bool valid = utf8_valid(at, len, &bad);

		buf_add(&whole, at, valid ? len : bad);
		if (valid)
			break;
		buf_add_byte(&whole, '?');
	}
	free(text);
	return buf_take(&whole);
}

char *reader_place(const struct reader *r, const char *place)
{
	const char *within = r->place.len > 0 ? r->place.data : "";
	char *whole = mem_format("%s%s%s", within, within[0] != '\0' && place[0] != '\0' ? " > " : "", place);

	whole[cut(whole, strlen(whole), WIRE_PLACE_MOST)] = '\0';
	return whole;
}

void reader_undecided(struct reader *r, const char *why_format, ...)
{
	va_list args;
	char *why, *whole;

	va_start(args, why_format);
	why = reader_format(why_format, args);
	va_end(args);
	whole = r->place.len > 0 ? mem_format("%s: %s", r->place.data, why) : mem_copy_string(why);
	reader_tell(r, &(struct message){.type = MESSAGE_UNDECIDED, .text = text_of(whole)});
	free(whole);
	free(why);
}

void reader_observe(struct reader *r, enum observation what, const char *place_format, ...)
{
	va_list args;
	char *place, *whole;

	if (r->stopped)
		return;
	va_start(args, place_format);
	place = reader_format(place_format, args);
	va_end(args);
	whole = reader_place(r, place);
	reader_tell(r, &(struct message){.type = MESSAGE_OBSERVATION, .observation = what, .place = text_of(whole)});
	free(whole);
	free(place);
}

/* No more is told; the reason is told once. */
static bool stop(struct reader *r, const char *why)
{
	if (!r->stopped)
		reader_undecided(r, "%s", why);
	r->stopped = true;
	return false;
}

bool reader_may_tell(struct reader *r, size_t len)
{
	if (r->stopped)
		return false;
	if (len > WIRE_TEXT_MOST || len > r->run->limits.text - r->told)
		return stop(r, "more text than can be read");
	r->told += len;
	return true;
}

void reader_bytes(struct reader *r, enum flow_kind kind, const char *place, const char *charset, const unsigned char *bytes,
                  size_t len)
{
	struct message m = {.type = MESSAGE_BYTES, .kind = kind, .text = {(const char *)bytes, len}};
	char *whole;

	if (len == 0 || !reader_may_tell(r, len))
		return;
	whole = reader_place(r, place);
	m.place = text_of(whole);
	m.name = text_of(place[0] != '\0' ? place : r->name);
	m.charset = text_of(charset != NULL ? charset : "");
	reader_tell(r, &m);
	free(whole);
}

bool reader_may_unpack(struct reader *r, size_t bytes, size_t packed)
{
	if (r->stopped)
		return false;
	if (bytes > r->run->limits.unpacked - r->unpacked)
		return stop(r, "more inside it than can be unpacked");
	if (bytes > RATIO_FREE && (bytes - RATIO_FREE) / r->run->limits.ratio > packed)
		return stop(r, "packed more tightly than any document is");
	r->unpacked += bytes;
	return true;
}

bool reader_may_enter(struct reader *r)
{
	if (r->stopped)
		return false;
	if (r->entries >= r->run->limits.entries)
		return stop(r, "more parts inside it than can be read");
	r->entries++;
	return true;
}

bool reader_stopped(const struct reader *r)
{
	return r->stopped;
}

void reader_part(struct reader *r, const char *place, const struct part *part)
{
	const char *const name_before = r->name;
	struct buf before;
	char *whole;

	if (!reader_may_enter(r))
		return;
	if (r->depth >= r->run->limits.depth) {
		(void)stop(r, "documents within documents, deeper than can be read");
		return;
	}
	whole = reader_place(r, place);
	before = r->place;
	r->place = (struct buf){0};
	buf_add_string(&r->place, whole);
	free(whole);
	r->name = part->name;
	r->depth++;
	if (part->name[0] != '\0')
		reader_text(r, FLOW_FILENAME, "", part->name, strlen(part->name));
	r->run->read(r, part);
	r->depth--;
	buf_release(&r->place);
	r->place = before;
	r->name = name_before;
}

void reader_second(struct reader *r, const struct part *part)
{
	struct message m = {.type = MESSAGE_SECOND, .text = {(const char *)part->bytes, part->len}};

	if (r->depth == 0 || !reader_may_tell(r, part->len))
		return;
	m.place = text_of(r->place.data != NULL ? r->place.data : "");
	reader_tell(r, &m);
}

bool reader_wants_pictures(const struct reader *r)
{
	return r->run->pictures;
}

void reader_picture(struct reader *r, const char *place, const void *bytes, size_t len)
{
	struct message m = {.type = MESSAGE_PICTURE, .text = {bytes, len}};
	char *whole;

	if (!r->run->pictures || !reader_may_tell(r, len))
		return;
	whole = reader_place(r, place);
	m.place = text_of(whole);
	reader_tell(r, &m);
	free(whole);
}

void reader_run(const struct reader_run *run, const struct part *part)
{
	struct reader r = {.run = run, .name = part->name};

	run->read(&r, part);
	reader_tell(&r, &(struct message){.type = MESSAGE_END});
	buf_release(&r.place);
	buf_release(&r.out);
}
