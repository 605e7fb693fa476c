#ifndef OUTLOOK_OUTLOOK_INSIDE_H
#define OUTLOOK_OUTLOOK_INSIDE_H

#include "base/buf.h"
#include "base/little.h"
#include "binary/put.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flow_out;
struct reader;

/* Types of properties ([MS-OXCDATA] 2.11.1), the low half of a tag. */
enum property_type {
	TYPE_SHORT = 0x02,
	TYPE_LONG = 0x03,
	TYPE_FLOAT = 0x04,
	TYPE_DOUBLE = 0x05,
	TYPE_CURRENCY = 0x06,
	TYPE_APPTIME = 0x07,
	TYPE_ERROR = 0x0A,
	TYPE_BOOLEAN = 0x0B,
	TYPE_OBJECT = 0x0D,
	TYPE_LONG_LONG = 0x14,
	TYPE_STRING = 0x1E,
	TYPE_UNICODE = 0x1F,
	TYPE_TIME = 0x40,
	TYPE_GUID = 0x48,
	TYPE_BINARY = 0x102,
	TYPE_MANY = 0x1000, /* several values of the type */
};

/* Properties ([MS-OXPROPS]) something is done with, the high half of a tag. */
enum property_id {
	ID_MESSAGE_CLASS = 0x001A,
	ID_SUBJECT = 0x0037,
	ID_HEADERS = 0x007D,
	ID_RECIPIENT_TYPE = 0x0C15,
	ID_BODY = 0x1000,
	ID_RTF = 0x1009,
	ID_HTML = 0x1013,
	ID_DISPLAY_NAME = 0x3001,
	ID_ATTACH_DATA = 0x3701,
	ID_ATTACH_FILENAME = 0x3704,
	ID_ATTACH_METHOD = 0x3705,
	ID_ATTACH_LONG_FILENAME = 0x3707,
	ID_ATTACH_RENDERING = 0x3709,
	ID_ATTACH_MIME = 0x370E,
	ID_INTERNET_CODEPAGE = 0x3FDE,
	ID_CODEPAGE = 0x3FFD,
	ID_NAMED = 0x8000, /* from here on each message gives them names of its own */
};
const char *property_name(unsigned id); /* "sender name"; NULL: not known here */

/* bag.c: the properties of one thing, on their way out. */
struct bag {
	struct reader *r;
	const char *place;      /* of the thing: "", "recipient 1" */
	unsigned html_page;     /* of the HTML body; 0: not known */
	struct narrow narrow;
	struct flow_out *shown, *kept;
};
void bag_open(struct bag *bag, struct reader *r, const char *place, unsigned page);
/* One value; `name`: of a named property, or NULL. */
void bag_add(struct bag *bag, uint32_t tag, const char *name, struct span value);
void bag_close(struct bag *bag);

/* An attachment, read as what it is.  `mime`: the type it is said to have, or "". */
void attachment_read(struct reader *r, const char *place, const char *name, const char *mime, struct span bytes);

char *outlook_place(const char *outer, const char *inner); /* "outer > inner", or the one there is; caller frees */
void outlook_narrow_put(struct narrow *narrow, struct flow_out *flow, struct span value); /* controls as spaces */
void outlook_strings(struct reader *r, const char *place, struct span bytes);

/* packed_rtf.c: [MS-OXRTFCP].  False: damaged; `out` has what could be unpacked. */
bool rtf_unpack(struct reader *r, struct span packed, struct buf *out);

/* tnef_properties.c: [MS-OXTNEF] 2.1.3.4: told, and what is needed of it kept. */
struct tnef_wanted {
	char *name;        /* of an attachment; owned */
	char *mime;        /* owned */
	struct span data;  /* its bytes, when they are in a property */
	bool is_message;   /* these are a TNEF of their own */
};
struct tnef {
	struct reader *r;
	unsigned page;
};
void tnef_properties(struct tnef *tnef, const char *place, struct span *bytes, struct tnef_wanted *wanted);
void tnef_bag(struct tnef *tnef, const char *place, unsigned depth, struct span bytes); /* tnef.c: one TNEF */

#endif
