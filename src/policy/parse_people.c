/* parse_people.c - stages, people, keys and duties of a policy. */
#include "parse_inside.h"

#include "base/calendar.h"
#include "base/ground.h"
#include "base/language.h"
#include "base/mem.h"
#include "seal/key.h"
#include "text/fold.h"
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

static bool parse_decisions(const struct yaml *doc, const struct yaml_node *node, struct stage *s, struct err *err)
{
	s->decisions = ~0u;
	if (node == NULL)
		return true;
	if (node->kind != YAML_LIST || node->count == 0)
		return yaml_complain(doc, node, err, "a list of decisions is wanted here");
	s->decisions = 0;
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *item = node->items[i];
		const enum decision d = item->kind == YAML_SCALAR ? decision_from_name(item->text) : DECISION_NONE;

		if (d == DECISION_NONE)
			return yaml_complain(doc, item, err, "a decision is wanted: approve, redact, on-request, refuse, postpone, return, refer, consult");
		s->decisions |= 1u << d;
	}
	if ((s->decisions & 1u << DECISION_APPROVE) == 0)
		return yaml_complain(doc, node, err, "a stage that may not approve could never be completed");
	return true;
}

static bool parse_when(const struct yaml *doc, const struct yaml_node *node, struct stage *s, struct err *err)
{
	static const char *const keys[] = {"grounds", "origins", NULL};
	const struct yaml_node *grounds, *origins;

	if (node == NULL)
		return true;
	if (!yaml_expect_keys(doc, node, keys, err))
		return false;
	grounds = yaml_get(node, "grounds");
	origins = yaml_get(node, "origins");
	if ((grounds == NULL && origins == NULL) || (grounds != NULL && grounds->kind != YAML_LIST))
		return yaml_complain(doc, node, err, "when wants a list of grounds, of origins, or both");
	for (size_t i = 0; grounds != NULL && i < grounds->count; i++) {
		const struct yaml_node *item = grounds->items[i];
		const enum ground g = item->kind == YAML_SCALAR ? ground_from_name(item->text, strlen(item->text)) : GROUND_NONE;

		if (g == GROUND_NONE)
			return yaml_complain(doc, item, err, "this is not one of the eight grounds");
		s->when_grounds |= 1u << g;
	}
	if (origins != NULL && !parse_names(doc, origins, &s->when_origins, err))
		return false;
	if (s->when_grounds == 0 && s->when_origins.count == 0)
		return yaml_complain(doc, node, err, "when wants at least one ground or origin");
	return true;
}

static bool parse_within(const struct yaml *doc, const struct yaml_node *node, struct stage *s, struct err *err)
{
	static const char *const keys[] = {"working-days", NULL};
	const struct yaml_node *days = NULL;
	int64_t count = 0;

	if (node == NULL)
		return true;
	if (!yaml_expect_keys(doc, node, keys, err) || !yaml_need(doc, node, "working-days", YAML_SCALAR, &days, err) ||
	    !yaml_number(doc, days, 1, 1000, &count, err))
		return false;
	s->within = (uint32_t)count;
	return true;
}

static bool parse_stage(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	static const char *const keys[] = {"id", "title", "people", "scope", "may-clear", "within", "asks",
	                                   "decisions", "when", NULL};
	static const char *const scopes[] = {"section", "office", NULL};
	const struct yaml_node *title = NULL, *people, *scope, *clear, *asks;
	struct stage *s;
	int64_t count = 1;
	size_t which = 0;

	p->stages = mem_grow(p->stages, p->stage_count, sizeof(*p->stages));
	s = &p->stages[p->stage_count];
	s->may_clear = true;
	if (!yaml_expect_keys(doc, node, keys, err) || !parse_text(doc, node, "id", &s->id, err))
		return false;
	if (!id_is_plain(s->id) || policy_stage(p, s->id, NULL) != NULL)
		return yaml_complain(doc, yaml_get(node, "id"), err, "'%.64s' is no id, or another stage has it", s->id);
	p->stage_count++;
	people = yaml_get(node, "people");
	scope = yaml_get(node, "scope");
	clear = yaml_get(node, "may-clear");
	asks = yaml_get(node, "asks");
	if (!yaml_need(doc, node, "title", YAML_MAP, &title, err) ||
	    !parse_titles(doc, title, &s->title_en, &s->title_zh, err) ||
	    (people != NULL && !yaml_number(doc, people, 1, 100, &count, err)) ||
	    (scope != NULL && !yaml_choice(doc, scope, scopes, &which, err)) ||
	    (clear != NULL && !yaml_boolean(doc, clear, &s->may_clear, err)) ||
	    (asks != NULL && !parse_names(doc, asks, &s->asks, err)))
		return false;
	s->people = (uint32_t)count;
	s->scope = (enum scope)which;
	return parse_within(doc, yaml_get(node, "within"), s, err) &&
	       parse_decisions(doc, yaml_get(node, "decisions"), s, err) &&
	       parse_when(doc, yaml_get(node, "when"), s, err);
}

static bool is_conditional(const struct stage *s)
{
	return s->when_grounds != 0 || s->when_origins.count > 0;
}

bool parse_stages(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	size_t always = 0;

	if (node->count == 0)
		return yaml_complain(doc, node, err, "a policy without stages would publish anything");
	if (!parse_count(doc, node, MOST_STAGES, err))
		return false;
	for (size_t i = 0; i < node->count; i++) {
		const size_t before = p->stage_count;

		if (!parse_stage(doc, node->items[i], p, err)) {
			if (p->stage_count == before)
				free(p->stages[before].id);
			return false;
		}
		always += is_conditional(&p->stages[before]) ? 0 : 1;
	}
	if (always == 0)
		return yaml_complain(doc, node, err, "where every stage has a condition, some things would need no signature");
	return true;
}

/* The sections a duty is for: one name, a list, "all", or nothing said. */
static bool parse_sections_of(const struct yaml *doc, const struct yaml_node *node, const struct policy *p,
                              struct names *out, struct err *err)
{
	if (node == NULL || (node->kind == YAML_SCALAR && strcmp(node->text, "all") == 0))
		return true;
	if (node->kind == YAML_SCALAR)
		add_name(out, mem_copy_string(node->text));
	else if (!parse_names(doc, node, out, err))
		return false;
	if (out->count == 0)
		return yaml_complain(doc, node, err, "an empty list of sections; write all");
	for (size_t i = 0; i < out->count; i++)
		if (policy_section(p, out->items[i]) == NULL)
			return yaml_complain(doc, node, err, "there is no section '%s'", out->items[i]);
	return true;
}

static bool parse_day(const struct yaml *doc, const struct yaml_node *map, const char *key, int32_t *out, struct err *err)
{
	const struct yaml_node *node = NULL;

	if (!yaml_need(doc, map, key, YAML_SCALAR, &node, err))
		return false;
	if (!date_from_text(out, node->text, strlen(node->text)) || *out <= 0) /* day 0 would mean no limit */
		return yaml_complain(doc, node, err, "a date is wanted: YYYY-MM-DD");
	return true;
}

static bool parse_stage_duty(const struct yaml *doc, const struct yaml_node *node, const char *key,
                             const struct policy *p, struct duty *d, struct err *err)
{
	static const char *const plain[] = {"stage", "section", NULL};
	static const char *const acting[] = {"acting", "section", "from", "until", NULL};
	const struct stage *stage;

	d->kind = DUTY_STAGE;
	d->acting = strcmp(key, "acting") == 0;
	if (!yaml_expect_keys(doc, node, d->acting ? acting : plain, err) || !parse_text(doc, node, key, &d->stage, err))
		return false;
	stage = policy_stage(p, d->stage, NULL);
	if (stage == NULL)
		return yaml_complain(doc, yaml_get(node, key), err, "there is no stage '%.64s'", d->stage);
	if (!parse_sections_of(doc, yaml_get(node, "section"), p, &d->sections, err))
		return false;
	if (stage->scope == SCOPE_OFFICE && d->sections.count > 0)
		return yaml_complain(doc, yaml_get(node, "section"), err, "stage %s is held for the whole office, not for a section",
		                     stage->id);
	if (!d->acting)
		return true;
	if (!parse_day(doc, node, "from", &d->from, err) || !parse_day(doc, node, "until", &d->until, err))
		return false;
	return d->until >= d->from ? true : yaml_complain(doc, node, err, "it ends before it begins");
}

static bool parse_duty(const struct yaml *doc, const struct yaml_node *node, const struct policy *p,
                       struct person *person, struct err *err)
{
	static const char *const submit[] = {"submit", NULL};
	struct duty *d;

	person->duties = mem_grow(person->duties, person->duty_count, sizeof(*person->duties));
	d = &person->duties[person->duty_count++];
	if (node->kind == YAML_MAP && yaml_get(node, "submit") != NULL) {
		d->kind = DUTY_SUBMIT;
		return yaml_expect_keys(doc, node, submit, err) &&
		       parse_sections_of(doc, yaml_get(node, "submit"), p, &d->sections, err);
	}
	if (node->kind == YAML_MAP && yaml_get(node, "stage") != NULL)
		return parse_stage_duty(doc, node, "stage", p, d, err);
	if (node->kind == YAML_MAP && yaml_get(node, "acting") != NULL)
		return parse_stage_duty(doc, node, "acting", p, d, err);
	return yaml_complain(doc, node, err, "a duty is one of: {submit: ...}, {stage: ...}, {acting: ...}");
}

/* A key belongs to one person, and to nobody else in whatever spelling. */
static bool parse_key(const struct yaml *doc, const struct yaml_node *node, const struct policy *p,
                      struct person *person, struct err *err)
{
	struct public_key *key = NULL;
	struct err why = {0};

	if (node->kind != YAML_SCALAR)
		return yaml_complain(doc, node, err, "a key is a text");
	if (!public_key_from_line(node->text, strlen(node->text), &key, &why))
		return yaml_blame(doc, node, err, &why);
	if (p->hardware_only && !public_key_is_hardware(key)) {
		public_key_free(key);
		return yaml_complain(doc, node, err, "this policy wants security keys only, and this is another kind of key");
	}
	for (size_t i = 0; i < p->person_count; i++)
		if (person_has_key(&p->people[i], key) == ENTITLED) {
			public_key_free(key);
			return yaml_complain(doc, node, err, "%s has this key already", p->people[i].id);
		}
	person->keys = mem_grow(person->keys, person->key_count, sizeof(struct public_key *));
	person->keys[person->key_count++] = key;
	return true;
}

static bool parse_person(const struct yaml *doc, const struct yaml_node *key, const struct yaml_node *node,
                         struct policy *p, struct err *err)
{
	static const char *const known[] = {"name", "keys", "may", NULL};
	const struct yaml_node *keys = NULL, *may = NULL;
	struct person *person;

	if (!id_is_plain(key->text))
		return yaml_complain(doc, key, err, "'%.64s' is not an id (a-z, 0-9, . _ -)", key->text);
	p->people = mem_grow(p->people, p->person_count, sizeof(*p->people));
	person = &p->people[p->person_count++];
	person->id = mem_copy_string(key->text);
	if (!yaml_expect_keys(doc, node, known, err) || !parse_text(doc, node, "name", &person->name, err) ||
	    !yaml_need(doc, node, "keys", YAML_LIST, &keys, err) || !yaml_need(doc, node, "may", YAML_LIST, &may, err))
		return false;
	if (keys->count == 0)
		return yaml_complain(doc, keys, err, "a person without a key cannot sign");
	if (!parse_count(doc, keys, MOST_KEYS, err) || !parse_count(doc, may, MOST_DUTIES, err))
		return false;
	for (size_t i = 0; i < keys->count; i++)
		if (!parse_key(doc, keys->items[i], p, person, err))
			return false;
	for (size_t i = 0; i < may->count; i++)
		if (!parse_duty(doc, may->items[i], p, person, err))
			return false;
	return true;
}

bool parse_people(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err)
{
	if (!parse_count(doc, node, MOST_PEOPLE, err))
		return false;
	for (size_t i = 0; i < node->count; i++)
		if (!parse_person(doc, node->keys[i], node->items[i], p, err))
			return false;
	return true;
}

/* Duties of any date count: a warning is about the paper, not about today. */
static bool somebody(const struct policy *p, const char *stage, const char *section)
{
	for (size_t i = 0; i < p->person_count; i++)
		for (size_t k = 0; k < p->people[i].duty_count; k++) {
			const struct duty *d = &p->people[i].duties[k];
			const bool kind = stage == NULL ? d->kind == DUTY_SUBMIT
			                                : d->kind == DUTY_STAGE && strcmp(d->stage, stage) == 0;

			if (kind && (d->sections.count == 0 || names_have(&d->sections, section)))
				return true;
		}
	return false;
}

static bool is_apart(const struct names *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		if (text_name_is_apart(paths->items[i], strlen(paths->items[i])))
			return true;
	return false;
}

void policy_warn(struct policy *p)
{
	for (size_t i = 0; i < p->section_count; i++) {
		if (is_apart(&p->sections[i].paths))
			add_name(&p->warnings, mem_format(_("a path of section %s has a letter and its mark as two characters (NFD): a file that has them as one is not in it"),
			                                  p->sections[i].id));
		if (!somebody(p, NULL, p->sections[i].id))
			add_name(&p->warnings, mem_format(_("section %s has no information officer: nobody may submit"), p->sections[i].id));
		for (size_t k = 0; k < p->stage_count; k++)
			if (!somebody(p, p->stages[k].id, p->sections[i].id))
				add_name(&p->warnings, mem_format(_("nobody holds stage %s for section %s: nothing of it can be released"),
				                                  p->stages[k].id, p->sections[i].id));
	}
	if (p->rule_keepers.count == 0)
		add_name(&p->warnings, mem_copy_string(_("nobody keeps the rules")));
	if (p->registrars.count == 0)
		add_name(&p->warnings, mem_copy_string(_("there is no registrar: nobody may release or withdraw")));
}
