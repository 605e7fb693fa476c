/* FUZZ: policy */
/* enrolment_fuzz.c - the proof that somebody holds a key. */
#include "base/buf.h"
#include "base/digest.h"
#include "policy/enrolment.h"
#include "seal/key.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct digest ledger = {{0}};
	char *text = malloc(size + 1), *person = NULL;
	struct public_key *key = NULL;
	struct buf again = {0};
	struct err err = {0};

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	if (enrolment_read(text, size, &ledger, &person, &key, &err)) {
		enrolment_write(&ledger, person, key, &again);
		if (again.len >= size || memcmp(again.data, text, again.len) != 0)
			abort();
	} else if (err.kind == ERR_NONE) {
		abort();
	}
	public_key_free(key);
	free(person);
	buf_release(&again);
	free(text);
	return 0;
}
