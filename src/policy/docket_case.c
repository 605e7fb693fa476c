/* docket_case.c - may this be submitted, signed, answered, filed? */
#include "docket_inside.h"

#include "base/calendar.h"
#include "base/language.h"
#include "ledger/entry.h"
#include "policy/verdict.h"
#include "tally_inside.h"
#include "scan/finding.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* 2026-0042: one spelling for one number, nine digits at most. */
static bool is_case_id(const char *id)
{
	const size_t len = strlen(id);

	if (len < 9 || len > 14 || id[4] != '-' || (len > 9 && id[5] == '0'))
		return false;
	return strspn(id, "0123456789") == 4 && strspn(id + 5, "0123456789") == len - 5;
}

static bool check_position(const struct docket *d, const struct entry *e, struct err *err)
{
	const char *id = entry_get(e, "case");
	const struct review_case *c = docket_case(d, id);
	const struct publication *p = c != NULL ? current_publication(c) : NULL;
	const uint32_t round = entry_get_number(e, "round");

	if (!is_case_id(id))
		return err_set(err, ERR_INPUT, "'%s' is not a case number like 2026-0042", id);
	if (c == NULL)
		return round == 1 ? true : err_set(err, ERR_MISMATCH, "a new case begins with round 1");
	if (round != case_round(c)->number + 1)
		return err_set(err, ERR_MISMATCH, "case %s has %u rounds; the next one is not %u", id,
		               (unsigned)case_round(c)->number, (unsigned)round);
	if (strcmp(c->section, entry_get(e, "section")) != 0)
		return err_set(err, ERR_MISMATCH, "case %s belongs to section %s", id, c->section);
	if (p != NULL && !p->done) {
		(void)err_set(err, ERR_DENIED, "a release of case %s is not finished", id);
		return err_hint(err, "review release %s --resume", id);
	}
	return true;
}

/* The place of the receipt is taken, in whatever case a file system folds it to. */
static bool is_receipt(const char *path)
{
	const size_t len = strlen(RECEIPT_NAME);

	return strncasecmp(path, RECEIPT_NAME, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

/* Where the files would go: each to a place of its own. */
static bool check_targets(const struct docket *d, const struct file_refs *files, struct err *err)
{
	struct file_refs targets = {0};
	bool ok = true;

	for (size_t i = 0; i < files->count; i++) {
		char *path = policy_public_path(d->policy, files->items[i].path);

		if (ok && is_receipt(path))
			ok = err_set(err, ERR_DENIED, "%s would become public as %s, which is the list of releases",
			             files->items[i].path, path);
		file_refs_add(&targets, &files->items[i].digest, files->items[i].size, files->items[i].mode, path);
		free(path);
	}
	for (size_t i = 1; ok && i < targets.count; i++)
		if (strcmp(targets.items[i - 1].path, targets.items[i].path) == 0)
			ok = err_set(err, ERR_DENIED, "two files would become public as %s", targets.items[i].path);
	file_refs_release(&targets);
	return ok;
}

static bool check_paths(const struct docket *d, const struct file_refs *files, const char *section, struct err *err)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *path = files->items[i].path;
		const struct section *s = policy_path_section(d->policy, path);

		if (!policy_path_is_candidate(d->policy, path))
			return err_set(err, ERR_DENIED, "%s is not a candidate path of the policy", path);
		if (s == NULL || strcmp(s->id, section) != 0) {
			(void)err_set(err, ERR_DENIED, "%s does not belong to section %s", path, section);
			return err_hint(err, "submit the files of each section as a case of their own");
		}
	}
	return true;
}

/* The record is of these files, under the rules in force, and holds nothing a document must lose. */
static bool check_scan(const struct docket *d, const struct entry *e, const struct file_refs *files, struct err *err)
{
	struct scan scan = {0};
	struct scan_totals totals;
	bool ok = read_scan(e, &scan, err);

	if (ok && !digest_equal(&scan.rules, &d->rules))
		ok = err_set(err, ERR_MISMATCH, "its scan was made with other rules than those in force");
	if (ok && scan.count != files->count)
		ok = err_set(err, ERR_MISMATCH, "its scan is of other files");
	for (size_t i = 0; ok && i < files->count; i++)
		if (strcmp(scan.files[i].path, files->items[i].path) != 0 || scan.files[i].size != files->items[i].size ||
		    scan.files[i].mode != files->items[i].mode ||
		    !digest_equal(&scan.files[i].digest, &files->items[i].digest))
			ok = err_set(err, ERR_MISMATCH, "its scan is of other files");
	scan_count(&scan, &totals);
	if (ok && totals.block + totals.undecided > 0)
		ok = err_set(err, ERR_DENIED, "its scan found %zu things to remove and %zu undecided", totals.block,
		             totals.undecided);
	scan_release(&scan);
	return ok;
}

bool check_submit(const struct docket *d, const struct entry *e, struct err *err)
{
	const char *section = entry_get(e, "section");
	const struct person *person = policy_person(d->policy, e->person);
	struct file_refs files = {0};
	bool ok;

	if (policy_section(d->policy, section) == NULL)
		return err_set(err, ERR_DENIED, "the policy has no section '%s'", section);
	if (person_may_submit(person, section, day_of_entry(d, e)) != ENTITLED) {
		(void)err_set(err, ERR_DENIED, "%s may not submit for section %s", e->person, section);
		return err_hint(err, "review policy show says who may");
	}
	entry_files(e, &files);
	ok = check_position(d, e, err) && check_paths(d, &files, section, err) &&
	     check_targets(d, &files, err) && check_scan(d, e, &files, err);
	file_refs_release(&files);
	return ok;
}

/* The sign-off after which only a new round goes on; NULL: none yet. */
static const struct sign_off *ending_of(const struct round *round)
{
	for (size_t i = 0; i < round->sign_off_count; i++) {
		const enum decision was = round->sign_offs[i].decision;

		if (was == DECISION_RETURN || was == DECISION_REFUSE || was == DECISION_REDACT || was == DECISION_ON_REQUEST)
			return &round->sign_offs[i];
	}
	return NULL;
}

bool round_is_over(const struct round *round) { return round->compromised || ending_of(round) != NULL; }

static bool is_over(const struct round *round, struct err *err)
{
	const struct sign_off *ending = ending_of(round);

	if (round->compromised) {
		(void)err_set(err, ERR_DENIED, "this round was submitted with a key that was compromised by then");
		(void)err_hint(err, "a new round is possible: review submit FILE... --case CASE");
		return true;
	}
	if (ending == NULL)
		return false;
	(void)err_set(err, ERR_DENIED, "this round was ended by %s (%s)", ending->person, _(decision_name(ending->decision)));
	(void)err_hint(err, "a new round is possible: review submit FILE... --case CASE");
	return true;
}

static bool in_order(const struct docket *d, const struct review_case *c, const struct stage *stage, struct err *err)
{
	const struct stage *current = case_current_stage(d->policy, c, NULL);
	size_t now = 0, want = 0;

	if (current == NULL || current == stage)
		return true;
	(void)policy_stage(d->policy, current->id, &now);
	(void)policy_stage(d->policy, stage->id, &want);
	if (want < now)
		return true; /* a supplement to a stage already complete */
	(void)err_set(err, ERR_DENIED, "%s comes after %s, which is not complete", stage->id, current->id);
	return err_hint(err, "review show %s", c->id);
}

static bool finding_is_known(const struct docket *d, const struct round *round, const struct digest *finding)
{
	/* Rules published after the submission may find more; a fresh scan then knows other ids. */
	if (!digest_equal(&round->scan->rules, &d->rules))
		return true;
	for (size_t i = 0; i < round->scan->count; i++)
		for (size_t k = 0; k < round->scan->files[i].count; k++)
			if (digest_equal(&round->scan->files[i].findings[k].id, finding))
				return true;
	return false;
}

static bool evidence_is_there(const struct entry *e, const struct digest *evidence)
{
	for (size_t i = 0; i < e->body_count; i++)
		if (digest_equal(&e->bodies[i].digest, evidence))
			return true;
	return false;
}

static bool check_clearances(const struct docket *d, const struct entry *e, const struct round *round,
                             const struct stage *stage, struct err *err)
{
	for (size_t i = 0; i < e->line_count; i++) {
		struct clearance c = {0};
		bool ok = true;

		if (strcmp(e->lines[i].key, "clear") != 0)
			continue;
		if (!clearance_read(e->lines[i].value, &c))
			return err_set(err, ERR_INPUT, "a clearance is malformed");
		if (!stage->may_clear)
			ok = err_set(err, ERR_DENIED, "stage %s may not clear findings", stage->id);
		else if (!finding_is_known(d, round, &c.finding))
			ok = err_set(err, ERR_MISMATCH, "it clears a finding this round does not have");
		else if (c.reason[0] == '\0')
			ok = err_set(err, ERR_DENIED, "a clearance without a reason");
		else if (!digest_is_zero(&c.evidence) && !evidence_is_there(e, &c.evidence))
			ok = err_set(err, ERR_MISMATCH, "a clearance names evidence that is not attached");
		free(c.reason);
		if (!ok)
			return false;
	}
	return true;
}

static size_t count_lines(const struct entry *e, const char *key)
{
	size_t count = 0;

	for (size_t i = 0; i < e->line_count; i++)
		count += strcmp(e->lines[i].key, key) == 0 ? 1 : 0;
	return count;
}

static bool check_approval(const struct docket *d, const struct entry *e, const struct review_case *c,
                           const struct stage *stage, struct err *err)
{
	const struct round *round = case_round(c);

	if (strcmp(e->person, round->submitter) == 0 && !d->policy->submitter_may_sign) {
		(void)err_set(err, ERR_DENIED, "%s submitted this and may not approve it", e->person);
		return err_hint(err, "review show %s says who can", c->id);
	}
	if (d->policy->distinct_people && approved_elsewhere(round, e->person, stage->id)) {
		(void)err_set(err, ERR_DENIED, "%s signed another stage of this round; each wants another person", e->person);
		return err_hint(err, "review show %s says who can", c->id);
	}
	if (count_lines(e, "answer") != stage->asks.count) {
		(void)err_set(err, ERR_DENIED, "questions to be answered at stage %s: %zu", stage->id, stage->asks.count);
		return stage->asks.count > 0 ? err_hint(err, "--answer TEXT for each, the first: %s", stage->asks.items[0]) : false;
	}
	return in_order(d, c, stage, err) && check_clearances(d, e, round, stage, err);
}

/* A date that is still to come. */
static bool is_ahead(const struct docket *d, const struct entry *e, const char *text)
{
	int32_t day = 0;

	return date_from_text(&day, text, strlen(text)) && day > policy_day(d->policy, e->time);
}

static bool check_other_decision(const struct docket *d, const struct entry *e, enum decision decision, struct err *err)
{
	const bool ground = entry_get(e, "ground")[0] != '\0', until = entry_get(e, "until")[0] != '\0';

	if (count_lines(e, "clear") + count_lines(e, "answer") > 0)
		return err_set(err, ERR_DENIED, "only an approval clears findings and answers questions");
	if ((decision == DECISION_REDACT || decision == DECISION_ON_REQUEST || decision == DECISION_REFUSE) && !ground) {
		(void)err_set(err, ERR_DENIED, "%s needs a ground", _(decision_name(decision)));
		return err_hint(err, "--ground third-party, or another of the eight");
	}
	if ((decision == DECISION_REFUSE || decision == DECISION_POSTPONE) && !until) {
		(void)err_set(err, ERR_DENIED, "%s needs a date to look again", _(decision_name(decision)));
		return err_hint(err, "--until YYYY-MM-DD");
	}
	if (until && !is_ahead(d, e, entry_get(e, "until")))
		return err_set(err, ERR_DENIED, "the date to look again must be still to come");
	if ((decision == DECISION_REFER || decision == DECISION_CONSULT) && entry_get(e, "addressee")[0] == '\0') {
		(void)err_set(err, ERR_DENIED, "%s needs somebody to ask", _(decision_name(decision)));
		return err_hint(err, "--to WHOM");
	}
	return true;
}

static bool same_matter(const struct entry *e, const struct round *round, struct err *err)
{
	const struct digest scan = entry_get_digest(e, "scan");
	struct file_refs files = {0};
	bool ok;

	entry_files(e, &files);
	ok = file_refs_equal(&files, round->files);
	file_refs_release(&files);
	if (!ok)
		return err_set(err, ERR_MISMATCH, "it names other files than were submitted");
	return digest_equal(&scan, &round->scan_digest) ? true
	                                                : err_set(err, ERR_MISMATCH, "it names another scan than was submitted");
}

bool check_sign_off(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct review_case *c = NULL;
	const char *id = entry_get(e, "stage");
	const struct stage *stage = policy_stage(d->policy, id, NULL);
	const enum decision decision = decision_from_name(entry_get(e, "decision"));

	if (!find_round(d, e, &c, err) || !same_matter(e, case_round(c), err))
		return false;
	if (stage == NULL)
		return err_set(err, ERR_DENIED, "the policy in force has no stage '%s'", id);
	if (person_may_sign(d->policy, policy_person(d->policy, e->person), id, c->section, day_of_entry(d, e)) != ENTITLED) {
		(void)err_set(err, ERR_DENIED, "%s may not sign %s for section %s", e->person, id, c->section);
		return err_hint(err, "review policy show says who may");
	}
	if (decision == DECISION_NONE || (stage->decisions & 1u << decision) == 0)
		return err_set(err, ERR_DENIED, "stage %s may not decide that", id);
	if (entry_get(e, "opinion")[0] == '\0')
		return err_set(err, ERR_DENIED, "a decision needs an opinion");
	if (is_over(case_round(c), err))
		return false;
	if (current_publication(c) != NULL && current_publication(c)->round == case_round(c)->number)
		return err_set(err, ERR_DENIED, "this round is released; withdraw it, or submit a new round");
	return decision == DECISION_APPROVE ? check_approval(d, e, c, stage, err) : check_other_decision(d, e, decision, err);
}

/* Anybody with a duty in the section, and registrars, may write down what came in. */
static bool has_part_in(const struct docket *d, const struct entry *e, const struct review_case *c)
{
	const struct person *person = policy_person(d->policy, e->person);
	const int32_t day = day_of_entry(d, e);

	if (names_have(&d->policy->registrars, e->person) || person_may_submit(person, c->section, day) == ENTITLED)
		return true;
	for (size_t i = 0; i < d->policy->stage_count; i++)
		if (person_may_sign(d->policy, person, d->policy->stages[i].id, c->section, day) == ENTITLED)
			return true;
	return false;
}

bool check_evidence(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct review_case *c = NULL;
	const struct digest answers = entry_get_digest(e, "answers");

	if (!find_round(d, e, &c, err))
		return false;
	if (!has_part_in(d, e, c))
		return err_set(err, ERR_DENIED, "%s has no part in section %s", e->person, c->section);
	for (size_t i = 0; i < case_round(c)->sign_off_count; i++) {
		const struct sign_off *o = &case_round(c)->sign_offs[i];

		if (digest_equal(&o->entry, &answers) &&
		    (o->decision == DECISION_REFER || o->decision == DECISION_CONSULT) && !o->answered)
			return true;
	}
	return err_set(err, ERR_MISMATCH, "it answers no open question of this round");
}

bool check_file_record(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct review_case *c = NULL;

	if (!find_round(d, e, &c, err))
		return false;
	if (entry_get(e, "register")[0] == '\0')
		return err_set(err, ERR_DENIED, "a register number is wanted");
	return has_part_in(d, e, c) ? true : err_set(err, ERR_DENIED, "%s has no part in section %s", e->person, c->section);
}
