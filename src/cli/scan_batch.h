#ifndef CLI_SCAN_BATCH_H
#define CLI_SCAN_BATCH_H

#include "base/err.h"

#include <stddef.h>

struct scanned_file;
struct scanner;

/* Many files, scanned by several threads, the largest first; reported in the order they were added. */
struct batch;

struct batch *batch_new(void);
void batch_free(struct batch *b);

/* A file, or all below a folder (but .git).  What cannot be looked at becomes an undecided file. */
void batch_add(struct batch *b, const char *path);

/* The paths in a file ("-": standard input), each ended by a NUL.  Folders are not entered. */
bool batch_add_list(struct batch *b, const char *list, struct err *err) MUST_CHECK;

/* Scan with `threads` (0: one a processor).  `done` is called for each file, in order, by the
 * calling thread, which takes the file over. */
typedef void batch_done(struct scanned_file *file, void *context);
void batch_run(struct batch *b, struct scanner *scanner, unsigned threads, batch_done *done, void *context);

#endif
