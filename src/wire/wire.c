/* wire.c - what passes between the worker and the program that believes none of it. */
#include "wire/wire.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 5, SPANS_MOST = 4 * 1024 * 1024 };
static const size_t MESSAGE_MOST = (size_t)256 * 1024 * 1024;

static void put_number(struct buf *out, size_t value)
{
	for (int shift = 0; shift < 32; shift += 8)
		buf_add_byte(out, (char)(value >> shift & 0xFF));
}

static void put_text(struct buf *out, const struct wire_text *text)
{
	put_number(out, text->len);
	buf_add(out, text->bytes, text->len);
}

static bool is_flow(enum message_type type)
{
	return type == MESSAGE_FLOW || type == MESSAGE_AGAIN;
}

static bool has_place(enum message_type type)
{
	return is_flow(type) || type == MESSAGE_BYTES || type == MESSAGE_OBSERVATION || type == MESSAGE_SECOND ||
	       type == MESSAGE_PICTURE;
}

/* Others have UTF-8. */
static bool has_any_bytes(enum message_type type)
{
	return type == MESSAGE_BYTES || type == MESSAGE_CLEANED || type == MESSAGE_SECOND || type == MESSAGE_PICTURE;
}

static void put_fields(const struct message *m, struct buf *out)
{
	if (is_flow(m->type) || m->type == MESSAGE_BYTES)
		buf_add_byte(out, (char)m->kind);
	if (m->type == MESSAGE_OBSERVATION)
		buf_add_byte(out, (char)m->observation);
	if (has_place(m->type))
		put_text(out, &m->place);
	if (is_flow(m->type)) {
		put_number(out, m->span_count);
		for (size_t i = 0; i < m->span_count; i++) {
			put_number(out, m->spans[i].start);
			put_text(out, &m->spans[i].place);
		}
	}
	if (m->type == MESSAGE_BYTES) {
		put_text(out, &m->name);
		put_text(out, &m->charset);
	}
	if (m->type != MESSAGE_OBSERVATION && m->type != MESSAGE_END)
		put_text(out, &m->text);
}

void wire_write(const struct message *message, struct buf *out)
{
	const size_t head = out->len;
	size_t len;

	buf_add_byte(out, (char)message->type);
	put_number(out, 0);
	put_fields(message, out);
	len = out->len - head - HEAD;
	for (int i = 0; i < 4; i++)
		out->data[head + 1 + (size_t)i] = (char)(len >> (8 * i) & 0xFF);
}

struct fields {
	const char *at, *end;
	bool bad;
};

static size_t take_number(struct fields *f, size_t bytes)
{
	size_t value = 0;

	if (f->bad || (size_t)(f->end - f->at) < bytes) {
		f->bad = true;
		return 0;
	}
	for (size_t i = 0; i < bytes; i++)
		value |= (size_t)(unsigned char)*f->at++ << (8 * i);
	return value;
}

static void take_text(struct fields *f, size_t most, bool utf8, struct wire_text *out)
{
	const size_t len = take_number(f, 4);

	if (f->bad || len > most || (size_t)(f->end - f->at) < len || (utf8 && !utf8_valid(f->at, len, NULL))) {
		f->bad = true;
		return;
	}
	*out = (struct wire_text){f->at, len};
	f->at += len;
}

static void take_spans(struct fields *f, struct message *m)
{
	const size_t count = take_number(f, 4);

	if (f->bad || count > SPANS_MOST || count > (size_t)(f->end - f->at) / 8) {
		f->bad = true;
		return;
	}
	m->spans = mem_alloc(count + 1, sizeof(*m->spans));
	for (m->span_count = 0; m->span_count < count && !f->bad; m->span_count++) {
		struct wire_span *span = &m->spans[m->span_count];

		span->start = take_number(f, 4);
		take_text(f, WIRE_PLACE_MOST, true, &span->place);
		f->bad = f->bad || (m->span_count > 0 && span->start < span[-1].start);
	}
}

static void take_fields(struct fields *f, struct message *m)
{
	if (is_flow(m->type) || m->type == MESSAGE_BYTES) {
		m->kind = (enum flow_kind)take_number(f, 1);
		f->bad = f->bad || (unsigned)m->kind >= FLOW_KINDS;
	}
	if (m->type == MESSAGE_OBSERVATION) {
		m->observation = (enum observation)take_number(f, 1);
		f->bad = f->bad || m->observation <= OBSERVED_NOTHING || m->observation >= OBSERVATIONS;
	}
	if (has_place(m->type))
		take_text(f, WIRE_PLACE_MOST, true, &m->place);
	if (is_flow(m->type))
		take_spans(f, m);
	if (m->type == MESSAGE_BYTES) {
		take_text(f, WIRE_PLACE_MOST, true, &m->name);
		take_text(f, WIRE_PLACE_MOST, true, &m->charset);
	}
	if (m->type != MESSAGE_OBSERVATION && m->type != MESSAGE_END)
		take_text(f, WIRE_TEXT_MOST, !has_any_bytes(m->type), &m->text);
	f->bad = f->bad || f->at != f->end || (m->span_count > 0 && m->spans[m->span_count - 1].start > m->text.len);
}

bool wire_read(const char *bytes, size_t len, struct message *out, size_t *used, struct err *err)
{
	struct fields f = {.at = bytes + (len > 0 ? 1 : 0), .end = bytes + len};
	struct message m = {0};
	size_t size;

	*used = 0;
	if (len > 0 && (bytes[0] == '\0' || strchr("FABOUSPECRK", bytes[0]) == NULL))
		return err_set(err, ERR_INPUT, "a message of a type that does not exist");
	if (len < HEAD)
		return true;
	size = take_number(&f, 4);
	if (size > MESSAGE_MOST)
		return err_set(err, ERR_LIMIT, "a message of %zu bytes", size);
	if (len - HEAD < size)
		return true;
	f.end = f.at + size;
	m.type = (enum message_type)bytes[0];
	take_fields(&f, &m);
	if (f.bad) {
		wire_release(&m);
		return err_set(err, ERR_INPUT, "a message that is not whole");
	}
	*out = m;
	*used = HEAD + size;
	return true;
}

void wire_release(struct message *message)
{
	free(message->spans);
	*message = (struct message){0};
}
