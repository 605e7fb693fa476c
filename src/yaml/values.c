/* values.c - asking a parsed document for what it should hold, and complaining where it does not. */
#include "yaml/yaml.h"

#include "base/buf.h"
#include "base/word.h"

#include <string.h>

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
	for (size_t i = 0; map->kind == YAML_MAP && i < map->count; i++)
		if (strcmp(map->keys[i]->text, key) == 0)
			return map->items[i];
	return NULL;
}

static bool complain_unknown(const struct yaml *doc, const struct yaml_node *key, const char *const known[], struct err *err)
{
	const char *near = word_nearest(key->text, known);

	if (near != NULL)
		return yaml_complain(doc, key, err, "unknown key '%.60s'; did you mean '%s'?", key->text, near);
	return yaml_complain(doc, key, err, "unknown key '%.60s'", key->text);
}

bool yaml_expect_keys(const struct yaml *doc, const struct yaml_node *node, const char *const keys[], struct err *err)
{
	if (node->kind != YAML_MAP)
		return yaml_complain(doc, node, err, "keys and values are wanted here");
	for (size_t i = 0; i < node->count; i++) {
		size_t k = 0;

		while (keys[k] != NULL && strcmp(keys[k], node->keys[i]->text) != 0)
			k++;
		if (keys[k] == NULL)
			return complain_unknown(doc, node->keys[i], keys, err);
	}
	return true;
}

bool yaml_need(const struct yaml *doc, const struct yaml_node *map, const char *key, enum yaml_kind kind,
               const struct yaml_node **out, struct err *err)
{
	const struct yaml_node *node = yaml_get(map, key);

	if (node == NULL)
		return yaml_complain(doc, map, err, "'%s' is missing", key);
	if (node->kind != kind && kind == YAML_SCALAR)
		return yaml_complain(doc, node, err, "'%s' must be a text", key);
	if (node->kind != kind && kind == YAML_LIST)
		return yaml_complain(doc, node, err, "'%s' must be a list", key);
	if (node->kind != kind)
		return yaml_complain(doc, node, err, "'%s' must be keys and values", key);
	*out = node;
	return true;
}

bool yaml_number(const struct yaml *doc, const struct yaml_node *node, int64_t least, int64_t most, int64_t *out, struct err *err)
{
	const char *p = node->kind == YAML_SCALAR ? node->text : "";
	const bool minus = *p == '-';
	int64_t value = 0;
	size_t digits = 0;

	for (p += minus ? 1 : 0; *p >= '0' && *p <= '9' && digits < 18; p++, digits++)
		value = value * 10 + (*p - '0');
	value = minus ? -value : value;
	if (digits == 0 || *p != '\0' || value < least || value > most)
		return yaml_complain(doc, node, err, "a number from %lld to %lld is wanted", (long long)least,
		                     (long long)most);
	*out = value;
	return true;
}

bool yaml_boolean(const struct yaml *doc, const struct yaml_node *node, bool *out, struct err *err)
{
	const bool yes = node->kind == YAML_SCALAR && strcmp(node->text, "true") == 0;

	if (!yes && (node->kind != YAML_SCALAR || strcmp(node->text, "false") != 0))
		return yaml_complain(doc, node, err, "true or false is wanted");
	*out = yes;
	return true;
}

bool yaml_choice(const struct yaml *doc, const struct yaml_node *node, const char *const words[], size_t *out, struct err *err)
{
	struct buf list = {0};

	for (size_t i = 0; words[i] != NULL; i++) {
		if (node->kind == YAML_SCALAR && strcmp(node->text, words[i]) == 0) {
			*out = i;
			buf_release(&list);
			return true;
		}
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	}
	(void)yaml_complain(doc, node, err, "one of these is wanted: %s", list.data);
	buf_release(&list);
	return false;
}
