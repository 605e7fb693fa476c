/* docket_apply.c - taking an entry in, after docket_check() allowed it.  Nothing is refused here. */
#include "docket_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "docket_index.h"
#include "docket_past.h"
#include "ledger/entry.h"
#include "policy/facts.h"
#include "scan/finding.h"
#include "seal/key.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void take_packs(struct docket *d, const struct entry *e)
{
	for (size_t i = 0; i < d->pack_count; i++) {
		free(d->packs[i].name);
		free(d->packs[i].bytes);
	}
	free(d->packs);
	d->packs = NULL;
	d->pack_count = 0;
	for (size_t i = 0; i < e->body_count; i++) {
		const struct entry_body *from = &e->bodies[i];

		if (from->name[0] == '\0')
			continue;
		d->packs = mem_grow(d->packs, d->pack_count, sizeof(*d->packs));
		d->packs[d->pack_count++] = (struct entry_body){.digest = from->digest,
		                                                .name = mem_copy_string(from->name),
		                                                .bytes = mem_copy_bytes(from->bytes, from->len),
		                                                .len = from->len};
	}
	d->rules = packs_digest(e);
	trust_take_rules(d, e);
}

void close_proposal(struct docket *d)
{
	policy_free(d->proposal.policy);
	for (size_t i = 0; i < d->proposal.endorsers.count; i++)
		free(d->proposal.endorsers.items[i]);
	free(d->proposal.endorsers.items);
	d->proposal = (struct proposal){0};
	trust_drop_proposal(d);
}

static void endorse(struct docket *d, const struct entry *e)
{
	struct names *who = &d->proposal.endorsers;

	who->items = mem_grow(who->items, who->count, sizeof(*who->items));
	who->items[who->count++] = mem_copy_string(e->person);
	trust_endorse(d, e);
	if (!proposal_is_complete(d, &d->proposal))
		return;
	policy_free(d->policy);
	d->policy = d->proposal.policy;
	d->proposal.policy = NULL; /* transferred */
	d->policy_number = d->proposal.number;
	trust_take_policy(d);
	close_proposal(d);
}

static void apply_propose(struct docket *d, const struct entry *e, struct policy *policy)
{
	close_proposal(d);
	d->proposal.open = true;
	d->proposal.number = entry_get_number(e, "number");
	d->proposal.entry = e->id;
	d->proposal.policy = policy;
	endorse(d, e);
}

static struct review_case *find_or_add_case(struct docket *d, const struct entry *e)
{
	const char *id = entry_get(e, "case");
	const size_t known = case_number(d, id), past = past_count(d);
	struct review_case *c;

	if (known != SIZE_MAX)
		return case_to_change(d, known);
	d->cases = mem_grow(d->cases, d->case_count - past, sizeof(*d->cases));
	docket_index_add(&d->by_id, id, d->case_count);
	c = &d->cases[d->case_count++ - past];
	c->id = mem_copy_string(id);
	c->section = mem_copy_string(entry_get(e, "section"));
	return c;
}

static void copy_fields(const struct entry *e, struct round *round)
{
	static const char *const elsewhere[] = {"case", "round", "section", "scan", "file", NULL};

	for (size_t i = 0; i < e->line_count; i++) {
		size_t k = 0;

		while (elsewhere[k] != NULL && strcmp(elsewhere[k], e->lines[i].key) != 0)
			k++;
		if (elsewhere[k] != NULL)
			continue;
		round->fields = mem_grow(round->fields, round->field_count, sizeof(*round->fields));
		round->fields[round->field_count].key = e->lines[i].key;
		round->fields[round->field_count++].value = mem_copy_string(e->lines[i].value);
	}
}

static void apply_submit(struct docket *d, const struct entry *e, struct scan *scan)
{
	struct review_case *c = find_or_add_case(d, e);
	struct round *round;

	c->rounds = mem_grow(c->rounds, c->round_count, sizeof(*c->rounds));
	round = &c->rounds[c->round_count++];
	round->number = entry_get_number(e, "round");
	round->submit = e->id;
	round->seq = e->seq;
	round->time = e->time;
	round->submitter = mem_copy_string(e->person);
	round->key = mem_copy_string(public_key_fingerprint(e->key));
	round->files = mem_alloc(1, sizeof(*round->files));
	entry_files(e, round->files);
	round->scan = scan;
	round->scan_digest = entry_get_digest(e, "scan");
	copy_fields(e, round);
}

static struct round *newest_round(struct docket *d, const struct entry *e)
{
	struct review_case *c = find_or_add_case(d, e);

	return &c->rounds[c->round_count - 1];
}

/* Under the policy of that time: a later one may ask something else. */
static char *checks_of(const struct docket *d, const struct entry *e)
{
	const struct stage *stage = policy_stage(d->policy, entry_get(e, "stage"), NULL);
	struct buf checks = {0};
	size_t asked = 0;

	for (size_t i = 0; i < e->line_count; i++) {
		if (strcmp(e->lines[i].key, "answer") != 0)
			continue;
		buf_add_string(&checks, checks.len > 0 ? "\n" : "");
		for (const char *p = stage != NULL && asked < stage->asks.count ? stage->asks.items[asked] : ""; *p != '\0'; p++)
			buf_add_byte(&checks, *p == '\n' ? ' ' : *p);
		buf_addf(&checks, "\n%s", e->lines[i].value);
		asked++;
	}
	return checks.data != NULL ? buf_take(&checks) : NULL;
}

static void apply_sign_off(struct docket *d, const struct entry *e)
{
	struct round *round = newest_round(d, e);
	const char *until = entry_get(e, "until"), *ground = entry_get(e, "ground");
	struct sign_off *o;

	round->sign_offs = mem_grow(round->sign_offs, round->sign_off_count, sizeof(*round->sign_offs));
	o = &round->sign_offs[round->sign_off_count++];
	o->entry = e->id;
	o->seq = e->seq;
	o->time = e->time;
	o->person = mem_copy_string(e->person);
	o->key = mem_copy_string(public_key_fingerprint(e->key));
	o->stage = mem_copy_string(entry_get(e, "stage"));
	o->decision = decision_from_name(entry_get(e, "decision"));
	o->opinion = mem_copy_string(entry_get(e, "opinion"));
	o->addressee = mem_copy_string(entry_get(e, "addressee"));
	o->checks = checks_of(d, e);
	o->ground = ground_from_name(ground, strlen(ground));
	if (!date_from_text(&o->until, until, strlen(until)))
		o->until = 0;
	for (size_t i = 0; i < e->line_count; i++) {
		struct clearance c = {0};

		if (strcmp(e->lines[i].key, "clear") != 0 || !clearance_read(e->lines[i].value, &c))
			continue;
		o->clears = mem_grow(o->clears, o->clear_count, sizeof(*o->clears));
		o->clears[o->clear_count++] = c;
	}
}

static void apply_evidence(struct docket *d, const struct entry *e)
{
	struct round *round = newest_round(d, e);
	const struct digest answers = entry_get_digest(e, "answers");

	for (size_t i = 0; i < round->sign_off_count; i++)
		if (digest_equal(&round->sign_offs[i].entry, &answers)) {
			round->sign_offs[i].answered = true;
			free(round->sign_offs[i].answer);
			round->sign_offs[i].answer = mem_format("%s: %s", entry_get(e, "outcome"), entry_get(e, "note"));
			free(round->sign_offs[i].answer_key);
			round->sign_offs[i].answer_key = mem_copy_string(public_key_fingerprint(e->key));
			round->sign_offs[i].answer_seq = e->seq;
		}
}

static void apply_file_record(struct docket *d, const struct entry *e)
{
	struct names *numbers = &find_or_add_case(d, e)->register_numbers;

	numbers->items = mem_grow(numbers->items, numbers->count, sizeof(*numbers->items));
	numbers->items[numbers->count++] = mem_copy_string(entry_get(e, "register"));
}

static void apply_release(struct docket *d, const struct entry *e)
{
	struct review_case *c = find_or_add_case(d, e);
	const size_t number = case_number(d, c->id);
	struct publication *p;

	for (size_t i = 0; i < c->publication_count; i++)
		c->publications[i].superseded = true;
	c->publications = mem_grow(c->publications, c->publication_count, sizeof(*c->publications));
	p = &c->publications[c->publication_count++];
	p->release = e->id;
	p->seq = e->seq;
	p->round = entry_get_number(e, "round");
	p->time = e->time;
	p->person = mem_copy_string(e->person);
	p->key = mem_copy_string(public_key_fingerprint(e->key));
	p->files = mem_alloc(1, sizeof(*p->files));
	entry_files(e, p->files);
	for (size_t i = 0; i < p->files->count; i++)
		docket_index_add(&d->by_path, p->files->items[i].path, number);
}

static struct publication *named_publication(struct docket *d, const struct entry *e)
{
	struct review_case *c = find_or_add_case(d, e);
	const struct digest release = entry_get_digest(e, "release");

	for (size_t i = 0; i < c->publication_count; i++)
		if (digest_equal(&c->publications[i].release, &release))
			return &c->publications[i];
	return NULL;
}

static void apply_publication(struct docket *d, const struct entry *e)
{
	struct publication *p = named_publication(d, e);

	if (p == NULL)
		return;
	if (e->type == ENTRY_RELEASED) {
		p->done = true;
		return;
	}
	p->withdrawn = true;
	p->incident = strcmp(entry_get(e, "incident"), "yes") == 0;
	p->withdrawn_why = mem_copy_string(entry_get(e, "reason"));
}

/* What has to be read from bodies, before anything is changed. */
struct prepared {
	struct policy *policy;
	struct scan *scan;
};

static bool prepare(const struct entry *e, struct prepared *out, struct err *err)
{
	if (e->type == ENTRY_GENESIS || e->type == ENTRY_POLICY_PROPOSE) {
		out->policy = policy_of_entry(e, err);
		return out->policy != NULL;
	}
	if (e->type != ENTRY_SUBMIT)
		return true;
	out->scan = mem_alloc(1, sizeof(*out->scan));
	if (read_scan(e, out->scan, err))
		return true;
	free(out->scan);
	return false;
}

static void take_in(struct docket *d, const struct entry *e, const struct prepared *p)
{
	switch (e->type) {
	case ENTRY_GENESIS:
		d->policy = p->policy;
		d->policy_number = 1;
		d->ledger = e->id;
		trust_endorse(d, e);
		trust_take_policy(d);
		take_packs(d, e);
		break;
	case ENTRY_POLICY_PROPOSE:
		apply_propose(d, e, p->policy);
		break;
	case ENTRY_POLICY_ENDORSE:
		endorse(d, e);
		break;
	case ENTRY_RULES:
		take_packs(d, e);
		break;
	case ENTRY_SUBMIT:
		apply_submit(d, e, p->scan);
		break;
	case ENTRY_SIGN_OFF:
		apply_sign_off(d, e);
		break;
	case ENTRY_EVIDENCE:
		apply_evidence(d, e);
		break;
	case ENTRY_FILE_RECORD:
		apply_file_record(d, e);
		break;
	case ENTRY_RELEASE:
		apply_release(d, e);
		break;
	case ENTRY_RELEASED:
	case ENTRY_WITHDRAW:
		apply_publication(d, e);
		break;
	case ENTRY_KEY_COMPROMISE:
		apply_key_compromise(d, e);
		break;
	case ENTRY_NONE:
	case ENTRY_TYPES:
		break;
	}
}

bool docket_apply(struct docket *d, const struct entry *e, struct err *err)
{
	struct prepared p = {0};

	if (!docket_check(d, e, err) || !prepare(e, &p, err))
		return false;
	take_in(d, e, &p);
	d->tip = e->id;
	d->seq = e->seq;
	d->time = e->time;
	d->latest = e->seq == 1 || e->time > d->latest ? e->time : d->latest;
	return true;
}
