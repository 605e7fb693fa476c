/* web.c - listening, and what becomes of one request.
 *
 * libmicrohttpd reads HTTP; it runs in this one thread, so a page is made while nothing else happens, and
 * every connection carries one request and is closed.  A connection that takes longer than WEB_SECONDS_MOST
 * is closed whatever it does: a slow sender holds a place, not the desk. */
#include "web_inside.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static time_t seconds(void)
{
	struct timespec now;

	return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? now.tv_sec : 0;
}

static const struct {
	const char *name, *value;
} headers[] = {
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"}, /* not "no-referrer": a form would then hide its Origin */
	{"Cache-Control", "no-store"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Connection", "close"},
};

static enum MHD_Result send_answer(struct MHD_Connection *c, struct web_answer *answer, const char *cookie)
{
	char nothing[] = "";
	const size_t len = answer->body.len;
	struct MHD_Response *response =
		MHD_create_response_from_buffer(len, len > 0 ? answer->body.data : nothing, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result sent = MHD_NO;
	bool good = response != NULL;

	for (size_t i = 0; good && i < sizeof(headers) / sizeof(headers[0]); i++)
		good = MHD_add_response_header(response, headers[i].name, headers[i].value) == MHD_YES;
	good = good && MHD_add_response_header(response, "Content-Type", answer->type) == MHD_YES;
	if (good && answer->to != NULL)
		good = MHD_add_response_header(response, "Location", answer->to) == MHD_YES;
	if (good && cookie != NULL)
		good = MHD_add_response_header(response, "Set-Cookie", cookie) == MHD_YES;
	if (good && answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		good = MHD_add_response_header(response, "Allow", "GET, POST") == MHD_YES;
	if (good)
		sent = MHD_queue_response(c, answer->status, response);
	if (response != NULL)
		MHD_destroy_response(response);
	return sent;
}

static void answer_release(struct web_answer *answer)
{
	buf_release(&answer->body);
	free(answer->to);
}

static struct web_answer new_answer(unsigned status)
{
	return (struct web_answer){.status = status, .type = "text/html; charset=utf-8"};
}

static enum MHD_Result send_refusal(struct web *web, struct MHD_Connection *c, unsigned status, const char *why)
{
	struct web_answer answer = new_answer(status);
	enum MHD_Result sent;

	web->order.refused(status, why, &answer.body);
	sent = send_answer(c, &answer, NULL);
	answer_release(&answer);
	return sent;
}

/* The one answer that sets the cookie. */
static enum MHD_Result let_in(struct web *web, struct MHD_Connection *c)
{
	struct web_answer answer = new_answer(MHD_HTTP_SEE_OTHER);
	const char *why = NULL;
	const unsigned status = guard_enter(web, c, &why);
	enum MHD_Result sent;
	char *cookie;

	if (status != 0)
		return send_refusal(web, c, status, why);
	web->heard = seconds();
	cookie = mem_format("desk=%s; Path=%s; HttpOnly; SameSite=Strict", web->cookie, web->prefix);
	answer.to = mem_format("%s", web->prefix);
	sent = send_answer(c, &answer, cookie);
	answer_release(&answer);
	free(cookie);
	return sent;
}

/* Nobody could speak while a page was made, which is long when a passphrase is typed. */
static void forgive(struct web *web, time_t taken)
{
	for (struct caller *caller = web->callers; caller != NULL; caller = caller->next)
		caller->since += taken;
}

static enum MHD_Result send_page(struct web *web, struct MHD_Connection *c, const char *url, bool post, const struct arrival *a)
{
	struct web_answer answer = new_answer(MHD_HTTP_OK);
	const char *language = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Language");
	const struct web_request request = {
		.post = post,
		.page = url + strlen(web->prefix),
		.language = language != NULL ? language : "",
		.token = web->token,
		.fields = a->fields,
		.field_count = a->field_count,
	};
	enum MHD_Result sent;

	web->heard = seconds();
	web->order.page(&request, &answer, web->order.context);
	forgive(web, seconds() - web->heard);
	web->heard = seconds();
	if (answer.to != NULL)
		answer.status = MHD_HTTP_SEE_OTHER;
	sent = send_answer(c, &answer, NULL);
	answer_release(&answer);
	return sent;
}

/* The first line of a request, as it was sent: no page has a name that must be escaped, and a NUL that
 * is would cut it. */
static void *on_line(void *context, const char *line, struct MHD_Connection *c)
{
	struct arrival *a = mem_alloc(1, sizeof(*a));
	const size_t path = strcspn(line, "?");

	(void)context;
	(void)c;
	if (memchr(line, '%', path) != NULL || strstr(line, "%00") != NULL) {
		a->refused = MHD_HTTP_NOT_FOUND;
		a->why = "there is no such page";
	}
	return a;
}

/* The first call for a request: its head is there. */
static void begin(struct web *web, struct MHD_Connection *c, const char *url, const char *method, struct arrival *a)
{
	a->begun = true;
	if (a->refused == 0)
		a->refused = guard_check(web, c, method, url, &a->why);
	if (a->refused == 0 && strcmp(method, MHD_HTTP_METHOD_POST) == 0)
		(void)form_begin(c, a);
	else if (a->refused == 0 && !guard_is_entry(web, url))
		form_read_query(c, a);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *len, void **kept)
{
	struct web *web = context;
	struct arrival *a = *kept;
	const bool post = strcmp(method, MHD_HTTP_METHOD_POST) == 0;

	(void)version;
	if (!a->begun) {
		begin(web, c, url, method, a);
		return a->refused != 0 ? send_refusal(web, c, a->refused, a->why) : MHD_YES;
	}
	if (*len > 0) {
		if (post)
			form_take(a, bytes, *len);
		*len = 0;
		return MHD_YES;
	}
	form_end(a);
	if (a->refused == 0 && post)
		a->refused = guard_check_token(web, a, &a->why);
	if (a->refused != 0)
		return send_refusal(web, c, a->refused, a->why);
	return guard_is_entry(web, url) ? let_in(web, c) : send_page(web, c, url, post, a);
}

static void on_end(void *context, struct MHD_Connection *c, void **kept, enum MHD_RequestTerminationCode how)
{
	struct arrival *a = *kept;

	(void)context;
	(void)c;
	(void)how;
	if (a == NULL)
		return;
	form_release(a);
	free(a);
	*kept = NULL;
}

static void on_connection(void *context, struct MHD_Connection *c, void **kept, enum MHD_ConnectionNotificationCode what)
{
	struct web *web = context;
	const union MHD_ConnectionInfo *info;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		struct caller *caller = mem_alloc(1, sizeof(*caller));

		info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
		*caller = (struct caller){web->callers, info != NULL ? info->connect_fd : -1, seconds()};
		web->callers = caller;
		*kept = caller;
		return;
	}
	for (struct caller **at = &web->callers; *at != NULL; at = &(*at)->next)
		if (*at == *kept) {
			struct caller *gone = *at;

			*at = gone->next;
			free(gone);
			break;
		}
}

static void close_slow(const struct web *web)
{
	const time_t now = seconds();

	for (const struct caller *caller = web->callers; caller != NULL; caller = caller->next)
		if (caller->fd >= 0 && now - caller->since > WEB_SECONDS_MOST)
			(void)shutdown(caller->fd, SHUT_RDWR); /* libmicrohttpd sees the end and closes it */
}

static bool make_secrets(struct web *web, struct err *err)
{
	char path[SECRET_SIZE];

	if (!guard_make_secret(web->entry, err) || !guard_make_secret(web->cookie, err) || !guard_make_secret(web->token, err) ||
	    !guard_make_secret(path, err))
		return false;
	web->prefix[0] = '/';
	memcpy(web->prefix + 1, path, 16);
	memcpy(web->prefix + 17, "/", 2);
	return true;
}

static bool listen_here(struct web *web, struct err *err)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const union MHD_DaemonInfo *info;

	web->daemon = MHD_start_daemon(MHD_NO_FLAG, 0, NULL, NULL, on_request, web,
	                               MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here,
	                               MHD_OPTION_CONNECTION_LIMIT, (unsigned)WEB_CONNECTIONS_MOST,
	                               MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)5,
	                               MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 * 1024,
	                               MHD_OPTION_STRICT_FOR_CLIENT, 1,
	                               MHD_OPTION_URI_LOG_CALLBACK, on_line, NULL,
	                               MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
	                               MHD_OPTION_NOTIFY_CONNECTION, on_connection, web,
	                               MHD_OPTION_END);
	info = web->daemon != NULL ? MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	if (info == NULL)
		return err_set(err, ERR_SYSTEM, "127.0.0.1 cannot be listened on");
	(void)snprintf(web->host, sizeof(web->host), "127.0.0.1:%u", (unsigned)info->port);
	(void)snprintf(web->origin, sizeof(web->origin), "http://%s", web->host);
	return true;
}

bool web_open(const struct web_order *order, struct web **out, char **address, struct err *err)
{
	struct web *web = mem_alloc(1, sizeof(*web));

	web->order = *order;
	web->heard = seconds();
	if (!make_secrets(web, err) || !listen_here(web, err)) {
		web_close(web);
		return false;
	}
	*address = mem_format("%s%senter?token=%s", web->origin, web->prefix, web->entry);
	*out = web;
	return true;
}

bool web_serve(struct web *web, const volatile int *stop, struct err *err)
{
	while (!*stop && seconds() - web->heard < (time_t)web->order.idle) {
		if (MHD_run_wait(web->daemon, 500) != MHD_YES)
			return err_set(err, ERR_SYSTEM, "the desk cannot go on listening");
		close_slow(web);
	}
	return true;
}

void web_close(struct web *web)
{
	if (web == NULL)
		return;
	if (web->daemon != NULL)
		MHD_stop_daemon(web->daemon);
	mem_wipe(web, sizeof(*web));
	free(web);
}
