/* allowed.c - what the rules in force find and let pass, for whoever audits the people who said so.
 *
 * Taken from the bodies of the ledger, never from a working tree.  An entry that is over allows
 * nothing any more, but it stays a promise somebody made; it is named until it is taken out. */
#include "audit_inside.h"

#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "rules/allow.h"
#include "rules/ruleset.h"

#include <stdlib.h>
#include <string.h>

static void add_allowance(const struct allowance *a, int32_t today, struct audit_report *report)
{
	report->allowances =
		mem_grow(report->allowances, report->allowance_count, sizeof(*report->allowances));
	report->allowances[report->allowance_count++] = (struct audit_allowance){
		.rule = mem_copy_string(a->rule),
		.person = mem_copy_string(a->person),
		.reason = mem_copy_string(a->reason),
		.path = mem_copy_string(a->path),
		.text = a->text,
		.until = a->until,
		.expired = allowance_expired(a, today),
	};
}

static void remark_days(const struct allowance *a, int32_t today, struct audit_report *report)
{
	char date[DATE_TEXT_SIZE];

	(void)date_to_text(a->until, date);
	if (allowance_expired(a, today))
		add_remark(report, mem_format(_("%s:%u: allowed for %s until %s, which is over; "
		                                         "take it out, or say it anew"), ALLOW_FILE,
		                              a->line, a->rule, date));
	else if (a->until > today + ALLOW_DAYS_MOST)
		add_remark(report, mem_format(_("%s:%u: allowed for %s until %s, longer than %d days"), ALLOW_FILE,
		                              a->line, a->rule, date, ALLOW_DAYS_MOST));
}

static bool has_allow_file(const struct docket *docket)
{
	for (size_t i = 0; i < docket->pack_count; i++)
		if (strcmp(docket->packs[i].name, ALLOW_FILE) == 0)
			return true;
	return false;
}

void audit_allowed(const struct docket *docket, int32_t today, struct audit_report *report)
{
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct err err = {0};

	if (!has_allow_file(docket))
		return;
	for (size_t i = 0; i < docket->pack_count; i++)
		rule_files_add(&files, docket->packs[i].name, docket->packs[i].bytes, docket->packs[i].len);
	if (!ruleset_load(&files, &set, &err)) {
		add_problem(report, AUDIT_UNDECIDED, mem_copy_string(_("rules in force")),
		            mem_copy_string(err.told), mem_copy_string(_("what they let pass is not known")));
		rule_files_release(&files);
		return;
	}
	for (size_t i = 0; i < set->allowance_count; i++) {
		add_allowance(&set->allowances[i], today, report);
		remark_days(&set->allowances[i], today, report);
	}
	ruleset_free(set);
}

void audit_allowances_free(struct audit_allowance *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(items[i].rule);
		free(items[i].person);
		free(items[i].reason);
		free(items[i].path);
	}
	free(items);
}
