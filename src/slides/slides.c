/* slides.c - a presentation: one stream of records, to which every save adds, one of pictures, and one that says
 * where the last save is and who made it ([MS-PPT] 2.1). */
#include "slides/slides.h"

#include "slides_inside.h"

#include "binary/put.h"
#include "compound/compound.h"
#include "reader/reader.h"

#include <stdlib.h>

enum { USER_EDIT = 16, USER_NAME_LEN = 20, USER_NAME = 28, USER_TOKEN = 12 };
#define TOKEN_ENCRYPTED UINT32_C(0xF3D1C4DF)

static char *take(struct compound *compound, size_t storage, const char *name, struct span *out)
{
	char *bytes = NULL;

	if (!compound_read_named(compound, storage, name, &bytes, &out->len))
		return NULL;
	out->bytes = (const unsigned char *)bytes;
	return bytes;
}

/* Who saved it last, in a code page nobody wrote down and again in UTF-16. */
static void tell_user(struct reader *reader, struct span user)
{
	const size_t len = span16(user, USER_NAME_LEN);
	const struct span narrow = span_cut(user, USER_NAME, len), wide = span_from(user, USER_NAME + len + 4);

	if (len > 0)
		reader_observe(reader, OBSERVED_PROPERTIES, "who saved it last");
	reader_bytes(reader, FLOW_METADATA, "who saved it last", NULL, narrow.bytes, narrow.len);
	reader_binary(reader, "who saved it last", &(struct part){"", wide.bytes, wide.len});
}

static void tell_pictures(struct show *show, struct span pictures)
{
	struct art art;
	size_t taken;

	art_open(&art, show->reader, "pictures");
	while ((taken = art_picture(&art, pictures)) > 0 && !reader_stopped(show->reader))
		pictures = span_from(pictures, taken);
	show->pictures += art.told;
	art_close(&art);
	reader_binary(show->reader, "behind the pictures", &(struct part){"", pictures.bytes, pictures.len});
}

static void tell_records(struct show *show)
{
	struct art_record record;

	for (size_t at = 0, taken; at < show->stream.len && !reader_stopped(show->reader); at += taken) {
		const struct span rest = span_from(show->stream, at);

		taken = art_next(rest, &record);
		if (taken == 0) {
			reader_binary(show->reader, "behind the records", &(struct part){"", rest.bytes, rest.len});
			return;
		}
		if (record.type == RECORD_ENCRYPTION)
			reader_undecided(show->reader, "encrypted");
		show->damaged = show->damaged || record.data.len < span32(rest, 4);
		tree_tell(show, &record, at);
	}
}

static void read_show(struct show *show, struct span user)
{
	edits_open(show, span32(user, USER_EDIT));
	if (show->encrypted || span32(user, USER_TOKEN) == TOKEN_ENCRYPTED) {
		reader_undecided(show->reader, "encrypted");
		return;
	}
	tell_records(show);
	if (show->damaged)
		reader_undecided(show->reader, "damaged: records of the presentation");
	if (show->told == 0 && show->pictures > 0)
		reader_observe(show->reader, OBSERVED_PAGE_WITHOUT_TEXT, "the whole presentation");
}

void slides_read(struct reader *reader, struct compound *compound, size_t storage)
{
	struct show show = {.reader = reader};
	struct span user = {0}, pictures = {0};
	char *stream = take(compound, storage, "PowerPoint Document", &show.stream);
	char *user_bytes = take(compound, storage, "Current User", &user);
	char *picture_bytes = take(compound, storage, "Pictures", &pictures);

	if (stream != NULL) {
		tell_user(reader, user);
		read_show(&show, user);
		if (!show.encrypted)
			tell_pictures(&show, pictures);
	}
	free(show.where);
	free(show.slides.items);
	free(show.masters.items);
	free(stream);
	free(user_bytes);
	free(picture_bytes);
}
