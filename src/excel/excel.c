#include "excel/excel.h"
#include "reader/reader.h"
void excel_read(struct reader *r, struct compound *c, size_t s){(void)c;(void)s;reader_undecided(r,"stub");}
