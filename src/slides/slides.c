#include "slides/slides.h"
#include "reader/reader.h"
void slides_read(struct reader *r, struct compound *c, size_t s){(void)c;(void)s;reader_undecided(r,"stub");}
