/* gzip.c - gzip files (RFC 1952), member by member.
 *
 * A member has room for a name, a comment and anything else; a file may be several members, which programs
 * unpack as one and people think of as the first. */
#include "archive_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "zip/inflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 10, FLAG_CHECKED = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAGS_KNOWN = 31 };

struct member {
	const unsigned char *bytes;
	size_t len, at;
};

/* A text that ends with a NUL. */
static void tell_string(struct reader *reader, struct member *member, enum flow_kind kind, const char *place)
{
	const unsigned char *text = member->bytes + member->at;
	const unsigned char *end = memchr(text, '\0', member->len - member->at);

	if (end == NULL)
		return;
	reader_bytes(reader, kind, place, NULL, text, (size_t)(end - text));
	member->at += (size_t)(end - text) + 1;
}

static void tell_head(struct reader *reader, struct member *member)
{
	const unsigned flags = member->len >= HEAD ? member->bytes[3] : 0;
	size_t extra;

	member->at = HEAD;
	if ((flags & FLAG_EXTRA) != 0 && member->len >= HEAD + 2) {
		extra = get16(member->bytes + HEAD);
		extra = extra < member->len - HEAD - 2 ? extra : member->len - HEAD - 2;
		/* What bgzip writes is the size of the member. */
		if (extra != 6 || memcmp(member->bytes + HEAD + 2, "BC\2\0", 4) != 0)
			tell_slack(reader, "extra field of a member", member->bytes + HEAD + 2, extra);
		member->at += 2 + extra;
	}
	if ((flags & FLAG_NAME) != 0)
		tell_string(reader, member, FLOW_FILENAME, "name of a member");
	if ((flags & FLAG_COMMENT) != 0) {
		reader_observe(reader, OBSERVED_COMMENT, "comment of a member");
		tell_string(reader, member, FLOW_COMMENT, "comment of a member");
	}
	if ((flags & ~(unsigned)FLAGS_KNOWN) != 0)
		reader_undecided(reader, "a header that is not known (flags 0x%02X)", flags);
}

/* The member at `at`, added to `whole`; how long it is, 0: it cannot be unpacked. */
static size_t read_member(struct reader *reader, const struct part *part, size_t at, struct buf *whole)
{
	struct member member = {.bytes = part->bytes + at, .len = part->len - at};
	size_t used = 0;

	if (!reader_may_enter(reader))
		return 0;
	tell_head(reader, &member);
	if (inflate_bytes(reader, INFLATE_GZIP, member.bytes, member.len, SIZE_MAX, whole, &used))
		return used;
	reader_undecided(reader, "damaged or cut short, or larger than can be read");
	return 0;
}

static bool is_member(const struct part *part, size_t at)
{
	return part->len - at >= HEAD && part->bytes[at] == 0x1F && part->bytes[at + 1] == 0x8B;
}

void gzip_read(struct reader *reader, const struct part *part)
{
	struct buf whole = {0};
	struct part inside = {0};
	char *name = stream_name(part->name);
	size_t at = 0, used = 1, members = 0, second = 0;

	for (; used > 0 && is_member(part, at) && whole.len <= STREAM_MOST; at += used, members++) {
		second = members == 1 ? whole.len : second;
		used = read_member(reader, part, at, &whole);
	}
	if (whole.len > STREAM_MOST)
		reader_undecided(reader, "larger than can be read");
	inside = (struct part){name, (const unsigned char *)(whole.data != NULL ? whole.data : ""), whole.len};
	reader_part(reader, name, &inside);
	if (members > 1) {
		reader_observe(reader, OBSERVED_APPENDED_DATA, "%zu members behind the first", members - 1);
		inside = (struct part){"", (const unsigned char *)whole.data + second, whole.len - second};
		reader_part(reader, "behind the first member", &inside);
	}
	if (used > 0)
		tell_appended(reader, "behind the end of the stream", part->bytes + at, part->len - at);
	buf_release(&whole);
	free(name);
}
