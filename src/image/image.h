#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

struct part;
struct reader;

/* A picture: everything in it but the pixels. */
void image_read(struct reader *reader, const struct part *part);

#endif
