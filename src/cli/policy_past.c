/* policy_past.c - how the office came to be what it is: the policies in their order, and what each of
 * them changed.  Replayed from the first entry on, because a change is only seen beside what was before. */
#include "policy_past.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ledger/entry.h"
#include "policy/facts.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Texts of a policy come from a file somebody wrote: no control characters reach the terminal. */
static void print_text(const char *before, const char *text)
{
	struct buf shown = {0};

	utf8_add_printable(&shown, text, strlen(text));
	printf("%s%s\n", before, shown.data != NULL ? shown.data : "");
	buf_release(&shown);
}

static void print_changes(const struct names *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		print_text("  ", changes->items[i]);
	if (changes->count == 0)
		printf(_("  nothing in it means anything else\n"));
}

void policy_past_print_changes(const struct policy *before, const struct policy *after)
{
	struct names changes = {0};

	policy_changes(before, after, &changes);
	print_changes(&changes);
	facts_release(&changes);
}

struct past {
	struct docket docket;
	struct names facts; /* of the policy in force */
	char *note;         /* of the proposal that is open */
	uint32_t proposed;  /* and its entry */
};

static void print_when(const struct policy *policy, const struct entry *e)
{
	char when[CLOCK_TEXT_SIZE];

	printf(_("entry %u (%s)"), (unsigned)e->seq, policy_clock(policy, e->time, when));
}

/* Before it is closed: who stands behind the proposal, without the one who completes it. */
static char *supporters(const struct proposal *p)
{
	struct buf out = {0};

	for (size_t i = 0; i < p->endorsers.count; i++)
		buf_addf(&out, "%s%s", i == 0 ? _("proposed by ") : i == 1 ? _(", endorsed by ") : ", ", p->endorsers.items[i]);
	return buf_take(&out);
}

static void print_policy(struct past *past, const struct entry *e, const char *support, const char *note)
{
	struct names facts = {0}, changes = {0};

	policy_facts(past->docket.policy, &facts);
	printf(_("policy %u, in force from "), (unsigned)past->docket.policy_number);
	print_when(past->docket.policy, e);
	if (e->type == ENTRY_GENESIS)
		printf(_(" on: set up by %s\n"), e->person);
	else if (e->type == ENTRY_POLICY_PROPOSE)
		printf(_(" on: proposed by %s\n"), e->person);
	else
		printf(_(" on: %s%s%s\n"), support, strstr(support, _(", endorsed by ")) != NULL ? ", " : _(", endorsed by "), e->person);
	if (note != NULL && note[0] != '\0')
		print_text(_("  why: "), note);
	if (e->type != ENTRY_GENESIS) {
		facts_compare(&past->facts, &facts, &changes);
		print_changes(&changes);
		facts_release(&changes);
	}
	facts_release(&past->facts);
	past->facts = facts;
}

static void print_loss(const struct policy *policy, const struct entry *e)
{
	print_when(policy, e);
	printf(_(": %s declared a key of %s compromised from entry %s on\n  %s\n"), e->person, entry_get(e, "owner"),
	       entry_get(e, "since"), entry_get(e, "compromised"));
	print_text(_("  why: "), entry_get(e, "reason"));
}

static void print_given_up(const struct past *past)
{
	printf(_("policy %u, proposed by %s at entry %u, was given up\n"), (unsigned)past->docket.proposal.number,
	       past->docket.proposal.endorsers.items[0], (unsigned)past->proposed);
}

static bool visit(const struct entry *e, void *context, struct err *err)
{
	struct past *past = context;
	const uint32_t number = past->docket.policy_number;
	const bool open = past->docket.proposal.open;
	char *support = supporters(&past->docket.proposal);
	bool ok;

	if (open && e->type == ENTRY_POLICY_PROPOSE)
		print_given_up(past);
	ok = docket_apply(&past->docket, e, err);
	if (ok && e->type == ENTRY_POLICY_PROPOSE) {
		free(past->note);
		past->note = mem_copy_string(entry_get(e, "note"));
		past->proposed = e->seq;
	}
	if (ok && past->docket.policy_number != number)
		print_policy(past, e, support, e->type == ENTRY_GENESIS ? entry_get(e, "note") : past->note);
	if (ok && e->type == ENTRY_KEY_COMPROMISE) {
		print_loss(past->docket.policy, e);
		if (open && !past->docket.proposal.open)
			printf(_("  the proposal of policy %u fell with it\n"), (unsigned)number + 1);
	}
	free(support);
	return ok;
}

bool policy_past_print(struct session *s, struct err *err)
{
	struct past past = {0};
	bool ok;

	ok = session_open(s, err) && ledger_walk(s->repo, &s->tip.commit, visit, &past, NULL, err);
	if (ok && past.docket.proposal.open) {
		char *support = supporters(&past.docket.proposal);

		printf(_("policy %u, %s at entry %u, is open\n"), (unsigned)past.docket.proposal.number, support,
		       (unsigned)past.proposed);
		policy_past_print_changes(past.docket.policy, past.docket.proposal.policy);
		free(support);
	}
	facts_release(&past.facts);
	free(past.note);
	docket_release(&past.docket);
	return ok;
}
