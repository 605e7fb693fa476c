/* annotation.c - what people put on pages, and forms (ISO 32000-2, 12.5 and 12.7). */
#include "walk.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { PARENTS_MOST = 16, FLAG_INVISIBLE = 1, FLAG_HIDDEN = 2, FLAG_NO_VIEW = 32 };

static const struct kind {
	const char *subtype, *title;
	enum flow_kind kind;
	enum observation observation;
} kinds[] = {
	{"/Link", "link", FLOW_METADATA, OBSERVED_NOTHING},
	{"/Widget", "form field", FLOW_METADATA, OBSERVED_NOTHING},
	{"/Popup", "comment", FLOW_COMMENT, OBSERVED_NOTHING},
	{"/FileAttachment", "comment", FLOW_COMMENT, OBSERVED_COMMENT},
	{"/Redact", "redaction marked and not applied", FLOW_HIDDEN, OBSERVED_HIDDEN_TEXT},
	{"/Screen", "screen", FLOW_METADATA, OBSERVED_MEDIA},
	{"/RichMedia", "rich media", FLOW_METADATA, OBSERVED_MEDIA},
	{"/Movie", "movie", FLOW_METADATA, OBSERVED_MEDIA},
	{"/Sound", "sound", FLOW_COMMENT, OBSERVED_MEDIA},
	{"/3D", "3D", FLOW_METADATA, OBSERVED_MEDIA},
	{"/Watermark", "watermark", FLOW_BODY, OBSERVED_NOTHING},
	{"/PrinterMark", "printer's mark", FLOW_HIDDEN, OBSERVED_NOTHING},
	{"/TrapNet", "trap network", FLOW_HIDDEN, OBSERVED_NOTHING},
};
static const struct kind other = {"", "comment", FLOW_COMMENT, OBSERVED_COMMENT};

static const struct kind *kind_of(struct pdf *pdf, qpdf_oh annotation)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (dict_names(pdf, annotation, "/Subtype", kinds[i].subtype))
			return &kinds[i];
	return &other;
}

/* "address.city": the names from the root of the form down to it.  Added to `out`. */
static void full_name(struct pdf *pdf, qpdf_oh field, unsigned depth, struct buf *out)
{
	const qpdf_oh parent = dict_get(pdf, field, "/Parent");
	const size_t before = out->len;

	if (depth < PARENTS_MOST && object_is_dict(pdf, parent))
		full_name(pdf, parent, depth + 1, out);
	if (out->len > before && dict_has(pdf, field, "/T"))
		buf_add_byte(out, '.');
	(void)dict_text(pdf, field, "/T", out);
	object_drop(pdf, parent);
}

/* Has somebody filled it in?  A button that is off has not been. */
static bool has_value(struct pdf *pdf, qpdf_oh field)
{
	const qpdf_oh value = dict_get(pdf, field, "/V");
	const char *bytes = NULL;
	size_t len = 0;
	bool has = !object_is_null(pdf, value) && strcmp(object_name(pdf, value), "/Off") != 0;

	if (has && object_string(pdf, value, &bytes, &len))
		has = len > 0;
	object_drop(pdf, value);
	return has;
}

struct spot field_spot(struct walk *walk, qpdf_oh dict, const struct spot *spot)
{
	struct pdf *pdf = walk->pdf;
	struct spot to = *spot;
	struct buf name = {0};

	full_name(pdf, dict, 0, &name);
	if (name.len > 0) {
		to.place = walk_place(walk, "%sform field %.200s", pdf->version, name.data);
		to.known = true;
	}
	to.kind = FLOW_METADATA;
	if (dict_names(pdf, dict, "/FT", "/Sig"))
		reader_observe(pdf->reader, OBSERVED_SIGNATURE, "%s", to.place);
	else if (has_value(pdf, dict))
		reader_observe(pdf->reader, OBSERVED_FORM_DATA, "%s", to.place);
	buf_release(&name);
	return to;
}

/* One appearance, or one for each state: what is drawn in place of the annotation. */
static void read_appearance(struct walk *walk, qpdf_oh appearance, const char *place, enum flow_kind kind)
{
	struct pdf *pdf = walk->pdf;
	const qpdf_oh none = qpdf_oh_new_null(pdf->qpdf);
	struct content_seen seen = {0};
	size_t count = 0;
	char **states;

	if (qpdf_oh_is_stream(pdf->qpdf, appearance)) {
		if (!set_has(&pdf->accounted, object_number(pdf, appearance))) {
			content_text(pdf, appearance, none, place, kind, &seen);
			stream_account(pdf, appearance);
		}
		object_drop(pdf, none);
		return;
	}
	states = dict_keys(pdf, appearance, &count);
	for (size_t i = 0; i < count; i++) {
		const qpdf_oh state = dict_get(pdf, appearance, states[i]);

		if (qpdf_oh_is_stream(pdf->qpdf, state))
			read_appearance(walk, state, place, kind);
		object_drop(pdf, state);
	}
	keys_free(states);
	object_drop(pdf, none);
}

static void read_appearances(struct walk *walk, qpdf_oh annotation, const struct spot *spot, bool hidden)
{
	struct pdf *pdf = walk->pdf;
	const bool field = dict_names(pdf, annotation, "/Subtype", "/Widget");
	const qpdf_oh all = dict_get(pdf, annotation, "/AP");
	const qpdf_oh normal = dict_get(pdf, all, "/N"), over = dict_get(pdf, all, "/R"), down = dict_get(pdf, all, "/D");
	const char *place = walk_place(walk, "%s, appearance", spot->place);

	if (pdf->only == NULL) {
		read_appearance(walk, normal, place, hidden ? FLOW_HIDDEN : field ? FLOW_BODY : spot->kind);
		read_appearance(walk, over, place, FLOW_HIDDEN);
		read_appearance(walk, down, place, FLOW_HIDDEN);
	}
	object_drop(pdf, down);
	object_drop(pdf, over);
	object_drop(pdf, normal);
	object_drop(pdf, all);
}

static const char *title_of(struct walk *walk, qpdf_oh annotation, const struct kind *kind, const struct spot *spot)
{
	struct buf name = {0};
	const char *place;

	if (strcmp(kind->subtype, "/Widget") == 0)
		full_name(walk->pdf, annotation, 0, &name);
	else if (kind->kind == FLOW_COMMENT)
		(void)dict_text(walk->pdf, annotation, "/T", &name);
	place = walk_place(walk, "%s%s%s%s%.200s", spot->place, spot->place[0] != '\0' ? ", " : "", kind->title,
	                   name.len == 0 ? "" : kind->kind == FLOW_COMMENT ? " by " : " ", name.len > 0 ? name.data : "");
	buf_release(&name);
	return place;
}

struct spot annotation_spot(struct walk *walk, qpdf_oh dict, const struct spot *spot)
{
	struct pdf *pdf = walk->pdf;
	const struct kind *kind = kind_of(pdf, dict);
	struct spot to = *spot;
	double flags = 0;
	bool hidden;

	to.place = title_of(walk, dict, kind, spot);
	to.known = true;
	to.kind = kind->kind;
	to.role = ROLE_NONE;
	(void)dict_number(pdf, dict, "/F", &flags);
	hidden = flags > 0 && flags < 65536 && ((unsigned)flags & (FLAG_INVISIBLE | FLAG_HIDDEN | FLAG_NO_VIEW)) != 0;
	if (kind->observation != OBSERVED_NOTHING)
		reader_observe(pdf->reader, kind->observation, "%s", to.place);
	if (hidden && kind->subtype != kinds[2].subtype)
		reader_observe(pdf->reader, OBSERVED_HIDDEN_TEXT, "%s, hidden", to.place);
	if (strcmp(kind->subtype, "/Widget") == 0 && dict_names(pdf, dict, "/FT", "/Sig"))
		reader_observe(pdf->reader, OBSERVED_SIGNATURE, "%s", to.place);
	else if (strcmp(kind->subtype, "/Widget") == 0 && has_value(pdf, dict))
		reader_observe(pdf->reader, OBSERVED_FORM_DATA, "%s", to.place);
	read_appearances(walk, dict, &to, hidden);
	return to;
}
