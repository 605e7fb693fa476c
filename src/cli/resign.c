/* resign.c - own entries that nobody else has seen, said again behind what others did.
 *
 * All are written before the branch moves once; evidence is kept before that.  Stopped anywhere, the
 * ledger is the old one or the new one, and this machine's mark fits both (high_water.h). */
#include "resign.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "high_water.h"
#include "ledger/documents.h"
#include "policy/policy.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "seal/key.h"
#include "seal/signer.h"
#include "session.h"
#include "trail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What things were called, and are called now. */
struct renaming {
	struct digest *new_ids; /* by step of `mine` */
	struct object_id *documents; /* of each submission; zero: not here */
	struct names old_cases, new_cases;
};

static void remember_case(struct renaming *r, const char *from, const char *to)
{
	r->old_cases.items = mem_grow(r->old_cases.items, r->old_cases.count, sizeof(*r->old_cases.items));
	r->new_cases.items = mem_grow(r->new_cases.items, r->new_cases.count, sizeof(*r->new_cases.items));
	r->old_cases.items[r->old_cases.count++] = mem_copy_string(from);
	r->new_cases.items[r->new_cases.count++] = mem_copy_string(to);
}

static void renaming_release(struct renaming *r)
{
	for (size_t i = 0; i < r->old_cases.count; i++) {
		free(r->old_cases.items[i]);
		free(r->new_cases.items[i]);
	}
	free(r->old_cases.items);
	free(r->new_cases.items);
	free(r->new_ids);
	free(r->documents);
}

static const char *case_now(const struct renaming *r, const char *case_id)
{
	for (size_t i = 0; i < r->old_cases.count; i++)
		if (strcmp(r->old_cases.items[i], case_id) == 0)
			return r->new_cases.items[i];
	return case_id;
}

/* A line that names an entry of ours names the one that takes its place. */
static bool names_an_entry(const char *key)
{
	return strcmp(key, "submit") == 0 || strcmp(key, "answers") == 0 || strcmp(key, "release") == 0 ||
	       strcmp(key, "proposal") == 0;
}

bool resign_renames(const char *key)
{
	return strcmp(key, "case") == 0 || names_an_entry(key);
}

static const char *value_now(const struct renaming *r, const struct trail *mine, size_t done,
                             const struct entry_line *line, char hex[DIGEST_HEX_SIZE])
{
	struct digest named;

	if (strcmp(line->key, "case") == 0)
		return case_now(r, line->value);
	if (!names_an_entry(line->key) || !digest_from_hex(&named, line->value, strlen(line->value)))
		return line->value;
	for (size_t i = 0; i < done; i++)
		if (digest_equal(&mine->items[i].id, &named))
			return digest_to_hex(&r->new_ids[i], hex);
	return line->value;
}

/* The number of a new case may be taken by now. */
static void rename_case(struct session *s, const struct step *step, const struct docket *docket, struct renaming *r)
{
	char *next;

	if (step->draft.type != ENTRY_SUBMIT || strcmp(case_now(r, step->case_id), step->case_id) != 0 ||
	    docket_case(docket, step->case_id) == NULL)
		return;
	for (size_t i = 0; i < step->draft.line_count; i++)
		if (strcmp(step->draft.lines[i].key, "round") == 0 && strcmp(step->draft.lines[i].value, "1") != 0)
			return;
	next = docket_next_case(docket, date_year(policy_day(docket->policy, s->now))); /* the session knows no office yet */
	remember_case(r, step->case_id, next);
	printf(_("case %s is somebody else's by now: yours becomes case %s\n"), step->case_id, next);
	free(next);
}

/* The round that a submission began. */
static const struct round *round_of_step(const struct trail *trail, const struct step *step)
{
	const struct review_case *c = step->draft.type == ENTRY_SUBMIT ? docket_case(&trail->docket, step->case_id) : NULL;

	for (size_t i = 0; c != NULL && i < c->round_count; i++)
		if (c->rounds[i].seq == step->seq)
			return &c->rounds[i];
	return NULL;
}

/* Documents that are wanted, and where they were found. */
struct search {
	struct repo *repo;
	const struct round *round;
	struct object_id *found;
};

static bool try_documents(const char *name, const struct object_id *id, void *context, struct err *err)
{
	const struct search *search = context;
	struct err why = {0};

	(void)name;
	(void)err;
	if (object_id_is_zero(search->found) && documents_are(search->repo, id, search->round->files, &why))
		*search->found = *id;
	return true;
}

/* Looked for before anything is moved: the number that one of our cases gets may be the old one of the next, and
 * whoever was stopped half-way left some under another number already. */
static bool find_documents(struct session *s, const struct trail *mine, struct renaming *r, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < mine->count; i++) {
		const struct search search = {.repo = s->repo, .round = round_of_step(mine, &mine->items[i]), .found = &r->documents[i]};
		struct search any = search;
		struct object_id here;
		struct err absent = {0};
		char *name;

		if (search.round == NULL)
			continue;
		name = documents_ref(mine->items[i].case_id, search.round->number);
		if (ref_read(s->repo, name, &here, &absent))
			(void)try_documents(name, &here, &any, err);
		ok = !object_id_is_zero(search.found) || ref_list(s->repo, DOCUMENTS_PREFIX, try_documents, &any, err);
		free(name);
	}
	return ok;
}

/* The documents of a case follow its number. */
static bool move_documents(struct session *s, const struct trail *mine, const struct renaming *r, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < mine->count; i++) {
		const struct step *step = &mine->items[i];
		const struct round *round = round_of_step(mine, step);
		const char *now = case_now(r, step->case_id);

		if (round != NULL && now != step->case_id && !object_id_is_zero(&r->documents[i]))
			ok = documents_adopt(s->repo, now, round->number, &r->documents[i], round->files, err);
	}
	return ok;
}

static bool say_again(struct session *s, const struct trail *mine, size_t at, struct trail *theirs, struct renaming *r,
                      struct err *err)
{
	const struct step *step = &mine->items[at];
	struct draft draft = {.type = step->draft.type, .person = step->person, .time = s->now,
	                      .policy = theirs->docket.policy_number, .rules = theirs->docket.rules};
	const struct draft *old = &step->draft;
	char hex[DIGEST_HEX_SIZE];
	bool ok = session_become(s, step->person, step->key, err);

	if (ok)
		rename_case(s, step, &theirs->docket, r);
	for (size_t i = 0; ok && i < old->line_count; i++)
		draft_add(&draft, old->lines[i].key, value_now(r, mine, at, &old->lines[i], hex));
	draft.bodies = old->bodies; /* borrowed */
	draft.body_count = old->body_count;
	ok = ok && ledger_write(s->repo, &theirs->tip, &draft, s->signer, docket_apply_visit, &theirs->docket, &theirs->tip, err);
	draft.bodies = NULL;
	draft.body_count = 0;
	draft_release(&draft);
	if (ok)
		r->new_ids[at] = theirs->tip.id;
	else
		err_context(err, "your entry %u, signed again", (unsigned)step->seq);
	return ok;
}

static bool keep_orphan(struct session *s, const struct ledger_tip *tip, struct err *err)
{
	char hex[DIGEST_HEX_SIZE], *name = mem_format("refs/review/orphan/%s", digest_to_hex(&tip->id, hex));
	struct object_id now;
	struct err absent = {0};
	const bool ok = ref_read(s->repo, name, &now, &absent) || ref_swap(s->repo, name, NULL, &tip->commit, "review: set aside", err);

	free(name);
	return ok;
}

static bool move(struct session *s, const struct ledger_tip *from, const struct ledger_tip *to, struct err *err)
{
	return keep_orphan(s, from, err) && high_water_detour(s->repo, from, to, err) &&
	       ref_swap(s->repo, LEDGER_REF, &from->commit, &to->commit, "review: sync", err);
}

bool resign(struct session *s, const struct trail *mine, struct trail *theirs, struct err *err)
{
	struct renaming r = {.new_ids = mem_alloc(mine->count + 1, sizeof(struct digest)),
	                     .documents = mem_alloc(mine->count + 1, sizeof(struct object_id))};
	bool ok = find_documents(s, mine, &r, err);

	for (size_t i = 0; ok && i < mine->count; i++)
		ok = say_again(s, mine, i, theirs, &r, err);
	ok = ok && move_documents(s, mine, &r, err) && move(s, &mine->tip, &theirs->tip, err);
	renaming_release(&r);
	return ok;
}

bool set_aside(struct session *s, const struct trail *mine, const struct trail *theirs, struct err *err)
{
	return move(s, &mine->tip, &theirs->tip, err);
}
