#ifndef YAML_YAML_H
#define YAML_YAML_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* One strict reader for everything people write here.  YAML 1.1 as libyaml reads it, but: one
 * document; UTF-8 without controls; no anchors, aliases, tags or merge keys; mapping keys are
 * plain strings and unique; at most 1 MiB, 32 levels, 200,000 nodes.  Every scalar is a string:
 * `yes` and `010` mean what is written, and whoever asks for a number says so.
 *
 * Every complaint is one line "name:line:column: what", so that an editor can jump to it. */
enum yaml_kind { YAML_SCALAR = 1, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	unsigned line, column; /* from 1; column in characters */
	char *text;            /* scalar: NUL-terminated UTF-8 without NUL inside */
	struct yaml_node **items; /* list: the items; map: the values, in order */
	struct yaml_node **keys;  /* map: the keys, scalars */
	size_t count;
	bool plain;            /* scalar: written without quotes */
};

struct yaml;

/* `name` is what complaints start with.  *out is owned by the caller. */
bool yaml_parse(const char *name, const char *text, size_t len, struct yaml **out, struct err *err) MUST_CHECK;
void yaml_doc_free(struct yaml *doc); /* NULL allowed; libyaml itself has a yaml_free */
const struct yaml_node *yaml_root(const struct yaml *doc);
const char *yaml_name(const struct yaml *doc);

/* "name:line:column: ..." as ERR_INPUT.  Always returns false. */
bool yaml_complain(const struct yaml *doc, const struct yaml_node *at, struct err *err, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* The same with a reason another function gave. */
bool yaml_blame(const struct yaml *doc, const struct yaml_node *at, struct err *err, const struct err *why);

/* The value of `key` in a map, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

/* `node` is a map and has no key outside this NULL-ended list; the complaint names the unknown key
 * and, where one is near, the key that was probably meant. */
bool yaml_expect_keys(const struct yaml *doc, const struct yaml_node *node, const char *const keys[], struct err *err) MUST_CHECK;

/* The value of `key`, which must be there and of this kind. */
bool yaml_need(const struct yaml *doc, const struct yaml_node *map, const char *key, enum yaml_kind kind,
               const struct yaml_node **out, struct err *err) MUST_CHECK;

/* Scalars with a meaning.  Bounds are inclusive.  Booleans are `true` and `false` only. */
bool yaml_number(const struct yaml *doc, const struct yaml_node *node, int64_t least, int64_t most, int64_t *out, struct err *err) MUST_CHECK;
bool yaml_boolean(const struct yaml *doc, const struct yaml_node *node, bool *out, struct err *err) MUST_CHECK;

/* The position of the scalar among `words` (NULL-ended); the complaint lists them. */
bool yaml_choice(const struct yaml *doc, const struct yaml_node *node, const char *const words[], size_t *out, struct err *err) MUST_CHECK;

#endif
