#ifndef EXTRACT_WORKER_H
#define EXTRACT_WORKER_H

#include "base/err.h"

struct buf;

/* The program that reads formats, one process a document, in a sandbox.  Until it is named every
 * document that is no text is undecided.  A sandbox the kernel cannot make whole (cage/cage.h) is taken
 * only if `accepts_reduced` (NULL: never), asked once when it comes to that, says so.  Call before any
 * document is read. */
void extract_use_worker(const char *program, bool (*accepts_reduced)(void));

/* The program that reads the pages of PDFs once more, by other code.  Until it is named every PDF is
 * undecided, unless `does_without` (NULL: never) says that the office does without where it does not start. */
void extract_use_second(const char *program, bool (*does_without)(void));

/* The program that reads pictures, for a person who wants to know what may be in them.  What it says is text
 * of documents read from then on; NULL: no more.  It never makes a document less undecided, and what it says
 * changes from version to version: not for records. */
void extract_use_ocr(const char *program);

/* Start the first two, and say what their sandboxes are made of, a line each.  False: one does not start, lacks data,
 * or its sandbox is not whole and was not allowed to be reduced. */
bool extract_check_worker(struct buf *out, struct err *err) MUST_CHECK;

/* End them.  They end by themselves when this process does. */
void extract_stop_worker(void);

#endif
