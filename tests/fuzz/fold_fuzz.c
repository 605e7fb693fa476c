/* FUZZ: text */
/* fold_fuzz.c - any text folds, folds again to the same, and leads back. */
#include "base/utf8.h"
#include "text/fold.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!utf8_valid((const char *)data, size, NULL))
		return 0;
	for (int view = 0; view < VIEW_COUNT; view++) {
		struct folded once = {0}, twice = {0};

		fold_text((const char *)data, size, (enum text_view)view, &once);
		fold_text(once.text, once.len, (enum text_view)view, &twice);
		if (once.len != twice.len || memcmp(once.text, twice.text, once.len) != 0)
			abort();
		for (size_t i = 0; i < once.len; i++)
			if (folded_origin(&once, i) > folded_origin(&once, i + 1) || folded_origin(&once, i) >= size)
				abort();
		folded_release(&once);
		folded_release(&twice);
	}
	return 0;
}
