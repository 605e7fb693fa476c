#ifndef OFFICE_OFFICE_INSIDE_H
#define OFFICE_OFFICE_INSIDE_H

#include "base/flow.h"

#include <stdbool.h>
#include <stddef.h>

struct reader;
struct zip;

/* One reader for each family.  All of them see every entry of the container, listed or not; the names of
 * the entries were told. */
void ooxml_read(struct reader *reader, struct zip *zip); /* package.c */
void odf_read(struct reader *reader, struct zip *zip);
void ofd_read(struct reader *reader, struct zip *zip);
void epub_read(struct reader *reader, struct zip *zip);

/* generic.c: what is done with anything nobody knows better. */

/* Does it begin like XML (in any encoding)? */
bool generic_is_xml(const char *bytes, size_t len);

/* The local name of the root element, where `bytes` begin like XML; "" otherwise.  At most `room` bytes. */
void generic_root(const char *bytes, size_t len, char *root, size_t room);

/* All text as `kind` at `place`, with a line for each element that has some; all attribute values, names and
 * asides, each different one once, as metadata.  What is not well-formed is undecided, and told as bytes. */
void generic_xml(struct reader *reader, enum flow_kind kind, const char *place, const char *bytes, size_t len);

/* One entry: XML by generic_xml() as `kind`, anything else by reader_part(); its name is the place. */
void generic_entry(struct reader *reader, enum flow_kind kind, struct zip *zip, size_t index);

/* chapter.c: of an EPUB. */
bool chapter_is_pictures(const char *bytes, size_t len);

#endif
