/* FUZZ: ledger */
/* path_fuzz.c - a path that is allowed leads nowhere else, deceives nobody, and survives a line of
 * the ledger. */
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "ledger/entry.h"
#include "ledger/value.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FRONT "1111111111111111111111111111111111111111111111111111111111111111 12 100644 "

static void expect_harmless(const char *path, size_t len)
{
	struct buf shown = {0};

	utf8_add_printable(&shown, path, len);
	if (shown.len != len || memcmp(shown.data, path, len) != 0 || memchr(path, '\0', len) != NULL)
		abort(); /* something a terminal would not show as it is */
	if (path[0] == '/' || path[len - 1] == '/' || strstr(shown.data, "//") != NULL || strstr(shown.data, "../") != NULL ||
	    strstr(shown.data, "/..") == shown.data + len - 3)
		abort();
	buf_release(&shown);
}

static void expect_survival(const char *path, size_t len)
{
	struct buf value = {0}, line = {0}, back = {0};
	struct err err = {0};

	buf_add_string(&value, FRONT);
	buf_add(&value, path, len);
	value_encode(VALUE_FILE, value.data, &line);
	if (memchr(line.data, '\n', line.len) != NULL)
		abort();
	if (value_decode(VALUE_FILE, NULL, line.data, line.len, &back, &err)
	            ? back.len != value.len || memcmp(back.data, value.data, back.len) != 0
	            : err.kind != ERR_LIMIT)
		abort();
	buf_release(&value);
	buf_release(&line);
	buf_release(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *path = malloc(size > 0 ? size : 1);
	struct err err = {0};

	if (path == NULL)
		return 0;
	memcpy(path, data, size);
	if (path_check(path, size, &err)) {
		expect_harmless(path, size);
		expect_survival(path, size);
	} else if (err.kind != ERR_INPUT || strchr(err.why, '\n') != NULL) {
		abort();
	}
	free(path);
	return 0;
}
