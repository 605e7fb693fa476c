#ifndef CLI_JUDGEMENT_H
#define CLI_JUDGEMENT_H

#include "base/buf.h"
#include "base/err.h"
#include "pushed_commits.h"
#include "repo/object.h"
#include "scan/finding.h"

struct session;

/* What has been found wrong so far, over all commits of a push: by who receives it (receive.c), and before that by
 * who is about to send it (pre_push.c).  The session has rules. */
struct judgement {
	struct session *s;
	struct scan scan;
	struct pushed_commits commits;
	struct buf complaints; /* a line for each path that must not be as it is, and how many */
	size_t count;
};
void judgement_release(struct judgement *j);

/* A commit_visit (repo/change.h), `context` being the judgement: the commit's own text, and every file it brings. */
bool judgement_commit(const struct object_id *commit, void *context, struct err *err) MUST_CHECK;

/* The files that a checkout of the commit would show. */
bool judgement_files(struct judgement *j, const struct object_id *commit, struct tree_files *out, struct err *err) MUST_CHECK;

/* Is the public directory among these files what the ledger of now released, all of it? */
bool judgement_shown(struct judgement *j, const struct tree_files *now, struct err *err) MUST_CHECK;

/* What the branch showed `before`, or a commit of this push took away, and the tip does not show: is any of it released
 * still?  A path may be withdrawn, deleted and released again in one push. */
bool judgement_deletions(struct judgement *j, const struct object_id *tip, const struct tree_files *before,
                         const struct tree_files *now, struct err *err) MUST_CHECK;

/* Which commit a branch or tag means, *commit; the text of tags on the way is scanned under the name of `ref`. */
bool judgement_tip(struct judgement *j, const char *ref, const struct object_id *id, struct object_id *commit,
                   struct err *err) MUST_CHECK;

/* An exit status; what is wrong is printed. */
int judgement_tell(const struct judgement *j);

/* Commits that are looked at in one push, and files in one tree. */
enum { JUDGED_COMMITS = 100000, JUDGED_FILES = 1000000 };
#define JUDGED_TEXT ((size_t)4 * 1024 * 1024) /* bytes of a commit or tag */

#endif
