#ifndef EXCEL_EXCEL_H
#define EXCEL_EXCEL_H

#include <stddef.h>

struct compound;
struct reader;

/* A workbook of Excel 5 to 2003 ([MS-XLS]), also as WPS Spreadsheets saves it: the stream "Workbook" or "Book"
 * of `storage`, and the pivot caches beside it. */
void excel_read(struct reader *reader, struct compound *compound, size_t storage);

#endif
