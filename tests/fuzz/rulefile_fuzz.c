/* FUZZ: rules */
/* rulefile_fuzz.c - bytes that claim to be a pack; behind a NUL, bytes that claim to be its
 * words, or allow.yaml.
 *
 * Whatever is accepted keeps the promises of rules/rule.h, and is accepted again under the same
 * digest; whatever is refused is refused with a place and leaves the files with their owner. */
#include "base/digest.h"
#include "base/err.h"
#include "rules/allow.h"
#include "rules/ruleset.h"
#include "rules/validate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool promise)
{
	if (!promise)
		abort();
}

static void expect_texts(const struct texts *texts, size_t least)
{
	expect(texts->count >= least);
	for (size_t i = 0; i < texts->count; i++)
		expect(texts->items[i][0] != '\0');
}

static void expect_match(const struct rule *r)
{
	expect((r->kind == RULE_PATTERN) == (r->pattern != NULL));
	expect((r->kind == RULE_KEYWORDS) == (r->keywords.count > 0));
	expect((r->kind == RULE_STRUCTURE) == (r->structure != STRUCTURE_NONE));
	expect(r->keywords_file == NULL || r->kind == RULE_KEYWORDS);
	expect(r->pattern == NULL || (r->pattern[0] != '\0' && r->pattern_line >= r->line && r->pattern_column > 0));
	expect(r->unless == NULL || (r->unless[0] != '\0' && r->unless_line >= r->line && r->unless_column > 0));
	expect(r->near.count == 0 || (r->within >= 1 && r->within <= 1000));
	expect_texts(&r->keywords, 0);
	expect_texts(&r->near, 0);
}

static void expect_rule(const struct ruleset *set, const struct rule *r)
{
	expect(ruleset_find(set, r->id) == r);
	expect(r->id[0] != '\0' && strlen(r->id) <= 64 && r->pack[0] != '\0');
	expect(strpbrk(r->title_en, "\r\n") == NULL && r->title_en[0] != '\0');
	expect(strpbrk(r->title_zh, "\r\n") == NULL && r->title_zh[0] != '\0');
	expect(r->ground != GROUND_NONE || r->action == ACTION_NOTE);
	expect(rule_action_name(r->action)[0] != '\0' && validator_name(r->validate)[0] != '\0');
	expect(r->clearance != NULL && r->where != 0 && r->min_count >= 1);
	expect(r->line > 0 && r->column > 0 && strcmp(r->file, "fuzz.yaml") == 0);
	expect_match(r);
	expect_texts(&r->examples_match, 1);
	expect_texts(&r->examples_pass, 1);
}

/* An entry allows its own text on its last day, at its place, and not on the day after. */
static void expect_allowance(const struct ruleset *set, const struct allowance *a)
{
	const struct rule *rule = ruleset_find(set, a->rule);

	expect(rule != NULL && a->reason[0] != '\0' && strpbrk(a->reason, "\r\n") == NULL && a->person[0] != '\0');
	expect(a->line > 0 && a->column > 0 && (a->path == NULL || (a->path[0] != '\0' && a->path[0] != '/')));
	expect(ruleset_allows(set, rule, &a->text, a->path, a->until) != NULL);
	expect(ruleset_allows(set, rule, &a->text, a->path, INT32_MAX) == NULL);
	expect(a->path == NULL || ruleset_allows(set, rule, &a->text, "../x", a->until) != a);
}

/* What stands behind the pack: allow.yaml if it says so. */
static const char *second_name(const char *bytes, size_t len)
{
	static const char head[] = "review-allow";

	return len >= sizeof(head) - 1 && memcmp(bytes, head, sizeof(head) - 1) == 0 ? ALLOW_FILE : "words.txt";
}

static struct ruleset *load(const char *data, size_t size)
{
	const char *nul = memchr(data, '\0', size);
	const size_t pack = nul != NULL ? (size_t)(nul - data) : size;
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct err err = {0};

	if (nul != NULL)
		rule_files_add(&files, second_name(nul + 1, size - pack - 1), nul + 1, size - pack - 1);
	rule_files_add(&files, "fuzz.yaml", data, pack);
	if (ruleset_load(&files, &set, &err)) {
		expect(files.count == 0 && set->count > 0);
		return set;
	}
	expect(set == NULL && files.count == (nul != NULL ? 2 : 1) && err.why[0] != '\0');
	expect(err.kind == ERR_INPUT || err.kind == ERR_LIMIT);
	rule_files_release(&files);
	return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size > 0 ? size : 1);
	struct ruleset *set, *again;

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	for (enum validator v = VALIDATE_CN_ID_18; v <= VALIDATE_SSN; v++)
		(void)validator_accepts(v, text, size);
	set = load(text, size);
	for (size_t i = 0; set != NULL && i < set->count; i++)
		expect_rule(set, &set->rules[i]);
	for (size_t i = 0; set != NULL && i < set->allowance_count; i++)
		expect_allowance(set, &set->allowances[i]);
	again = load(text, size);
	expect((set == NULL) == (again == NULL));
	expect(set == NULL || digest_equal(&set->digest, &again->digest));
	ruleset_free(set);
	ruleset_free(again);
	free(text);
	return 0;
}
