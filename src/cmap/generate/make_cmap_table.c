/* make_cmap_table.c - Adobe's CMaps as C (build time only).
 *
 * The files are read by the same code that reads the CMaps in documents.  Those that only repeat another
 * one are left out: the UTF-8 and UTF-32 forms, and the maps between other charsets. */
#include "make_cmap_table.h"

#include "base/buf.h"
#include "base/mem.h"
#include "cmap/collection.h"
#include "cmap/glyph.h"
#include "cmap_inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const folders[][3] = {
	/* folder, ordering, what the CIDs that the first list does not know are filled from */
	{"Adobe-GB1", "GB1", "UniGB-UTF32-H"},         {"Adobe-CNS1", "CNS1", "UniCNS-UTF32-H"},
	{"Adobe-Japan1", "Japan1", "UniJIS-UTF32-H"},  {"Adobe-Korea1", "Korea1", "UniKS-UTF32-H"},
	{"Adobe-KR", "KR", "UniAKR-UTF32-H"},
};
enum { FOLDERS = sizeof(folders) / sizeof(folders[0]), FILES_MOST = 512, CIDS_MOST = 65536 };

struct file {
	char *name, *uses;
	const char *ordering;
	struct cmap *cmap;
};
static struct file files[FILES_MOST];
static size_t file_count;
static char used[64]; /* the name before `usecmap` in the file that is read */

_Noreturn void die(const char *what, const char *why)
{
	fprintf(stderr, "make_cmap_table: %s: %s\n", what, why);
	exit(1);
}

/* What parse.c asks: here names are kept, and joined when all files are known. */
const struct cmap *cmap_predefined(const char *name)
{
	if (strlen(name) >= sizeof(used))
		die(name, "name too long");
	strcpy(used, name);
	return NULL;
}

size_t glyph_text(const char *name, uint32_t out[CMAP_TEXT_MOST])
{
	die(name, "a glyph name in a CMap");
	out[0] = 0;
	return 0;
}

static struct cmap *read_cmap(const char *root, const char *folder, const char *name)
{
	char *path = mem_format("%s/%s/%s", root, folder, name);
	struct buf bytes = {0};
	struct err err = {0};
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct cmap *cmap;

	if (fd < 0 || !buf_read_fd(&bytes, fd, 16 << 20, &err))
		die(path, "cannot be read");
	(void)close(fd);
	used[0] = '\0';
	cmap = cmap_parse(bytes.data, bytes.len);
	if (cmap->odd)
		die(path, "says two things of one code");
	buf_release(&bytes);
	free(path);
	return cmap;
}

static int ends(const char *name, const char *end)
{
	return strlen(name) >= strlen(end) && strcmp(name + strlen(name) - strlen(end), end) == 0;
}

static int is_wanted(const char *name)
{
	return name[0] != '.' && strncmp(name, "Adobe-", 6) != 0 && strncmp(name, "UCS2-", 5) != 0 && !ends(name, "-UCS2") &&
	       !ends(name, "-UCS2C") && strstr(name, "UTF8") == NULL && strstr(name, "UTF32") == NULL;
}

static void read_folder(const char *root, const char *folder, const char *ordering)
{
	char *path = mem_format("%s/%s", root, folder);
	DIR *dir = opendir(path);

	if (dir == NULL)
		die(path, "cannot be opened");
	for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
		if (!is_wanted(e->d_name))
			continue;
		if (file_count == FILES_MOST)
			die(path, "too many files");
		struct cmap *cmap = read_cmap(root, folder, e->d_name);

		files[file_count++] =
			(struct file){mem_copy_string(e->d_name), mem_copy_string(used), ordering, cmap};
	}
	(void)closedir(dir);
	free(path);
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static void write_arrays(FILE *out, size_t number)
{
	const struct cmap *c = files[number].cmap;

	if (c->space_count > 0) {
		fprintf(out, "static const struct cmap_space spaces_%zu[] = {\n", number);
		for (uint32_t i = 0; i < c->space_count; i++)
			fprintf(out, "{%#x,%#x,%d},\n", c->spaces[i].low, c->spaces[i].high, c->spaces[i].len);
		fprintf(out, "};\n");
	}
	if (c->cid_count > 0) {
		fprintf(out, "static const struct cmap_range cids_%zu[] = {\n", number);
		for (uint32_t i = 0; i < c->cid_count; i++)
			fprintf(out, "{%u,%u,%d,%d},%s", c->cids[i].low, c->cids[i].to, c->cids[i].span, c->cids[i].len,
			        i % 8 == 7 ? "\n" : "");
		fprintf(out, "};\n");
	}
}

static size_t number_of(const char *name)
{
	for (size_t i = 0; i < file_count; i++)
		if (strcmp(files[i].name, name) == 0)
			return i;
	die(name, "used, and not there");
}

static void write_entry(FILE *out, size_t number)
{
	const struct file *f = &files[number];

	fprintf(out, "{.name=\"%s\",.ordering=\"%s\",.vertical=%d,.space_count=%u,.cid_count=%u", f->name, f->ordering,
	        f->cmap->vertical, f->cmap->space_count, f->cmap->cid_count);
	if (f->cmap->space_count > 0)
		fprintf(out, ",.spaces=spaces_%zu", number);
	if (f->cmap->cid_count > 0)
		fprintf(out, ",.cids=cids_%zu", number);
	if (f->uses[0] != '\0')
		fprintf(out, ",.uses=&cmap_known[%zu]", number_of(f->uses));
	fprintf(out, "},\n");
}

/* ---- The text of each CID. */
static uint32_t texts[CIDS_MOST];
static uint32_t pool_used;

static uint32_t fill_listed(FILE *pool, const struct cmap *ucs2)
{
	uint32_t count = 0, points[CMAP_TEXT_MOST];

	for (uint32_t cid = 0; cid < CIDS_MOST; cid++) {
		const size_t n = cmap_text(ucs2, cid, points);

		texts[cid] = n == 1 && points[0] != 0xFFFD ? points[0] : 0;
		if (n > 1) {
			texts[cid] = CMAP_POOL | pool_used;
			pool_used += (uint32_t)n + 1;
			fprintf(pool, "%zu,", n);
			for (size_t i = 0; i < n; i++)
				fprintf(pool, "%u,", points[i]);
		}
		if (texts[cid] != 0)
			count = cid + 1;
	}
	return count;
}

static uint32_t fill_rest(const struct cmap *utf32, uint32_t count)
{
	for (uint32_t i = 0; i < utf32->cid_count; i++)
		for (uint32_t k = 0; k <= utf32->cids[i].span; k++) {
			const uint32_t cid = utf32->cids[i].to + k;

			if (cid >= CIDS_MOST || cid == 0 || texts[cid] != 0)
				continue;
			texts[cid] = utf32->cids[i].low + k;
			if (cid >= count)
				count = cid + 1;
		}
	return count;
}

static void write_collections(const char *root, FILE *out)
{
	uint32_t counts[FOLDERS];
	char *pool_text = NULL;
	size_t pool_size = 0;
	FILE *pool = open_memstream(&pool_text, &pool_size);

	for (size_t f = 0; f < FOLDERS; f++) {
		char *name = mem_format("%s-UCS2", folders[f][0]);

		struct cmap *ucs2 = read_cmap(root, folders[f][0], name), *utf32 = read_cmap(root, folders[f][0], folders[f][2]);

		counts[f] = fill_rest(utf32, fill_listed(pool, ucs2));
		cmap_free(ucs2);
		cmap_free(utf32);
		fprintf(out, "static const uint32_t texts_%zu[] = {\n", f);
		for (uint32_t cid = 0; cid < counts[f]; cid++)
			fprintf(out, "%u,%s", texts[cid], cid % 16 == 15 ? "\n" : "");
		fprintf(out, "};\n");
		free(name);
	}
	fprintf(out, "const struct collection collections[] = {\n");
	for (size_t f = 0; f < FOLDERS; f++)
		fprintf(out, "{\"%s\", texts_%zu, %u},\n", folders[f][1], f, counts[f]);
	(void)fclose(pool);
	fprintf(out, "};\nconst uint32_t collection_count = %d;\nconst uint32_t collection_pool[] = {%s0};\n", FOLDERS, pool_text);
	free(pool_text);
}

int main(int argc, char **argv)
{
	FILE *out = argc == 4 ? fopen(argv[3], "w") : NULL;

	if (out == NULL)
		die("usage", "make_cmap_table CMAPS GLYPHS OUTPUT");
	for (size_t f = 0; f < FOLDERS; f++)
		read_folder(argv[1], folders[f][0], folders[f][1]);
	qsort(files, file_count, sizeof(files[0]), compare_files);
	fprintf(out, "/* Generated from Adobe's CMap resources and glyph list. */\n#include \"cmap_inside.h\"\n");
	for (size_t i = 0; i < file_count; i++)
		write_arrays(out, i);
	fprintf(out, "const struct cmap cmap_known[] = {\n");
	for (size_t i = 0; i < file_count; i++)
		write_entry(out, i);
	fprintf(out, "};\nconst uint32_t cmap_known_count = %zu;\n", file_count);
	write_collections(argv[1], out);
	write_glyph_list(argv[2], out);
	return fclose(out) == 0 ? 0 : 1;
}
