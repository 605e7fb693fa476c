/* enrolment.c - the proof that a person holds the key a policy is about to give them.
 *
 * A key somebody else wrote into a policy under a person's name would let that somebody be counted as them.
 * The text is written again from what it claims and compared, so it has one form. */
#include "policy/enrolment.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "parse_inside.h"
#include "seal/key.h"
#include "seal/signature.h"

#include <stdlib.h>
#include <string.h>

void enrolment_write(const struct digest *ledger, const char *person, const struct public_key *key, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, "review-enrolment v1\nledger: %s\nperson: %s\nkey: %s\nend: review-enrolment v1\n",
	         digest_to_hex(ledger, hex), person, public_key_line(key));
}

bool enrolment_read(const char *text, size_t len, const struct digest *ledger, char **person, struct public_key **key,
                    struct err *err)
{
	static const char begin[] = "-----BEGIN SSH SIGNATURE-----", who[] = "\nperson: ";
	const char *armor = strstr(text, begin), *named = strstr(text, who);
	struct public_key *signer = NULL;
	struct buf want = {0};
	char *name;
	bool ok = false;

	if (armor == NULL || named == NULL || named > armor || text[len - 1] != '\n')
		return err_set(err, ERR_INPUT, "not an enrolment request");
	named += sizeof(who) - 1;
	name = mem_copy_bytes(named, strcspn(named, "\n"));
	if (!id_is_plain(name)) {
		(void)err_set(err, ERR_INPUT, "not an enrolment request");
	} else if (signature_verify(armor, len - 1 - (size_t)(armor - text), ENROLMENT_NAMESPACE, text,
	                            (size_t)(armor - text), &signer, err)) {
		enrolment_write(ledger, name, signer, &want);
		ok = want.len == (size_t)(armor - text) && memcmp(want.data, text, want.len) == 0;
		if (!ok)
			(void)err_set(err, ERR_MISMATCH, "the request is for another ledger, or its lines were changed");
	}
	buf_release(&want);
	if (ok) {
		*person = name;
		*key = signer;
		return true;
	}
	public_key_free(signer);
	free(name);
	return false;
}
