/* parse.c - review-rules(5): one rule of a pack, read strictly.  What a rule does not say it does
 * not mean; what it says must be known, and it must prove itself by examples. */
#include "rules_inside.h"

#include "base/mem.h"
#include "extract/document.h"
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

void texts_add(struct texts *texts, char *taken)
{
	texts->items = mem_grow(texts->items, texts->count, sizeof(*texts->items));
	texts->items[texts->count++] = taken;
}

static void texts_release(struct texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		free(texts->items[i]);
	free(texts->items);
}

void rule_release(struct rule *r)
{
	texts_release(&r->keywords);
	texts_release(&r->near);
	texts_release(&r->examples_match);
	texts_release(&r->examples_pass);
	free(r->id);
	free(r->pack);
	free(r->title_en);
	free(r->title_zh);
	free(r->clearance);
	free(r->pattern);
	free(r->unless);
}

static bool parse_texts(const struct yaml *doc, const struct yaml_node *node, size_t least, struct texts *out, struct err *err)
{
	if (node->kind != YAML_LIST || node->count < least)
		return yaml_complain(doc, node, err, least > 0 ? "a list with something in it is wanted here" : "a list is wanted here");
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *item = node->items[i];

		if (item->kind != YAML_SCALAR || item->text[0] == '\0')
			return yaml_complain(doc, item, err, "a text is wanted here");
		for (size_t k = 0; k < out->count; k++)
			if (strcmp(out->items[k], item->text) == 0)
				return yaml_complain(doc, item, err, "'%.80s' is here twice", item->text);
		texts_add(out, mem_copy_string(item->text));
	}
	return true;
}

/* The first character of what is inside the quotes. */
static unsigned content_column(const struct yaml_node *node)
{
	return node->column + (node->plain ? 0 : 1);
}

static bool parse_pattern(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	if (node->kind != YAML_SCALAR || node->text[0] == '\0' || strlen(node->text) > 8000)
		return yaml_complain(doc, node, err, "a pattern of 1 to 8000 bytes is wanted here");
	r->kind = RULE_PATTERN;
	r->pattern = mem_copy_string(node->text);
	r->pattern_line = node->line;
	r->pattern_column = content_column(node);
	return true;
}

static bool parse_keywords_file(const struct yaml *doc, const struct yaml_node *node, const struct rule_files *files,
                                struct rule *r, struct err *err)
{
	const struct rule_file *file = node->kind == YAML_SCALAR ? rule_files_find(files, node->text) : NULL;

	if (file == NULL)
		return yaml_complain(doc, node, err, "there is no keyword file of that name beside the packs");
	r->kind = RULE_KEYWORDS;
	return keywords_parse(file, &r->keywords, err);
}

static bool parse_structure(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const words[] = {"invisible-characters", "mixed-script", "bidi-controls", NULL};
	size_t which = 0;

	if (!yaml_choice(doc, node, words, &which, err))
		return false;
	r->kind = RULE_STRUCTURE;
	r->structure = (enum rule_structure)(STRUCTURE_INVISIBLE + (int)which);
	return true;
}

static bool parse_match(const struct yaml *doc, const struct yaml_node *node, const struct rule_files *files,
                        struct rule *r, struct err *err)
{
	static const char *const keys[] = {"keywords", "keywords-file", "pattern", "structure", NULL};
	const struct yaml_node *value;

	if (!yaml_expect_keys(doc, node, keys, err))
		return false;
	if (node->count != 1)
		return yaml_complain(doc, node, err, "match is one of: keywords, keywords-file, pattern, structure");
	value = node->items[0];
	if (strcmp(node->keys[0]->text, "pattern") == 0)
		return parse_pattern(doc, value, r, err);
	if (strcmp(node->keys[0]->text, "structure") == 0)
		return parse_structure(doc, value, r, err);
	if (strcmp(node->keys[0]->text, "keywords-file") == 0)
		return parse_keywords_file(doc, value, files, r, err);
	r->kind = RULE_KEYWORDS;
	return parse_texts(doc, value, 1, &r->keywords, err);
}

static bool parse_where(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	const char *words[FLOW_KINDS + 1] = {0};

	r->where = (1u << FLOW_KINDS) - 1;
	if (node == NULL)
		return true;
	if (node->kind != YAML_LIST || node->count == 0)
		return yaml_complain(doc, node, err, "a list of places is wanted here");
	for (int i = 0; i < FLOW_KINDS; i++)
		words[i] = flow_kind_name((enum flow_kind)i);
	r->where = 0;
	for (size_t i = 0; i < node->count; i++) {
		size_t which = 0;

		if (!yaml_choice(doc, node->items[i], words, &which, err))
			return false;
		r->where |= 1u << which;
	}
	return true;
}

static bool parse_near(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const keys[] = {"any", "within", NULL};
	const struct yaml_node *any = NULL, *within;
	int64_t count = 40;

	if (node == NULL)
		return true;
	if (!yaml_expect_keys(doc, node, keys, err) || !yaml_need(doc, node, "any", YAML_LIST, &any, err) ||
	    !parse_texts(doc, any, 1, &r->near, err))
		return false;
	within = yaml_get(node, "within");
	if (within != NULL && !yaml_number(doc, within, 1, 1000, &count, err))
		return false;
	r->within = (unsigned)count;
	return true;
}

static bool parse_unless(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const keys[] = {"pattern", NULL};
	const struct yaml_node *pattern = NULL;

	if (node == NULL)
		return true;
	if (!yaml_expect_keys(doc, node, keys, err) || !yaml_need(doc, node, "pattern", YAML_SCALAR, &pattern, err))
		return false;
	if (pattern->text[0] == '\0')
		return yaml_complain(doc, pattern, err, "an empty pattern would excuse everything");
	r->unless = mem_copy_string(pattern->text);
	r->unless_line = pattern->line;
	r->unless_column = content_column(pattern);
	return true;
}

static bool parse_examples(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const keys[] = {"match", "pass", NULL};
	const struct yaml_node *match = NULL, *pass = NULL;

	return yaml_expect_keys(doc, node, keys, err) && yaml_need(doc, node, "match", YAML_LIST, &match, err) &&
	       yaml_need(doc, node, "pass", YAML_LIST, &pass, err) &&
	       parse_texts(doc, match, 1, &r->examples_match, err) && parse_texts(doc, pass, 1, &r->examples_pass, err);
}

static bool parse_title(const struct yaml *doc, const struct yaml_node *node, char **en, char **zh, struct err *err)
{
	static const char *const keys[] = {"en", "zh", NULL};
	const struct yaml_node *english = NULL, *chinese = NULL;

	if (!yaml_expect_keys(doc, node, keys, err) || !yaml_need(doc, node, "en", YAML_SCALAR, &english, err) ||
	    !yaml_need(doc, node, "zh", YAML_SCALAR, &chinese, err))
		return false;
	if (english->text[0] == '\0' || chinese->text[0] == '\0')
		return yaml_complain(doc, node, err, "a title is empty");
	*en = mem_copy_string(english->text);
	*zh = mem_copy_string(chinese->text);
	return true;
}

static bool id_is_plain(const char *id)
{
	const size_t len = strlen(id);

	return len >= 1 && len <= 64 && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && id[0] != '-';
}

/* id, title, action, ground, clearance, evidence: who must do what about a finding. */
static bool parse_meaning(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const actions[] = {"block", "review", "note", NULL};
	const struct yaml_node *id = NULL, *title = NULL, *action = NULL, *ground, *clearance, *evidence;
	size_t which = 0;

	if (!yaml_need(doc, node, "id", YAML_SCALAR, &id, err))
		return false;
	if (!id_is_plain(id->text))
		return yaml_complain(doc, id, err, "an id is made of a-z, 0-9 and hyphens");
	r->id = mem_copy_string(id->text);
	if (!yaml_need(doc, node, "title", YAML_MAP, &title, err) ||
	    !parse_title(doc, title, &r->title_en, &r->title_zh, err) ||
	    !yaml_need(doc, node, "action", YAML_SCALAR, &action, err) || !yaml_choice(doc, action, actions, &which, err))
		return false;
	r->action = (enum rule_action)which;
	ground = yaml_get(node, "ground");
	r->ground = ground != NULL && ground->kind == YAML_SCALAR ? ground_from_name(ground->text, strlen(ground->text)) : GROUND_NONE;
	if (r->ground == GROUND_NONE && (ground != NULL || r->action != ACTION_NOTE))
		return yaml_complain(doc, ground != NULL ? ground : node, err, "'ground' must be one of the eight grounds (%s, ...)",
		                     ground_name(GROUND_STATE_SECRET));
	clearance = yaml_get(node, "clearance");
	if (clearance != NULL && (clearance->kind != YAML_SCALAR || (clearance->text[0] != '\0' && !id_is_plain(clearance->text))))
		return yaml_complain(doc, clearance, err, "'clearance' is the id of a stage");
	r->clearance = mem_copy_string(clearance != NULL ? clearance->text : "");
	evidence = yaml_get(node, "evidence");
	return evidence == NULL || yaml_boolean(doc, evidence, &r->evidence, err);
}

static bool parse_limits(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const views[] = {"line", "running", "verbatim", NULL};
	static const char *const checks[] = {"none", "cn-id-18", "cn-uscc", "luhn", "iban", "ssn", NULL};
	const struct yaml_node *view = yaml_get(node, "view"), *validate = yaml_get(node, "validate");
	const struct yaml_node *count = yaml_get(node, "min-count");
	size_t which = r->kind == RULE_KEYWORDS ? RULE_VIEW_RUNNING : RULE_VIEW_LINE, check = 0;
	int64_t least = 1;

	if ((view != NULL && !yaml_choice(doc, view, views, &which, err)) ||
	    (validate != NULL && !yaml_choice(doc, validate, checks, &check, err)) ||
	    (count != NULL && !yaml_number(doc, count, 1, 1000000, &least, err)))
		return false;
	r->view = (enum rule_view)which;
	r->validate = validator_from_name(checks[check]);
	r->min_count = (unsigned)least;
	return true;
}

bool rule_parse(const struct yaml *doc, const struct yaml_node *node, const struct rule_files *files,
                struct rule *out, struct err *err)
{
	static const char *const keys[] = {"id", "title", "ground", "action", "clearance", "evidence", "match", "where",
	                                   "view", "near", "unless", "validate", "min-count", "examples", NULL};
	const struct yaml_node *match = NULL, *examples = NULL;
	struct rule r = {.line = node->line, .column = node->column};

	if (yaml_expect_keys(doc, node, keys, err) && parse_meaning(doc, node, &r, err) &&
	    yaml_need(doc, node, "match", YAML_MAP, &match, err) && parse_match(doc, match, files, &r, err) &&
	    parse_where(doc, yaml_get(node, "where"), &r, err) && parse_limits(doc, node, &r, err) &&
	    parse_near(doc, yaml_get(node, "near"), &r, err) && parse_unless(doc, yaml_get(node, "unless"), &r, err) &&
	    yaml_need(doc, node, "examples", YAML_MAP, &examples, err) && parse_examples(doc, examples, &r, err)) {
		*out = r;
		return true;
	}
	rule_release(&r);
	return false;
}
