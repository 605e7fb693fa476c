/* observation.c - the names of what a document has besides text, one table for packs and messages. */
#include "base/language.h"
#include "base/observation.h"

#include <string.h>

static const struct {
	const char *name, *title;
} observations[OBSERVATIONS] = {
	[OBSERVED_TRACKED_CHANGE] = {"tracked-change", N_("tracked changes")},
	[OBSERVED_COMMENT] = {"comment", N_("comments")},
	[OBSERVED_HIDDEN_TEXT] = {"hidden-text", N_("hidden text")},
	[OBSERVED_HIDDEN_SHEET] = {"hidden-sheet", N_("a hidden sheet")},
	[OBSERVED_HIDDEN_CELLS] = {"hidden-cells", N_("hidden rows or columns")},
	[OBSERVED_HIDDEN_SLIDE] = {"hidden-slide", N_("a hidden slide")},
	[OBSERVED_HIDDEN_LAYER] = {"hidden-layer", N_("a hidden layer")},
	[OBSERVED_SPEAKER_NOTES] = {"speaker-notes", N_("speaker's notes")},
	[OBSERVED_PROPERTIES] = {"properties", N_("document properties")},
	[OBSERVED_CUSTOM_DATA] = {"custom-data", N_("custom data")},
	[OBSERVED_EMBEDDED_OBJECT] = {"embedded-object", N_("an embedded document")},
	[OBSERVED_ATTACHMENT] = {"attachment", N_("an attachment")},
	[OBSERVED_MACRO] = {"macro", N_("macros")},
	[OBSERVED_SCRIPT] = {"script", N_("scripts")},
	[OBSERVED_EXTERNAL_LINK] = {"external-link", N_("a link to another file or server")},
	[OBSERVED_CACHED_DATA] = {"cached-data", N_("cached data")},
	[OBSERVED_FORM_DATA] = {"form-data", N_("form data")},
	[OBSERVED_THUMBNAIL] = {"thumbnail", N_("a thumbnail")},
	[OBSERVED_GEOLOCATION] = {"geolocation", N_("a location")},
	[OBSERVED_PICTURE] = {"picture", N_("a picture")},
	[OBSERVED_MEDIA] = {"media", N_("sound or video")},
	[OBSERVED_PAGE_WITHOUT_TEXT] = {"page-without-text", N_("a page without text")},
	[OBSERVED_UNTRUSTED_FONT] = {"untrusted-font", N_("a font whose text cannot be trusted")},
	[OBSERVED_OTHER_READING] = {"other-reading", N_("text that two readers read differently")},
	[OBSERVED_EARLIER_VERSION] = {"earlier-version", N_("an earlier version")},
	[OBSERVED_UNLISTED_DATA] = {"unlisted-data", N_("unlisted data")},
	[OBSERVED_APPENDED_DATA] = {"appended-data", N_("appended data")},
	[OBSERVED_POLYGLOT] = {"polyglot", N_("two formats in one file")},
	[OBSERVED_NAME_MISMATCH] = {"name-mismatch", N_("a name of another format")},
	[OBSERVED_BINARY_DATA] = {"binary-data", N_("data that is no text")},
	[OBSERVED_SIGNATURE] = {"signature", N_("an electronic signature")},
};

const char *observation_name(enum observation what)
{
	return what > OBSERVED_NOTHING && what < OBSERVATIONS ? observations[what].name : "";
}

const char *observation_title(enum observation what)
{
	return what > OBSERVED_NOTHING && what < OBSERVATIONS ? observations[what].title : "";
}

enum observation observation_from_name(const char *name, size_t len)
{
	for (int i = OBSERVED_NOTHING + 1; i < OBSERVATIONS; i++)
		if (strlen(observations[i].name) == len && memcmp(observations[i].name, name, len) == 0)
			return (enum observation)i;
	return OBSERVED_NOTHING;
}
