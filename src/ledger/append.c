/* append.c - one more entry.
 *
 * It is written as objects first, read back through the verifier as anybody will read it, shown to
 * the caller's rules, and only then does the branch move, by compare-and-swap.  A crash before that
 * leaves objects nobody points to. */
#include "base/buf.h"
#include "base/mem.h"
#include "bodies.h"
#include "chain.h"
#include "commit.h"
#include "draft_inside.h"
#include "message.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "seal/key.h"
#include "seal/signer.h"

#include <stdlib.h>
#include <string.h>

static bool build(const struct ledger_tip *tip, const struct draft *draft, struct entry *e, struct err *err)
{
	if (tip != NULL) {
		e->ledger = tip->ledger;
		e->prev = tip->id;
	}
	e->seq = tip != NULL ? tip->seq + 1 : 1;
	e->type = draft->type;
	e->time = draft->time;
	e->policy = draft->policy;
	e->rules = draft->rules;
	e->person = mem_copy_string(draft->person);
	for (size_t i = 0; i < draft->body_count; i++) {
		const struct entry_body *from = &draft->bodies[i];

		e->bodies = mem_grow(e->bodies, e->body_count, sizeof(*e->bodies));
		e->bodies[e->body_count++] = (struct entry_body){.digest = from->digest,
		                                                 .name = mem_copy_string(from->name),
		                                                 .bytes = mem_copy_bytes(from->bytes, from->len),
		                                                 .len = from->len};
	}
	return draft_lines(draft, e, err);
}

/* Nothing is signed that the grammar would refuse: what a key has said cannot be taken back. */
static bool is_an_entry(const struct entry *e, const char *key, struct err *err)
{
	struct buf message = {0};
	struct entry again = {0};
	char *named = NULL;
	bool ok;

	message_write(e, key, &message);
	ok = message_parse(message.data, message.len, &again, &named, err);
	if (ok && again.line_count != e->line_count)
		ok = err_set(err, ERR_INPUT, "a value would be read as a line of its own");
	entry_release(&again);
	free(named);
	buf_release(&message);
	return ok;
}

static bool sign_and_write(struct repo *repo, const struct entry *e, const struct commit_links_of_entry *links,
                           struct signer *signer, struct object_id *out, struct err *err)
{
	const char *key = public_key_fingerprint(signer_key(signer));
	struct buf payload = {0}, armor = {0}, whole = {0};
	bool ok;

	commit_write(e, links, key, NULL, &payload);
	ok = is_an_entry(e, key, err) && signer_sign(signer, "git", payload.data, payload.len, &armor, err);
	if (ok) {
		commit_write(e, links, key, armor.data, &whole);
		ok = whole.len <= COMMIT_LIMIT ? object_write(repo, OBJECT_COMMIT, whole.data, whole.len, out, err)
		                               : err_set(err, ERR_LIMIT, "the entry is larger than %d bytes", COMMIT_LIMIT);
	}
	buf_release(&payload);
	buf_release(&armor);
	buf_release(&whole);
	return ok;
}

bool ledger_write(struct repo *repo, const struct ledger_tip *tip, const struct draft *draft,
                  struct signer *signer, ledger_visit *check, void *context, struct ledger_tip *out,
                  struct err *err)
{
	struct commit_links_of_entry links = {.has_parent = tip != NULL};
	struct entry e = {0}, again = {0};
	struct ledger_tip after;
	struct object_id commit;
	bool ok;

	if (tip != NULL)
		links.parent = tip->commit;
	ok = build(tip, draft, &e, err) && bodies_store(repo, &e, &links.tree, err) &&
	     sign_and_write(repo, &e, &links, signer, &commit, err) &&
	     chain_read(repo, &commit, tip, &again, &after, err) && (check == NULL || check(&again, context, err));
	if (ok)
		*out = after;
	entry_release(&e);
	entry_release(&again);
	return ok;
}

bool ledger_append(struct repo *repo, const struct ledger_tip *tip, const struct draft *draft,
                   struct signer *signer, ledger_visit *check, void *context, struct ledger_tip *out,
                   struct err *err)
{
	struct ledger_tip after;
	char *log;
	bool ok;

	if (!ledger_write(repo, tip, draft, signer, check, context, &after, err))
		return false;
	log = mem_format("review: %s", entry_type_name(draft->type));
	ok = ref_swap(repo, LEDGER_REF, tip != NULL ? &tip->commit : NULL, &after.commit, log, err);
	free(log);
	if (ok && out != NULL)
		*out = after;
	return ok;
}
