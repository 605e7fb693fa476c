/* audit.c - everything again, from the first entry, believing nobody.
 *
 * The ledger is verified and replayed through the same rules that admitted its entries; release
 * verdicts are reached anew from the records they carry.  Then the public directory is compared,
 * byte for byte, with what the ledger says is public.  The code that releases is not linked here. */
#include "audit_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/mem.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "repo/repo.h"
#include "rules/ruleset.h"
#include "scan/finding.h"
#include "scan/scanner.h"

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
	*report = (struct audit_report){0};
}

/* The replay in progress. */
struct replay {
	const struct audit_order *order;
	struct docket docket;
	struct audit_report *report;
	uint32_t *hasty; /* approvals nobody can have read for */
	size_t hasty_count;
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

/* The scan record of a submission or a release, made again under the rules it was made with. */
static bool rescan_file(struct replay *r, struct scanner *scanner, const struct review_case *c,
                        const struct file_ref *file, struct scan *out)
{
	struct scanned_file scanned = {0};
	struct buf bytes = {0};
	struct err err = {0};
	const bool ok = documents_read(r->order->repo, c->id, case_round(c)->number, file, &bytes, &err);

	if (ok) {
		scan_bytes(scanner, file->path, file->mode, bytes.data, bytes.len, &scanned);
		scan_add(out, &scanned);
	}
	buf_release(&bytes);
	return ok; /* what is missing or wrong is named by audit_documents() */
}

static void compare_records(struct replay *r, const struct entry *e, const struct scan *again)
{
	const struct entry_body *body = entry_get_body(e, "scan");
	struct buf record = {0};

	scan_record_write(again, &record);
	if (body == NULL || record.len != body->len || memcmp(record.data, body->bytes, record.len) != 0)
		add_problem(r->report, AUDIT_VIOLATION, mem_format("ledger entry %u", (unsigned)e->seq),
		            mem_copy_string("its scan record is not what its rules find in its documents"),
		            mem_copy_string("what was reviewed is not what was scanned"));
	buf_release(&record);
}

static void rescan(struct replay *r, const struct entry *e)
{
	const struct review_case *c = docket_case(&r->docket, entry_get(e, "case"));
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct scanner *scanner = NULL;
	struct scan again = {.rules = r->docket.rules};
	struct err err = {0};
	bool ok = true;

	for (size_t i = 0; i < r->docket.pack_count; i++)
		rule_files_add(&files, r->docket.packs[i].name, r->docket.packs[i].bytes, r->docket.packs[i].len);
	if (!ruleset_load(&files, &set, &err) || !scanner_new(set, &scanner, &err)) {
		add_problem(r->report, AUDIT_UNDECIDED, mem_format("ledger entry %u", (unsigned)e->seq),
		            mem_format("its rules cannot be used: %s", err.why), mem_copy_string("its scan cannot be repeated"));
		ok = false;
	}
	if (ok)
		scanner_set_day(scanner, date_of_time(e->time));
	for (size_t i = 0; ok && i < case_round(c)->files->count; i++)
		ok = rescan_file(r, scanner, c, &case_round(c)->files->items[i], &again);
	if (ok)
		compare_records(r, e, &again);
	scan_release(&again);
	scanner_free(scanner);
	ruleset_free(set);
	rule_files_release(&files);
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

static void report_haste(struct replay *r)
{
	struct buf text = {0};

	buf_addf(&text, "%zu approvals came within %d seconds of the step before; was anything read? entries", r->hasty_count,
	         HASTY_SECONDS);
	for (size_t i = 0; i < r->hasty_count && i < 20; i++)
		buf_addf(&text, "%s %u", i > 0 ? "," : "", (unsigned)r->hasty[i]);
	if (r->hasty_count > 20)
		buf_add_string(&text, ", ...");
	if (r->hasty_count > 0)
		add_remark(r->report, buf_take(&text));
	buf_release(&text);
	free(r->hasty);
}

static bool replay_entry(const struct entry *e, void *context, struct err *err)
{
	struct replay *r = context;

	if (!docket_apply(&r->docket, e, err))
		return false;
	count(r->report, e);
	if (e->type == ENTRY_SIGN_OFF)
		remark_haste(r, e);
	if ((e->type == ENTRY_SUBMIT || e->type == ENTRY_RELEASE) && r->order->rescan)
		rescan(r, e);
	return true;
}

/* "ledger entry 7 (1a2b...): what" is where and what. */
static void add_ledger_problem(struct audit_report *report, const struct err *err)
{
	const char *colon = strstr(err->why, "): ");
	char *where = colon != NULL ? mem_copy_bytes(err->why, (size_t)(colon + 1 - err->why)) : mem_copy_string("ledger");
	const bool sure = err->kind == ERR_MISMATCH || err->kind == ERR_DENIED || err->kind == ERR_INPUT;

	add_problem(report, sure ? AUDIT_VIOLATION : AUDIT_UNDECIDED, where,
	            mem_copy_string(colon != NULL ? colon + 3 : err->why),
	            mem_copy_string("this entry and every one behind it prove nothing"));
}

static void fill(struct audit_report *report, const struct docket *docket)
{
	report->ledger = docket->ledger;
	report->tip = docket->tip;
	report->entries = docket->seq;
	report->policy_number = docket->policy_number;
	report->people = docket->policy != NULL ? docket->policy->person_count : 0;
	report->cases = docket->case_count;
}

static void audit_releases(const struct docket *docket, struct audit_report *report)
{
	for (size_t i = 0; i < docket->case_count; i++)
		for (size_t k = 0; k < docket->cases[i].publication_count; k++) {
			const struct publication *p = &docket->cases[i].publications[k];

			if (!p->done && !p->withdrawn && !p->superseded)
				add_problem(report, AUDIT_UNDECIDED, mem_format("ledger entry %u", (unsigned)p->seq),
				            mem_format("the release of case %s was begun and not finished", docket->cases[i].id),
				            mem_format("finish it: review release %s --resume", docket->cases[i].id));
		}
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

	add_problem(report, why->kind == ERR_MISMATCH ? AUDIT_VIOLATION : AUDIT_UNDECIDED, mem_copy_string("ledger"),
	            mem_copy_string(why->why), mem_copy_string(consequence));
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

bool audit_run(const struct audit_order *order, struct audit_report *out, struct err *err)
{
	struct audit_report report = {0};
	struct replay replay = {.order = order, .report = &report};
	struct err why = {0};
	char *dir, when[TIME_TEXT_SIZE];

	if (!ledger_walk(order->repo, NULL, replay_entry, &replay, NULL, &why)) {
		if (why.kind == ERR_NOT_FOUND) {
			*err = why;
			docket_release(&replay.docket);
			audit_report_release(&report);
			free(replay.hasty);
			return false;
		}
		add_ledger_problem(&report, &why);
	}
	report.whole = why.kind == ERR_NONE;
	fill(&report, &replay.docket);
	report_haste(&replay);
	if (date_of_time(replay.docket.latest) > order->day + 1)
		add_remark(&report, mem_format("an entry is dated %s, after today; appointments with dates were judged by it",
		                               time_to_text(replay.docket.latest, when)));
	audit_documents(order->repo, &replay.docket, &report);
	audit_releases(&replay.docket, &report);
	audit_allowed(&replay.docket, order->day, &report);
	dir = public_dir_of(order, &replay.docket);
	if (dir != NULL)
		audit_public(&replay.docket, dir, &report);
	else
		add_remark(&report, mem_copy_string("there is no public directory here; it was not compared"));
	free(dir);
	conclude(&report);
	docket_release(&replay.docket);
	*out = report;
	return true;
}

void audit_documents(struct repo *repo, const struct docket *docket, struct audit_report *report)
{
	for (size_t i = 0; i < docket->case_count; i++)
		for (size_t k = 0; k < docket->cases[i].round_count; k++) {
			const struct round *round = &docket->cases[i].rounds[k];

			for (size_t n = 0; n < round->files->count; n++) {
				struct buf bytes = {0};
				struct err err = {0};

				if (!documents_read(repo, docket->cases[i].id, round->number, &round->files->items[n], &bytes, &err)) {
					if (err.kind == ERR_NOT_FOUND)
						report->documents_missing++;
					else
						add_problem(report, AUDIT_VIOLATION,
						            mem_format("document %s of case %s", round->files->items[n].path, docket->cases[i].id),
						            mem_copy_string(err.why), mem_copy_string("the kept copy is not what was signed"));
				}
				buf_release(&bytes);
			}
		}
	if (report->documents_missing > 0)
		add_remark(report, mem_format("submitted documents not kept here: %zu; fetch refs/review/documents/* to compare them",
		                              report->documents_missing));
}
