/* FUZZ: extract */
/* document_fuzz.c - any file: text, or undecided with a reason; every flow is UTF-8. */
#include "base/utf8.h"
#include "extract/document.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"a.txt", "a.html", "a.docx"};

	for (size_t n = 0; n < 3; n++) {
		struct document doc = {0};

		document_read(names[n], data, size, &doc);
		if (size > 0 && doc.undecided == NULL && doc.flow_count < 2)
			abort(); /* something was in it, and nobody says what */
		for (size_t i = 0; i < doc.flow_count; i++) {
			if (!utf8_valid(doc.flows[i].text, doc.flows[i].len, NULL))
				abort();
			if (strstr(doc.flows[i].place, "read as") != NULL)
				continue; /* offsets of the decoded text */
			for (size_t k = 0; doc.flows[i].origin != NULL && k < doc.flows[i].len; k++)
				if (doc.flows[i].origin[k] > size)
					abort();
		}
		document_release(&doc);
	}
	return 0;
}
