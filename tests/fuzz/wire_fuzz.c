/* FUZZ: wire */
/* wire_fuzz.c - any bytes as what a reader that fell into other hands says: a message is within them and, written
 * again, the same; or it is refused. */
#include "base/buf.h"
#include "base/utf8.h"
#include "wire/wire.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int promise)
{
	if (!promise)
		abort();
}

static void expect_sound(const struct message *m)
{
	expect(m->kind < FLOW_KINDS);
	expect(m->place.len <= WIRE_PLACE_MOST && utf8_valid(m->place.bytes, m->place.len, NULL));
	for (size_t i = 0; i < m->span_count; i++) {
		expect(m->spans[i].start <= m->text.len && (i == 0 || m->spans[i].start >= m->spans[i - 1].start));
		expect(utf8_valid(m->spans[i].place.bytes, m->spans[i].place.len, NULL));
	}
	if (m->type == MESSAGE_FLOW || m->type == MESSAGE_AGAIN || m->type == MESSAGE_UNDECIDED)
		expect(utf8_valid(m->text.bytes, m->text.len, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	struct buf again = {0};
	size_t used = 1;

	for (size_t at = 0; at < size && used > 0; at += used) {
		struct message m = {0};
		struct err err = {0};

		used = 0;
		if (!wire_read(bytes + at, size - at, &m, &used, &err))
			break;
		expect(used <= size - at);
		if (used == 0)
			break;
		expect_sound(&m);
		buf_clear(&again);
		wire_write(&m, &again);
		expect(again.len == used && memcmp(again.data, bytes + at, used) == 0);
		wire_release(&m);
	}
	buf_release(&again);
	return 0;
}
