/* local.c - the header in front of each entry, held against the one in the directory. */
#include "zip_inside.h"

#include "base/buf.h"
#include "reader/reader.h"
#include "zip/inflate.h"

#include <stdint.h>
#include <string.h>

/* Flags that say what the bytes are; the others say how hard the packer tried, or repeat sizes. */
enum { FLAGS_THAT_MATTER = FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED };

static bool read_local(const struct zip *zip, size_t at, size_t end, struct record *out)
{
	const unsigned char *p = zip->bytes + at;
	size_t name, extra;
	struct stretch wide;

	if (at > end || end - at < LOCAL_SIZE || get32(p) != LOCAL_HEADER)
		return false;
	name = get16(p + 26);
	extra = get16(p + 28);
	if (end - at - LOCAL_SIZE < name + extra)
		return false;
	*out = (struct record){.start = at, .data = at + LOCAL_SIZE + name + extra, .flags = get16(p + 6),
	                       .method = get16(p + 8), .crc = get32(p + 14), .packed = get32(p + 18),
	                       .unpacked = get32(p + 22)};
	out->name = (struct stretch){p + LOCAL_SIZE, name};
	out->extra = (struct stretch){p + LOCAL_SIZE + name, extra};
	wide = extra_find(&out->extra, 1);
	if (wide.len >= 16 && (out->unpacked == UINT32_MAX || out->packed == UINT32_MAX)) {
		out->unpacked = get64(wide.bytes);
		out->packed = get64(wide.bytes + 8);
	}
	return true;
}

/* The data descriptor at `at`: with or without its signature, with sizes of 4 or 8 bytes.  Its length;
 * 0: nothing there says what the record says. */
static size_t descriptor_len(const struct zip *zip, size_t at, const struct record *record)
{
	static const struct {
		size_t signature, wide;
	} forms[] = {{4, 8}, {4, 4}, {0, 8}, {0, 4}};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const size_t len = forms[i].signature + 4 + 2 * forms[i].wide;
		const bool wide = forms[i].wide == 8;
		const unsigned char *p = zip->bytes + at;

		if (zip->len - at < len || (forms[i].signature > 0 && get32(p) != DESCRIPTOR))
			continue;
		p += forms[i].signature;
		if (get32(p) == record->crc && (wide ? get64(p + 4) : get32(p + 4)) == record->packed &&
		    (wide ? get64(p + 12) : get32(p + 8)) == record->unpacked)
			return len;
	}
	return 0;
}

/* Sizes in a header whose entry has a descriptor may be left at zero (or at "see ZIP64"). */
static bool sizes_agree(const struct record *local, const struct record *record)
{
	const bool later = (local->flags & FLAG_DESCRIPTOR) != 0;
	const uint64_t pairs[][2] = {{local->crc, record->crc}, {local->packed, record->packed},
	                             {local->unpacked, record->unpacked}};

	for (size_t i = 0; i < 3; i++)
		if (pairs[i][0] != pairs[i][1] && !(later && (pairs[i][0] == 0 || pairs[i][0] == UINT32_MAX)))
			return false;
	return true;
}

static bool agrees(const struct record *local, const struct record *record)
{
	return local->name.len == record->name.len && local->method == record->method &&
	       memcmp(local->name.bytes, record->name.bytes, record->name.len) == 0 &&
	       ((local->flags ^ record->flags) & FLAGS_THAT_MATTER) == 0 && sizes_agree(local, record);
}

/* A second name for an entry is a name somebody may see. */
static void tell_disagreement(struct zip *zip, const char *name, const struct record *local, const struct record *record)
{
	reader_undecided(zip->reader, "%s: its two headers disagree", name);
	if (local->name.len != record->name.len || memcmp(local->name.bytes, record->name.bytes, record->name.len) != 0)
		reader_bytes(zip->reader, FLOW_FILENAME, "in the local header", NULL, local->name.bytes, local->name.len);
}

/* The same fields in both places need not be told twice. */
static bool is_same(const struct stretch *a, const struct stretch *b)
{
	return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

void local_check(struct zip *zip, size_t index)
{
	struct record *record = &zip->records[index], local;
	const char *name = zip->entries[index].name;
	size_t descriptor = 0;
	const bool there = record->offset <= zip->directory - zip->base &&
	                   read_local(zip, zip->base + (size_t)record->offset, zip->directory, &local);

	if (!there || record->packed > zip->directory - local.data) {
		reader_undecided(zip->reader, "%s: damaged, it is not where the table of contents says", name);
		return;
	}
	if (!agrees(&local, record))
		tell_disagreement(zip, name, &local, record);
	if (!is_same(&local.extra, &record->extra))
		extra_tell(zip, name, &local.extra);
	record->start = local.start;
	record->data = local.data;
	record->end = local.data + (size_t)record->packed;
	if ((local.flags & FLAG_DESCRIPTOR) != 0) {
		descriptor = descriptor_len(zip, record->end, record);
		/* Some writers set the flag and write the sizes in the header instead. */
		if (descriptor == 0 && local.packed != record->packed)
			reader_undecided(zip->reader, "%s: damaged, what follows it disagrees with its header", name);
	}
	record->end += descriptor;
}

/* How long deflated data at `record->data` is; its sizes and CRC are in the descriptor behind. */
static bool measure(struct zip *zip, size_t end, struct record *record)
{
	struct buf out = {0};
	size_t used = 0, descriptor;
	const bool ok = record->method == 8 && inflate_bytes(zip->reader, INFLATE_RAW, zip->bytes + record->data,
	                                                     end - record->data, SIZE_MAX, &out, &used);
	const unsigned char *behind = zip->bytes + record->data + used;

	record->packed = used;
	record->unpacked = out.len;
	buf_release(&out);
	if (!ok || end - record->data - used < 12)
		return false;
	record->crc = get32(behind + (get32(behind) == DESCRIPTOR ? 4 : 0));
	descriptor = descriptor_len(zip, record->data + used, record);
	record->end = record->data + used + descriptor;
	return descriptor > 0 && record->end <= end;
}

bool local_guess(struct zip *zip, size_t at, size_t end, struct record *out)
{
	if (!read_local(zip, at, end, out) || out->name.len == 0)
		return false;
	if ((out->flags & FLAG_DESCRIPTOR) != 0 && out->packed == 0)
		return measure(zip, end, out);
	if (out->packed > end - out->data)
		return false;
	out->end = out->data + (size_t)out->packed;
	return true;
}
