/* facts.c - a policy in sentences, so that two of them can be compared by what they mean.
 *
 * A root person endorses a change, not a file: a line that moved, or another way to quote, is none.
 * Every field of struct policy that decides anything is told here; a field that is forgotten would be a
 * change nobody is shown (tests/unit/policy_facts_test.c changes each of them). */
#include "policy/facts.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/ground.h"
#include "base/language.h"
#include "base/mem.h"
#include "parse_inside.h"
#include "policy/policy.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

void facts_release(struct names *facts)
{
	for (size_t i = 0; i < facts->count; i++)
		free(facts->items[i]);
	free(facts->items);
	*facts = (struct names){0};
}

/* "a, b", or `none` when there are none; the caller frees. */
static char *joined(const struct names *names, const char *none)
{
	struct buf out = {0};

	for (size_t i = 0; i < names->count; i++)
		buf_addf(&out, "%s%s", i > 0 ? ", " : "", names->items[i]);
	if (names->count == 0)
		buf_add_string(&out, none);
	return buf_take(&out);
}

static char *title(const char *en, const char *zh)
{
	return strcmp(en, zh) == 0 ? mem_copy_string(en) : mem_format("%s, %s", en, zh);
}

static void tell_frame(const struct policy *p, struct names *out)
{
	char *office = title(p->office_en, p->office_zh);

	add_name(out, mem_format(_("office: %s"), office));
	add_name(out, mem_format(_("zones: public is %s"), p->public_dir));
	add_name(out, mem_format(_("zones: '%s' is left out of public paths"), p->strip));
	for (size_t i = 0; i < p->candidates.count; i++)
		add_name(out, mem_format(_("zones: %s are candidates"), p->candidates.items[i]));
	for (size_t i = 0; i < p->ignore.count; i++)
		add_name(out, mem_format(_("zones: %s are not candidates"), p->ignore.items[i]));
	add_name(out, mem_copy_string(p->distinct_people ? _("separation: one person may not sign several stages")
	                                                 : _("separation: one person may sign several stages")));
	add_name(out, mem_copy_string(p->submitter_may_sign ? _("separation: the submitter may sign")
	                                                    : _("separation: the submitter may not sign")));
	add_name(out, mem_format(_("days by the clock of %c%02d:%02d"), p->utc_offset < 0 ? '-' : '+', abs(p->utc_offset) / 3600, abs(p->utc_offset) / 60 % 60));
	if (p->deadline_days > 0)
		add_name(out, mem_format(_("deadline: %u working days from when it was %s, calendar %s"), (unsigned)p->deadline_days,
		                         _(p->deadline_from), p->calendar[0] != '\0' ? p->calendar : _("none")));
	if (p->hardware_only)
		add_name(out, mem_copy_string(_("keys: security keys only")));
	if (p->pin_wanted)
		add_name(out, mem_copy_string(_("keys: security keys are used with a PIN or a finger")));
	if (p->proof_wanted)
		add_name(out, mem_copy_string(_("keys: a new one comes with a proof that its owner holds it")));
	free(office);
}

/* The first section that claims a path has it: so its place is part of what it means. */
static void tell_section(const struct section *s, size_t number, struct names *out)
{
	char *name = title(s->title_en, s->title_zh);

	add_name(out, mem_format(_("section %s: number %zu, %s"), s->id, number, name));
	for (size_t i = 0; i < s->paths.count; i++)
		add_name(out, mem_format(_("section %s: has %s"), s->id, s->paths.items[i]));
	free(name);
}

static char *decisions_of(const struct stage *s)
{
	struct buf out = {0};

	for (unsigned d = DECISION_APPROVE; d < DECISIONS; d++)
		if ((s->decisions & 1u << d) != 0)
			buf_addf(&out, "%s%s", out.len > 0 ? ", " : "", decision_name((enum decision)d));
	return buf_take(&out);
}

static void tell_condition(const struct stage *s, struct names *out)
{
	for (unsigned g = GROUND_NONE + 1; g < 32; g++)
		if ((s->when_grounds & 1u << g) != 0)
			add_name(out, mem_format(_("stage %s: wanted when a finding is of ground %s"), s->id, ground_name((enum ground)g)));
	for (size_t i = 0; i < s->when_origins.count; i++)
		add_name(out, mem_format(_("stage %s: wanted when the origin is %s"), s->id, s->when_origins.items[i]));
	if (s->when_grounds == 0 && s->when_origins.count == 0)
		add_name(out, mem_format(_("stage %s: always wanted"), s->id));
}

static void tell_stage(const struct stage *s, size_t number, struct names *out)
{
	char *name = title(s->title_en, s->title_zh), *decisions = decisions_of(s);

	add_name(out, mem_format(_("stage %s: number %zu, %s"), s->id, number, name));
	add_name(out, mem_format(_("stage %s: wants %u, held %s"), s->id, (unsigned)s->people,
	                         s->scope == SCOPE_OFFICE ? _("for the whole office") : _("by section")));
	add_name(out, mem_format(_("stage %s: may decide %s"), s->id, decisions));
	add_name(out, mem_format(s->may_clear ? _("stage %s: may clear findings") : _("stage %s: may not clear findings"), s->id));
	if (s->within > 0)
		add_name(out, mem_format(_("stage %s: overdue after %u working days"), s->id, (unsigned)s->within));
	for (size_t i = 0; i < s->asks.count; i++)
		add_name(out, mem_format(_("stage %s: asks (%zu) %s"), s->id, i + 1, s->asks.items[i]));
	tell_condition(s, out);
	free(name);
	free(decisions);
}

static void tell_duty(const char *id, const struct duty *d, struct names *out)
{
	char *sections = joined(&d->sections, _("all sections")), from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];

	if (d->kind == DUTY_SUBMIT)
		add_name(out, mem_format(_("person %s: may submit for %s"), id, sections));
	else if (!d->acting)
		add_name(out, mem_format(_("person %s: may sign %s for %s"), id, d->stage, sections));
	else
		add_name(out, mem_format(_("person %s: acts at %s for %s from %s until %s"), id, d->stage, sections,
		                         date_to_text(d->from, from), date_to_text(d->until, until)));
	free(sections);
}

static void tell_person(const struct person *p, struct names *out)
{
	add_name(out, mem_format(_("person %s: is %s"), p->id, p->name));
	for (size_t i = 0; i < p->key_count; i++) {
		const char *line = public_key_line(p->keys[i]);

		add_name(out, mem_format(_("person %s: has the key %.*s %s"), p->id, (int)strcspn(line, " "), line,
		                         public_key_fingerprint(p->keys[i])));
	}
	for (size_t i = 0; i < p->duty_count; i++)
		tell_duty(p->id, &p->duties[i], out);
}

static void tell_roles(const struct policy *p, struct names *out)
{
	add_name(out, mem_format(_("root: %u must agree"), (unsigned)p->root_threshold));
	for (size_t i = 0; i < p->root.count; i++)
		add_name(out, mem_format(_("root: %s"), p->root.items[i]));
	for (size_t i = 0; i < p->rule_keepers.count; i++)
		add_name(out, mem_format(_("rules: %s keeps them"), p->rule_keepers.items[i]));
	for (size_t i = 0; i < p->registrars.count; i++)
		add_name(out, mem_format(_("registrar: %s"), p->registrars.items[i]));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void policy_facts(const struct policy *policy, struct names *out)
{
	tell_frame(policy, out);
	for (size_t i = 0; i < policy->section_count; i++)
		tell_section(&policy->sections[i], i + 1, out);
	for (size_t i = 0; i < policy->stage_count; i++)
		tell_stage(&policy->stages[i], i + 1, out);
	for (size_t i = 0; i < policy->person_count; i++)
		tell_person(&policy->people[i], out);
	tell_roles(policy, out);
	qsort(out->items, out->count, sizeof(*out->items), by_text);
}

/* Where the facts about the subject of items[at] end: one subject's stand together, being sorted. */
static size_t subject_end(const struct names *facts, size_t at, const char *subject)
{
	const size_t len = strcspn(subject, ":") + 1;

	while (at < facts->count && strncmp(facts->items[at], subject, len) == 0)
		at++;
	return at;
}

/* Those of one list from `at` to `end` that the other has not between its two. */
static void tell_missing(char sign, const struct names *from, const size_t range[2], const struct names *other,
                         const size_t other_range[2], struct names *out)
{
	for (size_t i = range[0]; i < range[1]; i++) {
		size_t k = other_range[0];

		while (k < other_range[1] && strcmp(from->items[i], other->items[k]) != 0)
			k++;
		if (k == other_range[1])
			add_name(out, mem_format("%c %s", sign, from->items[i]));
	}
}

/* Subject by subject, what is gone before what is new. */
void facts_compare(const struct names *before, const struct names *after, struct names *out)
{
	size_t was[2] = {0, 0}, is[2] = {0, 0};

	while (was[0] < before->count || is[0] < after->count) {
		const bool old = is[0] == after->count ||
		                 (was[0] < before->count && strcmp(before->items[was[0]], after->items[is[0]]) <= 0);
		const char *subject = old ? before->items[was[0]] : after->items[is[0]];

		was[1] = subject_end(before, was[0], subject);
		is[1] = subject_end(after, is[0], subject);
		tell_missing('-', before, was, after, is, out);
		tell_missing('+', after, is, before, was, out);
		was[0] = was[1];
		is[0] = is[1];
	}
}

void policy_changes(const struct policy *before, const struct policy *after, struct names *out)
{
	struct names was = {0}, is = {0};

	policy_facts(before, &was);
	policy_facts(after, &is);
	facts_compare(&was, &is, out);
	facts_release(&was);
	facts_release(&is);
}
