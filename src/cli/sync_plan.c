/* sync_plan.c - what a sync is going to do, told once.
 *
 * Where others are faster, a sync begins again, forty times at most.  Ours are then the same entries with other
 * numbers; who reads it wants to know what came in between, and nothing twice. */
#include "sync_plan.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "resign.h"
#include "seal/hash.h"
#include "trail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_word(struct hash *hash, const char *word)
{
	hash_add(hash, word, strlen(word) + 1);
}

/* Of all that signing it again leaves as it is. */
static struct digest sense_of(const struct step *step)
{
	struct hash *hash = hash_new();
	struct digest sense;

	add_word(hash, step->person);
	add_word(hash, entry_type_name(step->draft.type));
	for (size_t i = 0; i < step->draft.line_count; i++) {
		if (resign_renames(step->draft.lines[i].key))
			continue;
		add_word(hash, step->draft.lines[i].key);
		add_word(hash, step->draft.lines[i].value);
	}
	hash_end(hash, &sense);
	hash_free(hash);
	return sense;
}

static void list(const struct trail *trail, const bool *is_new, const char *head, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < trail->count; i++) {
		if (!is_new[i])
			continue;
		if (!any)
			buf_add_string(out, head);
		any = true;
		buf_add(out, "  ", 2);
		step_describe(&trail->items[i], out);
		buf_add_byte(out, '\n');
	}
}

static bool was_told(const struct sync_plan *plan, const struct digest *id)
{
	for (size_t i = 0; i < plan->their_count; i++)
		if (digest_equal(&plan->theirs[i], id))
			return true;
	return false;
}

static void tell_theirs(struct sync_plan *plan, const char *remote, const struct trail *theirs, struct buf *out)
{
	bool *is_new = mem_alloc(theirs->count, sizeof(*is_new));
	char *head = mem_format(_("meanwhile, at %s:\n"), remote);

	for (size_t i = 0; i < theirs->count; i++) {
		is_new[i] = !was_told(plan, &theirs->items[i].id);
		if (!is_new[i])
			continue;
		plan->theirs = mem_grow(plan->theirs, plan->their_count, sizeof(*plan->theirs));
		plan->theirs[plan->their_count++] = theirs->items[i].id;
	}
	list(theirs, is_new, head, out);
	free(head);
	free(is_new);
}

/* Ours keep their order: from the first that is another than before, all are told. */
static void tell_mine(struct sync_plan *plan, const struct trail *mine, bool set_aside, struct buf *out)
{
	bool *is_new = mem_alloc(mine->count, sizeof(*is_new));
	struct digest *senses = mem_alloc(mine->count, sizeof(*senses));
	bool other = false;

	for (size_t i = 0; i < mine->count; i++) {
		senses[i] = sense_of(&mine->items[i]);
		other = other || i >= plan->mine_count || !digest_equal(&senses[i], &plan->mine[i]);
		is_new[i] = other;
	}
	list(mine, is_new, set_aside ? _("to be set aside:\n") : _("to be signed again behind them:\n"), out);
	free(plan->mine);
	free(is_new);
	plan->mine = senses;
	plan->mine_count = mine->count;
}

bool sync_plan_tell(struct sync_plan *plan, const char *remote, const struct trail *mine, const struct trail *theirs,
                    bool set_aside)
{
	struct buf text = {0};
	bool any;

	tell_theirs(plan, remote, theirs, &text);
	tell_mine(plan, mine, set_aside, &text);
	any = text.len > 0;
	if (any)
		(void)fputs(text.data, stdout);
	buf_release(&text);
	return any;
}

void sync_plan_release(struct sync_plan *plan)
{
	free(plan->theirs);
	free(plan->mine);
	*plan = (struct sync_plan){0};
}
