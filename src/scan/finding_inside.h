#ifndef SCAN_FINDING_INSIDE_H
#define SCAN_FINDING_INSIDE_H

#include "scan/finding.h"

void finding_release(struct finding *f);
/* Fill f->id; rule, kind, place and span are set, file has path and digest. */
void finding_name(struct finding *f, const struct scanned_file *file);
void findings_sort(struct finding *findings, size_t count);
int finding_compare(const struct finding *a, const struct finding *b);

#endif
