/* parse_freshness.c - how old the ledger a release stands on may be, and whose word is proof of that. */
#include "parse_inside.h"

#include "base/mem.h"
#include "seal/key.h"
#include "yaml/yaml.h"

#include <string.h>

/* One key under two names would count twice. */
static bool parse_witness(const struct yaml *doc, const struct yaml_node *name, const struct yaml_node *node,
                          struct freshness *f, struct err *err)
{
	struct public_key *key = NULL;
	struct err why = {0};

	if (!id_is_plain(name->text))
		return yaml_complain(doc, name, err, "'%.64s' is not an id (a-z, 0-9, . _ -)", name->text);
	if (node->kind != YAML_SCALAR)
		return yaml_complain(doc, node, err, "a key is a text");
	if (!public_key_from_line(node->text, strlen(node->text), &key, &why))
		return yaml_blame(doc, node, err, &why);
	f->witnesses = mem_grow(f->witnesses, f->count, sizeof(*f->witnesses));
	f->witnesses[f->count++] = (struct witness){.name = mem_copy_string(name->text), .key = key};
	if (public_key_type(key) != KEY_ED25519)
		return yaml_complain(doc, node, err, "a witness has an Ed25519 key");
	for (size_t i = 0; i + 1 < f->count; i++)
		if (public_key_equal(f->witnesses[i].key, key))
			return yaml_complain(doc, node, err, "%s has this key already", f->witnesses[i].name);
	return true;
}

bool parse_freshness(const struct yaml *doc, const struct yaml_node *node, struct freshness *out, struct err *err)
{
	static const char *const keys[] = {"max-age-hours", "quorum", "witnesses", NULL};
	const struct yaml_node *hours = NULL, *quorum, *witnesses;
	int64_t number = 0;

	if (node == NULL)
		return true;
	if (!yaml_expect_keys(doc, node, keys, err) || !yaml_need(doc, node, "max-age-hours", YAML_SCALAR, &hours, err) ||
	    !yaml_number(doc, hours, 1, 8760, &number, err))
		return false;
	out->hours = (uint32_t)number;
	witnesses = yaml_get(node, "witnesses");
	if (witnesses != NULL && witnesses->kind != YAML_MAP)
		return yaml_complain(doc, witnesses, err, "names and keys of witnesses are wanted here");
	if (witnesses != NULL && !parse_count(doc, witnesses, MOST_WITNESSES, err))
		return false;
	for (size_t i = 0; witnesses != NULL && i < witnesses->count; i++)
		if (!parse_witness(doc, witnesses->keys[i], witnesses->items[i], out, err))
			return false;
	quorum = yaml_get(node, "quorum");
	number = 0;
	if (quorum != NULL && !yaml_number(doc, quorum, 0, (int64_t)out->count, &number, err))
		return false;
	out->quorum = (uint32_t)number;
	return true;
}
