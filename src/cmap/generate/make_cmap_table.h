#ifndef CMAP_GENERATE_MAKE_CMAP_TABLE_H
#define CMAP_GENERATE_MAKE_CMAP_TABLE_H

#include <stdio.h>

/* At build time: what is wrong ends it. */
_Noreturn void die(const char *what, const char *why);
void write_glyph_list(const char *path, FILE *out);

#endif
