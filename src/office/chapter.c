/* chapter.c - does a chapter of an EPUB show pictures and no words?  Then it is a page somebody has to read. */
#include "office_inside.h"

#include <string.h>
#include <strings.h>

struct chapter {
	const char *at, *end;
	bool pictures, words;
};

/* Past `what`, or the end. */
static void skip_to(struct chapter *c, const char *what)
{
	const size_t len = strlen(what);

	while ((size_t)(c->end - c->at) >= len && strncasecmp(c->at, what, len) != 0)
		c->at++;
	c->at = (size_t)(c->end - c->at) >= len ? c->at + len : c->end;
}

static bool begins_with(const struct chapter *c, const char *what)
{
	return (size_t)(c->end - c->at) >= strlen(what) && strncasecmp(c->at, what, strlen(what)) == 0;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/* From `<` on.  What stands in a head, a style and a script is not shown. */
static void skip_tag(struct chapter *c)
{
	static const char *const pictures[] = {"img", "image", "svg", "object", "canvas", "video"};
	static const struct {
		const char *name, *end;
	} unseen[] = {{"head", "</head"}, {"style", "</style"}, {"script", "</script"}};
	const char *name = c->at + 1;
	size_t len = 0;

	if (begins_with(c, "<!--")) {
		skip_to(c, "-->");
		return;
	}
	for (const char *at = name; at < c->end && (is_name(*at) || *at == ':'); at++) {
		len = *at == ':' ? 0 : len + 1;
		name = *at == ':' ? at + 1 : name;
	}
	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
		c->pictures = c->pictures || (len == strlen(pictures[i]) && strncasecmp(name, pictures[i], len) == 0);
	for (size_t i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++)
		if (len == strlen(unseen[i].name) && strncasecmp(name, unseen[i].name, len) == 0)
			skip_to(c, unseen[i].end);
	skip_to(c, ">");
}

/* A character, by its name or number, or as it is; some are blank. */
static void take_character(struct chapter *c)
{
	static const char *const blanks[] = {"&nbsp;", "&#160;", "&#xA0;", "&#12288;", "&#x3000;", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};

	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		if (begins_with(c, blanks[i])) {
			c->at += strlen(blanks[i]);
			return;
		}
	c->words = c->words || (unsigned char)*c->at > ' ';
	c->at++;
}

bool chapter_is_pictures(const char *bytes, size_t len)
{
	struct chapter c = {.at = bytes, .end = bytes + len};

	while (c.at < c.end && !c.words)
		if (*c.at == '<')
			skip_tag(&c);
		else
			take_character(&c);
	return c.pictures && !c.words;
}
