/* trail.c - what two machines did since they last agreed, and whether both can stand.
 *
 * A signature was given in the light of a ledger.  If what somebody else did meanwhile could have
 * changed the signer's mind, nobody but the signer may say it again. */
#include "trail.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

static bool add_step(const struct entry *e, void *context, struct err *err)
{
	struct trail *trail = context;
	struct step *step;
	const char *case_id = entry_get(e, "case");

	if (!docket_apply(&trail->docket, e, err))
		return false;
	if (e->seq <= trail->after)
		return true;
	trail->items = mem_grow(trail->items, trail->count, sizeof(*trail->items));
	step = &trail->items[trail->count++];
	step->id = e->id;
	step->seq = e->seq;
	step->person = mem_copy_string(e->person);
	step->key = mem_copy_string(public_key_fingerprint(e->key));
	step->case_id = mem_copy_string(case_id != NULL ? case_id : "");
	draft_from_entry(e, &step->draft);
	step->draft.person = step->person;
	return true;
}

bool trail_read(struct repo *repo, const struct object_id *commit, uint32_t after, struct trail *out, struct err *err)
{
	*out = (struct trail){.after = after};
	return ledger_walk(repo, commit, add_step, out, &out->tip, err);
}

void trail_release(struct trail *trail)
{
	for (size_t i = 0; i < trail->count; i++) {
		free(trail->items[i].person);
		free(trail->items[i].key);
		free(trail->items[i].case_id);
		draft_release(&trail->items[i].draft);
	}
	free(trail->items);
	docket_release(&trail->docket);
	*trail = (struct trail){0};
}

void step_describe(const struct step *step, struct buf *out)
{
	buf_addf(out, _("entry %u of %s (%s%s%s)"), (unsigned)step->seq, step->person, _(entry_type_name(step->draft.type)),
	         step->case_id[0] != '\0' ? _(", case ") : "", step->case_id);
}

static bool quarrel(const struct step *mine, const struct step *theirs, struct err *err)
{
	struct buf a = {0}, b = {0};

	step_describe(mine, &a);
	step_describe(theirs, &b);
	(void)err_set(err, ERR_DENIED, "%s came first, and your %s was decided without knowing it", b.data, a.data);
	buf_release(&a);
	buf_release(&b);
	return err_hint(err, "review sync --set-aside takes theirs and keeps yours as evidence; then decide again");
}

static bool governs(const struct step *step)
{
	return step->draft.type == ENTRY_RULES || step->draft.type == ENTRY_POLICY_PROPOSE ||
	       step->draft.type == ENTRY_POLICY_ENDORSE;
}

/* A case that begins in this trail is nobody else's yet. */
static bool begins_here(const struct trail *trail, const char *case_id)
{
	for (size_t i = 0; i < trail->count; i++) {
		const struct step *step = &trail->items[i];

		if (step->draft.type != ENTRY_SUBMIT || strcmp(step->case_id, case_id) != 0)
			continue;
		for (size_t k = 0; k < step->draft.line_count; k++)
			if (strcmp(step->draft.lines[k].key, "round") == 0)
				return strcmp(step->draft.lines[k].value, "1") == 0;
	}
	return false;
}

/* What is in force changed, or both sides were changing it. */
static bool clashes(const struct step *mine, const struct step *theirs, const struct trail *now)
{
	if (!governs(theirs))
		return false;
	return governs(mine) || mine->draft.policy != now->docket.policy_number ||
	       !digest_equal(&mine->draft.rules, &now->docket.rules);
}

bool trail_allows(const struct trail *mine, const struct trail *theirs, struct err *err)
{
	for (size_t i = 0; i < mine->count; i++) {
		const struct step *m = &mine->items[i];
		const bool own_case = m->case_id[0] == '\0' || begins_here(mine, m->case_id);

		for (size_t k = 0; k < theirs->count; k++) {
			const struct step *t = &theirs->items[k];

			if (clashes(m, t, theirs) || (!own_case && strcmp(m->case_id, t->case_id) == 0))
				return quarrel(m, t, err);
		}
	}
	return true;
}
