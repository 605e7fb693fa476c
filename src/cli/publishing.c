/* publishing.c - what the release room has to be told: who, with which key, into which directory, and on
 * the strength of which scan. */
#include "publishing.h"

#include "freshness.h"
#include "release/release.h"
#include "scan/finding.h"
#include "session.h"

static struct release_order order_of(struct session *s, const char *id)
{
	return (struct release_order){
		.repo = s->repo,
		.docket = &s->docket,
		.tip = &s->tip,
		.case_id = id,
		.public_dir = s->public_dir,
		.person = s->person,
		.signer = s->signer,
		.time = s->now,
	};
}

static bool has_public_dir(const struct session *s, struct err *err)
{
	if (s->public_dir != NULL)
		return true;
	(void)err_set(err, ERR_INPUT, "a bare repository has no public directory");
	return err_hint(err, "release from a clone, or name an absolute directory in the policy");
}

bool publishing_release(struct session *s, const char *case_id, bool resume, bool offline, struct err *err)
{
	const struct review_case *c = NULL;
	struct release_order order;
	struct scan scan = {0};
	const char *freshness = "";
	bool ok;

	if (!has_public_dir(s, err) || !session_case(s, case_id, &c, err))
		return false;
	if (!resume && !freshness_word(s, offline, &freshness, err))
		return false;
	if (!resume && !session_scan_case(s, c, &scan, err))
		return err_hint(err, "review sync brings the documents");
	if (!session_open_signer(s, err)) {
		scan_release(&scan);
		return false;
	}
	order = order_of(s, case_id);
	order.freshness = freshness;
	ok = resume ? release_resume(&order, err) : release_publish(&order, &scan, err);
	scan_release(&scan);
	if (!ok && err->kind == ERR_SYSTEM) /* a full disk: the case lacks nothing */
		return err_hint(err, "when that is mended, the same command again");
	return ok ? true : err_hint(err, "review show %s says what is missing", case_id);
}

bool publishing_withdraw(struct session *s, const char *case_id, const struct withdrawal *why, bool *again, struct err *err)
{
	const struct review_case *c = NULL;
	struct release_order order;

	if (!has_public_dir(s, err) || !session_case(s, case_id, &c, err) || !session_open_signer(s, err))
		return false;
	*again = c->publication_count > 0 && c->publications[c->publication_count - 1].withdrawn;
	order = order_of(s, case_id);
	return release_withdraw(&order, why, err);
}
