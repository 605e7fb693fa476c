/* audit.c - everything again, from the first entry, believing nobody.
 *
 * The ledger is verified and replayed through the same rules that admitted its entries; release
 * verdicts are reached anew from the records they carry.  Then the public directory is compared,
 * byte for byte, with what the ledger says is public.  The code that releases is not linked here. */
#include "audit_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "history_inside.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/compromise.h"
#include "policy/docket.h"
#include "repo/repo.h"
#include "rescan.h"

#include <stdlib.h>
#include <string.h>

enum { HASTY_SECONDS = 10 };

void add_problem(struct audit_report *report, enum audit_answer answer, char *where, char *what, char *consequence)
{
	report->problems = mem_grow(report->problems, report->problem_count, sizeof(*report->problems));
	report->problems[report->problem_count++] =
		(struct audit_problem){.answer = answer, .where = where, .what = what, .consequence = consequence};
}

void add_remark(struct audit_report *report, char *remark)
{
	report->remarks = mem_grow(report->remarks, report->remark_count, sizeof(*report->remarks));
	report->remarks[report->remark_count++] = remark;
}

void audit_report_release(struct audit_report *report)
{
	for (size_t i = 0; i < report->problem_count; i++) {
		free(report->problems[i].where);
		free(report->problems[i].what);
		free(report->problems[i].consequence);
	}
	for (size_t i = 0; i < report->remark_count; i++)
		free(report->remarks[i]);
	free(report->problems);
	free(report->remarks);
	audit_allowances_free(report->allowances, report->allowance_count);
	history_release(&report->history);
	*report = (struct audit_report){0};
}

void audit_report_join(struct audit_report *report, struct audit_report *more)
{
	for (size_t i = 0; i < more->problem_count; i++)
		add_problem(report, more->problems[i].answer, more->problems[i].where, more->problems[i].what,
		            more->problems[i].consequence);
	for (size_t i = 0; i < more->remark_count; i++)
		add_remark(report, more->remarks[i]);
	report->public_files += more->public_files;
	report->documents_missing += more->documents_missing;
	free(more->problems);
	free(more->remarks);
	*more = (struct audit_report){0};
}

/* The replay in progress. */
struct replay {
	const struct audit_order *order;
	struct docket docket;
	struct audit_report *report;
	struct history_order history;
	struct rescan rescan;
	uint32_t until; /* the last entry that counts; 0: all do */
	struct digest *ids; /* of the entries, the genesis first */
	size_t id_count;
	uint32_t *offline; /* releases nobody could call fresh */
	size_t offline_count;
	uint32_t *hasty; /* approvals nobody can have read for */
	size_t hasty_count;
	bool blind; /* what comes behind the last entry that was read is not known */
};

/* A signature given within seconds of the one before was hardly preceded by reading. */
static void remark_haste(struct replay *r, const struct entry *e)
{
	const struct review_case *c = docket_case(&r->docket, entry_get(e, "case"));
	const struct round *round = c != NULL ? case_round(c) : NULL;
	int64_t before;

	if (round == NULL || round->sign_off_count == 0 || strcmp(entry_get(e, "decision"), "approve") != 0)
		return;
	before = round->sign_off_count > 1 ? round->sign_offs[round->sign_off_count - 2].time : round->time;
	if (e->time - before >= HASTY_SECONDS)
		return;
	r->hasty = mem_grow(r->hasty, r->hasty_count, sizeof(*r->hasty));
	r->hasty[r->hasty_count++] = e->seq;
}

static void count(struct audit_report *report, const struct entry *e)
{
	if (e->type == ENTRY_RELEASE)
		report->releases++;
	if (e->type == ENTRY_WITHDRAW)
		report->withdrawals++;
	if (e->type == ENTRY_SIGN_OFF && strcmp(entry_get(e, "decision"), "approve") == 0)
		report->approvals++;
	for (size_t i = 0; i < e->line_count; i++)
		report->clearances += strcmp(e->lines[i].key, "clear") == 0 ? 1 : 0;
}

static void note_offline(struct replay *r, const struct entry *e)
{
	const char *word = entry_get(e, "freshness");

	if (word == NULL || strcmp(word, "offline") != 0)
		return;
	r->offline = mem_grow(r->offline, r->offline_count, sizeof(*r->offline));
	r->offline[r->offline_count++] = e->seq;
}

/* "<count> <what> entries 4, 7, ..." */
static void remark_entries(struct audit_report *report, const uint32_t *entries, size_t count, const char *what)
{
	struct buf text = {0};

	buf_addf(&text, _("%zu %s entries"), count, what);
	for (size_t i = 0; i < count && i < 20; i++)
		buf_addf(&text, "%s %u", i > 0 ? "," : "", (unsigned)entries[i]);
	if (count > 20)
		buf_add_string(&text, ", ...");
	if (count > 0)
		add_remark(report, buf_take(&text));
	buf_release(&text);
}

bool audit_is_about(const struct audit_order *order, const char *id)
{
	return order->case_id == NULL || (id != NULL && strcmp(order->case_id, id) == 0);
}

static void report_entries(struct replay *r)
{
	char *hasty = mem_format(_("approvals came within %d seconds of the step before; was anything read?"), HASTY_SECONDS);

	remark_entries(r->report, r->hasty, r->hasty_count, hasty);
	remark_entries(r->report, r->offline, r->offline_count,
	               _("releases were made though nobody could say whether the ledger was the newest:"));
	free(hasty);
}

static void replay_release(struct replay *r)
{
	docket_release(&r->docket);
	free(r->ids);
	free(r->offline);
	free(r->hasty);
}

static bool replay_entry(const struct entry *e, void *context, struct err *err)
{
	struct replay *r = context;

	r->report->last = e->id;
	r->report->last_seq = e->seq;
	if (r->until != 0 && e->seq > r->until)
		return true; /* its form, chain and signature were checked; what it did is another day's question */
	if (!docket_apply(&r->docket, e, err))
		return false;
	count(r->report, e);
	history_add(&r->history, &r->docket, e);
	r->ids = mem_grow(r->ids, r->id_count, sizeof(*r->ids));
	r->ids[r->id_count++] = e->id;
	if (e->type == ENTRY_RELEASE)
		note_offline(r, e);
	if (e->type == ENTRY_SIGN_OFF)
		remark_haste(r, e);
	if (r->order->rescan && audit_is_about(r->order, entry_get(e, "case")))
		rescan_entry(&r->rescan, r->order->repo, &r->docket, e, r->report);
	return true;
}

static char *ledger_consequence(const struct err *err)
{
	if (err->kind == ERR_ELSEWHERE)
		return mem_format(_("nothing is known from this entry on; %s"), err->told_hint);
	if (err->kind == ERR_UNKNOWN)
		return mem_copy_string(_("nothing is known from this entry on; a newer review can tell"));
	return mem_copy_string(_("this entry and every one behind it prove nothing"));
}

/* "ledger entry 7 (1a2b...): what" is where and what. */
static void add_ledger_problem(struct replay *r, const struct err *err)
{
	const char *colon = strstr(err->told, "): "); /* translations keep it */
	char *where = colon != NULL ? mem_copy_bytes(err->told, (size_t)(colon + 1 - err->told)) : mem_copy_string(_("ledger"));
	const bool sure = err->kind == ERR_MISMATCH || err->kind == ERR_DENIED || err->kind == ERR_INPUT;

	add_problem(r->report, sure ? AUDIT_VIOLATION : AUDIT_UNDECIDED, where,
	            mem_copy_string(colon != NULL ? colon + 3 : err->told), ledger_consequence(err));
	r->blind = err->kind == ERR_ELSEWHERE; /* an entry that only a newer review knows hides nothing of what was public before */
}

static void fill(struct audit_report *report, const struct docket *docket)
{
	report->ledger = docket->ledger;
	report->tip = docket->tip;
	report->entries = docket->seq;
	report->policy_number = docket->policy_number;
	report->utc_offset = docket->policy != NULL ? docket->policy->utc_offset : 0;
	report->people = docket->policy != NULL ? docket->policy->person_count : 0;
	report->cases = docket->case_count;
}

static void audit_releases(const struct audit_order *order, const struct docket *docket, struct audit_report *report)
{
	for (size_t i = 0; i < docket->case_count; i++) {
		const struct review_case *c = docket_case_at(docket, i);

		for (size_t k = 0; audit_is_about(order, c->id) && k < c->publication_count; k++) {
			const struct publication *p = &c->publications[k];

			if (!p->done && !p->withdrawn && !p->superseded)
				add_problem(report, AUDIT_UNDECIDED, mem_format(_("ledger entry %u"), (unsigned)p->seq),
				            mem_format(_("the release of case %s was begun and not finished"), c->id),
				            mem_format(_("finish it: review release %s --resume"), c->id));
			if (p->compromised && !p->withdrawn && !p->superseded)
				add_problem(report, AUDIT_VIOLATION, mem_format(_("ledger entry %u"), (unsigned)p->seq),
				            mem_format(_("case %s is public on the strength of a compromised key"), c->id),
				            mem_format(_("withdraw it, or release a new round: review withdraw %s --reason TEXT --incident"), c->id));
		}
	}
}

/* A declaration of a lost key may reach what everything else stands on. */
static void audit_foundations(const struct docket *docket, struct audit_report *report)
{
	if (docket->trust == NULL)
		return;
	if (docket->trust->policy_doubtful)
		add_problem(report, AUDIT_VIOLATION, mem_format(_("policy %u"), (unsigned)docket->policy_number),
		            mem_copy_string(_("it came into force with a compromised key")),
		            mem_copy_string(_("nothing can be released until a policy is proposed and endorsed with other keys")));
	if (docket->trust->rules_doubtful)
		add_problem(report, AUDIT_VIOLATION, mem_copy_string(_("the rules in force")),
		            mem_copy_string(_("they were published with a compromised key")),
		            mem_copy_string(_("nothing can be released until they are published with another key")));
}

static void conclude(struct audit_report *report)
{
	report->answer = AUDIT_GOOD;
	for (size_t i = 0; i < report->problem_count; i++)
		if (report->answer != AUDIT_VIOLATION)
			report->answer = report->problems[i].answer;
}

void audit_doubt(struct audit_report *report, const struct err *why, const char *consequence)
{
	struct audit_problem first;

	add_problem(report, why->kind == ERR_MISMATCH ? AUDIT_VIOLATION : AUDIT_UNDECIDED, mem_copy_string(_("ledger")),
	            mem_copy_string(why->told), mem_copy_string(consequence));
	first = report->problems[report->problem_count - 1];
	memmove(report->problems + 1, report->problems, (report->problem_count - 1) * sizeof(first));
	report->problems[0] = first;
	conclude(report);
}

/* Where the public directory is: given, or as the policy that was proven says. */
static char *public_dir_of(const struct audit_order *order, const struct docket *docket)
{
	const char *top = repo_work_dir(order->repo);

	if (order->public_dir != NULL)
		return mem_copy_string(order->public_dir);
	if (docket->policy == NULL)
		return NULL;
	if (docket->policy->public_dir[0] == '/')
		return mem_copy_string(docket->policy->public_dir);
	return top != NULL ? fs_join(top, docket->policy->public_dir) : NULL;
}

/* Whoever handed over the repository may have named another place for its files. */
static void remark_elsewhere(const struct audit_order *order, const char *dir, struct audit_report *report)
{
	char *place = NULL;
	struct err ignored = {0};

	if (order->public_dir == NULL && repo_config_get(order->repo, "core.worktree", &place, &ignored) && place != NULL)
		add_remark(report, mem_format(_("git config core.worktree is set; the public directory that was compared is %s"), dir));
	free(place);
}

static void audit_public_dir(const struct audit_order *order, const struct docket *docket, bool past,
                             struct audit_report *report)
{
	char *dir = past && order->public_dir == NULL ? NULL : public_dir_of(order, docket);

	report->public_compared = dir != NULL;
	if (dir != NULL) {
		audit_public(docket, dir, order->case_id, report);
		remark_elsewhere(order, dir, report);
	} else if (past) {
		add_remark(report, mem_copy_string(_("the public directory is of today and was not compared; "
		                                   "a copy of that day can be: --public DIR")));
	} else {
		add_remark(report, mem_copy_string(_("there is no public directory here; it was not compared")));
	}
	free(dir);
}

/* What was asked for has to be there, or no answer is about it. */
static bool is_there(const struct replay *r, struct err *err)
{
	const struct audit_order *order = r->order;

	if (r->until > r->report->last_seq) {
		(void)err_set(err, ERR_NOT_FOUND, "the ledger has %u entries, not %u", (unsigned)r->report->last_seq,
		              (unsigned)r->until);
		return false;
	}
	if (order->case_id != NULL && docket_case(&r->docket, order->case_id) == NULL) {
		(void)err_set(err, ERR_NOT_FOUND, "there is no case '%s'", order->case_id);
		return err_hint(err, "review inbox lists the cases; with --as-of, those of that day count");
	}
	return true;
}

static bool replay_all(struct replay *r, struct err *err)
{
	struct err why = {0};

	r->report->whole = ledger_walk(r->order->repo, NULL, replay_entry, r, NULL, &why);
	if (r->report->whole)
		return is_there(r, err);
	if (why.kind == ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	add_ledger_problem(r, &why);
	return true;
}

static void remark_future(struct replay *r)
{
	char when[CLOCK_TEXT_SIZE];

	if (r->docket.latest > r->order->now + 24 * 3600)
		add_remark(r->report, mem_format(_("an entry is dated %s, after today; appointments with dates were judged by it"),
		                                 policy_clock(r->docket.policy, r->docket.latest, when)));
}

static void judge(struct replay *r, int32_t day)
{
	const struct audit_order *order = r->order;
	struct audit_documents *documents = audit_documents_begin(order, &r->docket);
	struct audit_report public = {0};

	if (!r->blind)
		audit_public_dir(order, &r->docket, r->until != 0, &public);
	else
		add_remark(&public, mem_copy_string(_("what was done behind that entry is not known, and nothing was held against the public "
		                                      "directory, open releases, lost keys or witnesses")));
	fill(r->report, &r->docket);
	report_entries(r);
	remark_future(r);
	audit_documents_end(documents, r->report);
	if (!r->blind) {
		audit_releases(order, &r->docket, r->report);
		audit_foundations(&r->docket, r->report);
	}
	audit_allowed(&r->docket, day, r->report);
	if (!r->blind)
		audit_evidence(order, &r->docket, r->ids, r->report);
	r->report->public_compared = public.public_compared;
	audit_report_join(r->report, &public);
	history_finish(&r->history, &r->docket, day);
	if (order->history)
		history_mask(&r->report->history, &r->docket);
	conclude(r->report);
}

bool audit_run(const struct audit_order *order, struct audit_report *out, struct err *err)
{
	struct audit_report report = {0};
	struct replay replay = {
		.order = order,
		.report = &report,
		.history = {.into = &report.history, .case_id = order->case_id, .events = order->history, .audit = order},
	};
	int32_t day = 0;
	bool ok = as_of_find(order, &replay.until, &day, &report, err) && replay_all(&replay, err);

	if (ok) {
		report.case_id = order->case_id;
		if (day == 0)
			day = policy_day(replay.docket.policy, order->now);
		report.day = day;
		judge(&replay, day);
		*out = report;
		report = (struct audit_report){0};
	}
	audit_report_release(&report);
	rescan_release(&replay.rescan);
	replay_release(&replay);
	return ok;
}
