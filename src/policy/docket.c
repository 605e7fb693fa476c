/* docket.c - looking up what the ledger says. */
#include "docket_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "docket_index.h"
#include "docket_past.h"
#include "ledger/entry.h"
#include "policy/facts.h"
#include "scan/finding.h"
#include "seal/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAST_CASE = 999999999 }; /* of a year, as is_case_id() has it (docket_case.c) */

static void names_clear(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct names){0};
}

static void sign_off_release(struct sign_off *o)
{
	for (size_t i = 0; i < o->clear_count; i++)
		free(o->clears[i].reason);
	free(o->clears);
	free(o->person);
	free(o->stage);
	free(o->opinion);
	free(o->addressee);
	free(o->answer);
	free(o->key);
	free(o->checks);
	free(o->answer_key);
}

static void round_release(struct round *r)
{
	for (size_t i = 0; i < r->sign_off_count; i++)
		sign_off_release(&r->sign_offs[i]);
	for (size_t i = 0; i < r->field_count; i++)
		free(r->fields[i].value);
	file_refs_release(r->files);
	scan_release(r->scan);
	free(r->files);
	free(r->scan);
	free(r->fields);
	free(r->sign_offs);
	free(r->submitter);
	free(r->key);
}

static void case_release(struct review_case *c)
{
	for (size_t i = 0; i < c->round_count; i++)
		round_release(&c->rounds[i]);
	for (size_t i = 0; i < c->publication_count; i++) {
		file_refs_release(c->publications[i].files);
		free(c->publications[i].files);
		free(c->publications[i].person);
		free(c->publications[i].key);
		free(c->publications[i].withdrawn_why);
	}
	names_clear(&c->register_numbers);
	free(c->rounds);
	free(c->publications);
	free(c->id);
	free(c->section);
}

void docket_release(struct docket *docket)
{
	for (size_t i = 0; i < docket->case_count; i++)
		if (!case_is_frozen(docket, i))
			case_release(case_place(docket, i));
	for (size_t i = 0; i < docket->pack_count; i++) {
		free(docket->packs[i].name);
		free(docket->packs[i].bytes);
	}
	free(docket->cases);
	free(docket->packs);
	policy_free(docket->policy);
	policy_free(docket->proposal.policy);
	names_clear(&docket->proposal.endorsers);
	trust_free(docket->trust);
	docket_index_free(docket->by_id);
	docket_index_free(docket->by_path);
	past_end(docket->past);
	*docket = (struct docket){0};
}

const char *round_field(const struct round *round, const char *key)
{
	for (size_t i = 0; i < round->field_count; i++)
		if (strcmp(round->fields[i].key, key) == 0)
			return round->fields[i].value;
	return "";
}

const struct round *case_round(const struct review_case *c)
{
	return &c->rounds[c->round_count - 1];
}

size_t case_number(const struct docket *docket, const char *id)
{
	size_t cursor = 0, at = filed_next(docket, FILED_IDS, id, &cursor);

	while (at != SIZE_MAX && strcmp(docket_case_at(docket, at)->id, id) != 0)
		at = filed_next(docket, FILED_IDS, id, &cursor);
	return at;
}

const struct review_case *docket_case(const struct docket *docket, const char *id)
{
	const size_t number = case_number(docket, id);

	return number != SIZE_MAX ? docket_case_at(docket, number) : NULL;
}

bool case_is_closed(const struct review_case *c)
{
	const struct round *round = case_round(c);
	const struct publication *last = c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;
	enum decision decision;

	if (last != NULL && last->round == round->number)
		return last->done && (last->withdrawn || !last->compromised);
	decision = round->sign_off_count > 0 ? round->sign_offs[round->sign_off_count - 1].decision : DECISION_NONE;
	return decision == DECISION_REFUSE || decision == DECISION_ON_REQUEST;
}

/* Behind the highest number of the year; where somebody took the last one there is, the lowest that is free. */
char *docket_next_case(const struct docket *docket, int year)
{
	unsigned long highest = 0;
	char prefix[16], *next;

	(void)snprintf(prefix, sizeof(prefix), "%04d-", year % 10000);
	for (size_t i = 0; i < docket->case_count; i++) {
		const char *id = docket_case_at(docket, i)->id;
		const unsigned long n = strncmp(id, prefix, 5) == 0 ? strtoul(id + 5, NULL, 10) : 0;

		highest = n > highest ? n : highest;
	}
	next = mem_format("%s%04lu", prefix, highest < LAST_CASE ? highest + 1 : 1);
	for (unsigned long n = 2; docket_case(docket, next) != NULL; n++) {
		free(next);
		next = mem_format("%s%04lu", prefix, n);
	}
	return next;
}

const struct publication *current_publication(const struct review_case *c)
{
	for (size_t i = c->publication_count; i > 0; i--)
		if (!c->publications[i - 1].withdrawn && !c->publications[i - 1].superseded)
			return &c->publications[i - 1];
	return NULL;
}

const struct file_ref *docket_public_file(const struct docket *docket, const char *public_path,
                                          const struct review_case **owner, const struct publication **publication)
{
	size_t cursor = 0, at;

	while ((at = filed_next(docket, FILED_PATHS, public_path, &cursor)) != SIZE_MAX) {
		const struct publication *p = current_publication(docket_case_at(docket, at));

		for (size_t k = 0; p != NULL && k < p->files->count; k++) {
			if (strcmp(p->files->items[k].path, public_path) != 0)
				continue;
			if (owner != NULL)
				*owner = docket_case_at(docket, at);
			if (publication != NULL)
				*publication = p;
			return &p->files->items[k];
		}
	}
	return NULL;
}

struct public_line {
	const struct file_ref *file;
	const struct publication *publication;
};

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct public_line *)a)->file->path, ((const struct public_line *)b)->file->path);
}

void docket_receipt(const struct docket *docket, struct buf *out)
{
	struct public_line *lines = NULL;
	size_t count = 0;
	char hex[DIGEST_HEX_SIZE], entry[DIGEST_HEX_SIZE];

	for (size_t i = 0; i < docket->case_count; i++) {
		const struct publication *p = current_publication(docket_case_at(docket, i));

		for (size_t k = 0; p != NULL && k < p->files->count; k++) {
			lines = mem_grow(lines, count, sizeof(*lines));
			lines[count++] = (struct public_line){.file = &p->files->items[k], .publication = p};
		}
	}
	if (count > 0)
		qsort(lines, count, sizeof(*lines), by_path);
	buf_addf(out, "review-releases v1\nledger: %s\n", digest_to_hex(&docket->ledger, hex));
	for (size_t i = 0; i < count; i++)
		buf_addf(out, "%s %llu %u %s %s\n", digest_to_hex(&lines[i].file->digest, hex),
		         (unsigned long long)lines[i].file->size, (unsigned)lines[i].publication->seq,
		         digest_to_hex(&lines[i].publication->release, entry), lines[i].file->path);
	buf_add_string(out, "end: review-releases v1\n");
	free(lines);
}

int32_t day_of_entry(const struct docket *d, const struct entry *e)
{
	return policy_day(d->policy, e->time > d->latest ? e->time : d->latest);
}

struct policy *policy_of_entry(const struct entry *e, struct err *err)
{
	const struct entry_body *body = entry_get_body(e, "policy-body");
	struct policy *policy = NULL;

	if (body == NULL)
		(void)err_set(err, ERR_INPUT, "it brings no policy");
	else if (!policy_parse("policy", body->bytes, body->len, &policy, err))
		policy = NULL;
	return policy;
}

/* Bodies follow the lines, and pack lines ascend by name: so the order is the right one. */
struct digest packs_digest(const struct entry *e)
{
	struct hash *hash = hash_new();
	struct digest digest;
	static const char head[] = "review-ruleset v1\n";
	char hex[DIGEST_HEX_SIZE];

	hash_add(hash, head, sizeof(head) - 1);
	for (size_t i = 0; i < e->body_count; i++) {
		char *line;

		if (e->bodies[i].name[0] == '\0')
			continue;
		line = mem_format("%s %s\n", digest_to_hex(&e->bodies[i].digest, hex), e->bodies[i].name);
		hash_add(hash, line, strlen(line));
		free(line);
	}
	hash_end(hash, &digest);
	hash_free(hash);
	return digest;
}

static size_t root_count(const struct policy *policy, const struct names *endorsers)
{
	size_t count = 0;

	for (size_t i = 0; i < endorsers->count; i++)
		count += names_have(&policy->root, endorsers->items[i]) ? 1 : 0;
	return count;
}

bool proposal_is_complete(const struct docket *d, const struct proposal *p)
{
	return root_count(d->policy, &p->endorsers) >= d->policy->root_threshold &&
	       root_count(p->policy, &p->endorsers) >= p->policy->root_threshold;
}

bool read_scan(const struct entry *e, struct scan *out, struct err *err)
{
	const struct entry_body *body = entry_get_body(e, "scan");

	if (body == NULL)
		return err_set(err, ERR_INPUT, "it brings no scan record");
	return scan_record_read(body->bytes, body->len, out, err);
}

bool find_round(const struct docket *d, const struct entry *e, const struct review_case **c, struct err *err)
{
	const struct review_case *found = docket_case(d, entry_get(e, "case"));
	const struct digest submit = entry_get_digest(e, "submit");

	if (found == NULL)
		return err_set(err, ERR_MISMATCH, "there is no case %s", entry_get(e, "case"));
	if (entry_get_number(e, "round") != case_round(found)->number)
		return err_set(err, ERR_MISMATCH, "round %u of case %s is not the newest one",
		               (unsigned)entry_get_number(e, "round"), found->id);
	if (entry_get(e, "submit") != NULL && !digest_equal(&submit, &case_round(found)->submit))
		return err_set(err, ERR_MISMATCH, "it is about another submission of case %s", found->id);
	*c = found;
	return true;
}
