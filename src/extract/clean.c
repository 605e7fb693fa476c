/* clean.c - asking the worker for a copy without what is hidden. */
#include "extract/clean.h"

#include "base/mem.h"
#include "wire/wire.h"
#include "worker_inside.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 10000 };
static const size_t LARGEST = (size_t)256 * 1024 * 1024;

struct hearing {
	struct cleaned *to;
	char *refused; /* the first reason, or NULL */
};

static void add_line(char ***lines, size_t *count, const struct message *m)
{
	if (*count >= LINES_MOST)
		return;
	*lines = mem_grow(*lines, *count, sizeof(**lines));
	(*lines)[(*count)++] = mem_copy_bytes(m->text.bytes, m->text.len);
}

static void hear(void *context, const struct message *m)
{
	struct hearing *h = context;

	if (m->type == MESSAGE_REMOVED)
		add_line(&h->to->removed, &h->to->removed_count, m);
	else if (m->type == MESSAGE_KEPT)
		add_line(&h->to->kept, &h->to->kept_count, m);
	else if (m->type == MESSAGE_UNDECIDED && h->refused == NULL)
		h->refused = mem_copy_bytes(m->text.bytes, m->text.len);
	else if (m->type == MESSAGE_CLEANED && m->text.len <= LARGEST - h->to->bytes.len)
		buf_add(&h->to->bytes, m->text.bytes, m->text.len);
	else if (m->type == MESSAGE_CLEANED && h->refused == NULL)
		h->refused = mem_copy_string("larger than can be cleaned");
}

bool extract_clean(const char *name, const void *bytes, size_t len, struct cleaned *out, struct err *err)
{
	struct hearing h = {.to = out};
	char *why;

	*out = (struct cleaned){0};
	if (len == 0)
		return err_set(err, ERR_INPUT, "%s: it is empty", name);
	why = worker_ask(&(struct worker_question){.which = WORKER_READER, .purpose = WIRE_CLEAN, .name = name, .bytes = bytes, .len = len,
	                                           .hear = hear, .context = &h});
	if (why != NULL || h.refused != NULL) {
		(void)err_reason(err, ERR_INPUT, h.refused != NULL ? h.refused : why);
		err_context(err, "%s", name);
	} else if (out->bytes.len == 0)
		(void)err_set(err, ERR_INPUT, "%s: nothing was left of it", name);
	free(why);
	free(h.refused);
	return err->kind == ERR_NONE;
}

void cleaned_release(struct cleaned *cleaned)
{
	for (size_t i = 0; i < cleaned->removed_count; i++)
		free(cleaned->removed[i]);
	for (size_t i = 0; i < cleaned->kept_count; i++)
		free(cleaned->kept[i]);
	free(cleaned->removed);
	free(cleaned->kept);
	buf_release(&cleaned->bytes);
	*cleaned = (struct cleaned){0};
}
