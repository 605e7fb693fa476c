#ifndef TESTS_READING_H
#define TESTS_READING_H

/* What a reader of formats tells about a document, collected as text a test can look into:
 *
 *   [kind] place: text          one line for each flow; line ends in the text are " / "
 *   [kind] {place}text{place}.. where a flow has places
 *   bytes [kind] place (name, charset): N bytes: text
 *   observed name: place
 *   undecided: why
 *
 * Include it in a test of a format's room; give its read function. */
#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"
#include "reader/run.h"
#include "wire/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static inline void reading_add_text(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_add(out, text[i] == '\n' ? " / " : &text[i], text[i] == '\n' ? 3 : 1);
}

static inline void reading_add_flow(struct buf *out, const struct message *m)
{
	size_t at = 0;

	for (size_t i = 0; i < m->span_count; i++) {
		reading_add_text(out, m->text.bytes + at, m->spans[i].start - at);
		buf_addf(out, "{%.*s}", (int)m->spans[i].place.len, m->spans[i].place.bytes);
		at = m->spans[i].start;
	}
	reading_add_text(out, m->text.bytes + at, m->text.len - at);
}

static inline void reading_tell(void *context, const char *bytes, size_t len)
{
	struct buf *out = context;
	struct message m = {0};
	struct err err = {0};
	size_t used = 0;

	assert_true(wire_read(bytes, len, &m, &used, &err));
	assert_int_equal(used, len);
	if (m.type == MESSAGE_FLOW || m.type == MESSAGE_AGAIN || m.type == MESSAGE_BYTES)
		buf_addf(out, "%s[%s] %.*s", m.type == MESSAGE_BYTES ? "bytes " : "", flow_kind_name(m.kind), (int)m.place.len,
		         m.place.bytes);
	if (m.type == MESSAGE_FLOW || m.type == MESSAGE_AGAIN) {
		buf_add_string(out, m.span_count > 0 ? ": " : ": ");
		reading_add_flow(out, &m);
	} else if (m.type == MESSAGE_BYTES) {
		buf_addf(out, " (%.*s, %.*s): %zu bytes: ", (int)m.name.len, m.name.bytes, (int)m.charset.len, m.charset.bytes,
		         m.text.len);
		reading_add_text(out, m.text.bytes, m.text.len < 2000 ? m.text.len : 2000);
	} else if (m.type == MESSAGE_OBSERVATION) {
		buf_addf(out, "observed %s: %.*s", observation_name(m.observation), (int)m.place.len, m.place.bytes);
	} else if (m.type == MESSAGE_UNDECIDED) {
		buf_addf(out, "undecided: %.*s", (int)m.text.len, m.text.bytes);
	} else {
		buf_add_string(out, "end");
	}
	buf_add_byte(out, '\n');
	wire_release(&m);
}

/* Everything `read` tells about these bytes; caller frees. */
static inline char *reading_of(void (*read)(struct reader *, const struct part *), const char *name, const void *bytes,
                               size_t len)
{
	struct buf out = {0};
	const struct reader_run run = {.tell = reading_tell, .context = &out, .read = read, .limits = reader_limits_usual};
	const struct part part = {name, bytes, len};

	reader_run(&run, &part);
	return buf_take(&out);
}

#endif
