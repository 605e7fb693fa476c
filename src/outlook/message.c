/* message.c - a message that Outlook saved ([MS-OXMSG]): a storage with a stream for each long property, one
 * stream for all short ones, and a storage for each recipient and attachment.
 *
 * The streams there are are read, not those that are listed: a property that was deleted from the list is still
 * in the file. */
#include "outlook/outlook.h"

#include "outlook_inside.h"

#include "base/mem.h"
#include "compound/compound.h"
#include "named.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEAD_TOP = 32, HEAD_INNER = 24, HEAD_ITEM = 8, ENTRY = 16, DEPTH_MOST = 16, BY_VALUE = 1, EMBEDDED = 5, BLIND_COPY = 3 };

static const char properties_name[] = "__properties_version1.0", stream_start[] = "__substg1.0_";

struct message {
	struct reader *r;
	struct compound *compound;
	struct named named;
	unsigned page, html_page;
};

/* One storage of it. */
struct store {
	size_t index;
	const char *place;
	struct span fixed; /* the entries of its properties stream */
	unsigned depth;
};

/* The value of a property of fixed size; zeros when it is not there. */
static struct span fixed_value(const struct store *store, uint32_t tag)
{
	for (size_t at = 0; at + ENTRY <= store->fixed.len; at += ENTRY)
		if (span32(store->fixed, at) == tag)
			return span_cut(store->fixed, at + 8, 8);
	return (struct span){0};
}

static bool is_listed(const struct store *store, uint32_t tag)
{
	for (size_t at = 0; at + ENTRY <= store->fixed.len; at += ENTRY)
		if (span32(store->fixed, at) == tag)
			return true;
	return false;
}

/* "__substg1.0_0037001F" and "__substg1.0_8001101F-00000002": the tag; false: it is another name. */
static bool tag_of(const char *name, uint32_t *tag, bool *one_of_many)
{
	const size_t start = sizeof(stream_start) - 1;
	char *end = NULL;

	if (strncasecmp(name, stream_start, start) != 0 || strlen(name) < start + 8)
		return false;
	*tag = (uint32_t)strtoul(name + start, &end, 16);
	*one_of_many = *end == '-';
	return end == name + start + 8 && (*end == '\0' || *end == '-');
}

static const char *name_of(const struct message *m, uint32_t tag)
{
	return named_find(&m->named, tag >> 16);
}

static void add_stream(struct message *m, const struct store *store, struct bag *bag, size_t index)
{
	const struct compound_entry *entry = compound_entry(m->compound, index);
	uint32_t tag = 0;
	bool one_of_many = false;
	char *bytes = NULL;
	size_t len = 0;

	if (!tag_of(entry->name, &tag, &one_of_many) || !compound_read(m->compound, index, &bytes, &len))
		return;
	if (!is_listed(store, tag))
		reader_observe(m->r, OBSERVED_UNLISTED_DATA, "%s", entry->path);
	if ((tag & TYPE_MANY) != 0 && !one_of_many && ((tag & 0xFFF) == TYPE_STRING || (tag & 0xFFF) == TYPE_UNICODE))
		; /* only the lengths of the values, which have streams of their own */
	else if (tag >> 16 == ID_ATTACH_DATA && (tag & 0xFFF) == TYPE_BINARY)
		; /* told as an attachment */
	else
		bag_add(bag, tag, name_of(m, tag), (struct span){(const unsigned char *)bytes, len});
	free(bytes);
}

static void add_fixed(struct message *m, const struct store *store, struct bag *bag)
{
	for (size_t at = 0; at + ENTRY <= store->fixed.len; at += ENTRY) {
		const uint32_t tag = span32(store->fixed, at);
		const unsigned type = tag & 0xFFFF;

		if (type != TYPE_STRING && type != TYPE_UNICODE && type != TYPE_BINARY && type != TYPE_OBJECT && type != TYPE_GUID &&
		    (type & TYPE_MANY) == 0)
			bag_add(bag, tag, name_of(m, tag), span_cut(store->fixed, at + 8, 8));
	}
}

/* All properties of a storage, long and short. */
static void tell_properties(struct message *m, const struct store *store)
{
	struct bag bag;

	bag_open(&bag, m->r, store->place, m->page);
	bag.html_page = m->html_page;
	for (size_t i = 1; i < compound_count(m->compound) && !reader_stopped(m->r); i++)
		if (compound_entry(m->compound, i)->parent == store->index && !compound_entry(m->compound, i)->storage)
			add_stream(m, store, &bag, i);
	add_fixed(m, store, &bag);
	bag_close(&bag);
}

/* A string property, whichever way it is written; NULL: not there.  Caller frees. */
static char *text_of(struct message *m, const struct store *store, unsigned id)
{
	char name[40], *bytes = NULL, *text = NULL;
	struct span span = {0};
	struct narrow narrow = {.reader = m->r, .page = m->page};

	for (unsigned type = TYPE_UNICODE; type >= TYPE_STRING && text == NULL; type--) {
		char *stream = mem_format("%s%04X%04X", stream_start, id, type);

		memcpy(name, stream, strlen(stream) + 1);
		free(stream);
		if (!compound_read_named(m->compound, store->index, name, &bytes, &span.len))
			continue;
		span.bytes = (const unsigned char *)bytes;
		text = type == TYPE_UNICODE ? utf16_text(span) : narrow_text(&narrow, span);
		free(bytes);
		bytes = NULL;
	}
	buf_release(&narrow.doubts); /* told with the property */
	return text;
}

/* The properties stream; its bytes are the caller's. */
static char *load_fixed(struct message *m, struct store *store, size_t head)
{
	char *bytes = NULL;
	size_t len = 0;

	if (!compound_read_named(m->compound, store->index, properties_name, &bytes, &len)) {
		reader_undecided(m->r, "%s%sdamaged: no list of properties", store->place, store->place[0] != '\0' ? ": " : "");
		return NULL;
	}
	store->fixed = span_from((struct span){(const unsigned char *)bytes, len}, head);
	if (store->fixed.len % ENTRY != 0)
		reader_undecided(m->r, "%s%sdamaged: list of properties", store->place, store->place[0] != '\0' ? ": " : "");
	return bytes;
}

static void message_read(struct message *m, size_t storage, const char *place, unsigned depth, size_t head);

static char *attachment_name(struct message *m, const struct store *store)
{
	static const unsigned ids[] = {ID_ATTACH_LONG_FILENAME, ID_ATTACH_FILENAME, ID_DISPLAY_NAME};
	char *name = NULL;

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]) && (name == NULL || name[0] == '\0'); i++) {
		free(name);
		name = text_of(m, store, ids[i]);
	}
	return name != NULL ? name : mem_copy_string("");
}

/* The bytes of one kept by value. */
static void read_value(struct message *m, const struct store *store, const char *name)
{
	char *bytes = NULL, *mime = NULL;
	size_t len = 0;

	if (!compound_read_named(m->compound, store->index, "__substg1.0_37010102", &bytes, &len))
		return;
	mime = text_of(m, store, ID_ATTACH_MIME);
	attachment_read(m->r, store->place, name, mime != NULL ? mime : "", (struct span){(const unsigned char *)bytes, len});
	free(mime);
	free(bytes);
}

/* What is kept as a storage: a message, or an object of another program, which the caller of this room reads. */
static bool read_object(struct message *m, const struct store *store)
{
	const size_t object = compound_find(m->compound, store->index, "__substg1.0_3701000D");

	if (object == compound_count(m->compound) || !compound_entry(m->compound, object)->storage)
		return true;
	reader_observe(m->r, OBSERVED_EMBEDDED_OBJECT, "%s", store->place);
	if (!compound_has(m->compound, object, properties_name))
		return false;
	message_read(m, object, store->place, store->depth + 1, HEAD_INNER);
	compound_pass(m->compound, object);
	return true;
}

static void read_attachment(struct message *m, const struct store *outer, size_t storage)
{
	struct store store = {.index = storage, .depth = outer->depth};
	char *bytes, *name, *own, *place;
	unsigned method;

	if (!reader_may_enter(m->r))
		return;
	name = attachment_name(m, &store);
	own = mem_format("attachment %s", name);
	place = outlook_place(outer->place, own);
	store.place = place;
	bytes = load_fixed(m, &store, HEAD_ITEM);
	method = span32(fixed_value(&store, (uint32_t)ID_ATTACH_METHOD << 16 | TYPE_LONG), 0);
	reader_observe(m->r, OBSERVED_ATTACHMENT, "%s", place);
	if (method > BY_VALUE && method < EMBEDDED)
		reader_observe(m->r, OBSERVED_EXTERNAL_LINK, "%s", place);
	tell_properties(m, &store);
	read_value(m, &store, name);
	if (read_object(m, &store))
		compound_pass(m->compound, storage);
	free(bytes);
	free(place);
	free(own);
	free(name);
}

static void read_recipient(struct message *m, const struct store *outer, size_t storage, size_t number)
{
	struct store store = {.index = storage, .depth = outer->depth, .place = outer->place};
	char *bytes = load_fixed(m, &store, HEAD_ITEM);
	const unsigned kind = span32(fixed_value(&store, (uint32_t)ID_RECIPIENT_TYPE << 16 | TYPE_LONG), 0) & 0xF;
	char *own = mem_format("recipient %zu%s", number, kind == BLIND_COPY ? " (Bcc)" : ""), *place = outlook_place(outer->place, own);

	store.place = place;
	tell_properties(m, &store);
	compound_pass(m->compound, storage);
	free(bytes);
	free(place);
	free(own);
}

static void read_storages(struct message *m, const struct store *store)
{
	size_t recipients = 0;

	for (size_t i = 1; i < compound_count(m->compound) && !reader_stopped(m->r); i++) {
		const struct compound_entry *entry = compound_entry(m->compound, i);

		if (entry->parent != store->index || !entry->storage || i == store->index)
			continue;
		if (strncasecmp(entry->name, "__recip_version1.0", 18) == 0)
			read_recipient(m, store, i, ++recipients);
		else if (strncasecmp(entry->name, "__attach_version1.0", 19) == 0)
			read_attachment(m, store, i);
	}
}

static void message_read(struct message *m, size_t storage, const char *place, unsigned depth, size_t head)
{
	struct store store = {.index = storage, .place = place, .depth = depth};
	const struct message outer = *m;
	char *bytes, *class;

	if (depth > DEPTH_MOST) {
		reader_undecided(m->r, "%s: messages within messages, deeper than can be read", place);
		return;
	}
	bytes = load_fixed(m, &store, head);
	m->page = span32(fixed_value(&store, (uint32_t)ID_CODEPAGE << 16 | TYPE_LONG), 0);
	m->html_page = span32(fixed_value(&store, (uint32_t)ID_INTERNET_CODEPAGE << 16 | TYPE_LONG), 0);
	reader_observe(m->r, OBSERVED_PROPERTIES, "%s", place);
	class = text_of(m, &store, ID_MESSAGE_CLASS);
	if (class != NULL && strstr(class, "SMIME") != NULL)
		reader_observe(m->r, OBSERVED_SIGNATURE, "%s", place);
	tell_properties(m, &store);
	read_storages(m, &store);
	m->page = outer.page;
	m->html_page = outer.html_page;
	free(class);
	free(bytes);
}

void outlook_message(struct reader *reader, struct compound *compound, size_t storage)
{
	struct message m = {.r = reader, .compound = compound};
	const size_t properties = compound_find(compound, storage, properties_name);

	if (properties == compound_count(compound) || compound_entry(compound, properties)->read)
		return;
	named_read(reader, compound, storage, &m.named);
	message_read(&m, storage, "", 0, storage == COMPOUND_ROOT ? HEAD_TOP : HEAD_INNER);
	named_release(&m.named);
}
