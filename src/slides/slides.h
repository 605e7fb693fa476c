#ifndef SLIDES_SLIDES_H
#define SLIDES_SLIDES_H

#include <stddef.h>

struct compound;
struct reader;

/* A presentation of PowerPoint 97 to 2003 ([MS-PPT]), also as WPS Presentation saves it: the streams
 * "PowerPoint Document", "Current User" and "Pictures" of `storage`. */
void slides_read(struct reader *reader, struct compound *compound, size_t storage);

#endif
