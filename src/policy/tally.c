/* tally.c - whose approvals count, and for what.
 *
 * Persons are counted, never entries or keys; only in order; never the submitter nor one person at
 * two stages, unless the policy says so.  The docket refuses such approvals already when they are
 * signed, but a policy may become stricter afterwards, and then they stop counting. */
#include "tally_inside.h"

#include "policy/docket.h"
#include "policy/policy.h"
#include "policy/verdict.h"
#include "scan/finding.h"

#include <string.h>

static bool has_ground(const struct scan *scan, unsigned grounds)
{
	for (size_t i = 0; scan != NULL && i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++)
			if ((grounds & 1u << scan->files[i].findings[k].ground) != 0)
				return true;
	return false;
}

bool stage_is_wanted(const struct stage *stage, const struct round *round, const struct scan *scan)
{
	const char *origin = round_field(round, "origin");

	if (stage->when_grounds == 0 && stage->when_origins.count == 0)
		return true;
	if (has_ground(scan, stage->when_grounds))
		return true;
	/* An origin nobody stated may be any of them. */
	return stage->when_origins.count > 0 && (origin[0] == '\0' || names_have(&stage->when_origins, origin));
}

static bool is_approval_of(const struct sign_off *o, const char *person, const char *stage)
{
	return o->decision == DECISION_APPROVE && strcmp(o->stage, stage) == 0 && strcmp(o->person, person) == 0;
}

static bool approved_between(const struct round *round, size_t upto, const char *person, const char *stage, uint32_t since)
{
	for (size_t i = 0; i < upto; i++)
		if (is_approval_of(&round->sign_offs[i], person, stage) && round->sign_offs[i].seq >= since)
			return true;
	return false;
}

bool approved_since(const struct round *round, const char *person, const char *stage, uint32_t open_since)
{
	return open_since != 0 && approved_between(round, round->sign_off_count, person, stage, open_since);
}

bool approved_elsewhere(const struct round *round, const char *person, const char *stage)
{
	for (size_t i = 0; i < round->sign_off_count; i++)
		if (round->sign_offs[i].decision == DECISION_APPROVE && strcmp(round->sign_offs[i].person, person) == 0 &&
		    strcmp(round->sign_offs[i].stage, stage) != 0)
			return true;
	return false;
}

bool signer_is_separate(const struct policy *policy, const struct round *round, const struct sign_off *o)
{
	if (strcmp(o->person, round->submitter) == 0 && !policy->submitter_may_sign)
		return false;
	return !policy->distinct_people || !approved_elsewhere(round, o->person, o->stage);
}

struct tally stage_tally(const struct policy *policy, const struct round *round, const struct stage *stage,
                         uint32_t open_since)
{
	struct tally t = {0};

	for (size_t i = 0; i < round->sign_off_count; i++) {
		const struct sign_off *o = &round->sign_offs[i];

		if (o->decision != DECISION_APPROVE || strcmp(o->stage, stage->id) != 0)
			continue;
		if (strcmp(o->person, round->submitter) == 0 && !policy->submitter_may_sign)
			t.submitter = true;
		else if (!signer_is_separate(policy, round, o))
			t.same_person = true;
		else if (open_since == 0 || o->seq < open_since)
			t.too_early = true;
		else if (!approved_between(round, i, o->person, stage->id, open_since) && ++t.people == stage->people)
			t.complete = o->seq;
	}
	return t;
}

bool could_sign(const struct policy *policy, const struct review_case *c, const struct person *p, const struct stage *stage,
                uint32_t open_since, int32_t day)
{
	const struct round *round = case_round(c);

	if (p->keyless)
		return false;
	if (strcmp(p->id, round->submitter) == 0 && !policy->submitter_may_sign)
		return false;
	if (policy->distinct_people && approved_elsewhere(round, p->id, stage->id))
		return false;
	return !approved_since(round, p->id, stage->id, open_since) &&
	       person_may_sign(policy, p, stage->id, c->section, day) == ENTITLED;
}

/* The first stage that is not complete; NULL: none.  Approvals of it count from *open_since on. */
static const struct stage *current(const struct policy *policy, const struct review_case *c, uint32_t *missing, uint32_t *open_since)
{
	const struct round *round = case_round(c);

	*open_since = round->seq;
	for (size_t i = 0; i < policy->stage_count; i++) {
		const struct stage *stage = &policy->stages[i];
		struct tally t;

		if (!stage_is_wanted(stage, round, round->scan))
			continue;
		t = stage_tally(policy, round, stage, *open_since);
		if (t.complete == 0) {
			if (missing != NULL)
				*missing = stage->people - (uint32_t)t.people;
			return stage;
		}
		*open_since = t.complete;
	}
	return NULL;
}

const struct stage *case_current_stage(const struct policy *policy, const struct review_case *c, uint32_t *missing)
{
	uint32_t open_since;

	return current(policy, c, missing, &open_since);
}

bool case_wants(const struct policy *policy, const struct review_case *c, const char *person, int32_t day)
{
	uint32_t open_since = 0;
	const struct stage *stage = current(policy, c, NULL, &open_since);
	const struct person *p = policy_person(policy, person);

	return stage != NULL && p != NULL && !round_is_over(case_round(c)) && could_sign(policy, c, p, stage, open_since, day);
}
