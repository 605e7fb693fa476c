/* report.c - the audit's answer, for people and for machines. */
#include "audit_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/json.h"
#include "base/language.h"
#include "base/utf8.h"

#include <string.h>

static const char *const answers[] = {"undecided", "violation", "good"};

static void add_safe(struct buf *out, const char *text)
{
	utf8_add_printable(out, text, strlen(text));
}

static void add_problem_text(const struct audit_problem *p, struct buf *out)
{
	buf_addf(out, "\n%s\n  ", p->answer == AUDIT_VIOLATION ? _("VIOLATION") : _("UNDECIDED"));
	add_safe(out, p->where);
	buf_add_string(out, "\n  ");
	add_safe(out, p->what);
	buf_add_string(out, _("\n  so: "));
	add_safe(out, p->consequence);
	buf_add_byte(out, '\n');
}

static void add_allowance_text(const struct audit_allowance *a, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE], date[DATE_TEXT_SIZE];

	buf_addf(out, a->expired ? _("expired %s until %s by %s: ") : _("allowed %s until %s by %s: "), a->rule, date_to_text(a->until, date),
	         a->person);
	add_safe(out, a->reason);
	if (a->path != NULL) {
		buf_add_string(out, _(" (only "));
		add_safe(out, a->path);
		buf_add_byte(out, ')');
	}
	buf_addf(out, _("\n        text sha-256 %s\n"), digest_to_hex(&a->text, hex));
}

/* What this report is not about. */
static void add_scope_text(const struct audit_report *r, struct buf *out)
{
	char day[DATE_TEXT_SIZE];

	if (r->last_seq != r->entries)
		buf_addf(out, _("as of   %s, after entry %u of %u\n"), date_to_text(r->day, day), (unsigned)r->entries,
		         (unsigned)r->last_seq);
	if (r->case_id != NULL)
		buf_addf(out, _("only    case %s: its documents, its public files; the ledger in full\n"), r->case_id);
}

bool audit_is_complete(const struct audit_report *r)
{
	return r->answer == AUDIT_GOOD && r->case_id == NULL && r->last_seq == r->entries && r->public_compared;
}

static void add_good_text(const struct audit_report *r, struct buf *out)
{
	if (audit_is_complete(r))
		buf_add_string(out, _("audit: good; every signature, every verdict and every public byte is accounted for\n"));
	else
		buf_add_string(out, _("audit: good, as far as was looked\n"));
}

void audit_text(const struct audit_report *r, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, _("ledger  %s\n"), digest_to_hex(&r->ledger, hex));
	buf_addf(out, _("        entries %u, policy %u, people %zu\n"), (unsigned)r->entries, (unsigned)r->policy_number, r->people);
	add_scope_text(r, out);
	buf_addf(out, _("cases   %zu; approvals %zu, findings cleared %zu, releases %zu, withdrawals %zu\n"), r->cases,
	         r->approvals, r->clearances, r->releases, r->withdrawals);
	buf_addf(out, _("public  files compared: %zu\n"), r->public_files);
	if (r->rescanned > 0)
		buf_addf(out, _("rescan  scan records made again, and the same: %zu\n"), r->rescanned);
	history_text(r, out);
	for (size_t i = 0; i < r->allowance_count; i++)
		add_allowance_text(&r->allowances[i], out);
	for (size_t i = 0; i < r->problem_count; i++)
		add_problem_text(&r->problems[i], out);
	for (size_t i = 0; i < r->remark_count; i++) {
		buf_add_string(out, _("remark  "));
		add_safe(out, r->remarks[i]);
		buf_add_byte(out, '\n');
	}
	if (r->answer == AUDIT_GOOD)
		add_good_text(r, out);
	else
		buf_addf(out, P_("\naudit: NOT GOOD, %zu problem; the first one is the cause\n",
		                 "\naudit: NOT GOOD, %zu problems; the first one is the cause\n", r->problem_count), r->problem_count);
}

static void add_allowance_json(const struct audit_allowance *a, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE], date[DATE_TEXT_SIZE];

	buf_addf(out, "{\"rule\": \"%s\", \"text-sha-256\": \"%s\", \"until\": \"%s\", \"expired\": %s, \"person\": \"%s\",\n",
	         a->rule, digest_to_hex(&a->text, hex), date_to_text(a->until, date), a->expired ? "true" : "false", a->person);
	buf_add_string(out, "   \"path\": ");
	json_text(out, a->path);
	buf_add_string(out, ", \"reason\": ");
	json_text(out, a->reason);
	buf_add_byte(out, '}');
}

static void add_scope_json(const struct audit_report *r, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE], day[DATE_TEXT_SIZE];

	buf_addf(out, " \"as-of\": \"%s\", \"last-entry\": %u, \"last-id\": \"%s\", \"rescanned\": %zu, \"case\": ",
	         date_to_text(r->day, day), (unsigned)r->last_seq, digest_to_hex(&r->last, hex), r->rescanned);
	json_text(out, r->case_id);
	buf_add_string(out, ",\n");
}

void audit_json(const struct audit_report *r, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, "{\"review-audit-version\": 1, \"answer\": \"%s\", \"ledger\": \"%s\",\n", answers[r->answer],
	         digest_to_hex(&r->ledger, hex));
	buf_addf(out, " \"tip\": \"%s\", \"entries\": %u, \"policy\": %u, \"people\": %zu, \"cases\": %zu,\n",
	         digest_to_hex(&r->tip, hex), (unsigned)r->entries, (unsigned)r->policy_number, r->people, r->cases);
	add_scope_json(r, out);
	buf_addf(out, " \"approvals\": %zu, \"clearances\": %zu, \"releases\": %zu, \"withdrawals\": %zu, \"public-files\": %zu,\n",
	         r->approvals, r->clearances, r->releases, r->withdrawals, r->public_files);
	buf_add_string(out, " \"problems\": [");
	for (size_t i = 0; i < r->problem_count; i++) {
		buf_addf(out, "%s\n  {\"answer\": \"%s\", \"where\": ", i > 0 ? "," : "", answers[r->problems[i].answer]);
		json_text(out, r->problems[i].where);
		buf_add_string(out, ", \"what\": ");
		json_text(out, r->problems[i].what);
		buf_add_string(out, ", \"consequence\": ");
		json_text(out, r->problems[i].consequence);
		buf_add_byte(out, '}');
	}
	buf_add_string(out, "],\n \"allowances\": [");
	for (size_t i = 0; i < r->allowance_count; i++) {
		buf_add_string(out, i > 0 ? ",\n  " : "\n  ");
		add_allowance_json(&r->allowances[i], out);
	}
	buf_add_string(out, "],\n \"remarks\": [");
	for (size_t i = 0; i < r->remark_count; i++) {
		buf_add_string(out, i > 0 ? ",\n  " : "\n  ");
		json_text(out, r->remarks[i]);
	}
	buf_add_string(out, "],\n");
	history_json(r, out);
	buf_add_string(out, "}\n");
}
