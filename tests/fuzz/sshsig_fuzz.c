/* FUZZ: seal */
/* sshsig_fuzz.c - a signature, and a key, from anywhere. */
#include "seal/key.h"
#include "seal/signature.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct public_key *key = NULL;
	struct err err = {0}, why = {0};

	if (signature_verify((const char *)data, size, "git", "message", 7, &key, &err))
		public_key_free(key);
	if (public_key_from_blob(data, size, &key, &why))
		public_key_free(key);
	return 0;
}
