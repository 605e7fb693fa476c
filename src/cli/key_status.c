/* key_status.c - "why can I not sign?", answered before anybody has to.
 *
 * Each thing that may be missing has one sentence for what is wrong and one for what to do, and only the
 * first of them is told: the others may go away with it. */
#include "key_status.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "key_place.h"
#include "policy/compromise.h"
#include "seal/key.h"
#include "seal/signer.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
	[KEY_REFUSED] = "?",
	[KEY_ED25519] = "Ed25519",
	[KEY_P256] = "P-256",
	[KEY_RSA] = "RSA",
	[KEY_SK_ED25519] = N_("security key, Ed25519"),
	[KEY_SK_P256] = N_("security key, P-256"),
};

/* "zhang.min, li.na or zhao.lei" */
static char *root_people(const struct session *s)
{
	const struct names *root = &s->docket.policy->root;
	struct buf out = {0};

	for (size_t i = 0; i < root->count; i++)
		buf_addf(&out, "%s%s", i == 0 ? "" : i + 1 == root->count ? _(" or ") : ", ", root->items[i]);
	return buf_take(&out);
}

static bool ask_root(const struct session *s, struct err *err)
{
	char *root = root_people(s);

	(void)err_hint(err, "send what 'review key enroll' prints to a root person: %s", root);
	free(root);
	return false;
}

/* The public half of the key that would sign; the private one is not touched. */
static bool find_key(struct session *s, const char *place, struct public_key **out, struct err *err)
{
	bool ok;

	if (strncmp(place, "agent:", 6) == 0) {
		ok = session_open_signer(s, err);
		if (ok)
			*out = public_key_copy(signer_key(s->signer));
		return ok;
	}
	if (!fs_exists(place)) {
		(void)err_set(err, ERR_NOT_FOUND, "%s: there is no key of %s on this desk", place, s->person);
		return err_hint(err, "review key new %s makes one; for a token: git config review.key agent:SHA256:... "
		                     "(review key list shows what ssh-agent holds)", s->person);
	}
	return key_place_public(place, out, err);
}

static bool is_in_policy(const struct session *s, const struct public_key *key, struct err *err)
{
	const struct person *person = policy_person(s->docket.policy, s->person);
	const struct compromise *lost = docket_compromise(&s->docket, public_key_fingerprint(key));
	const char *owner = docket_key_owner(&s->docket, public_key_fingerprint(key));

	if (lost != NULL) {
		(void)err_set(err, ERR_DENIED, "this key was declared compromised at entry %u", (unsigned)lost->declared);
		return err_hint(err, "make another: review key new, or a token; then review key enroll");
	}
	if (person == NULL) {
		(void)err_set(err, ERR_DENIED, "the policy in force knows nobody named %s", s->person);
		return ask_root(s, err);
	}
	if (person_has_key(person, key) == ENTITLED)
		return true;
	if (owner != NULL && strcmp(owner, s->person) != 0) {
		(void)err_set(err, ERR_DENIED, "this is a key of %s, not of %s", owner, s->person);
		return err_hint(err, "git config review.person %s, or name your own key: git config review.key", owner);
	}
	(void)err_set(err, ERR_DENIED, "policy %u does not name this key for %s", (unsigned)s->docket.policy_number, s->person);
	return ask_root(s, err);
}

static void print_key(const struct session *s, const char *place, const struct public_key *key)
{
	const bool agent = strncmp(place, "agent:", 6) == 0;

	printf(_("key      %s, in %s\n         %s\n"), _(kinds[public_key_type(key)]), agent ? "ssh-agent" : place,
	       public_key_fingerprint(key));
	if (public_key_is_hardware(key))
		printf(_("         touch it when it blinks%s\n"), s->docket.policy->pin_wanted ? _(", and give its PIN: the policy wants that") : "");
}

static bool print(struct session *s, struct err *err)
{
	char *place = NULL;
	struct public_key *key = NULL;
	bool ok = false;

	if (!session_open(s, err) || !session_open_person(s, err))
		return false;
	printf(_("person   %s\n"), s->person);
	if (session_key_place(s, &place, err) && find_key(s, place, &key, err)) {
		print_key(s, place, key);
		ok = is_in_policy(s, key, err);
	}
	if (ok)
		printf(_("policy   %u names this key for %s: ready to sign\n"), (unsigned)s->docket.policy_number, s->person);
	public_key_free(key);
	free(place);
	return ok;
}

bool key_status_print(struct err *err)
{
	struct session s = {0};
	const bool ok = print(&s, err);

	session_close(&s);
	return ok;
}
