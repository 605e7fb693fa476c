/* allow.c - findings known to be harmless, said openly.
 *
 * A false positive is dealt with by an entry that has a reason, a name and a last day, in a file that
 * comes into force through the ledger like any pack.  Nothing in a document or a working tree can
 * silence a rule.  An entry names one text by its digest: it excuses that text and no other, and the
 * file does not repeat what it excuses.  In doubt an entry does not apply, and the finding stays. */
#include "rules_inside.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { ALLOWANCES_MOST = 5000, PATH_MOST = 1024 };

static void allowance_clear(struct allowance *a)
{
	free(a->rule);
	free(a->reason);
	free(a->person);
	free(a->path);
}

void allowances_free(struct allowance *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		allowance_clear(&items[i]);
	free(items);
}

/* No way out of a folder, and one spelling: no part is empty, "." or "..". */
static bool path_is_plain(const char *path)
{
	const size_t whole = strlen(path);

	if (whole == 0 || whole > PATH_MOST || strchr(path, '\\') != NULL)
		return false;
	for (const char *part = path;; part++) {
		const size_t len = strcspn(part, "/");

		if (len == 0 || (len == 1 && part[0] == '.') ||
		    (len == 2 && part[0] == '.' && part[1] == '.'))
			return false;
		part += len;
		if (*part == '\0')
			return true;
	}
}

/* As policies write a person: [a-z0-9][a-z0-9._-]{0,63}. */
static bool person_is_plain(const char *id)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	const size_t len = strlen(id);

	return len >= 1 && len <= 64 && strspn(id, allowed) == len && strchr("._-", id[0]) == NULL;
}

static bool parse_rule(const struct yaml *doc, const struct yaml_node *node, const struct ruleset *set,
                       struct allowance *a, struct err *err)
{
	const struct yaml_node *rule = NULL;

	if (!yaml_need(doc, node, "rule", YAML_SCALAR, &rule, err))
		return false;
	if (ruleset_find(set, rule->text) == NULL)
		return yaml_complain(doc, rule, err, "there is no rule '%.80s'", rule->text);
	a->rule = mem_copy_string(rule->text);
	return true;
}

static bool parse_digest(const struct yaml *doc, const struct yaml_node *node, struct allowance *a,
                         struct err *err)
{
	const struct yaml_node *text = NULL;

	if (!yaml_need(doc, node, "text-sha-256", YAML_SCALAR, &text, err))
		return false;
	if (!digest_from_hex(&a->text, text->text, strlen(text->text)))
		return yaml_complain(doc, text, err, "64 lower-case hexadecimal digits are wanted here");
	return true;
}

/* Who says so, why, and for how long. */
static bool parse_answer(const struct yaml *doc, const struct yaml_node *node, struct allowance *a,
                         struct err *err)
{
	const struct yaml_node *reason = NULL, *person = NULL, *until = NULL;

	if (!yaml_need(doc, node, "reason", YAML_SCALAR, &reason, err))
		return false;
	if (!keyword_fits(reason->text))
		return yaml_complain(doc, reason, err, "a reason is one line of 1 to 200 characters");
	if (!yaml_need(doc, node, "person", YAML_SCALAR, &person, err))
		return false;
	if (!person_is_plain(person->text))
		return yaml_complain(doc, person, err, "the id of a person is wanted here");
	if (!yaml_need(doc, node, "until", YAML_SCALAR, &until, err))
		return false;
	if (!date_from_text(&a->until, until->text, strlen(until->text)))
		return yaml_complain(doc, until, err, "a day is wanted here, as in 2027-06-30");
	a->reason = mem_copy_string(reason->text);
	a->person = mem_copy_string(person->text);
	return true;
}

static bool parse_path(const struct yaml *doc, const struct yaml_node *node, struct allowance *a,
                       struct err *err)
{
	const struct yaml_node *path = yaml_get(node, "path");
	size_t len;

	if (path == NULL)
		return true;
	len = path->kind == YAML_SCALAR ? strlen(path->text) : 0;
	if (len > 1 && path->text[len - 1] == '/')
		len--;
	a->path = mem_copy_bytes(len > 0 ? path->text : "", len);
	if (!path_is_plain(a->path))
		return yaml_complain(
			doc, path, err,
			"a path from the top of the repository is wanted here, without . and ..");
	return true;
}

static bool same_path(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Two entries for one thing have two last days, and nobody reads the second. */
static bool is_new(const struct yaml *doc, const struct yaml_node *node, const struct ruleset *set,
                   const struct allowance *a, struct err *err)
{
	for (size_t i = 0; i < set->allowance_count; i++) {
		const struct allowance *other = &set->allowances[i];

		if (digest_equal(&other->text, &a->text) && strcmp(other->rule, a->rule) == 0 &&
		    same_path(other->path, a->path))
			return yaml_complain(doc, node, err, "this is allowed already, in line %u",
			                     other->line);
	}
	return true;
}

static bool add_allowance(const struct yaml *doc, const struct yaml_node *node, struct ruleset *set,
                          struct err *err)
{
	static const char *const keys[] = {"rule", "text-sha-256", "reason", "person", "until", "path", NULL};
	struct allowance a = {.line = node->line, .column = node->column};

	if (yaml_expect_keys(doc, node, keys, err) && parse_rule(doc, node, set, &a, err) &&
	    parse_digest(doc, node, &a, err) && parse_answer(doc, node, &a, err) &&
	    parse_path(doc, node, &a, err) && is_new(doc, node, set, &a, err)) {
		set->allowances = mem_grow(set->allowances, set->allowance_count, sizeof(*set->allowances));
		set->allowances[set->allowance_count++] = a;
		return true;
	}
	allowance_clear(&a);
	return false;
}

static bool parse_allowances(const struct yaml *doc, const struct yaml_node *root, struct ruleset *set,
                             struct err *err)
{
	static const char *const keys[] = {"review-allow", "allow", NULL};
	const struct yaml_node *list = NULL;

	if (root->kind != YAML_MAP || root->count == 0 || strcmp(root->keys[0]->text, "review-allow") != 0 ||
	    root->items[0]->kind != YAML_SCALAR)
		return yaml_complain(doc, root, err, "this file begins with 'review-allow: 1'");
	if (strcmp(root->items[0]->text, "1") != 0)
		return yaml_complain(doc, root->items[0], err, "only version 1 of review-allow is known");
	if (!yaml_expect_keys(doc, root, keys, err) || !yaml_need(doc, root, "allow", YAML_LIST, &list, err))
		return false;
	if (list->count == 0)
		return yaml_complain(doc, list, err, "nothing is allowed here; remove the file");
	if (list->count > ALLOWANCES_MOST)
		return yaml_complain(doc, list, err, "more than %d entries", ALLOWANCES_MOST);
	for (size_t i = 0; i < list->count; i++)
		if (!add_allowance(doc, list->items[i], set, err))
			return false;
	return true;
}

bool allowances_parse(const struct rule_file *file, struct ruleset *set, struct err *err)
{
	struct yaml *doc = NULL;
	bool ok;

	if (!yaml_parse(file->name, file->bytes, file->len, &doc, err))
		return false;
	ok = parse_allowances(doc, yaml_root(doc), set, err);
	yaml_doc_free(doc);
	return ok;
}

enum rule_view allowance_view(const struct rule *rule)
{
	return rule->kind == RULE_STRUCTURE ? RULE_VIEW_VERBATIM : rule->view;
}

bool allowance_expired(const struct allowance *a, int32_t today)
{
	return today > a->until;
}

/* `path` is it, or lies below it; "drafts/training" is not above "drafts/training-plan.md". */
static bool covers_path(const struct allowance *a, const char *path)
{
	const size_t len = a->path != NULL ? strlen(a->path) : 0;

	if (a->path == NULL)
		return true;
	if (path == NULL || !path_is_plain(path) || strncmp(path, a->path, len) != 0)
		return false;
	return path[len] == '/' || path[len] == '\0';
}

const struct allowance *ruleset_allows(const struct ruleset *set, const struct rule *rule,
                                       const struct digest *text, const char *path, int32_t today)
{
	for (size_t i = 0; i < set->allowance_count; i++) {
		const struct allowance *a = &set->allowances[i];

		if (digest_equal(&a->text, text) && strcmp(a->rule, rule->id) == 0 &&
		    !allowance_expired(a, today) && covers_path(a, path))
			return a;
	}
	return NULL;
}
