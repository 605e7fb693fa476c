#ifndef POLICY_COMPROMISE_H
#define POLICY_COMPROMISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct docket;
struct reasons; /* policy/verdict.h */

/* A key somebody else may have used: declared at one entry, not believed from an earlier one on.
 * Nothing is struck from the ledger; what was signed there stops counting. */
struct compromise {
	char *person, *key; /* whose, and its fingerprint */
	uint32_t since;     /* the first entry at which it is not believed */
	uint32_t declared;  /* the entry that says so */
	char *reason;
};

/* A key that stood for something, and where. */
struct mark {
	char *key;
	uint32_t seq;
};
struct marks {
	struct mark *items;
	size_t count;
};

/* Part of the docket. */
struct trust {
	struct known_key {
		char *person, *key;
	} *keys; /* every key a policy in force ever gave, by person */
	size_t key_count;
	struct compromise *compromises;
	size_t compromise_count;
	struct marks policy, proposal, rules; /* what brought each of them about */
	/* They rest on a compromised key: nothing is released until they are brought about anew. */
	bool policy_doubtful, rules_doubtful;
};

/* Whose key this is or was; NULL: nobody's. */
const char *docket_key_owner(const struct docket *docket, const char *fingerprint);
/* NULL: nobody declared it. */
const struct compromise *docket_compromise(const struct docket *docket, const char *fingerprint);

/* What a declaration about this key would bring about, one reason each with what to do next, in the
 * order in which people should act: what is public first.  Changes nothing. */
void docket_consequences(const struct docket *docket, const char *fingerprint, uint32_t since, struct reasons *out);

#endif
