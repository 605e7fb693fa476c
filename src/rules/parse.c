/* parse.c - review-rules(5): one rule of a pack, read strictly.  What a rule does not say it does
 * not mean; what it says must be known, and it must prove itself by examples. */
#include "rules_inside.h"

#include "base/flow.h"
#include "base/mem.h"
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { PATTERN_MOST = 8000 };

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
	free(r->keywords_file);
	free(r->pattern);
	free(r->unless);
}

static bool parse_texts(const struct yaml *doc, const struct yaml_node *node, struct texts *out, struct err *err)
{
	size_t again = 0;

	if (node->kind != YAML_LIST || node->count == 0)
		return yaml_complain(doc, node, err, "a list with something in it is wanted here");
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *item = node->items[i];

		if (item->kind != YAML_SCALAR || item->text[0] == '\0')
			return yaml_complain(doc, item, err, "a text is wanted here");
		texts_add(out, mem_copy_string(item->text));
	}
	if (texts_repeat(out, &again))
		return yaml_complain(doc, node->items[again], err, "'%.80s' is here twice", out->items[again]);
	return true;
}

static bool parse_keywords(const struct yaml *doc, const struct yaml_node *node, struct texts *out, struct err *err)
{
	if (!parse_texts(doc, node, out, err))
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (!keyword_fits(out->items[i]))
			return yaml_complain(doc, node->items[i], err, "a keyword is one line of 1 to 200 characters");
	return true;
}

/* The first character of what is inside the quotes. */
static unsigned content_column(const struct yaml_node *node)
{
	return node->column + (node->plain ? 0 : 1);
}

/* A line end in a pattern is nearly always a block scalar's, and would never match. */
static bool parse_expression(const struct yaml *doc, const struct yaml_node *node, char **out, struct err *err)
{
	const size_t len = node->kind == YAML_SCALAR ? strlen(node->text) : 0;

	if (len == 0 || len > PATTERN_MOST)
		return yaml_complain(doc, node, err, "a pattern of 1 to %d bytes is wanted here", PATTERN_MOST);
	if (strpbrk(node->text, "\r\n") != NULL)
		return yaml_complain(doc, node, err, "a pattern is one line; write it in single quotes");
	*out = mem_copy_string(node->text);
	return true;
}

static bool parse_pattern(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	r->kind = RULE_PATTERN;
	r->pattern_line = node->line;
	r->pattern_column = content_column(node);
	return parse_expression(doc, node, &r->pattern, err);
}

static bool parse_keywords_file(const struct yaml *doc, const struct yaml_node *node, const struct rule_files *files,
                                struct rule *r, struct err *err)
{
	const struct rule_file *file = node->kind == YAML_SCALAR ? rule_files_find(files, node->text) : NULL;

	if (file == NULL || !rule_file_is_keywords(file->name))
		return yaml_complain(doc, node, err, "there is no keyword file (*.txt) of that name beside the packs");
	r->kind = RULE_KEYWORDS;
	r->keywords_file = mem_copy_string(file->name);
	return keywords_parse(file, &r->keywords, err);
}

static bool parse_structure(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const texts[] = {"invisible-characters", "mixed-script", "bidi-controls", "styled-letters",
	                                    "encoded-data"};
	enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };
	const char *words[TEXTS + OBSERVATIONS] = {0};
	size_t which = 0;

	memcpy(words, texts, sizeof(texts));
	for (int i = OBSERVED_NOTHING + 1; i < OBSERVATIONS; i++)
		words[TEXTS + i - 1] = observation_name((enum observation)i);
	if (!yaml_choice(doc, node, words, &which, err))
		return false;
	r->kind = RULE_STRUCTURE;
	r->structure = which < TEXTS ? (enum rule_structure)(STRUCTURE_INVISIBLE + (int)which) : STRUCTURE_OBSERVED;
	r->observed = which < TEXTS ? OBSERVED_NOTHING : (enum observation)(which - TEXTS + 1);
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
	return parse_keywords(doc, value, &r->keywords, err);
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
	    !parse_keywords(doc, any, &r->near, err))
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
	r->unless_line = pattern->line;
	r->unless_column = content_column(pattern);
	return parse_expression(doc, pattern, &r->unless, err);
}

static bool parse_examples(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const keys[] = {"match", "pass", NULL};
	const struct yaml_node *match = NULL, *pass = NULL;

	return yaml_expect_keys(doc, node, keys, err) && yaml_need(doc, node, "match", YAML_LIST, &match, err) &&
	       yaml_need(doc, node, "pass", YAML_LIST, &pass, err) &&
	       parse_texts(doc, match, &r->examples_match, err) && parse_texts(doc, pass, &r->examples_pass, err);
}

/* A title stands in one line of every report. */
static bool parse_title_text(const struct yaml *doc, const struct yaml_node *map, const char *key, char **out, struct err *err)
{
	const struct yaml_node *text = NULL;

	if (!yaml_need(doc, map, key, YAML_SCALAR, &text, err))
		return false;
	if (!keyword_fits(text->text))
		return yaml_complain(doc, text, err, "a title is one line of 1 to 200 characters");
	*out = mem_copy_string(text->text);
	return true;
}

bool rule_title_parse(const struct yaml *doc, const struct yaml_node *node, char **en, char **zh, struct err *err)
{
	static const char *const keys[] = {"en", "zh", NULL};

	return yaml_expect_keys(doc, node, keys, err) && parse_title_text(doc, node, "en", en, err) &&
	       parse_title_text(doc, node, "zh", zh, err);
}

bool rule_id_is_plain(const char *id)
{
	const size_t len = strlen(id);

	return len >= 1 && len <= 64 && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && id[0] != '-';
}

/* Who may say no for which reason; only a note needs none. */
static bool parse_ground(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	const char *words[GROUND_INQUIRY + 1] = {0};
	const struct yaml_node *ground = yaml_get(node, "ground");
	size_t which = 0;

	if (ground == NULL && (r->action == ACTION_NOTE || r->action == ACTION_UNDECIDED))
		return true;
	if (ground == NULL)
		return yaml_complain(doc, node, err, "'ground' is missing; only a note needs none");
	for (int g = GROUND_STATE_SECRET; g <= GROUND_INQUIRY; g++)
		words[g - GROUND_STATE_SECRET] = ground_name((enum ground)g);
	if (!yaml_choice(doc, ground, words, &which, err))
		return false;
	r->ground = (enum ground)((int)which + GROUND_STATE_SECRET);
	return true;
}

/* id, title, action, ground, clearance, evidence: who must do what about a finding. */
static bool parse_meaning(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const actions[] = {"block", "review", "note", "undecided", NULL};
	const struct yaml_node *id = NULL, *title = NULL, *action = NULL, *clearance, *evidence;
	size_t which = 0;

	if (!yaml_need(doc, node, "id", YAML_SCALAR, &id, err))
		return false;
	if (!rule_id_is_plain(id->text))
		return yaml_complain(doc, id, err, "an id is made of a-z, 0-9 and hyphens");
	r->id = mem_copy_string(id->text);
	if (!yaml_need(doc, node, "title", YAML_MAP, &title, err) ||
	    !rule_title_parse(doc, title, &r->title_en, &r->title_zh, err) ||
	    !yaml_need(doc, node, "action", YAML_SCALAR, &action, err) || !yaml_choice(doc, action, actions, &which, err))
		return false;
	r->action = (enum rule_action)which;
	if (!parse_ground(doc, node, r, err))
		return false;
	clearance = yaml_get(node, "clearance");
	if (clearance != NULL && (clearance->kind != YAML_SCALAR || (clearance->text[0] != '\0' && !rule_id_is_plain(clearance->text))))
		return yaml_complain(doc, clearance, err, "'clearance' is the id of a stage");
	r->clearance = mem_copy_string(clearance != NULL ? clearance->text : "");
	evidence = yaml_get(node, "evidence");
	return evidence == NULL || yaml_boolean(doc, evidence, &r->evidence, err);
}

static bool complain_undecided(const struct yaml *doc, const struct yaml_node *node, struct err *err)
{
	return yaml_complain(doc, yaml_get(node, "action"), err, "what is found in text is block, review or note");
}

/* Code finds a structure and nothing confirms it: what would not be heard must not be said. */
static bool expect_no_text_keys(const struct yaml *doc, const struct yaml_node *node, const struct rule *r, struct err *err)
{
	static const char *const deaf[] = {"view", "near", "unless", "validate"};
	static const char *const deafer[] = {"where", "examples"}; /* it is not in the text */

	for (size_t i = 0; r->structure == STRUCTURE_OBSERVED && i < sizeof(deafer) / sizeof(deafer[0]); i++)
		if (yaml_get(node, deafer[i]) != NULL)
			return yaml_complain(doc, yaml_get(node, deafer[i]), err, "'%s' says nothing about this structure", deafer[i]);
	for (size_t i = 0; i < sizeof(deaf) / sizeof(deaf[0]); i++)
		if (yaml_get(node, deaf[i]) != NULL)
			return yaml_complain(doc, yaml_get(node, deaf[i]), err, "'%s' says nothing about a structure", deaf[i]);
	return true;
}

/* Pictures and macros have no text that could be an example. */
static bool parse_proof(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	const struct yaml_node *examples = NULL;

	return r->structure == STRUCTURE_OBSERVED ||
	       (yaml_need(doc, node, "examples", YAML_MAP, &examples, err) && parse_examples(doc, examples, r, err));
}

static bool parse_limits(const struct yaml *doc, const struct yaml_node *node, struct rule *r, struct err *err)
{
	static const char *const views[] = {"line", "running", "verbatim", NULL};
	static const char *const checks[] = {"none", "cn-id-18",    "cn-uscc", "luhn", "iban",
	                                     "ssn",  "token-crc32", "jwt",     NULL};
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
	const struct yaml_node *match = NULL;
	struct rule r = {.line = node->line, .column = node->column};

	if (yaml_expect_keys(doc, node, keys, err) && parse_meaning(doc, node, &r, err) &&
	    yaml_need(doc, node, "match", YAML_MAP, &match, err) && parse_match(doc, match, files, &r, err) &&
	    (r.action != ACTION_UNDECIDED || r.structure == STRUCTURE_OBSERVED || complain_undecided(doc, node, err)) &&
	    (r.kind != RULE_STRUCTURE || expect_no_text_keys(doc, node, &r, err)) &&
	    parse_where(doc, yaml_get(node, "where"), &r, err) && parse_limits(doc, node, &r, err) &&
	    parse_near(doc, yaml_get(node, "near"), &r, err) && parse_unless(doc, yaml_get(node, "unless"), &r, err) &&
	    parse_proof(doc, node, &r, err)) {
		*out = r;
		return true;
	}
	rule_release(&r);
	return false;
}
