/* parse.c - review-policy(5), read strictly.
 *
 * A policy decides who may publish, so everything in it must mean something: an unknown key, a name
 * nobody has, a threshold nobody can meet or anybody meets, a key under two persons are refused
 * here, with their place, and never reach the ledger. */
#include "parse_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ledger/entry.h"
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

void add_name(struct names *names, char *taken)
{
	names->items = mem_grow(names->items, names->count, sizeof(*names->items));
	names->items[names->count++] = taken;
}

bool id_is_plain(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	const size_t len = strlen(text);

	return len >= 1 && len <= 64 && strspn(text, allowed) == len && strchr("._-", text[0]) == NULL;
}

/* Without controls, line ends, bidi or zero-width characters: what is shown is what is there. */
static bool is_visible(const char *text)
{
	struct buf shown = {0};
	bool same;

	utf8_add_printable(&shown, text, strlen(text));
	same = shown.len == strlen(text) && (shown.len == 0 || memcmp(shown.data, text, shown.len) == 0);
	buf_release(&shown);
	return same;
}

bool parse_count(const struct yaml *doc, const struct yaml_node *node, size_t most, struct err *err)
{
	return node->count <= most ? true : err_set(err, ERR_LIMIT, "%s:%u:%u: more than %zu of them", yaml_name(doc),
	                                            node->line, node->column, most);
}

/* A list of different texts. */
bool parse_names(const struct yaml *doc, const struct yaml_node *node, struct names *out, struct err *err)
{
	if (node->kind != YAML_LIST)
		return yaml_complain(doc, node, err, "a list is wanted here");
	if (!parse_count(doc, node, MOST_NAMES, err))
		return false;
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *item = node->items[i];

		if (item->kind != YAML_SCALAR || item->text[0] == '\0')
			return yaml_complain(doc, item, err, "a name is wanted here");
		if (!is_visible(item->text))
			return yaml_complain(doc, item, err, "a character in it cannot be seen");
		if (names_have(out, item->text))
			return yaml_complain(doc, item, err, "'%s' is listed twice", item->text);
		add_name(out, mem_copy_string(item->text));
	}
	return true;
}

bool parse_text(const struct yaml *doc, const struct yaml_node *map, const char *key, char **out, struct err *err)
{
	const struct yaml_node *node = NULL;

	if (!yaml_need(doc, map, key, YAML_SCALAR, &node, err))
		return false;
	if (node->text[0] == '\0')
		return yaml_complain(doc, node, err, "'%s' is empty", key);
	if (!is_visible(node->text))
		return yaml_complain(doc, node, err, "a character in '%s' cannot be seen", key);
	*out = mem_copy_string(node->text);
	return true;
}

/* {en: ..., zh: ...}; one of them may be missing and is then the other. */
bool parse_titles(const struct yaml *doc, const struct yaml_node *node, char **en, char **zh, struct err *err)
{
	static const char *const keys[] = {"en", "zh", NULL};

	if (!yaml_expect_keys(doc, node, keys, err))
		return false;
	if (yaml_get(node, "en") == NULL && yaml_get(node, "zh") == NULL)
		return yaml_complain(doc, node, err, "a title wants en, zh or both");
	if (yaml_get(node, "en") != NULL && !parse_text(doc, node, "en", en, err))
		return false;
	if (yaml_get(node, "zh") != NULL && !parse_text(doc, node, "zh", zh, err))
		return false;
	if (*en == NULL)
		*en = mem_copy_string(*zh);
	if (*zh == NULL)
		*zh = mem_copy_string(*en);
	return true;
}

/* A folder of the repository, as the ledger would spell it; ends in '/'. */
static bool is_clean_folder(const char *path)
{
	struct err ignored = {0};
	const size_t len = strlen(path);

	return len > 1 && path[len - 1] == '/' && path_check(path, len - 1, &ignored) && strncmp(path, ".review/", 8) != 0;
}

/* One inside the repository, or an absolute one. */
static bool is_clean_dir(const char *path)
{
	return is_clean_folder(path[0] == '/' ? path + 1 : path);
}

static bool parse_public(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	size_t len;

	if (node != NULL && node->kind != YAML_SCALAR)
		return yaml_complain(doc, node, err, "a directory is wanted here");
	len = node != NULL ? strlen(node->text) : 0;
	if (node == NULL)
		p->public_dir = mem_copy_string("public/");
	else
		p->public_dir = mem_format("%s%s", node->text, len > 0 && node->text[len - 1] == '/' ? "" : "/");
	if (node != NULL && (len == 0 || !is_clean_dir(p->public_dir)))
		return yaml_complain(doc, node, err, "the public directory is a folder of the repository or an absolute path");
	return true;
}

static bool parse_zones(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"public", "strip", "candidates", "ignore", NULL};
	const struct yaml_node *strip, *candidates, *ignore;

	if (node == NULL) {
		p->public_dir = mem_copy_string("public/");
		p->strip = mem_copy_string("");
		add_name(&p->candidates, mem_copy_string("**"));
		return true;
	}
	if (!yaml_expect_keys(doc, node, keys, err) || !parse_public(doc, yaml_get(node, "public"), p, err))
		return false;
	strip = yaml_get(node, "strip");
	if (strip != NULL && strip->kind != YAML_SCALAR)
		return yaml_complain(doc, strip, err, "the front of a path is wanted here");
	if (strip != NULL && strip->text[0] != '\0' && !is_clean_folder(strip->text))
		return yaml_complain(doc, strip, err, "'%.200s' is not a folder that ends in /", strip->text);
	p->strip = mem_copy_string(strip != NULL ? strip->text : "");
	candidates = yaml_get(node, "candidates");
	ignore = yaml_get(node, "ignore");
	if (candidates == NULL)
		add_name(&p->candidates, mem_copy_string("**"));
	else if (!parse_names(doc, candidates, &p->candidates, err))
		return false;
	return ignore == NULL || parse_names(doc, ignore, &p->ignore, err);
}

static bool parse_sections(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"title", "paths", NULL};

	if (node->count == 0)
		return yaml_complain(doc, node, err, "at least one section is wanted");
	if (!parse_count(doc, node, MOST_SECTIONS, err))
		return false;
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *body = node->items[i], *title = NULL, *paths = NULL;
		struct section *s;

		if (!id_is_plain(node->keys[i]->text) || strcmp(node->keys[i]->text, "all") == 0)
			return yaml_complain(doc, node->keys[i], err, "'%.64s' is not an id (a-z, 0-9, . _ -; not all)",
			                     node->keys[i]->text);
		if (!yaml_expect_keys(doc, body, keys, err) || !yaml_need(doc, body, "title", YAML_MAP, &title, err) ||
		    !yaml_need(doc, body, "paths", YAML_LIST, &paths, err))
			return false;
		p->sections = mem_grow(p->sections, p->section_count, sizeof(*p->sections));
		s = &p->sections[p->section_count++];
		s->id = mem_copy_string(node->keys[i]->text);
		if (!parse_titles(doc, title, &s->title_en, &s->title_zh, err) || !parse_names(doc, paths, &s->paths, err))
			return false;
	}
	return true;
}

static bool parse_separation(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"distinct-people", "submitter-may-sign", NULL};
	const struct yaml_node *distinct, *submitter;

	p->distinct_people = true;
	if (node == NULL)
		return true;
	if (!yaml_expect_keys(doc, node, keys, err))
		return false;
	distinct = yaml_get(node, "distinct-people");
	submitter = yaml_get(node, "submitter-may-sign");
	return (distinct == NULL || yaml_boolean(doc, distinct, &p->distinct_people, err)) &&
	       (submitter == NULL || yaml_boolean(doc, submitter, &p->submitter_may_sign, err));
}

/* Before people: what is asked of their keys. */
static bool parse_keys(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"security-keys-only", "pin", "proof", NULL};
	const struct yaml_node *only, *pin, *proof;

	if (node == NULL)
		return true;
	if (!yaml_expect_keys(doc, node, keys, err))
		return false;
	only = yaml_get(node, "security-keys-only");
	pin = yaml_get(node, "pin");
	proof = yaml_get(node, "proof");
	return (only == NULL || yaml_boolean(doc, only, &p->hardware_only, err)) &&
	       (pin == NULL || yaml_boolean(doc, pin, &p->pin_wanted, err)) &&
	       (proof == NULL || yaml_boolean(doc, proof, &p->proof_wanted, err));
}

/* "+08:00": hours and minutes ahead of UTC.  An offset, because a name would mean what each machine's tables say. */
static bool parse_timezone(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	const char *t = node != NULL && node->kind == YAML_SCALAR ? node->text : "";

	return node == NULL || offset_from_text(&p->utc_offset, t, strlen(t)) ||
	       yaml_complain(doc, node, err, "hours and minutes ahead of UTC are wanted here, as '+08:00', at most 14:59");
}

static bool parse_deadline(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"working-days", "from", "calendar", NULL};
	static const char *const starts[] = {"formed", "changed", NULL};
	const struct yaml_node *days = NULL, *from, *calendar;
	int64_t count = 0;
	size_t start = 0;

	if (node != NULL) {
		if (!yaml_expect_keys(doc, node, keys, err) ||
		    !yaml_need(doc, node, "working-days", YAML_SCALAR, &days, err) ||
		    !yaml_number(doc, days, 1, 1000, &count, err))
			return false;
		from = yaml_get(node, "from");
		if (from != NULL && !yaml_choice(doc, from, starts, &start, err))
			return false;
	}
	calendar = node != NULL ? yaml_get(node, "calendar") : NULL;
	if (calendar != NULL && (calendar->kind != YAML_SCALAR || !id_is_plain(calendar->text)))
		return yaml_complain(doc, calendar, err, "the name of a calendar is wanted here");
	p->deadline_days = (uint32_t)count;
	p->deadline_from = mem_copy_string(starts[start]);
	p->calendar = mem_copy_string(calendar != NULL ? calendar->text : "");
	return true;
}

/* A list of people this policy knows. */
static bool parse_members(const struct yaml *doc, const struct yaml_node *node, const struct policy *p,
                          struct names *out, struct err *err)
{
	if (!parse_names(doc, node, out, err))
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (policy_person(p, out->items[i]) == NULL)
			return yaml_complain(doc, node->items[i], err, "there is nobody named '%s' under people", out->items[i]);
	return true;
}

static bool parse_root(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"people", "threshold", NULL};
	const struct yaml_node *people = NULL, *threshold = NULL;
	int64_t count = 0;

	if (!yaml_expect_keys(doc, node, keys, err) || !yaml_need(doc, node, "people", YAML_LIST, &people, err) ||
	    !yaml_need(doc, node, "threshold", YAML_SCALAR, &threshold, err) ||
	    !parse_members(doc, people, p, &p->root, err))
		return false;
	if (p->root.count == 0)
		return yaml_complain(doc, people, err, "without root people nobody could ever change the policy");
	if (!yaml_number(doc, threshold, 1, (int64_t)p->root.count, &count, err))
		return false;
	p->root_threshold = (uint32_t)count;
	return true;
}

static bool parse_keepers(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"rules", NULL};
	const struct yaml_node *rules = NULL;

	return yaml_expect_keys(doc, node, keys, err) && yaml_need(doc, node, "rules", YAML_LIST, &rules, err) &&
	       parse_members(doc, rules, p, &p->rule_keepers, err);
}

static bool parse_version(const struct yaml *doc, const struct yaml_node *root, struct err *err)
{
	const struct yaml_node *version = NULL;

	if (root->kind != YAML_MAP || root->count == 0 || strcmp(root->keys[0]->text, "review-policy") != 0)
		return yaml_complain(doc, root, err, "a policy begins with 'review-policy: 1'");
	version = root->items[0];
	if (version->kind != YAML_SCALAR || strcmp(version->text, "1") != 0)
		return yaml_complain(doc, version, err, "only version 1 of review-policy is known");
	return true;
}

static bool parse_all(const struct yaml *doc, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"review-policy", "office", "zones", "sections", "stages", "separation",
	                                   "timezone", "deadline", "keys", "people", "root", "keepers", "registrars", "freshness", NULL};
	const struct yaml_node *root = yaml_root(doc), *office = NULL, *sections = NULL, *stages = NULL,
	                       *people = NULL, *top = NULL, *keepers = NULL, *registrars = NULL;

	return parse_version(doc, root, err) && yaml_expect_keys(doc, root, keys, err) &&
	       yaml_need(doc, root, "office", YAML_MAP, &office, err) &&
	       parse_titles(doc, office, &p->office_en, &p->office_zh, err) &&
	       parse_zones(doc, yaml_get(root, "zones"), p, err) &&
	       yaml_need(doc, root, "sections", YAML_MAP, &sections, err) && parse_sections(doc, sections, p, err) &&
	       yaml_need(doc, root, "stages", YAML_LIST, &stages, err) && parse_stages(doc, stages, p, err) &&
	       parse_separation(doc, yaml_get(root, "separation"), p, err) &&
	       parse_timezone(doc, yaml_get(root, "timezone"), p, err) &&
	       parse_deadline(doc, yaml_get(root, "deadline"), p, err) &&
	       parse_keys(doc, yaml_get(root, "keys"), p, err) &&
	       yaml_need(doc, root, "people", YAML_MAP, &people, err) && parse_people(doc, people, p, err) &&
	       yaml_need(doc, root, "root", YAML_MAP, &top, err) && parse_root(doc, top, p, err) &&
	       yaml_need(doc, root, "keepers", YAML_MAP, &keepers, err) && parse_keepers(doc, keepers, p, err) &&
	       yaml_need(doc, root, "registrars", YAML_LIST, &registrars, err) &&
	       parse_members(doc, registrars, p, &p->registrars, err) &&
	       parse_freshness(doc, yaml_get(root, "freshness"), &p->freshness, err);
}

bool policy_parse(const char *name, const char *text, size_t len, struct policy **out, struct err *err)
{
	struct yaml *doc = NULL;
	struct policy *p;
	bool ok;

	if (!yaml_parse(name, text, len, &doc, err))
		return false;
	p = mem_alloc(1, sizeof(*p));
	ok = parse_all(doc, p, err);
	yaml_doc_free(doc);
	if (!ok) {
		policy_free(p);
		return false;
	}
	policy_warn(p);
	p->text = mem_copy_bytes(text, len);
	p->text_len = len;
	*out = p;
	return true;
}
