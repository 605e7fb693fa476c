/* yaml.c - one strict reader for policies, packs and calendars.
 *
 * What people write decides what is published, so nothing in it may mean two things: no anchors, no
 * tags, no duplicate keys, no second document.  Every scalar is a string; whoever needs a number
 * asks for one (values.c). */
#include "yaml/yaml.h"

#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 32, MOST_NODES = 200000, LONGEST = 1024 * 1024 };

struct yaml {
	char *name;
	struct yaml_node *root;
	size_t nodes;
};

static void node_free(struct yaml_node *node)
{
	if (node == NULL)
		return;
	for (size_t i = 0; i < node->count; i++) {
		node_free(node->items[i]);
		if (node->keys != NULL)
			node_free(node->keys[i]);
	}
	free(node->items);
	free(node->keys);
	free(node->text);
	free(node);
}

void yaml_doc_free(struct yaml *doc)
{
	if (doc == NULL)
		return;
	node_free(doc->root);
	free(doc->name);
	free(doc);
}

const struct yaml_node *yaml_root(const struct yaml *doc)
{
	return doc->root;
}

const char *yaml_name(const struct yaml *doc)
{
	return doc->name;
}

bool yaml_complain(const struct yaml *doc, const struct yaml_node *at, struct err *err, const char *fmt, ...)
{
	struct err mine = {.kind = ERR_INPUT};
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(mine.why, sizeof(mine.why), fmt, args);
	va_end(args);
	va_start(args, fmt);
	(void)vsnprintf(mine.told, sizeof(mine.told), _(fmt), args);
	va_end(args);
	return yaml_blame(doc, at, err, &mine);
}

bool yaml_blame(const struct yaml *doc, const struct yaml_node *at, struct err *err, const struct err *why)
{
	struct err mine = *why;

	mine.kind = ERR_INPUT;
	err_context(&mine, "%s:%u:%u", doc->name, at->line, at->column);
	return err_pass(err, &mine);
}

/* Reading: libyaml's events, one at a time. */
struct reader {
	struct yaml *doc;
	yaml_parser_t parser;
	yaml_event_t event;
	bool have;
	struct err *err;
};

static bool syntax_error(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const bool not_text = p->error == YAML_READER_ERROR;
	const yaml_mark_t mark = p->problem_mark;
	struct err why = {0};

	(void)err_reason(&why, ERR_INPUT, p->problem != NULL ? p->problem : N_("cannot be read"));
	if (not_text)
		err_context(&why, "not plain UTF-8 text");
	err_context(&why, "%s:%zu:%zu", r->doc->name, not_text ? 1 : mark.line + 1, not_text ? 1 : mark.column + 1);
	return err_pass(r->err, &why);
}

static bool next(struct reader *r)
{
	if (r->have)
		yaml_event_delete(&r->event);
	r->have = false;
	if (yaml_parser_parse(&r->parser, &r->event) != 1)
		return syntax_error(r);
	r->have = true;
	return true;
}

static bool refuse_event(struct reader *r, const char *what)
{
	struct err why = {0};

	(void)err_reason(&why, ERR_INPUT, what);
	err_context(&why, "%s:%zu:%zu", r->doc->name, r->event.start_mark.line + 1, r->event.start_mark.column + 1);
	return err_pass(r->err, &why);
}

static struct yaml_node *node_new(struct reader *r, enum yaml_kind kind)
{
	struct yaml_node *node = mem_alloc(1, sizeof(*node));

	node->kind = kind;
	node->line = (unsigned)r->event.start_mark.line + 1;
	node->column = (unsigned)r->event.start_mark.column + 1;
	return node;
}

static void append(struct yaml_node *node, struct yaml_node *key, struct yaml_node *value)
{
	if (key != NULL) {
		node->keys = mem_grow(node->keys, node->count, sizeof(struct yaml_node *));
		node->keys[node->count] = key;
	}
	node->items = mem_grow(node->items, node->count, sizeof(struct yaml_node *));
	node->items[node->count++] = value;
}

static bool has_anchor_or_tag(const yaml_event_t *e)
{
	if (e->type == YAML_SCALAR_EVENT)
		return e->data.scalar.anchor != NULL || e->data.scalar.tag != NULL;
	if (e->type == YAML_SEQUENCE_START_EVENT)
		return e->data.sequence_start.anchor != NULL || e->data.sequence_start.tag != NULL;
	return e->type == YAML_MAPPING_START_EVENT &&
	       (e->data.mapping_start.anchor != NULL || e->data.mapping_start.tag != NULL);
}

static struct yaml_node *read_node(struct reader *r, int depth);

static struct yaml_node *read_scalar(struct reader *r)
{
	struct yaml_node *node = node_new(r, YAML_SCALAR);

	node->text = mem_copy_bytes(r->event.data.scalar.value, r->event.data.scalar.length);
	node->plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (strlen(node->text) != r->event.data.scalar.length ||
	    !utf8_valid(node->text, strlen(node->text), NULL)) {
		(void)refuse_event(r, N_("a text with a NUL or that is not UTF-8"));
		node_free(node);
		return NULL;
	}
	return node;
}

static struct yaml_node *read_list(struct reader *r, int depth)
{
	struct yaml_node *node = node_new(r, YAML_LIST), *item;

	while (next(r) && r->event.type != YAML_SEQUENCE_END_EVENT) {
		item = read_node(r, depth + 1);
		if (item == NULL)
			break;
		append(node, NULL, item);
	}
	if (r->err->kind == ERR_NONE)
		return node;
	node_free(node);
	return NULL;
}

static bool key_is_new(struct reader *r, const struct yaml_node *map, const struct yaml_node *key)
{
	if (key->kind != YAML_SCALAR)
		return yaml_complain(r->doc, key, r->err, "a key must be a plain word");
	if (strcmp(key->text, "<<") == 0 && key->plain)
		return yaml_complain(r->doc, key, r->err, "merge keys are not read here");
	for (size_t i = 0; i < map->count; i++)
		if (strcmp(map->keys[i]->text, key->text) == 0)
			return yaml_complain(r->doc, key, r->err, "'%s' is here a second time, first in line %u", key->text,
			                     map->keys[i]->line);
	return true;
}

static struct yaml_node *read_map(struct reader *r, int depth)
{
	struct yaml_node *node = node_new(r, YAML_MAP), *key, *value;

	while (next(r) && r->event.type != YAML_MAPPING_END_EVENT) {
		key = read_node(r, depth + 1);
		if (key == NULL)
			break;
		value = key_is_new(r, node, key) && next(r) ? read_node(r, depth + 1) : NULL;
		if (value == NULL) {
			node_free(key);
			break;
		}
		append(node, key, value);
	}
	if (r->err->kind == ERR_NONE)
		return node;
	node_free(node);
	return NULL;
}

/* The node that begins with the current event. */
static struct yaml_node *read_node(struct reader *r, int depth)
{
	const char *refusal = NULL;

	if (depth > DEEPEST)
		refusal = "nested too deeply";
	else if (++r->doc->nodes > MOST_NODES)
		refusal = "too many values";
	else if (r->event.type == YAML_ALIAS_EVENT || has_anchor_or_tag(&r->event))
		refusal = "anchors, aliases and tags are not read here; write the value out";
	if (refusal != NULL) {
		(void)refuse_event(r, refusal);
		return NULL;
	}
	if (r->event.type == YAML_SCALAR_EVENT)
		return read_scalar(r);
	if (r->event.type == YAML_SEQUENCE_START_EVENT)
		return read_list(r, depth);
	if (r->event.type == YAML_MAPPING_START_EVENT)
		return read_map(r, depth);
	(void)refuse_event(r, N_("a value is missing"));
	return NULL;
}

static bool read_document(struct reader *r)
{
	if (!next(r) || !next(r)) /* stream start, document start */
		return false;
	if (r->event.type != YAML_DOCUMENT_START_EVENT)
		return err_set(r->err, ERR_INPUT, "%s:1:1: the file is empty", r->doc->name);
	if (!next(r))
		return false;
	r->doc->root = read_node(r, 0);
	if (r->doc->root == NULL || !next(r) || !next(r)) /* document end, stream end */
		return false;
	return r->event.type == YAML_STREAM_END_EVENT ? true : refuse_event(r, N_("a second document"));
}

bool yaml_parse(const char *name, const char *text, size_t len, struct yaml **out, struct err *err)
{
	struct reader r = {.err = err};
	bool ok;

	if (len > LONGEST)
		return err_set(err, ERR_LIMIT, "%s: larger than %d bytes", name, LONGEST);
	if (yaml_parser_initialize(&r.parser) != 1)
		return err_set(err, ERR_SYSTEM, "%s: the YAML reader cannot start", name);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text != NULL ? text : ""), len);
	r.doc = mem_alloc(1, sizeof(*r.doc));
	r.doc->name = mem_copy_string(name);
	ok = read_document(&r);
	if (r.have)
		yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	if (!ok) {
		yaml_doc_free(r.doc);
		return false;
	}
	*out = r.doc;
	return true;
}
