/* rescan.c - was there in the documents what the scan records say?
 *
 * The docket stands right behind the entry here, so its packs are the rules the entry was written
 * under; `rules` in the entry was compared with them when it was taken in. */
#include "rescan.h"

#include "audit_inside.h"
#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "rules/ruleset.h"
#include "scan/finding.h"
#include "scan/many.h"
#include "scan/scanner.h"

#include <string.h>

void rescan_release(struct rescan *rescan)
{
	scanner_free(rescan->scanner);
	ruleset_free(rescan->set);
	*rescan = (struct rescan){0};
}

static bool use_rules(struct rescan *rescan, const struct docket *docket, struct err *err)
{
	struct rule_files files = {0};

	if (rescan->scanner != NULL && digest_equal(&rescan->set->digest, &docket->rules))
		return true;
	rescan_release(rescan);
	for (size_t i = 0; i < docket->pack_count; i++)
		rule_files_add(&files, docket->packs[i].name, docket->packs[i].bytes, docket->packs[i].len);
	if (ruleset_load(&files, &rescan->set, err) && scanner_new(rescan->set, &rescan->scanner, err))
		return true;
	if (rescan->set == NULL)
		rule_files_release(&files);
	rescan_release(rescan);
	return false;
}

static void undecided(struct audit_report *report, const struct entry *e, char *what)
{
	add_problem(report, AUDIT_UNDECIDED, mem_format(_("ledger entry %u"), (unsigned)e->seq), what,
	            mem_copy_string(_("its scan cannot be repeated")));
}

static bool scan_files(struct rescan *rescan, struct repo *repo, const struct review_case *c, struct scan *out, struct err *err)
{
	const struct round *round = case_round(c);
	struct scan_many *many = scan_many_begin(rescan->scanner);
	bool ok = true;

	for (size_t i = 0; ok && i < round->files->count; i++) {
		const struct file_ref *file = &round->files->items[i];
		struct buf bytes = {0};

		ok = documents_read(repo, c->id, round->number, file, &bytes, err);
		if (ok)
			scan_many_add(many, file->path, file->mode, &bytes);
		buf_release(&bytes);
	}
	scan_many_end(many, out);
	return ok;
}

static void compare_records(const struct entry *e, const struct scan *again, struct audit_report *report)
{
	const struct entry_body *body = entry_get_body(e, "scan");
	struct buf record = {0};

	scan_record_write(again, &record);
	if (body == NULL || record.len != body->len || memcmp(record.data, body->bytes, record.len) != 0)
		add_problem(report, AUDIT_VIOLATION, mem_format(_("ledger entry %u"), (unsigned)e->seq),
		            mem_copy_string(_("its scan record is not what its rules find in its documents")),
		            mem_copy_string(_("what was reviewed is not what was scanned")));
	else
		report->rescanned++;
	buf_release(&record);
}

void rescan_entry(struct rescan *rescan, struct repo *repo, const struct docket *docket, const struct entry *e,
                  struct audit_report *report)
{
	const struct review_case *c;
	struct scan again = {.rules = docket->rules};
	struct err err = {0};

	if (e->type != ENTRY_SUBMIT && e->type != ENTRY_RELEASE)
		return;
	c = docket_case(docket, entry_get(e, "case"));
	if (!use_rules(rescan, docket, &err)) {
		undecided(report, e, mem_format(_("its rules cannot be used: %s"), err.told));
		return;
	}
	scanner_set_day(rescan->scanner, policy_day(docket->policy, e->time));
	if (scan_files(rescan, repo, c, &again, &err))
		compare_records(e, &again, report);
	else if (err.kind == ERR_NOT_FOUND)
		undecided(report, e, mem_format(_("a document of case %s is not kept here"), c->id));
	scan_release(&again); /* a document with other bytes is named by audit_documents() */
}
