/* FUZZ: cmap */
/* cmap_fuzz.c - any bytes as a CMap and as a font program: codes are never longer than what is there,
 * texts never longer than they may be. */
#include "cmap/cmap.h"
#include "cmap/glyph.h"
#include "cmap/program.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(size_t count)
{
	if (count > CMAP_TEXT_MOST)
		abort();
}

static void ask_program(const uint8_t *data, size_t size)
{
	struct program *p = program_new(data, size);
	uint32_t points[CMAP_TEXT_MOST];

	for (uint32_t i = 0; p != NULL && i < 300; i++) {
		check(program_code_text(p, (unsigned char)i, points));
		check(program_glyph_text(p, i < 256 ? i : i * 200, points));
	}
	program_free(p);
}

static void ask_name(const uint8_t *data, size_t size)
{
	char name[128] = "";
	uint32_t points[CMAP_TEXT_MOST];

	memcpy(name, data, size < sizeof(name) - 1 ? size : sizeof(name) - 1);
	check(glyph_text(name, points));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cmap *cmap = cmap_parse((const char *)data, size);
	uint32_t points[CMAP_TEXT_MOST], code, cid;

	for (size_t at = 0; at < size && at < 4096;) {
		const size_t len = cmap_next(cmap, data + at, size - at, &code);

		if (len == 0 || len > 4 || len > size - at)
			abort();
		(void)cmap_cid(cmap, code, len, &cid);
		check(cmap_text(cmap, code, points));
		at += len;
	}
	cmap_free(cmap);
	ask_program(data, size);
	ask_name(data, size);
	return 0;
}
