/* evidence.c - what other machines have seen: witnesses' checkpoints, and other histories that were
 * kept when they were met.  A ledger cannot testify against itself; these can. */
#include "audit_inside.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "repo/ref.h"
#include "seal/key.h"
#include "seal/note.h"

#include <stdlib.h>
#include <string.h>

#define FORKS "refs/review/fork/"
#define ORPHANS "refs/review/orphan/"

struct evidence {
	const struct audit_order *order;
	const struct docket *docket;
	struct audit_report *report;
	const struct digest *ids;
	size_t orphans;
};

static void audit_witness(const struct evidence *v, const struct witness *witness)
{
	struct buf note = {0};
	struct checkpoint c;
	struct err err = {0};
	size_t text_len;
	int64_t time;
	enum audit_answer answer = AUDIT_VIOLATION;

	if (!witness_note_read(v->order->repo, witness->name, &note, &err)) {
		answer = err.kind == ERR_NOT_FOUND ? AUDIT_GOOD : AUDIT_UNDECIDED;
		if (answer == AUDIT_GOOD)
			add_remark(v->report, mem_format(_("the witness %s has left no checkpoint here"), witness->name));
	} else if (checkpoint_read(note.data, note.len, &c, &text_len, &err)) {
		if (note_verify(note.data, note.len, witness->name, witness->key, &time) != NOTE_SIGNED)
			(void)err_set(&err, ERR_MISMATCH, "it is not signed by the key the policy has for %s", witness->name);
		else if (checkpoint_agrees(&c, witness->name, &v->docket->ledger, v->ids, v->docket->seq, &err))
			answer = AUDIT_GOOD;
	}
	if (answer != AUDIT_GOOD)
		add_problem(v->report, answer, mem_format(WITNESS_PREFIX "%s", witness->name), mem_copy_string(err.told),
		            mem_copy_string(_("this may not be the history that others were shown")));
	buf_release(&note);
}

/* The entry at a position of another history. */
struct other {
	uint32_t at;
	struct buf text;
};

static bool find_entry(const struct entry *e, void *context, struct err *err)
{
	struct other *other = context;
	char hex[DIGEST_HEX_SIZE];

	(void)err;
	if (e->seq == other->at)
		buf_addf(&other->text, _("%.12s (%s, by %s, key %s)"), digest_to_hex(&e->id, hex), _(entry_type_name(e->type)), e->person,
		         public_key_fingerprint(e->key));
	return true;
}

static bool audit_fork(const char *name, const struct object_id *id, void *context, struct err *err)
{
	struct evidence *v = context;
	struct object_id here, at;
	uint32_t position = 0;
	struct other ours = {0}, theirs = {0};
	struct err why = {0};

	if (!ref_read(v->order->repo, LEDGER_REF, &here, err) || !ledger_meet(v->order->repo, &here, id, &at, &position, err))
		return false;
	ours.at = theirs.at = position + 1;
	if (!ledger_walk(v->order->repo, id, find_entry, &theirs, NULL, &why))
		add_remark(v->report, mem_format(_("%s proves nothing: %s"), name, why.told));
	else if (theirs.text.len > 0 && ledger_walk(v->order->repo, NULL, find_entry, &ours, NULL, &why))
		add_problem(v->report, AUDIT_VIOLATION, mem_copy_string(name),
		            mem_format(_("two histories: behind entry %u stands %s there, %s here"), (unsigned)position, theirs.text.data,
		                       ours.text.len > 0 ? ours.text.data : _("nothing")),
		            mem_copy_string(_("people were shown different ledgers; ask both signers")));
	buf_release(&ours.text);
	buf_release(&theirs.text);
	return true;
}

static bool count_orphan(const char *name, const struct object_id *id, void *context, struct err *err)
{
	struct evidence *v = context;

	(void)name;
	(void)id;
	(void)err;
	v->orphans++;
	return true;
}

void audit_evidence(const struct audit_order *order, const struct docket *docket, const struct digest *ids,
                    struct audit_report *report)
{
	struct evidence v = {.order = order, .docket = docket, .report = report, .ids = ids};
	struct err err = {0};

	for (size_t i = 0; docket->policy != NULL && i < docket->policy->freshness.count; i++)
		audit_witness(&v, &docket->policy->freshness.witnesses[i]);
	if (!ref_list(order->repo, FORKS, audit_fork, &v, &err) || !ref_list(order->repo, ORPHANS, count_orphan, &v, &err))
		add_problem(report, AUDIT_UNDECIDED, mem_copy_string("refs/review/"), mem_copy_string(err.told),
		            mem_copy_string(_("kept evidence could not be looked at")));
	if (v.orphans > 0)
		add_remark(report, mem_format(_("ledgers whose end was set aside before anybody else had it: %zu (%s)"), v.orphans, ORPHANS));
}
