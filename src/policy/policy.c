/* policy.c - asking a policy.  Answers that grant something are enums whose zero is no. */
#include "policy/policy.h"

#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/word.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const decision_names[] = {
	[DECISION_NONE] = "",         [DECISION_APPROVE] = N_("approve"),   [DECISION_REDACT] = N_("redact"),
	[DECISION_ON_REQUEST] = N_("on-request"), [DECISION_REFUSE] = N_("refuse"), [DECISION_POSTPONE] = N_("postpone"),
	[DECISION_RETURN] = N_("return"), [DECISION_REFER] = N_("refer"),       [DECISION_CONSULT] = N_("consult"),
};

const char *decision_name(enum decision decision)
{
	return (unsigned)decision < DECISIONS ? decision_names[decision] : "";
}

enum decision decision_from_name(const char *name)
{
	for (unsigned i = 1; i < DECISIONS; i++)
		if (strcmp(decision_names[i], name) == 0)
			return (enum decision)i;
	return DECISION_NONE;
}

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
}

static void person_release(struct person *p)
{
	for (size_t i = 0; i < p->key_count; i++)
		public_key_free(p->keys[i]);
	for (size_t i = 0; i < p->duty_count; i++) {
		free(p->duties[i].stage);
		names_release(&p->duties[i].sections);
	}
	free(p->keys);
	free(p->duties);
	free(p->id);
	free(p->name);
}

static void stage_release(struct stage *s)
{
	free(s->id);
	free(s->title_en);
	free(s->title_zh);
	names_release(&s->when_origins);
	names_release(&s->asks);
}

static void section_release(struct section *s)
{
	free(s->id);
	free(s->title_en);
	free(s->title_zh);
	names_release(&s->paths);
}

static void freshness_release(struct freshness *f)
{
	for (size_t i = 0; i < f->count; i++) {
		free(f->witnesses[i].name);
		public_key_free(f->witnesses[i].key);
	}
	free(f->witnesses);
}

void policy_free(struct policy *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->section_count; i++)
		section_release(&p->sections[i]);
	for (size_t i = 0; i < p->stage_count; i++)
		stage_release(&p->stages[i]);
	for (size_t i = 0; i < p->person_count; i++)
		person_release(&p->people[i]);
	free(p->sections);
	free(p->stages);
	free(p->people);
	free(p->office_en);
	free(p->office_zh);
	free(p->public_dir);
	free(p->strip);
	free(p->deadline_from);
	free(p->calendar);
	free(p->text);
	names_release(&p->candidates);
	names_release(&p->ignore);
	names_release(&p->root);
	names_release(&p->rule_keepers);
	names_release(&p->registrars);
	names_release(&p->warnings);
	freshness_release(&p->freshness);
	free(p);
}

int32_t policy_day(const struct policy *policy, int64_t time)
{
	return date_of_time(time + (policy != NULL ? policy->utc_offset : 0));
}

char *policy_clock(const struct policy *policy, int64_t time, char text[CLOCK_TEXT_SIZE])
{
	return time_to_clock(time, policy != NULL ? policy->utc_offset : 0, text);
}

const char *stage_title(const struct stage *stage) { return language_is_chinese() ? stage->title_zh : stage->title_en; }

const char *section_title(const struct section *section)
{
	return language_is_chinese() ? section->title_zh : section->title_en;
}

const struct person *policy_person(const struct policy *policy, const char *id)
{
	for (size_t i = 0; i < policy->person_count; i++)
		if (strcmp(policy->people[i].id, id) == 0)
			return &policy->people[i];
	return NULL;
}

const char *policy_person_near(const struct policy *policy, const char *id)
{
	const char **ids = mem_alloc(policy->person_count + 1, sizeof(*ids));
	const char *near;

	for (size_t i = 0; i < policy->person_count; i++)
		ids[i] = policy->people[i].id;
	near = word_nearest(id, ids);
	free(ids);
	return near;
}

const struct stage *policy_stage(const struct policy *policy, const char *id, size_t *rank)
{
	for (size_t i = 0; i < policy->stage_count; i++)
		if (strcmp(policy->stages[i].id, id) == 0) {
			if (rank != NULL)
				*rank = i;
			return &policy->stages[i];
		}
	return NULL;
}

const struct section *policy_section(const struct policy *policy, const char *id)
{
	for (size_t i = 0; i < policy->section_count; i++)
		if (strcmp(policy->sections[i].id, id) == 0)
			return &policy->sections[i];
	return NULL;
}

bool names_have(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return true;
	return false;
}

static bool duty_holds(const struct duty *duty, const char *section, int32_t day)
{
	if (duty->from != 0 && day < duty->from)
		return false;
	if (duty->until != 0 && day > duty->until)
		return false;
	return section == NULL || duty->sections.count == 0 || names_have(&duty->sections, section);
}

enum entitlement person_may_submit(const struct person *person, const char *section, int32_t day)
{
	for (size_t i = 0; i < person->duty_count; i++)
		if (person->duties[i].kind == DUTY_SUBMIT && duty_holds(&person->duties[i], section, day))
			return ENTITLED;
	return NOT_ENTITLED;
}

/* A stage of office scope is held for the whole office: sections do not limit it. */
enum entitlement person_may_sign(const struct policy *policy, const struct person *person, const char *stage,
                                 const char *section, int32_t day)
{
	const struct stage *s = policy_stage(policy, stage, NULL);

	if (s == NULL)
		return NOT_ENTITLED;
	for (size_t i = 0; i < person->duty_count; i++) {
		const struct duty *duty = &person->duties[i];

		if (duty->kind == DUTY_STAGE && strcmp(duty->stage, stage) == 0 &&
		    duty_holds(duty, s->scope == SCOPE_OFFICE ? NULL : section, day))
			return ENTITLED;
	}
	return NOT_ENTITLED;
}

enum entitlement person_has_key(const struct person *person, const struct public_key *key)
{
	for (size_t i = 0; i < person->key_count; i++)
		if (public_key_equal(person->keys[i], key))
			return ENTITLED;
	return NOT_ENTITLED;
}

/* Two stars and a slash where a component may begin: any folders, or none. */
static bool is_any_folders(const char *pattern, const char *at)
{
	return strncmp(at, "**/", 3) == 0 && (at == pattern || at[-1] == '/');
}

/* One token of the pattern: `at[i]` says whether everything before it can end at path[i].  Returns
 * the token's length. */
static size_t match_token(const char *pattern, const char *token, const char *path, bool *at)
{
	const size_t len = strlen(path);
	const bool deep = token[0] == '*' && token[1] == '*', folders = is_any_folders(pattern, token);
	bool before = at[0], any = at[0];

	if (token[0] != '*')
		at[0] = false;
	for (size_t i = 1; i <= len; i++) {
		const bool here = at[i], same = token[0] == path[i - 1] || (token[0] == '?' && path[i - 1] != '/');

		if (folders)
			at[i] = here || (any && path[i - 1] == '/');
		else if (token[0] == '*')
			at[i] = here || (at[i - 1] && (deep || path[i - 1] != '/'));
		else
			at[i] = before && same;
		before = here;
		any = any || here;
	}
	return folders ? 3 : deep ? 2 : 1;
}

/* Time grows with pattern times path, whatever the stars: both may come from strangers. */
bool path_matches(const char *pattern, const char *path)
{
	const char *token;
	bool *at, matched;

	for (token = pattern; *token != '\0' && *token != '*' && *token != '?'; token++, path++)
		if (*token != *path)
			return false;
	if (strcmp(token, "**") == 0)
		return true;
	at = mem_alloc(strlen(path) + 1, sizeof(*at));
	at[0] = true;
	while (*token != '\0')
		token += match_token(pattern, token, path, at);
	matched = at[strlen(path)];
	free(at);
	return matched;
}

static bool any_matches(const struct names *patterns, const char *path)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (path_matches(patterns->items[i], path))
			return true;
	return false;
}

bool policy_path_is_public(const struct policy *policy, const char *path)
{
	const size_t len = strlen(path), most = strlen(policy->public_dir), common = len < most ? len : most;

	if (policy->public_dir[0] == '/' || strncasecmp(path, policy->public_dir, common) != 0)
		return false;
	return len >= most || policy->public_dir[len] == '/';
}

bool policy_path_is_candidate(const struct policy *policy, const char *path)
{
	if (strncmp(path, ".review/", 8) == 0 || policy_path_is_public(policy, path))
		return false;
	return any_matches(&policy->candidates, path) && !any_matches(&policy->ignore, path);
}

const struct section *policy_path_section(const struct policy *policy, const char *path)
{
	for (size_t i = 0; i < policy->section_count; i++)
		if (any_matches(&policy->sections[i].paths, path))
			return &policy->sections[i];
	return NULL;
}

char *policy_public_path(const struct policy *policy, const char *path)
{
	const size_t len = strlen(policy->strip);

	return mem_copy_string(strncmp(path, policy->strip, len) == 0 && path[len] != '\0' ? path + len : path);
}
