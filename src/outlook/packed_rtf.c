/* packed_rtf.c - RTF bodies as Outlook packs them ([MS-OXRTFCP]): references into a ring of 4096 bytes that
 * begins with what most such bodies begin with. */
#include "outlook_inside.h"

#include "reader/reader.h"

#include <string.h>

enum { RING = 4096, HEAD = 16, PACKED = 0x75465A4C, PLAIN = 0x414C454D };

static const char common[] =
	"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
	"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
	"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/* The usual CRC-32, but begun with zeros and not turned over at the end. */
static uint32_t crc_of(struct span bytes)
{
	uint32_t crc = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		crc ^= bytes.bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ ((crc & 1) != 0 ? UINT32_C(0xEDB88320) : 0);
	}
	return crc;
}

struct ring {
	unsigned char bytes[RING];
	size_t at;
};

static void give(struct ring *ring, unsigned char byte, size_t most, struct buf *out)
{
	ring->bytes[ring->at] = byte;
	ring->at = (ring->at + 1) % RING;
	if (out->len < most)
		buf_add_byte(out, (char)byte);
}

/* One reference; false: it is the end. */
static bool refer(struct ring *ring, unsigned reference, size_t most, struct buf *out)
{
	size_t from = reference >> 4;

	if (from == ring->at)
		return false;
	for (unsigned n = (reference & 0xF) + 2; n > 0; n--, from = (from + 1) % RING)
		give(ring, ring->bytes[from], most, out);
	return true;
}

static bool unpack(struct span packed, size_t most, struct buf *out)
{
	struct ring ring = {.at = sizeof(common) - 1};
	size_t at = 0;

	memcpy(ring.bytes, common, sizeof(common) - 1);
	while (at < packed.len) {
		const unsigned flags = span8(packed, at++);

		for (unsigned bit = 0; bit < 8 && at < packed.len; bit++) {
			if ((flags >> bit & 1) == 0) {
				give(&ring, (unsigned char)span8(packed, at++), most, out);
				continue;
			}
			if (!refer(&ring, span8(packed, at) << 8 | span8(packed, at + 1), most, out))
				return true;
			at += 2;
		}
	}
	return out->len == most;
}

bool rtf_unpack(struct reader *r, struct span packed, struct buf *out)
{
	const size_t size = span32(packed, 0), raw = span32(packed, 4);
	const struct span content = span_cut(packed, HEAD, size >= HEAD - 4 ? size - (HEAD - 4) : 0);

	if (packed.len < HEAD || (size_t)content.len + HEAD - 4 != size)
		return false;
	if (span32(packed, 8) == PLAIN) {
		buf_add(out, content.bytes, content.len);
		return true;
	}
	if (span32(packed, 8) != PACKED || !reader_may_unpack(r, raw, content.len))
		return false;
	return unpack(content, raw, out) && crc_of(content) == span32(packed, 12) && out->len == raw;
}
