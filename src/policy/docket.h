#ifndef POLICY_DOCKET_H
#define POLICY_DOCKET_H

#include "base/digest.h"
#include "base/err.h"
#include "base/ground.h"
#include "policy/policy.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct clearance; /* ledger/entry.h */
struct docket_index;
struct docket_past;
struct entry;
struct entry_body;
struct entry_line;
struct file_ref;
struct file_refs;
struct scan;       /* scan/finding.h */
struct trust;      /* policy/compromise.h */

/* What the ledger says, entry by entry: who is in office, which rules are in force, which cases
 * are where.  The one state machine of this program: append, release, hooks and audit all ask it
 * whether an entry is allowed at its position.  Pure: no I/O, no clock. */

struct sign_off {
	struct digest entry;
	uint32_t seq;
	int64_t time;
	char *person, *key, *stage; /* key: its fingerprint */
	enum decision decision;     /* DECISION_NONE: it was an approval, and its key is compromised */
	char *opinion;
	enum ground ground;
	int32_t until;        /* day, 0: none */
	char *addressee;
	char *checks;         /* each question the stage asked, and on the next line its answer; NULL: none was asked */
	struct clearance *clears;
	size_t clear_count;
	bool answered;        /* refer, consult: an evidence entry answers it */
	char *answer;         /* what it said */
	char *answer_key;     /* who signed that, and where */
	uint32_t answer_seq;
};

struct round {
	uint32_t number;
	struct digest submit; /* entry id */
	uint32_t seq;
	int64_t time;
	char *submitter, *key;
	bool compromised;     /* submitted with a key that was no longer its owner's alone */
	struct file_refs *files;
	struct entry_line *fields; /* title, document-number, ...: every line of the form, in order */
	size_t field_count;
	struct scan *scan;    /* as recorded by submit, or by a later release */
	struct digest scan_digest;
	struct sign_off *sign_offs; /* in order */
	size_t sign_off_count;
};
const char *round_field(const struct round *round, const char *key); /* "" when none */

/* One release of a case: intent, then done, then perhaps taken down. */
struct publication {
	struct digest release;  /* entry id */
	uint32_t seq, round;
	int64_t time;
	char *person, *key;
	struct file_refs *files; /* public paths */
	bool compromised;       /* released, or approved, with a compromised key (compromise.h) */
	bool done;              /* a `released` entry followed */
	bool superseded;        /* a later release of the case replaced it */
	bool withdrawn, incident;
	char *withdrawn_why;
};

struct review_case {
	char *id, *section;
	struct round *rounds;
	size_t round_count;
	struct publication *publications;
	size_t publication_count;
	struct names register_numbers; /* 备案号 */
};
const struct round *case_round(const struct review_case *c); /* the newest; every case has one */

struct proposal {
	bool open;
	uint32_t number;
	struct digest entry;
	struct policy *policy;
	struct names endorsers; /* persons, the proposer first */
};

struct docket {
	struct digest ledger, tip;
	uint32_t seq;
	int64_t time;               /* of the last entry */
	int64_t latest;             /* the latest of all entries so far */
	struct policy *policy;      /* in force; NULL before genesis */
	uint32_t policy_number;
	struct digest rules;        /* ruleset in force */
	struct entry_body *packs;   /* its files */
	size_t pack_count;
	struct proposal proposal;
	struct trust *trust;        /* whose keys were believed, and which no longer are (compromise.h) */
	struct review_case *cases;  /* behind those of the past, in order of submission; docket_case_at() shows one of all */
	size_t case_count;
	struct docket_past *past;   /* NULL, or what docket_thaw() left where it lay (docket_image.h) */
	struct docket_index *by_id, *by_path; /* of cases: by their number, by public paths they ever had */
};
void docket_release(struct docket *docket);
/* Is `entry` allowed next?  ERR_DENIED (who may, what is missing) or ERR_MISMATCH (its policy, rules,
 * round, submit, files or clearances are not the ones in force).  Changes nothing. */
bool docket_check(const struct docket *docket, const struct entry *entry, struct err *err) MUST_CHECK;

/* docket_check(), then take it in.  False: the docket is as it was. */
bool docket_apply(struct docket *docket, const struct entry *entry, struct err *err) MUST_CHECK;

/* As ledger_visit callbacks; `context` is the docket. */
bool docket_check_visit(const struct entry *entry, void *context, struct err *err);
bool docket_apply_visit(const struct entry *entry, void *context, struct err *err);

/* The case of this number, below case_count, in order of submission; until the next entry is applied.  One that cannot be had
 * (docket_image.h) has no number, and the docket is not whole: ask before anything of it is shown or acted on. */
const struct review_case *docket_case_at(const struct docket *docket, size_t number);
bool docket_is_whole(const struct docket *docket, struct err *err) MUST_CHECK;

/* Is nothing left to do for it?  Its newest round was released or withdrawn, refused, or goes out on request
 * only; a release that rests on a compromised key is something to do.  Costs the same for what is past. */
bool docket_case_is_closed(const struct docket *docket, size_t number);

const struct review_case *docket_case(const struct docket *docket, const char *id); /* NULL: no such case */
char *docket_next_case(const struct docket *docket, int year); /* "2026-0042"; caller frees */

/* The file that should be public under this path now, with its publication; NULL: none.  Withdrawn and
 * superseded ones are not; a release without its `released` entry is, with `done` false. */
const struct file_ref *docket_public_file(const struct docket *docket, const char *public_path,
                                          const struct review_case **owner, const struct publication **publication);

/* The text of the RELEASES receipt that belongs in the public directory now: every publication that is
 * current and not withdrawn.  One whose `released` entry is still to come is in it too, because the
 * receipt is written before that entry (release/release.h).  Appended to `out`. */
void docket_receipt(const struct docket *docket, struct buf *out);
#define RECEIPT_NAME "RELEASES"

#endif
