/* guard.c - who may speak to the desk.
 *
 * A server on 127.0.0.1 can be reached by every program of the machine and, through the person's browser,
 * by every page of the world.  So: the Host must be the very address that was printed, which a name that
 * was made to point here is not; a page elsewhere has another Origin and no cookie; the cookie is for a
 * path nobody can guess, so that another server on this machine never receives it; and a form must
 * bring the token only our own pages hold.  What does not fit is refused before a page sees it. */
#define _DEFAULT_SOURCE /* getrandom */
#include "web_inside.h"

#include "base/hex.h"
#include "base/mem.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

bool guard_make_secret(char out[SECRET_SIZE], struct err *err)
{
	unsigned char bytes[(SECRET_SIZE - 1) / 2];

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return err_errno(err, "random bytes");
	hex_write(bytes, sizeof(bytes), out);
	mem_wipe(bytes, sizeof(bytes));
	return true;
}

/* Takes as long whether they differ at the beginning or at the end. */
static bool is_secret(const char *secret, const char *said)
{
	unsigned differ = 0;

	if (secret[0] == '\0' || said == NULL || strlen(said) != SECRET_SIZE - 1)
		return false;
	for (size_t i = 0; i < SECRET_SIZE - 1; i++)
		differ |= (unsigned)(unsigned char)secret[i] ^ (unsigned)(unsigned char)said[i];
	return differ == 0;
}

struct header {
	const char *name, *value;
	size_t count;
};

static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct header *header = context;

	(void)kind;
	if (strcasecmp(name, header->name) == 0) {
		header->count++;
		header->value = value;
	}
	return MHD_YES;
}

/* The only header of this name; NULL: there is none, or more than one (*twice). */
static const char *only_header(struct MHD_Connection *c, const char *name, bool *twice)
{
	struct header header = {.name = name};

	(void)MHD_get_connection_values(c, MHD_HEADER_KIND, count_header, &header);
	*twice = header.count > 1;
	return header.count == 1 ? header.value : NULL;
}

static bool is_page_name(const char *word)
{
	const size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz-");

	return len <= 20 && word[len] == '\0';
}

static bool has_cookie(const struct web *web, struct MHD_Connection *c)
{
	return is_secret(web->cookie, MHD_lookup_connection_value(c, MHD_COOKIE_KIND, "desk"));
}

bool guard_is_entry(const struct web *web, const char *url)
{
	const size_t len = strlen(web->prefix);

	return strncmp(url, web->prefix, len) == 0 && strcmp(url + len, "enter") == 0;
}

static unsigned refuse(unsigned status, const char *reason, const char **why)
{
	*why = reason;
	return status;
}

/* From where: a page of our own, or the address bar. */
static unsigned check_source(const struct web *web, struct MHD_Connection *c, bool post, const char **why)
{
	bool twice;
	const char *origin = only_header(c, "Origin", &twice), *site;

	if (twice || (origin != NULL && strcmp(origin, web->origin) != 0))
		return refuse(MHD_HTTP_FORBIDDEN, "the request comes from another page", why);
	if (post && origin == NULL)
		return refuse(MHD_HTTP_FORBIDDEN, "a form must say where it comes from", why);
	site = only_header(c, "Sec-Fetch-Site", &twice);
	if (twice || (site != NULL && strcmp(site, "same-origin") != 0 && (post || strcmp(site, "none") != 0)))
		return refuse(MHD_HTTP_FORBIDDEN, "the request comes from another page", why);
	return 0;
}

unsigned guard_check(const struct web *web, struct MHD_Connection *c, const char *method, const char *url, const char **why)
{
	const bool post = strcmp(method, MHD_HTTP_METHOD_POST) == 0;
	bool twice;
	const char *host = only_header(c, MHD_HTTP_HEADER_HOST, &twice);
	unsigned status;

	if (!post && strcmp(method, MHD_HTTP_METHOD_GET) != 0)
		return refuse(MHD_HTTP_METHOD_NOT_ALLOWED, "only pages and forms", why);
	if (host == NULL || strcmp(host, web->host) != 0)
		return refuse(MHD_HTTP_MISDIRECTED_REQUEST, "this desk has another name", why);
	status = check_source(web, c, post, why);
	if (status != 0)
		return status;
	if (strncmp(url, web->prefix, strlen(web->prefix)) != 0 || !is_page_name(url + strlen(web->prefix)))
		return refuse(MHD_HTTP_NOT_FOUND, "there is no such page", why);
	if (guard_is_entry(web, url))
		return post ? refuse(MHD_HTTP_METHOD_NOT_ALLOWED, "only pages and forms", why) : 0;
	if (!has_cookie(web, c))
		return refuse(MHD_HTTP_FORBIDDEN, "this browser has not entered: open the address the program printed", why);
	return 0;
}

unsigned guard_check_token(const struct web *web, const struct arrival *a, const char **why)
{
	for (size_t i = 0; i < a->field_count; i++)
		if (!a->fields[i].file && strcmp(a->fields[i].name, "token") == 0)
			return is_secret(web->token, a->fields[i].value)
			           ? 0 : refuse(MHD_HTTP_FORBIDDEN, "the form is not from this session", why);
	return refuse(MHD_HTTP_FORBIDDEN, "the form is not from this session", why);
}

unsigned guard_enter(struct web *web, struct MHD_Connection *c, const char **why)
{
	const char *said = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "token");

	if (web->entry[0] == '\0' && !has_cookie(web, c))
		return refuse(MHD_HTTP_FORBIDDEN, "this address was used already: start the desk again", why);
	if (web->entry[0] != '\0' && !is_secret(web->entry, said))
		return refuse(MHD_HTTP_FORBIDDEN, "that is not the address the program printed", why);
	mem_wipe(web->entry, sizeof(web->entry));
	return 0;
}
