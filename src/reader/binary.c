/* binary.c - what strings(1) would show a thief: runs of characters in bytes nobody has a reader for.
 *
 * Runs are told with a line each, in ASCII, UTF-8, UTF-16 of both orders, and charsets of two bytes a character
 * (text/doubled.h).  That nothing is found proves nothing; who calls this says so by an observation. */
#include "reader_inside.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/doubled.h"
#include "text/wide.h"

#include <string.h>

enum { RUN_SHORTEST = 4, WIDE_SHORTEST = 2 };

/* Runs of four characters, or of two where one is beyond ASCII, a line each. */
static void find_utf8(const unsigned char *bytes, size_t len, struct flow_out *flow)
{
	size_t from = 0, characters = 0;
	bool wide = false;

	for (size_t at = 0, n = 1; at <= len; at += n) {
		uint32_t c = 0;

		n = at < len ? utf8_decode((const char *)bytes + at, len - at, &c) : 0;
		if (n > 0 && wide_is_likely(c)) {
			characters++;
			wide = wide || c >= 0x80;
			continue;
		}
		if (characters >= (wide ? WIDE_SHORTEST : RUN_SHORTEST)) {
			flow_put(flow, (const char *)bytes + from, at - from);
			flow_break(flow);
		}
		n = n > 0 ? n : 1;
		from = at + n;
		characters = 0;
		wide = false;
	}
}

static void put_run(void *context, size_t at, const char *text, size_t len)
{
	(void)at;
	flow_put(context, text, len);
}

static void find_doubled(const struct part *part, struct flow_out *flow)
{
	struct buf runs = {0};

	for (size_t i = 0; i < DOUBLED_CHARSETS; i++) {
		buf_clear(&runs);
		doubled_runs(i, part->bytes, part->len, &runs, NULL);
		flow_put(flow, runs.data, runs.len);
		flow_break(flow);
	}
	buf_release(&runs);
}

size_t reader_binary(struct reader *r, const char *place, const struct part *part)
{
	struct flow_out *flow = flow_open(r, FLOW_HIDDEN, "%s", place);
	size_t told;

	if (part->name[0] != '\0')
		reader_text(r, FLOW_FILENAME, place, part->name, strlen(part->name));
	find_utf8(part->bytes, part->len, flow);
	wide_runs(part->bytes, part->len, false, put_run, flow);
	find_doubled(part, flow);
	told = flow_len(flow);
	flow_close(flow);
	return told;
}
