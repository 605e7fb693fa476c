#ifndef WORD_WORD_H
#define WORD_WORD_H

#include <stddef.h>

struct compound;
struct reader;

/* A Word document ([MS-DOC]), also as WPS Writer saves it: the streams "WordDocument", "0Table" or "1Table" and
 * "Data" of `storage`.  Objects beside them are left to the caller. */
void word_read(struct reader *reader, struct compound *compound, size_t storage);

#endif
