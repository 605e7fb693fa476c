/* ofd_text.c - the XML parts of an OFD container.
 *
 * A page draws text piece by piece; the pieces of one text object are a line.  Nothing says what the eye
 * makes of it all, so objects that are not shown (not visible, transparent, white, off the page) are told as
 * hidden text, and everything that is no text object with the place of its part. */
#include "ofd.h"

#include "office_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 260, NOTICED_MOST = 10 };

/* What a part is, by its root element. */
static const struct role {
	const char *root, *title;
	enum flow_kind kind;
	enum observation observation;
} roles[] = {
	{"Page", "page", FLOW_BODY, OBSERVED_NOTHING},
	{"PageAnnot", "annotations", FLOW_COMMENT, OBSERVED_NOTHING},
	{"OFD", "document properties", FLOW_METADATA, OBSERVED_NOTHING},
	{"Document", "document", FLOW_METADATA, OBSERVED_NOTHING},
	{"Attachments", "list of attachments", FLOW_METADATA, OBSERVED_NOTHING},
	{"CustomTags", "custom tags", FLOW_METADATA, OBSERVED_CUSTOM_DATA},
	{"Extensions", "extensions", FLOW_METADATA, OBSERVED_CUSTOM_DATA},
	{"Signatures", "signatures", FLOW_METADATA, OBSERVED_SIGNATURE},
	{"Signature", "signature", FLOW_METADATA, OBSERVED_SIGNATURE},
	{"DocVersion", "earlier version", FLOW_METADATA, OBSERVED_EARLIER_VERSION},
	{"", "part", FLOW_METADATA, OBSERVED_NOTHING},
};

struct walk {
	struct ofd *ofd;
	const struct role *role;
	const char *label;
	struct flow_out *text, *hidden, *rest;
	bool hides[DEEPEST];
	size_t depth;
	unsigned hiding, objects, codes; /* open elements */
	bool white;                      /* the object being read */
	struct buf object, loose;
	struct ofd_box box;
	size_t characters, drawn;
	unsigned noticed[OBSERVATIONS];
};

static bool is(const char *value, const char *what)
{
	return value != NULL && strcmp(value, what) == 0;
}

static void notice(struct walk *walk, enum observation what, const char *place)
{
	if (walk->noticed[what]++ < NOTICED_MOST)
		reader_observe(walk->ofd->reader, what, "%s", place);
}

static struct ofd_box box_of(const char *text)
{
	struct ofd_box box = {0};
	char *at = NULL;

	box.x = strtod(text, &at);
	box.y = strtod(at, &at);
	box.width = strtod(at, &at);
	box.height = strtod(at, &at);
	return box;
}

static bool is_off_page(const struct walk *walk, const char *boundary)
{
	const struct ofd_box at = box_of(boundary);

	return walk->box.width > 0 && strcmp(walk->role->root, "Page") == 0 &&
	       (at.x >= walk->box.width || at.y >= walk->box.height || at.x + at.width <= 0 || at.y + at.height <= 0);
}

static void tell_value(struct walk *walk, const char *text, size_t len)
{
	if (!values_matter(text, len) || !values_add(&walk->ofd->told, text, len))
		return;
	flow_put(walk->rest, text, len);
	flow_break(walk->rest);
}

/* ---- Elements. */

static void hide_level(struct walk *walk)
{
	if (walk->hides[walk->depth - 1])
		return;
	walk->hides[walk->depth - 1] = true;
	walk->hiding++;
}

static void annotation_start(struct walk *walk, const char *const *attributes)
{
	const char *creator = xml_attribute(attributes, "Creator"), *type = xml_attribute(attributes, "Type");
	char *place = mem_format("%s, annotation%s%s%s%s", walk->label, type != NULL ? " " : "", type != NULL ? type : "",
	                         creator != NULL ? " by " : "", creator != NULL ? creator : "");

	flow_break(walk->text);
	flow_at(walk->text, "%s", place);
	notice(walk, OBSERVED_COMMENT, place);
	free(place);
}

static void object_start(struct walk *walk, const char *local, const char *const *attributes)
{
	const char *visible = xml_attribute(attributes, "Visible"), *alpha = xml_attribute(attributes, "Alpha");
	const char *boundary = xml_attribute(attributes, "Boundary"), *value = xml_attribute(attributes, "Value");

	if (is(visible, "false") || is(visible, "0") || is(alpha, "0"))
		hide_level(walk);
	if (boundary != NULL && is_off_page(walk, boundary))
		hide_level(walk);
	if (walk->objects > 0 && is(local, "FillColor") && (is(value, "255 255 255") || is(alpha, "0")))
		walk->white = true;
	walk->objects += is(local, "TextObject");
	walk->codes += is(local, "TextCode");
	walk->drawn += is(local, "ImageObject") || is(local, "PathObject") || is(local, "CompositeObject");
	if (is(local, "Annot"))
		annotation_start(walk, attributes);
}

static void besides_start(struct walk *walk, const char *local, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "Name"), *uri = xml_attribute(attributes, "URI");

	if (is(local, "Attachment"))
		notice(walk, OBSERVED_ATTACHMENT, name != NULL ? name : "");
	if (uri != NULL && !(strncmp(uri, "http://", 7) == 0 || strncmp(uri, "https://", 8) == 0 || strncmp(uri, "mailto:", 7) == 0))
		notice(walk, OBSERVED_EXTERNAL_LINK, uri);
	if (is(local, "CustomData"))
		notice(walk, OBSERVED_CUSTOM_DATA, walk->label);
	if (is(local, "Version") && is(walk->role->root, "OFD"))
		notice(walk, OBSERVED_EARLIER_VERSION, walk->label);
	if (is(local, "EncryptInfo") || is(local, "Encryptions") || is(local, "EncryptScope"))
		reader_undecided(walk->ofd->reader, "%s: encrypted", walk->label);
}

/* One text object is a line. */
static void object_end(struct walk *walk)
{
	const bool hidden = walk->hiding > 0 || walk->white;
	struct flow_out *flow = hidden ? walk->hidden : walk->text;

	if (walk->object.len > 0) {
		flow_break(flow);
		flow_put(flow, walk->object.data, walk->object.len);
		if (hidden)
			notice(walk, OBSERVED_HIDDEN_TEXT, walk->label);
		else
			walk->characters += walk->object.len;
	}
	buf_clear(&walk->object);
	walk->white = false;
}

static void loose_end(struct walk *walk, const char *local)
{
	if (!values_is_space(walk->loose.data, walk->loose.len)) {
		flow_break(walk->text);
		flow_put(walk->text, walk->loose.data, walk->loose.len);
		flow_break(walk->text);
		ofd_name(walk->ofd, walk->loose.data, walk->loose.len);
		if (is(walk->role->root, "OFD") && (is(local, "Author") || is(local, "Creator")))
			notice(walk, OBSERVED_PROPERTIES, walk->label);
		if (is(local, "PhysicalBox"))
			walk->box = box_of(walk->loose.data);
	}
	buf_clear(&walk->loose);
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct walk *walk = context;

	loose_end(walk, "");
	walk->hides[walk->depth++] = false;
	tell_value(walk, name, strlen(name));
	for (const char *const *a = attributes; a[0] != NULL; a += 2) {
		tell_value(walk, a[0], strlen(a[0]));
		tell_value(walk, a[1], strlen(a[1]));
		ofd_name(walk->ofd, a[1], strlen(a[1]));
	}
	object_start(walk, xml_local(name), attributes);
	besides_start(walk, xml_local(name), attributes);
}

static void on_end(void *context, const char *name)
{
	struct walk *walk = context;
	const char *local = xml_local(name);

	loose_end(walk, local);
	walk->codes -= is(local, "TextCode");
	if (is(local, "TextObject") && --walk->objects == 0)
		object_end(walk);
	walk->hiding -= walk->hides[--walk->depth];
}

static void on_text(void *context, const char *text, size_t len)
{
	struct walk *walk = context;

	buf_add(walk->codes > 0 && walk->objects > 0 ? &walk->object : &walk->loose, text, len);
}

static void on_aside(void *context, const char *text, size_t len)
{
	tell_value(context, text, len);
}

/* ---- A part. */

static const struct role *role_of(const char *root)
{
	const struct role *role = roles;

	while (role->root[0] != '\0' && strcmp(role->root, root) != 0)
		role++;
	return role;
}

static void judge(struct walk *walk)
{
	if (is(walk->role->root, "Page") && walk->drawn > 0 && walk->characters == 0)
		notice(walk, OBSERVED_PAGE_WITHOUT_TEXT, walk->label);
	if (walk->role->observation != OBSERVED_NOTHING)
		notice(walk, walk->role->observation, walk->label);
}

void ofd_text(struct ofd *ofd, size_t index, const char *root, const char *bytes, size_t len)
{
	static const struct xml_events events = {on_start, on_end, on_text, on_aside};
	struct walk *walk = mem_alloc(1, sizeof(*walk));
	char *label;

	walk->ofd = ofd;
	walk->role = role_of(root);
	label = ofd->labels[index] != NULL ? mem_copy_string(ofd->labels[index]) :
	        mem_format("%s %s", walk->role->title, zip_entry(ofd->zip, index)->name);
	walk->label = label;
	walk->box = ofd->box;
	walk->text = flow_open(ofd->reader, ofd->templates[index] ? FLOW_HEADER : walk->role->kind, "%s", label);
	walk->hidden = flow_open(ofd->reader, FLOW_HIDDEN, "%s", label);
	walk->rest = flow_open(ofd->reader, FLOW_METADATA, "%s, attributes", label);
	if (!xml_read(ofd->reader, &events, walk, bytes, len))
		reader_bytes(ofd->reader, FLOW_HIDDEN, label, NULL, (const unsigned char *)bytes, len);
	object_end(walk);
	loose_end(walk, "");
	judge(walk);
	flow_close(walk->text);
	flow_close(walk->hidden);
	flow_close(walk->rest);
	buf_release(&walk->object);
	buf_release(&walk->loose);
	free(walk);
	free(label);
}
