/* picture.c - what is in the data stream: pictures, and what fields of forms keep ([MS-DOC] 2.9.192). */
#include "story.h"

#include "reader/reader.h"

enum { SHAPE_WITH_FILE = 0x66 };

void picture_tell(struct word *word, const struct marks *marks)
{
	const uint32_t at = marks->picture;
	const struct span all = span_cut(word->data, at, span32(word->data, at));
	struct span rest = span_from(all, span16(all, 4));

	if (all.len == 0 || cover_has(word->data_cover, at))
		return;
	cover_add(word->data_cover, at, all.len);
	if ((marks->is & RUN_DATA) != 0) {
		reader_observe(word->reader, OBSERVED_FORM_DATA, "data of a field");
		reader_binary(word->reader, "data of a field", &(struct part){"", rest.bytes, rest.len});
		return;
	}
	if (span16(all, 6) == SHAPE_WITH_FILE) {
		const struct span name = span_cut(rest, 1, span8(rest, 0));

		reader_bytes(word->reader, FLOW_METADATA, "file of a picture", NULL, name.bytes, name.len);
		rest = span_from(rest, 1 + name.len);
	}
	word->pictures++;
	art_tree(&word->art, rest);
}
