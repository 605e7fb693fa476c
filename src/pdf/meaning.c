/* meaning.c - what stands under which key (ISO 32000-2, tables of clauses 7, 8, 12 and 14): what to call
 * it, what kind of text it is, and what a person should know of.  Keys not here are told with their own
 * name and their object's number. */
#include "walk.h"

#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

#define SAME (-1)
#define NOTHING OBSERVED_NOTHING

/* Sorted by key. */
static const struct meaning meanings[] = {
	{"/A", "", SAME, ROLE_KEPT, NOTHING},
	{"/AA", "action", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/AF", "", SAME, ROLE_NONE, NOTHING},
	{"/AP", "appearance", SAME, ROLE_NONE, NOTHING},
	{"/AcroForm", "form", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/ActualText", "text for copying", FLOW_HIDDEN, ROLE_NONE, NOTHING},
	{"/Alt", "alternate text", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/Annots", "", FLOW_COMMENT, ROLE_ANNOTATION, NOTHING},
	{"/B", "article", FLOW_METADATA, ROLE_UP, NOTHING},
	{"/CharProcs", "glyph", FLOW_HIDDEN, ROLE_GLYPH, NOTHING},
	{"/Collection", "portfolio", FLOW_METADATA, ROLE_NONE, OBSERVED_ATTACHMENT},
	{"/Contents", "", SAME, ROLE_KEPT, NOTHING},
	{"/D", "", SAME, ROLE_UP, NOTHING},
	{"/DSS", "signature data", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/DV", "default value", FLOW_HIDDEN, ROLE_VALUE, NOTHING},
	{"/Desc", "description", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/Dest", "", SAME, ROLE_UP, NOTHING},
	{"/Dests", "destinations", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/E", "expansion", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/EF", "", SAME, ROLE_FILE, NOTHING},
	{"/Encoding", "", SAME, ROLE_CMAP, NOTHING},
	{"/Fields", "", FLOW_METADATA, ROLE_FIELD, NOTHING},
	{"/FontFile", "font", FLOW_HIDDEN, ROLE_FONT_FILE, NOTHING},
	{"/FontFile2", "font", FLOW_HIDDEN, ROLE_FONT_FILE, NOTHING},
	{"/FontFile3", "font", FLOW_HIDDEN, ROLE_FONT_FILE, NOTHING},
	{"/ID", "identifier", FLOW_METADATA, ROLE_BYTES, NOTHING},
	{"/IRT", "", SAME, ROLE_UP, NOTHING},
	{"/Info", "property", FLOW_METADATA, ROLE_NONE, OBSERVED_PROPERTIES},
	{"/JS", "script", FLOW_HIDDEN, ROLE_SCRIPT, NOTHING},
	{"/JavaScript", "script", FLOW_HIDDEN, ROLE_NONE, NOTHING},
	{"/Kids", "", SAME, ROLE_KEPT, NOTHING},
	{"/Mask", "mask", SAME, ROLE_MASK, NOTHING},
	{"/Metadata", "XMP", FLOW_METADATA, ROLE_MARKUP, NOTHING},
	{"/Movie", "movie", FLOW_METADATA, ROLE_MEDIA, OBSERVED_MEDIA},
	{"/Names", "", FLOW_METADATA, ROLE_KEPT, NOTHING},
	{"/Nums", "", SAME, ROLE_KEPT, NOTHING},
	{"/OC", "layer", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/OCGs", "layer", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/OCProperties", "layers", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/OpenAction", "action", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/Opt", "choices", FLOW_BODY, ROLE_NONE, NOTHING},
	{"/Outlines", "outline", FLOW_BODY, ROLE_NONE, NOTHING},
	{"/OutputIntents", "output intent", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/P", "", SAME, ROLE_UP, NOTHING},
	{"/PageLabels", "page labels", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/Parent", "", SAME, ROLE_UP, NOTHING},
	{"/Pg", "", SAME, ROLE_UP, NOTHING},
	{"/PieceInfo", "private data", FLOW_HIDDEN, ROLE_NONE, OBSERVED_CUSTOM_DATA},
	{"/Popup", "", SAME, ROLE_ANNOTATION, NOTHING},
	{"/Properties", "properties of marked content", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/RC", "rich text", SAME, ROLE_MARKUP, NOTHING},
	{"/RF", "related file", SAME, ROLE_FILE, NOTHING},
	{"/RV", "rich text", FLOW_BODY, ROLE_MARKUP, NOTHING},
	{"/SMask", "mask", SAME, ROLE_MASK, NOTHING},
	{"/Sound", "sound", FLOW_METADATA, ROLE_MEDIA, OBSERVED_MEDIA},
	{"/SpiderInfo", "web capture", FLOW_METADATA, ROLE_NONE, OBSERVED_CUSTOM_DATA},
	{"/StructTreeRoot", "structure", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/Subj", "subject", SAME, ROLE_NONE, NOTHING},
	{"/T", "", SAME, ROLE_KEPT, NOTHING},
	{"/TU", "tool tip", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/Threads", "article", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/Thumb", "thumbnail", FLOW_HIDDEN, ROLE_THUMBNAIL, OBSERVED_THUMBNAIL},
	{"/Title", "", SAME, ROLE_NONE, NOTHING},
	{"/ToUnicode", "", SAME, ROLE_CMAP, NOTHING},
	{"/URI", "link", FLOW_METADATA, ROLE_NONE, NOTHING},
	{"/V", "value", FLOW_BODY, ROLE_VALUE, NOTHING},
	{"/XFA", "XFA form", FLOW_HIDDEN, ROLE_MARKUP, OBSERVED_FORM_DATA},
};

static int compare(const void *key, const void *item)
{
	return strcmp(key, ((const struct meaning *)item)->key);
}

const struct meaning *meaning_of(const char *key)
{
	return bsearch(key, meanings, sizeof(meanings) / sizeof(meanings[0]), sizeof(meanings[0]), compare);
}

/* What an action does (12.6.4), by its /S. */
static const struct {
	const char *type, *title;
	enum observation observation;
} actions[] = {
	{"/JavaScript", "script", OBSERVED_SCRIPT},
	{"/URI", "link", OBSERVED_EXTERNAL_LINK},
	{"/GoToR", "link to another document", OBSERVED_EXTERNAL_LINK},
	{"/GoToE", "link into an embedded document", OBSERVED_EXTERNAL_LINK},
	{"/Launch", "start of a program or document", OBSERVED_EXTERNAL_LINK},
	{"/SubmitForm", "sending of the form", OBSERVED_EXTERNAL_LINK},
	{"/ImportData", "import of form data", OBSERVED_EXTERNAL_LINK},
	{"/Thread", "link to an article", NOTHING},
	{"/Rendition", "rendition", OBSERVED_MEDIA},
	{"/Sound", "sound", OBSERVED_MEDIA},
	{"/Movie", "movie", OBSERVED_MEDIA},
	{"/RichMediaExecute", "rich media", OBSERVED_MEDIA},
	{"/Hide", "hiding of annotations", NOTHING},
	{"/SetOCGState", "switching of layers", NOTHING},
};

static void read_action(struct walk *walk, qpdf_oh dict, struct spot *spot)
{
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (!dict_names(walk->pdf, dict, "/S", actions[i].type))
			continue;
		spot->place = walk_place(walk, "%s%s%s", spot->place, spot->place[0] != '\0' ? ", " : "", actions[i].title);
		spot->known = true;
		if (actions[i].observation != NOTHING)
			reader_observe(walk->pdf->reader, actions[i].observation, "%s", spot->place);
		return;
	}
}

/* A page the page tree does not have: a template, or what is left of one. */
static void read_lost_page(struct walk *walk, qpdf_oh dict, struct spot *spot)
{
	struct content_seen seen = {0};

	spot->place = walk_place(walk, "%s%sobject %d, a page outside the page tree", spot->place,
	                         spot->place[0] != '\0' ? ", " : "", spot->number);
	spot->known = true;
	page_text(walk->pdf, dict, spot->place, FLOW_HIDDEN, &seen);
	if (seen.text || seen.pictures || seen.drawing)
		reader_observe(walk->pdf->reader, OBSERVED_HIDDEN_TEXT, "%s", spot->place);
	walk->told++;
}

struct spot dict_spot(struct walk *walk, qpdf_oh dict, const struct spot *spot)
{
	struct pdf *pdf = walk->pdf;
	struct spot to = *spot;

	if (spot->role == ROLE_ANNOTATION && dict_has(pdf, dict, "/Subtype"))
		return annotation_spot(walk, dict, spot);
	if (spot->role == ROLE_FIELD || dict_has(pdf, dict, "/FT"))
		to = field_spot(walk, dict, spot);
	else if (dict_names(pdf, dict, "/Type", "/Page") && !set_has(&walk->pages, spot->number))
		read_lost_page(walk, dict, &to);
	else if (dict_has(pdf, dict, "/EF"))
		file_tell(walk, dict, spot);
	else if (dict_names(pdf, dict, "/Type", "/Filespec") && !dict_has(pdf, dict, "/EF"))
		reader_observe(pdf->reader, OBSERVED_EXTERNAL_LINK, "%s%sfile", spot->place, spot->place[0] != '\0' ? ", " : "");
	else if (dict_has(pdf, dict, "/ByteRange"))
		reader_observe(pdf->reader, OBSERVED_SIGNATURE, "%s", spot->place);
	else if (qpdf_oh_is_dictionary(pdf->qpdf, dict))
		read_action(walk, dict, &to);
	if (!qpdf_oh_is_stream(pdf->qpdf, dict) && to.role != ROLE_FILE && to.role != ROLE_GLYPH && to.role != ROLE_FIELD)
		to.role = ROLE_NONE;
	return to;
}
