/* key_loss.c - the day a key is lost.
 *
 * Somebody is frightened and in a hurry.  They know when, not which entry, so a date will do; and what
 * will happen is shown before anything is signed, because an early date reopens much. */
#include "key_loss.h"

#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "options.h"
#include "policy/compromise.h"
#include "policy/verdict.h"
#include "prompt.h"
#include "seal/key.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct first_after {
	int64_t time;
	uint32_t seq; /* 0: none */
};

/* The first entry that says it was written then or later.  Clocks differ and a thief may turn theirs
 * back, but not move what they signed in front of it. */
static bool find_first(const struct entry *e, void *context, struct err *err)
{
	struct first_after *first = context;

	(void)err;
	if (first->seq == 0 && e->time >= first->time)
		first->seq = e->seq;
	return true;
}

static bool entry_from_text(struct session *s, const char *since, uint32_t *out, struct err *err)
{
	struct first_after first = {0};
	int32_t day = 0;
	char *end = NULL;
	unsigned long number;

	if (date_from_text(&day, since, strlen(since))) {
		first.time = (int64_t)day * 86400 - s->docket.policy->utc_offset;
		if (!ledger_walk(s->repo, &s->tip.commit, find_first, &first, NULL, err))
			return false;
		*out = first.seq != 0 ? first.seq : s->tip.seq + 1;
		return true;
	}
	number = since[0] >= '1' && since[0] <= '9' ? strtoul(since, &end, 10) : 0;
	if (number == 0 || *end != '\0' || number > s->tip.seq + 1ul) {
		(void)err_set(err, ERR_USAGE, "'%.40s' is neither a day nor an entry of this ledger", since);
		return err_hint(err, "--since YYYY-MM-DD, or a number that review log shows");
	}
	*out = (uint32_t)number;
	return true;
}

static void print_consequences(const struct session *s, const char *owner, const char *fingerprint, uint32_t since)
{
	struct reasons reasons = {0};

	printf(_("key of %s: %s\nit is not believed from entry %u on, and signs nothing more\n"), owner, fingerprint,
	       (unsigned)since);
	docket_consequences(&s->docket, fingerprint, since, &reasons);
	for (size_t i = 0; i < reasons.count; i++)
		printf("  - %s\n    %s\n", reasons.items[i].text, reasons.items[i].next);
	if (reasons.count == 0)
		printf(_("  nothing that still counts was signed with it since then\n"));
	reasons_release(&reasons);
}

static bool policy_names(const struct policy *policy, const char *owner, const char *fingerprint)
{
	const struct person *p = policy_person(policy, owner);

	for (size_t i = 0; p != NULL && i < p->key_count; i++)
		if (strcmp(public_key_fingerprint(p->keys[i]), fingerprint) == 0)
			return true;
	return false;
}

static bool sign(struct session *s, const char *owner, const char *fingerprint, uint32_t since, const char *reason,
                 struct err *err)
{
	struct draft draft = session_draft(s, ENTRY_KEY_COMPROMISE);
	bool ok;

	draft_add(&draft, "owner", owner);
	draft_add(&draft, "compromised", fingerprint);
	draft_add_number(&draft, "since", since);
	draft_add(&draft, "reason", reason);
	ok = session_append(s, &draft, err);
	draft_release(&draft);
	if (ok)
		printf(_("declared in entry %u\n"), (unsigned)s->tip.seq);
	if (ok && policy_names(s->docket.policy, owner, fingerprint))
		printf(_("next: the policy still names the key; root people take it out: review policy propose\n"));
	return ok;
}

static bool declare(struct session *s, const char *fingerprint, const char *since, const char *reason, struct err *err)
{
	const char *known;
	char *owner;
	uint32_t from = 0;
	bool ok = false;

	if (!session_open(s, err) || !entry_from_text(s, since, &from, err))
		return false;
	known = docket_key_owner(&s->docket, fingerprint);
	if (known == NULL) {
		(void)err_set(err, ERR_NOT_FOUND, "no policy of this ledger ever named the key '%.60s'", fingerprint);
		return err_hint(err, "review policy history shows whose key is which");
	}
	owner = mem_copy_string(known); /* the docket may be read again */
	print_consequences(s, owner, fingerprint, from);
	if (reason == NULL) {
		printf(_("nothing was signed; to declare it: review key compromise %s --since %s --reason TEXT\n"), fingerprint, since);
		ok = true;
	} else if (!globals.yes && prompt_possible() && !prompt_yes(_("declare this key compromised? [y/N]"))) {
		(void)err_set(err, ERR_DENIED, "nothing was signed");
	} else {
		ok = session_open_signer(s, err) && sign(s, owner, fingerprint, from, reason, err);
	}
	free(owner);
	return ok;
}

bool key_loss_declare(const char *fingerprint, const char *since, const char *reason, struct err *err)
{
	struct session s = {0};
	bool ok = false;

	if (fingerprint == NULL || since == NULL) {
		(void)err_set(err, ERR_USAGE, "which key, and since when: review key compromise SHA256:... --since DATE");
		return err_hint(err, "without --reason it only shows what would happen");
	}
	ok = declare(&s, fingerprint, since, reason, err);
	session_close(&s);
	return ok;
}
