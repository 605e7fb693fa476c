/* observation.c - the names of what a document has besides text, one table for packs and messages. */
#include "base/observation.h"

#include <string.h>

static const struct {
	const char *name, *title;
} observations[OBSERVATIONS] = {
	[OBSERVED_TRACKED_CHANGE] = {"tracked-change", "tracked changes"},
	[OBSERVED_COMMENT] = {"comment", "comments"},
	[OBSERVED_HIDDEN_TEXT] = {"hidden-text", "hidden text"},
	[OBSERVED_HIDDEN_SHEET] = {"hidden-sheet", "a hidden sheet"},
	[OBSERVED_HIDDEN_CELLS] = {"hidden-cells", "hidden rows or columns"},
	[OBSERVED_HIDDEN_SLIDE] = {"hidden-slide", "a hidden slide"},
	[OBSERVED_HIDDEN_LAYER] = {"hidden-layer", "a hidden layer"},
	[OBSERVED_SPEAKER_NOTES] = {"speaker-notes", "speaker's notes"},
	[OBSERVED_PROPERTIES] = {"properties", "document properties"},
	[OBSERVED_CUSTOM_DATA] = {"custom-data", "custom data"},
	[OBSERVED_EMBEDDED_OBJECT] = {"embedded-object", "an embedded document"},
	[OBSERVED_ATTACHMENT] = {"attachment", "an attachment"},
	[OBSERVED_MACRO] = {"macro", "macros"},
	[OBSERVED_SCRIPT] = {"script", "scripts"},
	[OBSERVED_EXTERNAL_LINK] = {"external-link", "a link to another file or server"},
	[OBSERVED_CACHED_DATA] = {"cached-data", "cached data"},
	[OBSERVED_FORM_DATA] = {"form-data", "form data"},
	[OBSERVED_THUMBNAIL] = {"thumbnail", "a thumbnail"},
	[OBSERVED_GEOLOCATION] = {"geolocation", "a location"},
	[OBSERVED_PICTURE] = {"picture", "a picture"},
	[OBSERVED_MEDIA] = {"media", "sound or video"},
	[OBSERVED_PAGE_WITHOUT_TEXT] = {"page-without-text", "a page without text"},
	[OBSERVED_UNTRUSTED_FONT] = {"untrusted-font", "a font whose text cannot be trusted"},
	[OBSERVED_OTHER_READING] = {"other-reading", "text that two readers read differently"},
	[OBSERVED_EARLIER_VERSION] = {"earlier-version", "an earlier version"},
	[OBSERVED_UNLISTED_DATA] = {"unlisted-data", "unlisted data"},
	[OBSERVED_APPENDED_DATA] = {"appended-data", "appended data"},
	[OBSERVED_POLYGLOT] = {"polyglot", "two formats in one file"},
	[OBSERVED_NAME_MISMATCH] = {"name-mismatch", "a name of another format"},
	[OBSERVED_BINARY_DATA] = {"binary-data", "data that is no text"},
	[OBSERVED_SIGNATURE] = {"signature", "an electronic signature"},
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
