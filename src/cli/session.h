#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "base/err.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "scan/finding.h"

#include <stdint.h>

struct draft;
struct public_memory;
struct repo;
struct ruleset;
struct scanner;
struct signer;

/* What one run of the program knows: the repository, the verified ledger, the rules in force, and
 * who is at the keyboard.  Start zeroed, end with session_close(). */
struct session {
	struct repo *repo;
	struct docket docket;
	struct ledger_tip tip;
	struct ruleset *rules;
	struct scanner *scanner;
	char *person;
	struct signer *signer;
	char *public_dir; /* absolute */
	struct public_memory *public_memory; /* digests of blobs read before; NULL: all are read */
	int64_t now;
	int32_t today; /* in the office (policy_day()) */
};

/* The repository here (or in --directory), without its ledger. */
bool session_open_repo(struct session *s, struct err *err) MUST_CHECK;

/* The repository and its ledger, verified from genesis and not behind what this machine has seen
 * (high_water.h).  No ledger: ERR_NOT_FOUND. */
bool session_open(struct session *s, struct err *err) MUST_CHECK;

/* The same for looking: what was verified here before is remembered (state_cache.h), and only what came
 * since is verified now.  Nothing may be signed, released or certified from it. */
bool session_open_view(struct session *s, struct err *err) MUST_CHECK;

/* Only the ledger, behind what was verified here before and is remembered; neither the pin nor the
 * high-water mark is asked.  For a repository that is open. */
bool session_recall(struct session *s, struct err *err) MUST_CHECK;

/* The rules in force, compiled: from the ledger's own bodies, never from the work tree. */
bool session_open_rules(struct session *s, struct err *err) MUST_CHECK;

/* Who acts: --person or git config review.person. */
bool session_open_person(struct session *s, struct err *err) MUST_CHECK;

/* Where their key is, a path or "agent:SHA256:..."; owned by the caller. */
bool session_key_place(struct session *s, char **out, struct err *err) MUST_CHECK;

/* And their key: --key, git config review.key, or the key file of that person. */
bool session_open_signer(struct session *s, struct err *err) MUST_CHECK;

/* Act as the person who signed with this key before: the same key from ssh-agent when it is there, or
 * the one this machine keeps for them.  Nobody's key is used for somebody else. */
bool session_become(struct session *s, const char *person, const char *fingerprint, struct err *err) MUST_CHECK;

/* Sign, as of now, and append; the docket follows.  ERR_CONFLICT: another day began since the draft was made.  Somebody else was faster: the ledger is read again and the
 * entry tried again, as long as policy, rules and the case are what they were. */
bool session_append(struct session *s, struct draft *draft, struct err *err) MUST_CHECK;

/* Is the ledger here the one that git config review.ledger names?  `ledger` NULL: there is none here,
 * which is right only where none is named: a ledger that is gone is not the same as none yet. */
bool session_check_pin(struct repo *repo, const struct digest *ledger, struct err *err) MUST_CHECK;

/* Read the ledger again from the beginning. */
bool session_reload(struct session *s, struct err *err) MUST_CHECK;
void session_close(struct session *s);

/* "Start" a draft of this type in the name of the session's person. */
struct draft session_draft(const struct session *s, unsigned type);

/* The case, or ERR_NOT_FOUND with the nearest one as a hint. */
bool session_case(const struct session *s, const char *id, const struct review_case **out, struct err *err) MUST_CHECK;

/* Is this still the round that was looked at?  NULL: nobody said which.  ERR_CONFLICT: it is another one by now; no
 * number at all: ERR_USAGE. */
bool session_round_is(const struct review_case *c, const char *wanted, struct err *err) MUST_CHECK;

/* A stage in the reader's words: its title in Chinese, in English the id that commands take. */
const char *session_stage_words(const struct session *s, const char *id);

/* Scan the kept documents of a case's newest round with the rules in force. */
bool session_scan_case(struct session *s, const struct review_case *c, struct scan *out, struct err *err) MUST_CHECK;

#endif
