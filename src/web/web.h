#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

/* A server for one person on this machine: 127.0.0.1, a port of chance, one request at a time.
 *
 * Whoever knows the address printed at the start may enter, once; from then on a cookie that only this
 * server sees proves the browser.  A request is answered by the pages only when its Host, its Origin, its
 * cookie and, where it changes something, the token of its form are the right ones (guard.c). */
struct web;

struct web_field {
	char *name, *value;      /* of a file: its name */
	struct buf bytes;        /* of a file */
	bool file;
};

/* A request that passed the guard.  Everything is borrowed until the page returns; values are valid UTF-8
 * without NULs. */
struct web_request {
	bool post;
	const char *page;        /* what stands behind the session's own prefix: "case" */
	const char *language;    /* Accept-Language, or "" */
	const char *token;       /* the hidden field "token" every form that posts must have */
	const struct web_field *fields; /* of the query, or of the posted form */
	size_t field_count;
};

/* The value of the first field of this name, "" when there is none. */
const char *web_value(const struct web_request *request, const char *name);
const struct web_field *web_file(const struct web_request *request, const char *name); /* NULL: none, or an empty one */

struct web_answer {
	unsigned status;         /* 200 unless the page says otherwise */
	const char *type;        /* "text/html; charset=utf-8" */
	struct buf body;
	char *to;                /* not NULL: see that page instead; owned by the answer */
};
typedef void web_page(const struct web_request *request, struct web_answer *answer, void *context);

/* `refused` makes the body of a refusal: status, and one sentence. */
struct web_order {
	web_page *page;
	void (*refused)(unsigned status, const char *why, struct buf *out);
	void *context;
	unsigned idle;           /* seconds without a request that was let in; then web_serve() ends */
};

/* Listens; *address is what to open in a browser, with the token; owned by the caller. */
bool web_open(const struct web_order *order, struct web **out, char **address, struct err *err) MUST_CHECK;

/* Answers until it was idle for long enough, or until *stop (may be set by a signal). */
bool web_serve(struct web *web, const volatile int *stop, struct err *err) MUST_CHECK;
void web_close(struct web *web);

/* Limits.  A request beyond one of them is refused with 413, 414 or 431, or its connection is closed. */
enum {
	WEB_CONNECTIONS_MOST = 16,
	WEB_SECONDS_MOST = 10,                   /* for one request, from the first byte to the last */
	WEB_FIELDS_MOST = 1000,
	WEB_TEXT_MOST = 256 * 1024,              /* bytes of all fields that are no files */
	WEB_BODY_MOST = 20 * 1024 * 1024,
};

#endif
