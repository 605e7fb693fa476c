#ifndef PDF_FILTERS_H
#define PDF_FILTERS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct reader;

/* The filters of ISO 32000-2, 7.4 that do not belong to pictures. */
struct filter_parameters {
	double predictor, columns, colors, bits, early_change;
	size_t most; /* bytes that may come out */
};

enum filter_end {
	FILTER_DAMAGED = 0, /* the data is cut short or makes no sense; what could be read is in `out` */
	FILTER_DONE,
	FILTER_LIMIT,       /* too much of it; the reader said undecided */
};

/* `*used`: how much of the input belonged to it. */
typedef enum filter_end filter_run(struct reader *reader, const struct filter_parameters *with, const struct buf *in,
                                   struct buf *out, size_t *used);
filter_run filter_flate, filter_lzw, filter_ascii85, filter_hex, filter_run_length;

#endif
