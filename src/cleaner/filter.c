/* filter.c - XML in, XML out, less what is to go: names, attributes and text as they were. */
#include "cleaner_inside.h"

#include "base/mem.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 256 };

struct state {
	const struct filter *filter;
	struct filtered *counts;
	struct buf *out;
	unsigned depth, dropping; /* `dropping`: the depth at which it began; 0: not */
	bool unwrapped[DEEPEST + 1];
	size_t runs[DEEPEST + 1];  /* where the runs we are in begin in `out` */
	bool doomed[DEEPEST + 1];
	unsigned run_depth;
	bool open; /* a start tag that still wants its '>' */
};

static bool is_in(const char *const *names, const char *name)
{
	for (; names != NULL && *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

static bool is_dropped_by_name(struct state *s, const char *local)
{
	const char *const *drop = s->filter->drop;

	for (unsigned i = 0; drop != NULL && drop[i] != NULL; i++)
		if (strcmp(drop[i], local) == 0) {
			s->counts->which |= UINT64_C(1) << (i & 63);
			return true;
		}
	return false;
}

static void put_escaped(struct buf *out, const char *text, size_t len, bool attribute)
{
	for (size_t i = 0; i < len; i++) {
		const char c = text[i];

		if (c == '&')
			buf_add_string(out, "&amp;");
		else if (c == '<')
			buf_add_string(out, "&lt;");
		else if (c == '>')
			buf_add_string(out, "&gt;");
		else if (attribute && c == '"')
			buf_add_string(out, "&quot;");
		else if (c == '\r' || (attribute && (c == '\n' || c == '\t')))
			buf_addf(out, "&#%d;", c);
		else
			buf_add_byte(out, c);
	}
}

static void close_tag(struct state *s)
{
	if (s->open)
		buf_add_byte(s->out, '>');
	s->open = false;
}

static void put_start(struct state *s, const char *name, const char *const *attributes)
{
	const char *start = s->filter->attribute_start;

	close_tag(s);
	buf_addf(s->out, "<%s", name);
	for (; attributes[0] != NULL; attributes += 2) {
		if (start != NULL && strncmp(xml_local(attributes[0]), start, strlen(start)) == 0) {
			s->counts->attributes++;
			continue;
		}
		buf_addf(s->out, " %s=\"", attributes[0]);
		put_escaped(s->out, attributes[1], strlen(attributes[1]), true);
		buf_add_byte(s->out, '"');
	}
	s->open = true;
}

static bool is_off(const char *const *attributes)
{
	const char *value = xml_attribute(attributes, "val");

	return value != NULL && (strcmp(value, "0") == 0 || strcmp(value, "false") == 0 || strcmp(value, "off") == 0);
}

/* Runs are written until it turns out that they are to go. */
static void watch_runs(struct state *s, const char *local, const char *const *attributes)
{
	if (strcmp(local, "r") == 0) {
		close_tag(s);
		s->runs[s->run_depth] = s->out->len;
		s->doomed[s->run_depth++] = false;
	} else if (s->run_depth > 0 && strcmp(local, "vanish") == 0 && !is_off(attributes)) {
		s->counts->hidden_runs += s->doomed[s->run_depth - 1] ? 0 : 1;
		s->doomed[s->run_depth - 1] = true;
	} else if (s->run_depth > 0 && strcmp(local, "commentReference") == 0) {
		s->doomed[s->run_depth - 1] = true;
	}
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct state *s = context;
	const char *local = xml_local(name);

	s->depth++;
	if (s->dropping > 0 || s->depth > DEEPEST)
		return;
	s->unwrapped[s->depth] = is_in(s->filter->unwrap, local);
	if (is_dropped_by_name(s, local) ||
	    (s->filter->drops != NULL && s->filter->drops(s->filter->context, local, attributes))) {
		s->counts->dropped++;
		s->dropping = s->depth;
	} else if (s->unwrapped[s->depth]) {
		s->counts->unwrapped++;
	} else {
		if (s->filter->runs)
			watch_runs(s, local, attributes);
		put_start(s, name, attributes);
	}
}

static void end_run(struct state *s)
{
	s->run_depth--;
	if (!s->doomed[s->run_depth])
		return;
	s->out->len = s->runs[s->run_depth];
	s->open = false;
}

static void on_end(void *context, const char *name)
{
	struct state *s = context;

	if (s->dropping == 0 && s->depth <= DEEPEST && !s->unwrapped[s->depth]) {
		if (s->open)
			buf_add_string(s->out, "/>");
		else
			buf_addf(s->out, "</%s>", name);
		s->open = false;
		if (s->filter->runs && s->run_depth > 0 && strcmp(xml_local(name), "r") == 0)
			end_run(s);
	}
	if (s->dropping == s->depth)
		s->dropping = 0;
	s->depth--;
}

static void on_text(void *context, const char *text, size_t len)
{
	struct state *s = context;

	if (s->dropping > 0)
		return;
	close_tag(s);
	put_escaped(s->out, text, len, false);
}

static void on_aside(void *context, const char *text, size_t len)
{
	struct state *s = context;

	(void)text, (void)len;
	s->counts->asides++;
}

bool filter_xml(struct reader *reader, const struct filter *filter, const void *bytes, size_t len, struct buf *out,
                struct filtered *counts)
{
	static const struct xml_events events = {.start = on_start, .end = on_end, .text = on_text, .aside = on_aside};
	struct state *s = mem_alloc(1, sizeof(*s));
	bool ok;

	*s = (struct state){.filter = filter, .counts = counts, .out = out};
	buf_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
	ok = xml_read(reader, &events, s, bytes, len);
	free(s);
	return ok;
}

void say_removed(struct reader *reader, const char *name, const char *const *words, uint64_t which)
{
	struct buf list = {0};

	for (; *words != NULL; words++, which >>= 1)
		if ((which & 1) != 0)
			buf_addf(&list, "%s%s", list.len > 0 ? ", " : "", *words);
	if (list.len > 0)
		reader_removed(reader, "%s: %s", name, list.data);
	buf_release(&list);
}

struct names {
	struct buf out;
	char name[64];
	bool said;
	unsigned depth, properties; /* of the element that ends next; where properties are, anything within is of their values */
};

static void name_start(void *context, const char *name, const char *const *attributes)
{
	struct names *n = context;
	const char *value = xml_attribute(attributes, "name");

	if (++n->depth > n->properties)
		return;
	(void)strncpy(n->name, value != NULL ? value : xml_local(name), sizeof(n->name) - 1);
	n->said = false;
}

static void name_end(void *context, const char *name)
{
	(void)name;
	((struct names *)context)->depth--;
}

static void name_text(void *context, const char *text, size_t len)
{
	struct names *n = context;
	size_t blank = 0;

	while (blank < len && (text[blank] == ' ' || text[blank] == '\n' || text[blank] == '\r' || text[blank] == '\t'))
		blank++;
	if (blank == len || n->said || n->out.len > 400)
		return;
	n->said = true;
	buf_addf(&n->out, "%s%s", n->out.len > 0 ? ", " : "", n->name);
}

char *names_with_text(struct reader *reader, const void *bytes, size_t len, unsigned properties)
{
	static const struct xml_events events = {.start = name_start, .end = name_end, .text = name_text};
	struct names n = {.properties = properties};

	if (!xml_read(reader, &events, &n, bytes, len))
		buf_clear(&n.out);
	return buf_take(&n.out);
}
