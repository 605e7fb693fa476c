#ifndef RELEASE_RELEASE_H
#define RELEASE_RELEASE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct docket;
struct ledger_tip;
struct repo;
struct scan;
struct signer;

/* The only code that makes a file public or takes it down.
 *
 * Order: a `release` entry; then the bytes, all staged and proved before the first rename; then
 * the RELEASES receipt; then a `released` entry.  A crash between any two steps leaves nothing
 * public, or a release that release_resume() finishes: the ledger said so before the first byte
 * appeared.  Everything is read from the documents kept with the round, never from a work tree. */
struct release_order {
	struct repo *repo;
	struct docket *docket;          /* verified, standing at `tip`; follows what is appended */
	struct ledger_tip *tip;         /* follows too */
	const char *case_id;
	const char *public_dir;         /* absolute path; created when missing */
	const char *person;
	struct signer *signer;
	int64_t time;
	const char *freshness;          /* "heard", "witnessed" or "offline" where the policy asks, else "" */
};

/* Publish the newest round.  `scan`: of its files, just made with the rules in force.  Refused
 * with ERR_DENIED and the verdict's first reason unless the verdict is CLEAR; also when a target
 * path belongs to another case, or collides with another public name (text_name_key()). */
bool release_publish(const struct release_order *order, const struct scan *scan, struct err *err) MUST_CHECK;

/* The receipt that belongs to the ledger as it is now, where there is one: the entries it names were
 * signed again at other positions. */
bool release_renew_receipt(const struct release_order *order, struct err *err) MUST_CHECK;

/* Finish a publication that has no `released` entry yet.  Nothing to finish: ERR_NOT_FOUND. */
bool release_resume(const struct release_order *order, struct err *err) MUST_CHECK;

/* Take the case's current publication down: the `withdraw` entry first, then the files, then the
 * receipt.  Called again after a crash, it finishes taking down.  `ground` is a ground's name or "". */
struct withdrawal {
	const char *reason;
	const char *ground;
	bool incident; /* protected material was public: starts the 24-hour reporting clock */
};
bool release_withdraw(const struct release_order *order, const struct withdrawal *why, struct err *err) MUST_CHECK;

#endif
