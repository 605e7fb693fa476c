/* FUZZ: policy */
/* policy_fuzz.c - a policy somebody proposes: refused with a reason, or one that means something. */
#include "policy/policy.h"

#include "seal/key.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void must(bool so)
{
	if (!so)
		abort();
}

static void check_people(const struct policy *p)
{
	must(p->root.count > 0 && p->root_threshold >= 1 && p->root_threshold <= p->root.count);
	for (size_t i = 0; i < p->root.count; i++)
		must(policy_person(p, p->root.items[i]) != NULL && !names_have(&(struct names){p->root.items, i}, p->root.items[i]));
	for (size_t i = 0; i < p->person_count; i++) {
		must(p->people[i].key_count > 0);
		for (size_t k = 0; k < i; k++)
			for (size_t n = 0; n < p->people[i].key_count; n++)
				must(person_has_key(&p->people[k], p->people[i].keys[n]) == NOT_ENTITLED);
		for (size_t k = 0; k < p->people[i].duty_count; k++) {
			const struct duty *d = &p->people[i].duties[k];

			must(d->kind == DUTY_SUBMIT || policy_stage(p, d->stage, NULL) != NULL);
			must(!d->acting || (d->from > 0 && d->until >= d->from));
		}
	}
}

static void check_stages(const struct policy *p)
{
	size_t always = 0;

	for (size_t i = 0; i < p->stage_count; i++) {
		must(p->stages[i].people >= 1 && (p->stages[i].decisions & 1u << DECISION_APPROVE) != 0);
		always += p->stages[i].when_grounds == 0 && p->stages[i].when_origins.count == 0;
	}
	must(always >= 1);
}

static void check_paths(const struct policy *p)
{
	static const char *const paths[] = {"", "a", "drafts/trade/a.txt", ".review/policy.yaml", "public/a", "a/b/c/d/e/f"};

	must(!policy_path_is_candidate(p, ".review/policy.yaml"));
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		char *path = policy_public_path(p, paths[i]);

		must(!policy_path_is_public(p, paths[i]) || !policy_path_is_candidate(p, paths[i]));
		must(path[0] != '/');
		(void)policy_path_section(p, paths[i]);
		free(path);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct policy *policy = NULL;
	struct err err = {0};

	if (!policy_parse("f", (const char *)data, size, &policy, &err)) {
		must(err.why[0] != '\0' && policy == NULL);
		return 0;
	}
	check_people(policy);
	check_stages(policy);
	check_paths(policy);
	policy_free(policy);
	return 0;
}
