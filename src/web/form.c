/* form.c - what a request says: the fields of its query or its form, each counted before it is kept. */
#include "web_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 80, FORM_BUFFER = 64 * 1024 };

static void refuse(struct arrival *a, unsigned status, const char *why)
{
	if (a->refused != 0)
		return;
	a->refused = status;
	a->why = why;
}

static struct web_field *add_field(struct arrival *a, const char *name, const char *file)
{
	struct web_field *field;

	if (a->field_count >= WEB_FIELDS_MOST || strlen(name) > NAME_MOST || (file != NULL && strlen(file) > 1000)) {
		refuse(a, MHD_HTTP_CONTENT_TOO_LARGE, "there is too much in the form");
		return NULL;
	}
	a->fields = mem_grow(a->fields, a->field_count, sizeof(*a->fields));
	field = &a->fields[a->field_count++];
	field->name = mem_copy_string(name);
	field->file = file != NULL;
	field->value = mem_copy_string(file);
	return field;
}

static void add_bytes(struct arrival *a, struct web_field *field, const char *bytes, size_t len)
{
	if (!field->file && (a->text += len) > WEB_TEXT_MOST) {
		refuse(a, MHD_HTTP_CONTENT_TOO_LARGE, "there is too much in the form");
		return;
	}
	buf_add(&field->bytes, bytes, len);
}

static enum MHD_Result take_query(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct arrival *a = context;
	struct web_field *field = add_field(a, name, NULL);

	(void)kind;
	if (field != NULL && value != NULL)
		add_bytes(a, field, value, strlen(value));
	return a->refused == 0 ? MHD_YES : MHD_NO;
}

void form_read_query(struct MHD_Connection *c, struct arrival *a)
{
	(void)MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, take_query, a);
}

/* Browsers end lines with CR LF; here a line ends with LF. */
static void mend_lines(char *text)
{
	char *to = text;

	for (const char *from = text; *from != '\0'; from++)
		if (from[0] != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
}

/* A piece of a field; `offset` 0 begins one. */
/* NOLINTNEXTLINE(readability-function-size): libmicrohttpd says what it is called with */
static enum MHD_Result take_piece(void *context, enum MHD_ValueKind kind, const char *name, const char *file,
                                  const char *type, const char *encoding, const char *bytes, uint64_t offset, size_t len)
{
	struct arrival *a = context;
	struct web_field *field = a->field_count > 0 ? &a->fields[a->field_count - 1] : NULL;

	(void)kind;
	(void)type;
	(void)encoding;
	if (name == NULL)
		refuse(a, MHD_HTTP_BAD_REQUEST, "a field has no name");
	else if (offset == 0 || field == NULL || strcmp(field->name, name) != 0)
		field = add_field(a, name, file);
	if (a->refused == 0 && field != NULL)
		add_bytes(a, field, bytes, len);
	return a->refused == 0 ? MHD_YES : MHD_NO;
}

bool form_begin(struct MHD_Connection *c, struct arrival *a)
{
	const char *length = MHD_lookup_connection_value(c, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);

	if (length != NULL && (strlen(length) > 9 || strtoul(length, NULL, 10) > WEB_BODY_MOST)) {
		refuse(a, MHD_HTTP_CONTENT_TOO_LARGE, "there is too much in the form");
		return false;
	}
	a->form = MHD_create_post_processor(c, FORM_BUFFER, take_piece, a);
	if (a->form == NULL)
		refuse(a, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "that is not a form");
	return a->form != NULL;
}

void form_take(struct arrival *a, const char *bytes, size_t len)
{
	a->body += len;
	if (a->body > WEB_BODY_MOST)
		refuse(a, MHD_HTTP_CONTENT_TOO_LARGE, "there is too much in the form");
	else if (a->refused == 0 && MHD_post_process(a->form, bytes, len) != MHD_YES)
		refuse(a, MHD_HTTP_BAD_REQUEST, "the form cannot be read");
}

void form_end(struct arrival *a)
{
	if (a->form != NULL && MHD_destroy_post_processor(a->form) != MHD_YES)
		refuse(a, MHD_HTTP_BAD_REQUEST, "the form ends in the middle");
	a->form = NULL;
	for (size_t i = 0; i < a->field_count && a->refused == 0; i++) {
		struct web_field *field = &a->fields[i];
		const char *text = field->bytes.data != NULL ? field->bytes.data : "";

		if (!field->file && (memchr(text, '\0', field->bytes.len) != NULL || !utf8_valid(text, field->bytes.len, NULL)))
			refuse(a, MHD_HTTP_BAD_REQUEST, "the form holds what is no text");
		else if (!field->file)
			mend_lines(field->value = buf_take(&field->bytes));
		else if (!utf8_valid(field->value, strlen(field->value), NULL))
			refuse(a, MHD_HTTP_BAD_REQUEST, "the form holds what is no text");
	}
}

void form_release(struct arrival *a)
{
	if (a->form != NULL)
		(void)MHD_destroy_post_processor(a->form);
	for (size_t i = 0; i < a->field_count; i++) {
		free(a->fields[i].name);
		free(a->fields[i].value);
		buf_release(&a->fields[i].bytes);
	}
	free(a->fields);
}

const char *web_value(const struct web_request *request, const char *name)
{
	for (size_t i = 0; i < request->field_count; i++)
		if (!request->fields[i].file && strcmp(request->fields[i].name, name) == 0)
			return request->fields[i].value;
	return "";
}

const struct web_field *web_file(const struct web_request *request, const char *name)
{
	for (size_t i = 0; i < request->field_count; i++)
		if (request->fields[i].file && strcmp(request->fields[i].name, name) == 0 && request->fields[i].value[0] != '\0')
			return &request->fields[i];
	return NULL;
}
