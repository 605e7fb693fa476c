/* docket_release.c - may this be made public, or taken down?  The verdict is reached again here, from
 * the record the entry brings: a release that audit could not repeat never enters the ledger. */
#include "docket_inside.h"

#include "base/calendar.h"
#include "ledger/entry.h"
#include "policy/compromise.h"
#include "policy/verdict.h"
#include "scan/finding.h"

#include <stdlib.h>
#include <string.h>

static bool is_registrar(const struct docket *d, const struct entry *e, struct err *err)
{
	if (names_have(&d->policy->registrars, e->person))
		return true;
	(void)err_set(err, ERR_DENIED, "%s is not a registrar", e->person);
	return err_hint(err, "review policy show says who is");
}

static bool verdict_is_clear(const struct docket *d, const struct entry *e, const struct review_case *c, struct err *err)
{
	struct scan scan = {0};
	struct reasons reasons = {0};
	bool ok = read_scan(e, &scan, err);

	if (ok && case_decide(d->policy, c, &scan, &d->rules, policy_day(d->policy, e->time), &reasons) != VERDICT_CLEAR) {
		(void)err_set(err, ERR_DENIED, "case %s may not be released: %s", c->id, reasons.items[0].text);
		ok = err_hint(err, "%s", reasons.items[0].next);
	}
	reasons_release(&reasons);
	scan_release(&scan);
	return ok;
}

/* The public paths follow from the candidates and the policy; nobody chooses them. */
static bool targets_are_right(const struct docket *d, const struct entry *e, const struct review_case *c, struct err *err)
{
	struct file_refs named = {0}, want = {0};
	const struct file_refs *files = case_round(c)->files;
	const struct review_case *owner = NULL;
	bool ok;

	entry_files(e, &named);
	for (size_t i = 0; i < files->count; i++) {
		char *path = policy_public_path(d->policy, files->items[i].path);

		file_refs_add(&want, &files->items[i].digest, files->items[i].size, files->items[i].mode, path);
		free(path);
	}
	ok = file_refs_equal(&named, &want);
	if (!ok)
		(void)err_set(err, ERR_MISMATCH, "it would publish other files than were approved");
	for (size_t i = 0; ok && i < want.count; i++)
		if (docket_public_file(d, want.items[i].path, &owner, NULL) != NULL && owner != c) {
			(void)err_set(err, ERR_DENIED, "%s is public already, from case %s", want.items[i].path, owner->id);
			ok = err_hint(err, "review withdraw %s, or submit a new round of it", owner->id);
		}
	file_refs_release(&named);
	file_refs_release(&want);
	return ok;
}

/* What decides over releases must not have been decided by a thief. */
static bool foundations_are_sound(const struct docket *d, struct err *err)
{
	if (d->trust->policy_doubtful) {
		(void)err_set(err, ERR_DENIED, "policy %u came into force with a compromised key", (unsigned)d->policy_number);
		return err_hint(err, "read it, then review policy propose and endorse, even unchanged");
	}
	if (d->trust->rules_doubtful) {
		(void)err_set(err, ERR_DENIED, "the rules in force were published with a compromised key");
		return err_hint(err, "read them, then review rules publish, even unchanged");
	}
	return true;
}

/* Where the policy asks how fresh the ledger was, the release says it; elsewhere it says nothing. */
static bool says_freshness(const struct docket *d, const struct entry *e, struct err *err)
{
	const char *word = entry_get(e, "freshness");
	const struct freshness *f = &d->policy->freshness;

	if (word == NULL)
		return f->hours == 0 ? true : err_set(err, ERR_MISMATCH, "it does not say how fresh its ledger was");
	if (f->hours == 0)
		return err_set(err, ERR_MISMATCH, "it speaks of freshness, and the policy does not");
	if (f->quorum > 0 && strcmp(word, "heard") == 0)
		return err_set(err, ERR_DENIED, "the policy wants %u witnesses of the ledger, not a remote", (unsigned)f->quorum);
	if (f->quorum == 0 && strcmp(word, "witnessed") == 0)
		return err_set(err, ERR_MISMATCH, "it names witnesses, and the policy asks for none");
	return true;
}

bool check_release(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct review_case *c = NULL;
	const struct publication *p;

	if (!is_registrar(d, e, err) || !foundations_are_sound(d, err) || !find_round(d, e, &c, err))
		return false;
	p = current_publication(c);
	if (p != NULL && !p->done) {
		(void)err_set(err, ERR_DENIED, "a release of case %s is not finished", c->id);
		return err_hint(err, "review release %s --resume", c->id);
	}
	if (p != NULL && p->round == case_round(c)->number) {
		(void)err_set(err, ERR_DENIED, "round %u of case %s is released already", (unsigned)p->round, c->id);
		return err_hint(err, "for other bytes a new round: review submit FILE... --case %s", c->id);
	}
	return says_freshness(d, e, err) && verdict_is_clear(d, e, c, err) && targets_are_right(d, e, c, err);
}

/* The publication an entry names: the case's current one, with these very files. */
static bool find_publication(const struct docket *d, const struct entry *e, const struct publication **out, struct err *err)
{
	const struct review_case *c = docket_case(d, entry_get(e, "case"));
	const struct publication *p = c != NULL ? current_publication(c) : NULL;
	const struct digest release = entry_get_digest(e, "release");
	struct file_refs files = {0};
	bool same;

	if (p == NULL || !digest_equal(&p->release, &release) || p->round != entry_get_number(e, "round"))
		return err_set(err, ERR_MISMATCH, "it names no release of case %s that is public", entry_get(e, "case"));
	entry_files(e, &files);
	same = file_refs_equal(&files, p->files);
	file_refs_release(&files);
	if (!same)
		return err_set(err, ERR_MISMATCH, "it names other files than the release");
	*out = p;
	return true;
}

bool check_released(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct publication *p = NULL;

	if (!is_registrar(d, e, err) || !find_publication(d, e, &p, err))
		return false;
	return p->done ? err_set(err, ERR_MISMATCH, "that release is finished already") : true;
}

/* Harm is stopped by whoever may: for an incident also those who sign the last stage. */
bool check_withdraw(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct publication *p = NULL;
	const struct review_case *c = docket_case(d, entry_get(e, "case"));
	const struct stage *last = &d->policy->stages[d->policy->stage_count - 1];
	const bool incident = strcmp(entry_get(e, "incident"), "yes") == 0;

	if (!find_publication(d, e, &p, err))
		return false;
	if (incident && person_may_sign(d->policy, policy_person(d->policy, e->person), last->id, c->section,
	                                day_of_entry(d, e)) == ENTITLED)
		return true;
	return is_registrar(d, e, err);
}
