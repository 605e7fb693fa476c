#ifndef WEB_WEB_INSIDE_H
#define WEB_WEB_INSIDE_H

#include "web/web.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_PostProcessor;

enum { SECRET_SIZE = 65 }; /* 32 bytes in hexadecimal, and the NUL */

struct web {
	struct MHD_Daemon *daemon;
	struct web_order order;
	char host[32], origin[48];   /* "127.0.0.1:43210", "http://127.0.0.1:43210" */
	char prefix[20];             /* "/0123456789abcdef/": the cookie is for this path alone */
	char entry[SECRET_SIZE];     /* the token of the address; "" once it was used */
	char cookie[SECRET_SIZE], token[SECRET_SIZE];
	time_t heard;                /* when a request was last let in */
	struct caller *callers;      /* open connections */
};

/* One connection; it carries one request. */
struct caller {
	struct caller *next;
	int fd;
	time_t since;
};

/* One request while it arrives. */
struct arrival {
	struct MHD_PostProcessor *form;
	struct web_field *fields;
	size_t field_count, text, body;
	bool begun;       /* its head was looked at */
	unsigned refused; /* a status; 0: still good */
	const char *why;
};

/* May this request in?  0, or the status it is refused with, and *why.  The first is asked when its head is
 * there, the second when its form is. */
unsigned guard_check(const struct web *web, struct MHD_Connection *c, const char *method, const char *url, const char **why);
unsigned guard_check_token(const struct web *web, const struct arrival *a, const char **why);

/* Is it the address that was printed, for the first time? */
bool guard_is_entry(const struct web *web, const char *url);
unsigned guard_enter(struct web *web, struct MHD_Connection *c, const char **why);

bool guard_make_secret(char out[SECRET_SIZE], struct err *err) MUST_CHECK;

/* Fields of the query string, or of a form as it comes in. */
void form_read_query(struct MHD_Connection *c, struct arrival *a);
bool form_begin(struct MHD_Connection *c, struct arrival *a);
void form_take(struct arrival *a, const char *bytes, size_t len);
void form_end(struct arrival *a);
void form_release(struct arrival *a);

#endif
