#ifndef XML_XML_H
#define XML_XML_H

#include <stdbool.h>
#include <stddef.h>

struct reader;

/* One XML document, event by event, by expat without namespaces: names come as written, `xml_local()`
 * takes the prefix off.  A declared entity stops it (undecided), as do more than 256 levels; a DOCTYPE
 * alone is allowed.  UTF-8, UTF-16, and every charset of text/charset.h where the document declares it.
 *
 * Any of these may be NULL.  A reference to an entity only an outer file declares ("&nbsp;") comes as
 * text, as written. */
struct xml_events {
	void (*start)(void *context, const char *name, const char *const *attributes); /* name, value, ..., NULL */
	void (*end)(void *context, const char *name);
	void (*text)(void *context, const char *text, size_t len);      /* character data and CDATA, in pieces */
	void (*aside)(void *context, const char *text, size_t len);     /* comments, instructions, the DOCTYPE */
};

const char *xml_local(const char *name); /* "w:del" -> "del" */

/* The value of the first attribute of this local name, whatever its prefix; NULL when not there. */
const char *xml_attribute(const char *const *attributes, const char *local);

/* False: not well-formed or refused, and undecided was said; events until then were given. */
bool xml_read(struct reader *reader, const struct xml_events *events, void *context, const void *bytes, size_t len);

/* Once, before a process gives up its files: what expat wants to be random is drawn here. */
void xml_warm(void);

#endif
