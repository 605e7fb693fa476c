/* look_back.c - reading again what was verified before, from the end.
 *
 * Whoever knows the id of one entry knows all before it: each names the SHA-256 of its predecessor.  So
 * the newest entries of a long ledger can be shown without asking for a hundred thousand signatures. */
#include "ledger/ledger.h"

#include "base/buf.h"
#include "commit.h"
#include "repo/object.h"

/* The entry of this id, from this commit. */
static bool recall(struct repo *repo, const struct object_id *commit, const struct digest *id, struct entry *out,
                   struct commit_links_of_entry *links, struct err *err)
{
	struct buf raw = {0};
	struct digest found;
	bool ok = object_read(repo, commit, OBJECT_COMMIT, COMMIT_LIMIT, &raw, err);

	if (ok) {
		found = commit_entry_id(raw.data, raw.len);
		ok = digest_equal(&found, id) || err_set(err, ERR_MISMATCH, "it is not the entry that was verified");
	}
	ok = ok && commit_recall(raw.data, raw.len, out, links, err);
	buf_release(&raw);
	return ok;
}

bool ledger_look_back(struct repo *repo, const struct ledger_tip *tip, uint32_t first, ledger_visit *visit, void *context,
                      struct err *err)
{
	struct object_id commit = tip->commit;
	struct digest id = tip->id;
	bool ok = true;

	for (uint32_t seq = tip->seq; ok && seq > 0 && seq >= first; seq--) {
		struct commit_links_of_entry links = {0};
		struct entry e = {0};
		char hex[OBJECT_HEX_SIZE];

		ok = recall(repo, &commit, &id, &e, &links, err);
		if (!ok) {
			err->kind = err->kind == ERR_ELSEWHERE ? ERR_ELSEWHERE : ERR_MISMATCH;
			err_context(err, "ledger entry %llu (%.12s)", (unsigned long long)seq, object_id_to_hex(&commit, hex));
			break;
		}
		ok = visit(&e, context, err);
		commit = links.parent;
		id = e.prev;
		entry_release(&e);
	}
	return ok;
}
