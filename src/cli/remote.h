#ifndef CLI_REMOTE_H
#define CLI_REMOTE_H

#include "base/buf.h"
#include "base/object_id.h"
#include "carry/carry.h"

struct docket;
struct session;
struct trail;

/* Another repository, seen through what was fetched from it.  Nothing fetched touches a reference of
 * ours before it is verified: it arrives under refs/review/incoming/<process>/. */
struct remote {
	struct session *s;
	const char *name;        /* as git knows it, or a bundle file */
	bool is_file;            /* only to read from */
	struct carry carry;
	char *incoming;          /* "refs/review/incoming/123/" */
	char *tracking;          /* "refs/review/remote/origin/ledger" */
	struct buf listed;       /* what it has, a line each */
	struct object_id ledger; /* its ledger's last commit, not verified */
	bool has_ledger;
};

/* Start zeroed; `name` NULL: git config review.remote, or origin. */
bool remote_open(struct session *s, const char *name, const char *file, struct remote *out, struct err *err) MUST_CHECK;
void remote_close(struct remote *remote);

/* Bring what it has and we have not: ledger, documents, witnesses' checkpoints. */
bool remote_fetch(struct remote *remote, struct err *err) MUST_CHECK;

/* Does its ledger end elsewhere than when it was fetched?  Only asked; false where it does not answer. */
bool remote_moved(struct remote *remote);

/* Of the documents that came, keep those that are what this ledger says they are. */
bool remote_keep_documents(struct remote *remote, const struct docket *docket, struct err *err) MUST_CHECK;

/* Our ledger up to `mine`'s tip, the documents its entries submit, and witnesses' checkpoints.  Never
 * forced: ERR_CONFLICT when the remote went on. */
bool remote_push(struct remote *remote, const struct trail *mine, struct err *err) MUST_CHECK;

/* The last commit of its ledger that was verified here; false: none yet. */
bool remote_known(const struct remote *remote, struct object_id *out);
bool remote_remember(struct remote *remote, const struct object_id *commit, struct err *err) MUST_CHECK;

#endif
