/* compromise.c - when a key was in other hands.
 *
 * The ledger does not forget, so a declaration strikes nothing out: it says from which entry on a key
 * is not believed, and what rested on it stops counting.  Only what granted something falls -
 * approvals, answers, submissions, releases, policies, rules.  What held a case back stays: a thief
 * who refused is not undone by letting the document pass. */
#include "policy/compromise.h"

#include "docket_inside.h"

#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "policy/verdict.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

struct loss {
	const char *key;
	uint32_t since;
};

static bool is_lost(const struct loss *loss, const char *key, uint32_t seq)
{
	return key != NULL && seq >= loss->since && strcmp(key, loss->key) == 0;
}

static bool any_lost(const struct loss *loss, const struct marks *marks)
{
	for (size_t i = 0; i < marks->count; i++)
		if (is_lost(loss, marks->items[i].key, marks->items[i].seq))
			return true;
	return false;
}

static void marks_clear(struct marks *marks)
{
	for (size_t i = 0; i < marks->count; i++)
		free(marks->items[i].key);
	free(marks->items);
	*marks = (struct marks){0};
}

static void marks_add(struct marks *marks, const struct entry *e)
{
	marks->items = mem_grow(marks->items, marks->count, sizeof(*marks->items));
	marks->items[marks->count++] =
		(struct mark){.key = mem_copy_string(public_key_fingerprint(e->key)), .seq = e->seq};
}

void trust_free(struct trust *trust)
{
	if (trust == NULL)
		return;
	for (size_t i = 0; i < trust->key_count; i++) {
		free(trust->keys[i].person);
		free(trust->keys[i].key);
	}
	for (size_t i = 0; i < trust->compromise_count; i++) {
		free(trust->compromises[i].person);
		free(trust->compromises[i].key);
		free(trust->compromises[i].reason);
	}
	free(trust->keys);
	free(trust->compromises);
	marks_clear(&trust->policy);
	marks_clear(&trust->proposal);
	marks_clear(&trust->rules);
	free(trust);
}

static struct trust *trust_of(struct docket *d)
{
	if (d->trust == NULL)
		d->trust = mem_alloc(1, sizeof(*d->trust));
	return d->trust;
}

static bool is_known_key(const struct docket *d, const char *person, const char *key)
{
	for (size_t i = 0; d->trust != NULL && i < d->trust->key_count; i++)
		if (strcmp(d->trust->keys[i].key, key) == 0 && strcmp(d->trust->keys[i].person, person) == 0)
			return true;
	return false;
}

static void remember_keys(struct docket *d)
{
	struct trust *t = trust_of(d);

	for (size_t i = 0; i < d->policy->person_count; i++) {
		const struct person *p = &d->policy->people[i];

		for (size_t k = 0; k < p->key_count; k++) {
			const char *key = public_key_fingerprint(p->keys[k]);

			if (is_known_key(d, p->id, key))
				continue;
			t->keys = mem_grow(t->keys, t->key_count, sizeof(*t->keys));
			t->keys[t->key_count++] = (struct known_key){mem_copy_string(p->id), mem_copy_string(key)};
		}
	}
}

void trust_mark_people(struct docket *d)
{
	for (size_t i = 0; i < d->policy->person_count; i++) {
		struct person *p = &d->policy->people[i];

		p->keyless = true;
		for (size_t k = 0; k < p->key_count; k++)
			p->keyless = p->keyless && docket_compromise(d, public_key_fingerprint(p->keys[k])) != NULL;
	}
}

void trust_endorse(struct docket *d, const struct entry *e)
{
	marks_add(&trust_of(d)->proposal, e);
}

void trust_drop_proposal(struct docket *d)
{
	marks_clear(&trust_of(d)->proposal);
}

/* The marks of the proposal become those of the policy. */
void trust_take_policy(struct docket *d)
{
	struct trust *t = trust_of(d);

	marks_clear(&t->policy);
	t->policy = t->proposal;
	t->proposal = (struct marks){0}; /* transferred */
	t->policy_doubtful = false;
	remember_keys(d);
	trust_mark_people(d);
}

void trust_take_rules(struct docket *d, const struct entry *e)
{
	struct trust *t = trust_of(d);

	marks_clear(&t->rules);
	marks_add(&t->rules, e);
	t->rules_doubtful = false;
}

const char *docket_key_owner(const struct docket *docket, const char *fingerprint)
{
	for (size_t i = 0; docket->trust != NULL && i < docket->trust->key_count; i++)
		if (strcmp(docket->trust->keys[i].key, fingerprint) == 0)
			return docket->trust->keys[i].person;
	return NULL;
}

const struct compromise *docket_compromise(const struct docket *docket, const char *fingerprint)
{
	for (size_t i = 0; docket->trust != NULL && i < docket->trust->compromise_count; i++)
		if (strcmp(docket->trust->compromises[i].key, fingerprint) == 0)
			return &docket->trust->compromises[i];
	return NULL;
}

bool key_is_held_well(const struct policy *policy, const struct entry *e, struct err *err)
{
	if (!policy->pin_wanted || !public_key_is_hardware(e->key) || e->pin)
		return true;
	(void)err_set(err, ERR_DENIED, "the policy wants a PIN with a security key, and this one was only touched");
	return err_hint(err, "ssh-keygen -t ed25519-sk -O verify-required makes a key that asks for it");
}

bool key_may_sign(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct compromise *lost = docket_compromise(d, public_key_fingerprint(e->key));

	if (lost == NULL)
		return key_is_held_well(d->policy, e, err);
	(void)err_set(err, ERR_DENIED, "this key of %s was declared compromised at entry %u", lost->person,
	              (unsigned)lost->declared);
	return err_hint(err, "sign with another key; review key enroll asks for a new one to be put into the policy");
}

/* Does the policy in force still give root power to this very key? */
static bool is_root_key(const struct policy *policy, const char *person, const char *key)
{
	const struct person *p = policy_person(policy, person);

	for (size_t i = 0; p != NULL && names_have(&policy->root, person) && i < p->key_count; i++)
		if (strcmp(public_key_fingerprint(p->keys[i]), key) == 0)
			return true;
	return false;
}

/* One root person alone must not be able to silence the others, nor must a thief with their key. */
static bool may_declare(const struct docket *d, const struct entry *e, const char *owner, const char *key, struct err *err)
{
	if (strcmp(public_key_fingerprint(e->key), key) == 0) {
		(void)err_set(err, ERR_DENIED, "a key cannot be declared compromised with that key itself");
		return err_hint(err, "sign with another key of %s, or let a root person declare it", owner);
	}
	if (strcmp(e->person, owner) == 0)
		return true;
	if (!names_have(&d->policy->root, e->person))
		return err_set(err, ERR_DENIED, "only %s or a root person may declare this key compromised", owner);
	if (!is_root_key(d->policy, owner, key))
		return true;
	(void)err_set(err, ERR_DENIED, "this is a root person's key; %s alone cannot take it away from %s", e->person, owner);
	return err_hint(err, "take it out of the policy first: review policy propose; then declare it");
}

bool check_key_compromise(const struct docket *d, const struct entry *e, struct err *err)
{
	const char *owner = entry_get(e, "owner"), *key = entry_get(e, "compromised");
	const struct compromise *before = docket_compromise(d, key);
	const uint32_t since = entry_get_number(e, "since");

	if (!is_known_key(d, owner, key)) {
		(void)err_set(err, ERR_MISMATCH, "no policy ever gave that key to %s", owner);
		return err_hint(err, "review key list shows fingerprints, review policy history who had which");
	}
	if (since > e->seq)
		return err_set(err, ERR_MISMATCH, "entry %u is still to come", (unsigned)since);
	if (before != NULL && since >= before->since)
		return err_set(err, ERR_DENIED, "it is declared compromised from entry %u on already", (unsigned)before->since);
	return may_declare(d, e, owner, key, err);
}

static bool approval_is_lost(const struct loss *loss, const struct sign_off *o)
{
	return o->decision == DECISION_APPROVE && is_lost(loss, o->key, o->seq);
}

static bool answer_is_lost(const struct loss *loss, const struct sign_off *o)
{
	return o->answered && is_lost(loss, o->answer_key, o->answer_seq);
}

static bool round_is_lost(const struct loss *loss, const struct round *r)
{
	return is_lost(loss, r->key, r->seq);
}

/* Was it released with the key, or on the strength of anything the key signed? */
static bool publication_is_lost(const struct loss *loss, const struct review_case *c, const struct publication *p)
{
	const struct round *r = &c->rounds[p->round - 1];

	if (is_lost(loss, p->key, p->seq) || round_is_lost(loss, r))
		return true;
	for (size_t i = 0; i < r->sign_off_count; i++)
		if (approval_is_lost(loss, &r->sign_offs[i]) || answer_is_lost(loss, &r->sign_offs[i]))
			return true;
	return false;
}

static void strike_round(const struct loss *loss, struct round *r)
{
	r->compromised = r->compromised || round_is_lost(loss, r);
	for (size_t i = 0; i < r->sign_off_count; i++) {
		struct sign_off *o = &r->sign_offs[i];

		if (approval_is_lost(loss, o))
			o->decision = DECISION_NONE;
		if (answer_is_lost(loss, o))
			o->answered = false;
	}
}

static void strike_case(const struct loss *loss, struct review_case *c)
{
	for (size_t i = 0; i < c->publication_count; i++)
		c->publications[i].compromised =
			c->publications[i].compromised || publication_is_lost(loss, c, &c->publications[i]);
	for (size_t i = 0; i < c->round_count; i++)
		strike_round(loss, &c->rounds[i]);
}

static void record(struct trust *t, const struct entry *e)
{
	const char *key = entry_get(e, "compromised");
	struct compromise *at = t->compromises;
	size_t i = 0;

	while (i < t->compromise_count && strcmp(at[i].key, key) != 0)
		i++;
	if (i == t->compromise_count) {
		t->compromises = mem_grow(t->compromises, t->compromise_count, sizeof(*t->compromises));
		t->compromise_count++;
	}
	at = &t->compromises[i];
	free(at->person);
	free(at->key);
	free(at->reason);
	*at = (struct compromise){.person = mem_copy_string(entry_get(e, "owner")),
	                          .key = mem_copy_string(key),
	                          .since = entry_get_number(e, "since"),
	                          .declared = e->seq,
	                          .reason = mem_copy_string(entry_get(e, "reason"))};
}

void apply_key_compromise(struct docket *d, const struct entry *e)
{
	const struct loss loss = {.key = entry_get(e, "compromised"), .since = entry_get_number(e, "since")};
	struct trust *t = trust_of(d);

	for (size_t i = 0; i < d->case_count; i++) /* docket_check() has asked for all of them */
		strike_case(&loss, case_place(d, i));
	t->policy_doubtful = t->policy_doubtful || any_lost(&loss, &t->policy);
	t->rules_doubtful = t->rules_doubtful || any_lost(&loss, &t->rules);
	if (d->proposal.open && any_lost(&loss, &t->proposal))
		close_proposal(d);
	record(t, e);
	trust_mark_people(d);
}

/* Both texts are taken over. */
static void tell(struct reasons *out, char *text, char *next)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct reason){.code = REASON_KEY_COMPROMISED, .text = text, .next = next};
}

static void tell_publications(const struct docket *d, const struct loss *loss, struct reasons *out)
{
	for (size_t i = 0; i < d->case_count; i++) {
		const struct review_case *c = docket_case_at(d, i);
		const struct publication *p = current_publication(c);

		if (p != NULL && publication_is_lost(loss, c, p))
			tell(out, mem_format(_("case %s is public on the strength of it (entry %u)"), c->id, (unsigned)p->seq),
			     mem_format(_("review withdraw %s --reason TEXT --incident, or release a new round of it"), c->id));
	}
}

static void tell_sign_offs(const struct review_case *c, const struct round *r, const struct loss *loss, struct reasons *out)
{
	for (size_t i = 0; i < r->sign_off_count; i++) {
		const struct sign_off *o = &r->sign_offs[i];

		if (approval_is_lost(loss, o))
			tell(out, mem_format(_("case %s: %s's approval of %s (entry %u) no longer counts"), c->id, o->person, o->stage,
			                     (unsigned)o->seq),
			     mem_format(_("review approve %s --stage %s, and what came after it"), c->id, o->stage));
		if (answer_is_lost(loss, o))
			tell(out, mem_format(_("case %s: the answer to %s's question (entry %u) no longer counts"), c->id, o->person,
			                     (unsigned)o->answer_seq),
			     mem_format(_("ask again, then review answer %s --outcome ... --note ..."), c->id));
	}
}

/* Cases that are not public; of one that is, the new round is told when there is one. */
static void tell_cases(const struct docket *d, const struct loss *loss, struct reasons *out)
{
	for (size_t i = 0; i < d->case_count; i++) {
		const struct review_case *c = docket_case_at(d, i);
		const struct round *r = case_round(c);
		const struct publication *p = c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;

		if (p != NULL && p->round == r->number)
			continue;
		if (round_is_lost(loss, r))
			tell(out, mem_format(_("case %s: round %u was submitted with it and is over (entry %u)"), c->id,
			                     (unsigned)r->number, (unsigned)r->seq),
			     mem_format(_("review submit FILE... --case %s"), c->id));
		else
			tell_sign_offs(c, r, loss, out);
	}
}

void docket_consequences(const struct docket *docket, const char *fingerprint, uint32_t since, struct reasons *out)
{
	const struct loss loss = {.key = fingerprint, .since = since};

	if (docket->trust == NULL)
		return;
	tell_publications(docket, &loss, out);
	if (any_lost(&loss, &docket->trust->policy))
		tell(out, mem_format(_("policy %u came into force with it: nothing can be released under it"),
		                     (unsigned)docket->policy_number),
		     mem_copy_string(_("read it (review policy history), then review policy propose and endorse, even unchanged")));
	if (docket->proposal.open && any_lost(&loss, &docket->trust->proposal))
		tell(out, mem_format(_("the proposal of policy %u falls"), (unsigned)docket->proposal.number),
		     mem_copy_string(_("review policy propose")));
	if (any_lost(&loss, &docket->trust->rules))
		tell(out, mem_copy_string(_("the rules in force were published with it: nothing can be released under them")),
		     mem_copy_string(_("compare them with your own (review rules list), then review rules publish")));
	tell_cases(docket, &loss, out);
}
