/* finding.c - what a scan found, owned and counted. */
#include "scan/finding.h"

#include "base/language.h"
#include "base/mem.h"
#include "finding_inside.h"
#include "scan/scanner.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

void finding_release(struct finding *f)
{
	free(f->rule);
	free(f->clearance);
	free(f->kind);
	free(f->place);
	free(f->title_en);
	free(f->title_zh);
	free(f->excerpt);
	free(f->allowed);
	free(f->why);
}

void scanned_file_release(struct scanned_file *file)
{
	for (size_t i = 0; i < file->count; i++)
		finding_release(&file->findings[i]);
	free(file->findings);
	free(file->path);
	free(file->undecided);
	*file = (struct scanned_file){0};
}

void scan_release(struct scan *scan)
{
	if (scan == NULL)
		return;
	for (size_t i = 0; i < scan->count; i++)
		scanned_file_release(&scan->files[i]);
	free(scan->files);
	*scan = (struct scan){0};
}

void scan_count_file(const struct scanned_file *file, struct scan_totals *totals)
{
	totals->undecided += file->undecided != NULL ? 1 : 0;
	for (size_t k = 0; k < file->count; k++) {
		totals->block += file->findings[k].action == 0 ? 1 : 0;
		totals->review += file->findings[k].action == 1 ? 1 : 0;
		totals->note += file->findings[k].action == 2 ? 1 : 0;
	}
}

void scan_count(const struct scan *scan, struct scan_totals *out)
{
	*out = (struct scan_totals){0};
	for (size_t i = 0; i < scan->count; i++)
		scan_count_file(&scan->files[i], out);
}

void scan_add(struct scan *scan, struct scanned_file *file)
{
	size_t at = scan->count;

	scan->files = mem_grow(scan->files, scan->count, sizeof(*scan->files));
	for (; at > 0 && strcmp(scan->files[at - 1].path, file->path) > 0; at--)
		scan->files[at] = scan->files[at - 1];
	scan->files[at] = *file;
	scan->count++;
	*file = (struct scanned_file){0}; /* transferred */
}

void finding_name(struct finding *f, const struct scanned_file *file)
{
	char hex[DIGEST_HEX_SIZE];
	char *text = mem_format("review-finding v1\n%s\n%s\n%s\n%s\n%s\n%llu\n%llu\n", f->rule,
	                        digest_to_hex(&file->digest, hex), file->path, f->kind, f->place, (unsigned long long)f->start,
	                        (unsigned long long)f->end);

	hash_bytes(text, strlen(text), &f->id);
	free(text);
}

static int compare(const void *a, const void *b)
{
	const struct finding *f = a, *g = b;
	int d;

	if (f->start != g->start)
		return f->start < g->start ? -1 : 1;
	if (f->end != g->end)
		return f->end < g->end ? -1 : 1;
	d = strcmp(f->rule, g->rule);
	if (d == 0)
		d = strcmp(f->kind, g->kind);
	return d != 0 ? d : strcmp(f->place, g->place);
}

char *finding_where(const char *path, const struct finding *f)
{
	char *place, *where;

	if (f->line > 0)
		return mem_format("%s:%u", path, (unsigned)f->line);
	place = language_pieces(f->place);
	where = mem_format("%s%s%s", path, place[0] != '\0' ? _(", ") : "", place);
	free(place);
	return where;
}

int finding_compare(const struct finding *a, const struct finding *b)
{
	return compare(a, b);
}

void findings_sort(struct finding *findings, size_t count)
{
	if (count > 0)
		qsort(findings, count, sizeof(*findings), compare);
}
