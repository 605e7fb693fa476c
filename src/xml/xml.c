/* xml.c - XML by expat, with everything off that makes XML dangerous.
 *
 * Nothing outside the bytes is ever opened, no entity is ever expanded (the first declaration of one
 * ends it), depth is bounded.  Bytes go in by the megabyte, so that expat does not keep a second copy of
 * a large part. */
#include "xml/xml.h"

#include "reader/reader.h"
#include "text/charset.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { DEEPEST = 256, AT_ONCE = 1024 * 1024, DECLARATION_MOST = 256 };

struct run {
	struct reader *reader;
	const struct xml_events *events;
	void *context;
	XML_Parser parser;
	unsigned depth;
	const char *refused; /* why it was stopped from within; NULL: it was not */
};

/* Against names chosen to collide in expat's tables. */
static unsigned long salt = 0x5EED;

void xml_warm(void)
{
	unsigned long drawn = 0;

	if (getrandom(&drawn, sizeof(drawn), GRND_NONBLOCK) == (ssize_t)sizeof(drawn) && drawn != 0)
		salt = drawn;
}

const char *xml_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

const char *xml_attribute(const char *const *attributes, const char *local)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(xml_local(attributes[0]), local) == 0)
			return attributes[1];
	return NULL;
}

static void refuse(struct run *run, const char *why)
{
	if (run->refused == NULL)
		run->refused = why;
	(void)XML_StopParser(run->parser, XML_FALSE);
}

static void on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
	struct run *run = context;

	if (run->refused != NULL)
		return;
	if (++run->depth > DEEPEST) {
		refuse(run, "nested more deeply than can be read");
		return;
	}
	if (reader_stopped(run->reader))
		refuse(run, "not read to its end");
	else if (run->events->start != NULL)
		run->events->start(run->context, name, (const char *const *)attributes);
}

static void on_end(void *context, const XML_Char *name)
{
	struct run *run = context;

	if (run->refused != NULL)
		return;
	run->depth--;
	if (run->events->end != NULL)
		run->events->end(run->context, name);
}

static void on_text(void *context, const XML_Char *text, int len)
{
	const struct run *run = context;

	if (run->refused == NULL && run->events->text != NULL)
		run->events->text(run->context, text, (size_t)len);
}

static void aside(const struct run *run, const char *text)
{
	if (run->refused == NULL && text != NULL && text[0] != '\0' && run->events->aside != NULL)
		run->events->aside(run->context, text, strlen(text));
}

static void on_comment(void *context, const XML_Char *text)
{
	aside(context, text);
}

static void on_instruction(void *context, const XML_Char *target, const XML_Char *data)
{
	aside(context, target);
	aside(context, data);
}

static void on_doctype(void *context, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	(void)internal;
	aside(context, name);
	aside(context, system);
	aside(context, public);
}

static void on_notation(void *context, const XML_Char *name, const XML_Char *base, const XML_Char *system,
                        const XML_Char *public)
{
	(void)base;
	aside(context, name);
	aside(context, system);
	aside(context, public);
}

static void on_attribute_declared(void *context, const XML_Char *element, const XML_Char *name, const XML_Char *type,
                                  const XML_Char *value, int required)
{
	(void)required;
	aside(context, element);
	aside(context, name);
	aside(context, type);
	aside(context, value);
}

/* Of element models nothing is kept: their names would have to be used, and then they are seen. */
/* expat says how many parameters there are. NOLINTNEXTLINE(readability-function-size) */
static void on_entity_declared(void *context, const XML_Char *name, int parameter, const XML_Char *value, int len,
                               const XML_Char *base, const XML_Char *system, const XML_Char *public,
                               const XML_Char *notation)
{
	(void)name, (void)parameter, (void)value, (void)len, (void)base, (void)system, (void)public, (void)notation;
	refuse(context, "XML that declares entities");
}

static void on_skipped_entity(void *context, const XML_Char *name, int parameter)
{
	if (parameter != 0)
		return;
	on_text(context, "&", 1);
	on_text(context, name, (int)strlen(name));
	on_text(context, ";", 1);
}

static void set_handlers(struct run *run)
{
	XML_SetUserData(run->parser, run);
	(void)XML_SetHashSalt(run->parser, salt);
	XML_SetElementHandler(run->parser, on_start, on_end);
	XML_SetCharacterDataHandler(run->parser, on_text);
	XML_SetCommentHandler(run->parser, on_comment);
	XML_SetProcessingInstructionHandler(run->parser, on_instruction);
	XML_SetStartDoctypeDeclHandler(run->parser, on_doctype);
	XML_SetNotationDeclHandler(run->parser, on_notation);
	XML_SetAttlistDeclHandler(run->parser, on_attribute_declared);
	XML_SetEntityDeclHandler(run->parser, on_entity_declared);
	XML_SetSkippedEntityHandler(run->parser, on_skipped_entity);
}

/* `charset` NULL: as the bytes say themselves. */
static bool parse(struct run *run, const char *charset, const char *bytes, size_t len)
{
	enum XML_Status status = XML_STATUS_OK;
	size_t line = 0;
	enum XML_Error error;

	run->parser = XML_ParserCreate(charset);
	if (run->parser == NULL) {
		reader_undecided(run->reader, "XML that could not be read: no memory");
		return false;
	}
	set_handlers(run);
	for (size_t at = 0, n; status == XML_STATUS_OK && (at < len || at == 0); at += n) {
		n = len - at < AT_ONCE ? len - at : AT_ONCE;
		status = XML_Parse(run->parser, bytes + at, (int)n, at + n == len);
		if (n == 0)
			break;
	}
	line = (size_t)XML_GetCurrentLineNumber(run->parser);
	error = XML_GetErrorCode(run->parser);
	XML_ParserFree(run->parser);
	if (run->refused != NULL)
		reader_undecided(run->reader, "%s (line %zu)", run->refused, line);
	else if (status != XML_STATUS_OK)
		reader_undecided(run->reader, "damaged XML: %s (line %zu)", XML_ErrorString(error), line);
	return status == XML_STATUS_OK && run->refused == NULL;
}

/* What stands behind encoding= in the declaration of ASCII-like bytes: its length, 0 when none. */
static size_t declared(const char *bytes, size_t len, const char **label)
{
	const char *end = len > 5 && memcmp(bytes, "<?xml", 5) == 0 ?
	                          memchr(bytes, '>', len < DECLARATION_MOST ? len : DECLARATION_MOST) : NULL;
	const char *at = bytes;

	if (end == NULL)
		return 0;
	while (end - at > 8 && memcmp(at, "encoding", 8) != 0)
		at++;
	if (end - at <= 8)
		return 0;
	while (at < end && *at != '"' && *at != '\'')
		at++;
	if (at == end)
		return 0;
	*label = at + 1;
	end = memchr(at + 1, *at, (size_t)(end - at - 1));
	return end != NULL ? (size_t)(end - *label) : 0;
}

/* Does expat read this charset itself?  (UTF-16 by its shape, whatever is declared.) */
static bool is_built_in(const char *label, size_t len)
{
	static const char *const names[] = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ISO-8859-1"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t same = 0;

		while (same < len && names[i][same] != '\0' && (names[i][same] | 0x20) == (label[same] | 0x20))
			same++;
		if (same == len && names[i][same] == '\0')
			return true;
	}
	return false;
}

static bool read_converted(struct run *run, const char *label, size_t label_len, const char *bytes, size_t len)
{
	const char *charset = charset_of_label(label, label_len);
	size_t text_len = 0;
	char *text;
	bool ok;

	if (charset == NULL) {
		reader_undecided(run->reader, "XML in a charset not known: %.*s", (int)(label_len < 40 ? label_len : 40), label);
		return false;
	}
	text = charset_convert(charset, bytes, len, &text_len);
	if (text == NULL) {
		reader_undecided(run->reader, "XML that is not valid in its charset %s", charset);
		return false;
	}
	ok = parse(run, "UTF-8", text, text_len);
	free(text);
	return ok;
}

bool xml_read(struct reader *reader, const struct xml_events *events, void *context, const void *bytes, size_t len)
{
	struct run run = {.reader = reader, .events = events, .context = context};
	const char *label = NULL;
	const size_t label_len = declared(bytes, len, &label);

	if (label_len == 0 || is_built_in(label, label_len))
		return parse(&run, NULL, bytes, len);
	return read_converted(&run, label, label_len, bytes, len);
}
