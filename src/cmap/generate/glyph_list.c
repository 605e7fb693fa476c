/* glyph_list.c - the Adobe Glyph List as C (build time only), from where a Perl module carries it:
 * lines of  'name' => "\x{05D3}\x{05B2}",  and, for new fonts,  '0020' => 'space',  */
#include "make_cmap_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 8192, NAME_MOST = 64 };

struct named {
	char name[NAME_MOST];
	uint32_t points[8];
	size_t count;
};
static struct named names[NAMES_MOST];
static size_t name_count;

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

/* 'left' => right */
static void take_line(const char *line, const char *arrow)
{
	struct named *n = &names[name_count];
	char left[NAME_MOST] = "", name[NAME_MOST] = "";

	if (sscanf(line, " '%63[^']'", left) != 1 || name_count + 1 >= NAMES_MOST)
		return;
	*n = (struct named){0};
	if (sscanf(arrow + 2, " '%63[^']'", name) == 1) {
		n->points[n->count++] = (uint32_t)strtoul(left, NULL, 16);
	} else {
		memcpy(name, left, sizeof(name));
		for (const char *at = strstr(arrow, "\\x{"); at != NULL && n->count < 8; at = strstr(at + 3, "\\x{"))
			n->points[n->count++] = (uint32_t)strtoul(at + 3, NULL, 16);
	}
	memcpy(n->name, name, sizeof(name));
	name_count += n->count > 0;
}

static void read_list(const char *path)
{
	FILE *in = fopen(path, "r");
	char line[512];

	if (in == NULL)
		die(path, "cannot be read");
	while (fgets(line, sizeof(line), in) != NULL && strstr(line, "map {") == NULL) {
		const char *arrow = strstr(line, "=>");

		if (arrow != NULL)
			take_line(line, arrow);
	}
	(void)fclose(in);
	if (name_count < 4200)
		die(path, "not the glyph list");
	qsort(names, name_count, sizeof(names[0]), compare_names);
}

void write_glyph_list(const char *path, FILE *out)
{
	uint32_t at = 0, kept = 0;

	read_list(path);
	fprintf(out, "const uint32_t glyph_pool[] = {\n");
	for (size_t i = 0; i < name_count; i++)
		if (names[i].count > 1) {
			fprintf(out, "%zu,", names[i].count);
			for (size_t k = 0; k < names[i].count; k++)
				fprintf(out, "%u,", names[i].points[k]);
		}
	fprintf(out, "0};\nconst struct glyph_name glyph_names[] = {\n");
	for (size_t i = 0; i < name_count; i++) {
		const uint32_t pooled = at;

		if (names[i].count > 1)
			at += (uint32_t)names[i].count + 1;
		if (i > 0 && strcmp(names[i].name, names[i - 1].name) == 0)
			continue;
		fprintf(out, "{\"%s\",%s%u},\n", names[i].name, names[i].count > 1 ? "CMAP_POOL | " : "",
		        names[i].count > 1 ? pooled : names[i].points[0]);
		kept++;
	}
	fprintf(out, "};\nconst uint32_t glyph_name_count = %u;\n", kept);
}
