/* binary.c - what strings(1) would show a thief: runs of characters in bytes nobody has a reader for.
 *
 * Runs are told with a line each, in ASCII, UTF-8, UTF-16 of both orders, and charsets of two bytes a character (doubled.c).  That nothing is found
 * proves nothing; who calls this says so by an observation. */
#include "reader_inside.h"

#include "base/utf8.h"

#include <string.h>

enum { RUN_SHORTEST = 4, WIDE_SHORTEST = 2 };

struct run {
	struct flow_out *flow;
	struct buf text;
	size_t characters;
	bool wide; /* has a character beyond ASCII */
};

static void run_end(struct run *run)
{
	if (run->characters >= (run->wide ? WIDE_SHORTEST : RUN_SHORTEST)) {
		flow_put(run->flow, run->text.data, run->text.len);
		flow_break(run->flow);
	}
	buf_clear(&run->text);
	run->characters = 0;
	run->wide = false;
}

/* Letters and signs of the scripts offices write; what UTF-16 makes of noise is mostly elsewhere. */
static bool is_likely(uint32_t c)
{
	return (c >= 0x20 && c < 0x7F) || c == '\t' || (c >= 0xA0 && c < 0x530) || (c >= 0x2010 && c < 0x2700) ||
	       (c >= 0x3000 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000) || (c >= 0xFF01 && c < 0xFFEF);
}

static void run_add(struct run *run, uint32_t c)
{
	char bytes[4];

	if (!is_likely(c)) {
		run_end(run);
		return;
	}
	buf_add(&run->text, bytes, utf8_encode(c, bytes));
	run->characters++;
	run->wide = run->wide || c >= 0x80;
}

static void find_utf8(struct run *run, const unsigned char *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode((const char *)bytes + at, len - at, &c);

		run_add(run, n > 0 ? c : 0);
		at += n > 0 ? n : 1;
	}
	run_end(run);
}

static void find_utf16(struct run *run, const unsigned char *bytes, size_t len, size_t high)
{
	for (size_t at = 0; at + 1 < len; at += 2)
		run_add(run, (uint32_t)bytes[at + high] << 8 | bytes[at + 1 - high]);
	run_end(run);
}

size_t reader_binary(struct reader *r, const char *place, const struct part *part)
{
	struct run run = {.flow = flow_open(r, FLOW_HIDDEN, "%s", place)};
	size_t told;

	if (part->name[0] != '\0')
		reader_text(r, FLOW_FILENAME, place, part->name, strlen(part->name));
	find_utf8(&run, part->bytes, part->len);
	for (size_t odd = 0; odd < 2 && odd < part->len; odd++)
		for (size_t high = 0; high < 2; high++)
			find_utf16(&run, part->bytes + odd, part->len - odd, high);
	doubled_put(run.flow, part->bytes, part->len);
	buf_release(&run.text);
	told = flow_len(run.flow);
	flow_close(run.flow);
	return told;
}
