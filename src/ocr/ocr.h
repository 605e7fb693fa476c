#ifndef OCR_OCR_H
#define OCR_OCR_H

#include <stdbool.h>

struct part;
struct reader;

/* The text Tesseract sees in a picture; nothing, where it sees none.  Undecided: no picture it can read, or a
 * very large one. */
void ocr_read(struct reader *reader, const struct part *part);

/* Load the languages there are, of Chinese and English.  False: there is none.  Once, before ocr_read(). */
bool ocr_warm(void);

#endif
