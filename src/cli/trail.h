#ifndef CLI_TRAIL_H
#define CLI_TRAIL_H

#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"

struct buf;

/* One entry behind the point where two ledgers part. */
struct step {
	struct digest id;
	uint32_t seq;
	char *person, *key; /* fingerprint */
	char *case_id;      /* "" when it is about none */
	struct draft draft; /* what it says */
};

/* A ledger, verified from genesis to one commit, and its entries behind a position. */
struct trail {
	struct docket docket;
	struct ledger_tip tip;
	uint32_t after;
	struct step *items;
	size_t count;
};

bool trail_read(struct repo *repo, const struct object_id *commit, uint32_t after, struct trail *out, struct err *err) MUST_CHECK;
void trail_release(struct trail *trail);

/* "entry 12 of li.na (sign-off, case 2026-0003)", appended. */
void step_describe(const struct step *step, struct buf *out);

/* May `mine` be said again behind `theirs`?  Not when theirs change policy or rules, or are about a
 * case of mine (cases that begin in mine are not theirs: they get another number). ERR_DENIED names
 * the two entries. */
bool trail_allows(const struct trail *mine, const struct trail *theirs, struct err *err) MUST_CHECK;

#endif
