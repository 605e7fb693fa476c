/* ruleset.c - all packs in force together, under one name: the digest of every byte of them. */
#include "rules_inside.h"

#include "base/mem.h"
#include "seal/hash.h"
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { RULES_MOST = 10000 };

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct rule_file *)a)->name, ((const struct rule_file *)b)->name);
}

static void compute_digest(struct rule_files *files, struct digest *out)
{
	static const char head[] = "review-ruleset v1\n";
	struct hash *hash = hash_new();
	char hex[DIGEST_HEX_SIZE];

	hash_add(hash, head, sizeof(head) - 1);
	for (size_t i = 0; i < files->count; i++) {
		struct rule_file *file = &files->items[i];
		char *line;

		hash_bytes(file->bytes, file->len, &file->digest);
		line = mem_format("%s %s\n", digest_to_hex(&file->digest, hex), file->name);

		hash_add(hash, line, strlen(line));
		free(line);
	}
	hash_end(hash, out);
	hash_free(hash);
}

static bool add_rules(const struct yaml *doc, const struct yaml_node *list, const char *pack, const char *file,
                      struct ruleset *set, struct err *err)
{
	if (list->count == 0)
		return yaml_complain(doc, list, err, "a pack without rules");
	for (size_t i = 0; i < list->count; i++) {
		struct rule r;
		const struct rule *other;

		if (set->count >= RULES_MOST)
			return yaml_complain(doc, list->items[i], err, "more than %d rules", RULES_MOST);
		if (!rule_parse(doc, list->items[i], &set->files, &r, err))
			return false;
		other = ruleset_find(set, r.id);
		if (other != NULL) {
			(void)yaml_complain(doc, list->items[i], err, "rule '%s' is also in %s:%u", r.id, other->file, other->line);
			rule_release(&r);
			return false;
		}
		r.pack = mem_copy_string(pack);
		r.file = file;
		set->rules = mem_grow(set->rules, set->count, sizeof(*set->rules));
		set->rules[set->count++] = r;
	}
	return true;
}

static bool parse_head(const struct yaml *doc, const struct yaml_node *root, const char **pack,
                       const struct yaml_node **rules, struct err *err)
{
	static const char *const keys[] = {"review-rules", "pack", "title", "rules", NULL};
	const struct yaml_node *name = NULL, *title = NULL;
	char *en = NULL, *zh = NULL;
	bool ok;

	if (root->kind != YAML_MAP || root->count == 0 || strcmp(root->keys[0]->text, "review-rules") != 0 ||
	    root->items[0]->kind != YAML_SCALAR)
		return yaml_complain(doc, root, err, "a pack begins with 'review-rules: 1'");
	if (strcmp(root->items[0]->text, "1") != 0)
		return yaml_complain(doc, root->items[0], err, "only version 1 of review-rules is known");
	if (!yaml_expect_keys(doc, root, keys, err) || !yaml_need(doc, root, "pack", YAML_SCALAR, &name, err))
		return false;
	if (!rule_id_is_plain(name->text))
		return yaml_complain(doc, name, err, "the name of a pack is made of a-z, 0-9 and hyphens");
	ok = yaml_need(doc, root, "title", YAML_MAP, &title, err) && rule_title_parse(doc, title, &en, &zh, err);
	free(en);
	free(zh);
	if (!ok)
		return false;
	*pack = name->text;
	return yaml_need(doc, root, "rules", YAML_LIST, rules, err);
}

static bool add_pack(struct ruleset *set, const struct rule_file *file, struct err *err)
{
	struct yaml *doc = NULL;
	const struct yaml_node *rules = NULL;
	const char *pack = NULL;
	bool ok;

	if (!yaml_parse(file->name, file->bytes, file->len, &doc, err))
		return false;
	ok = parse_head(doc, yaml_root(doc), &pack, &rules, err) && add_rules(doc, rules, pack, file->name, set, err);
	yaml_doc_free(doc);
	return ok;
}

static bool is_read(const struct ruleset *set, const char *list)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->rules[i].keywords_file != NULL && strcmp(set->rules[i].keywords_file, list) == 0)
			return true;
	return false;
}

/* A list of words nobody reads would make people believe they are looked for. */
static bool every_list_is_read(const struct ruleset *set, struct err *err)
{
	for (size_t i = 0; i < set->files.count; i++) {
		const char *name = set->files.items[i].name;

		if (rule_file_is_keywords(name) && !is_read(set, name))
			return err_set(err, ERR_INPUT, "%s:1:1: no pack names this keyword file", name);
	}
	return true;
}

/* The digest joins names and contents by line ends, so it says which files only if names are plain
 * and different. */
static bool check_files(const struct rule_files *files, struct err *err)
{
	if (files->count > RULE_FILES_MOST)
		return err_set(err, ERR_LIMIT, "more than %d files of rules", RULE_FILES_MOST);
	for (size_t i = 0; i < files->count; i++) {
		if (!rule_file_check(files->items[i].name, files->items[i].len, err))
			return false;
		if (i > 0 && strcmp(files->items[i].name, files->items[i - 1].name) == 0)
			return err_set(err, ERR_INPUT, "%s: two files of that name", files->items[i].name);
	}
	return true;
}

static bool load(struct ruleset *set, struct err *err)
{
	const struct rule_file *allow;

	for (size_t i = 0; i < set->files.count; i++)
		if (rule_file_is_pack(set->files.items[i].name) && !add_pack(set, &set->files.items[i], err))
			return false;
	if (set->count == 0)
		return err_set(err, ERR_INPUT, "there are no rules: a pack is a file named *.yaml");
	allow = rule_files_find(&set->files, ALLOW_FILE);
	return every_list_is_read(set, err) && (allow == NULL || allowances_parse(allow, set, err));
}

bool ruleset_digest(struct rule_files *files, struct digest *out, struct err *err)
{
	if (files->count > 0)
		qsort(files->items, files->count, sizeof(*files->items), by_name);
	if (!check_files(files, err))
		return false;
	compute_digest(files, out);
	return true;
}

bool ruleset_load(struct rule_files *files, struct ruleset **out, struct err *err)
{
	struct ruleset *set = mem_alloc(1, sizeof(*set));
	const bool named = ruleset_digest(files, &set->digest, err);

	set->files = *files;
	if (!named || !load(set, err)) {
		set->files = (struct rule_files){0}; /* still the caller's */
		ruleset_free(set);
		return false;
	}
	*files = (struct rule_files){0}; /* transferred */
	*out = set;
	return true;
}

void ruleset_free(struct ruleset *set)
{
	if (set == NULL)
		return;
	for (size_t i = 0; i < set->count; i++)
		rule_release(&set->rules[i]);
	free(set->rules);
	allowances_free(set->allowances, set->allowance_count);
	rule_files_release(&set->files);
	free(set);
}

const struct rule *ruleset_find(const struct ruleset *set, const char *id)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->rules[i].id, id) == 0)
			return &set->rules[i];
	return NULL;
}
