#ifndef OLE_OLE_INSIDE_H
#define OLE_OLE_INSIDE_H

#include "base/little.h"

#include <stdbool.h>
#include <stddef.h>

struct compound;
struct reader;

/* properties.c: a property set stream ([MS-OLEPS]): every string as metadata, thumbnails as parts. */
void properties_read(struct reader *reader, const char *place, struct span bytes);

/* objects.c: what OLE itself puts into storages ([MS-OLEDS]). */
void native_read(struct reader *reader, const char *place, struct span bytes);       /* \1Ole10Native: a file, packed */
void object_picture_read(struct reader *reader, const char *place, struct span bytes); /* \2OlePres000: a picture of it */
void link_read(struct reader *reader, const char *place, struct span bytes);         /* \1Ole: where it is linked from */

/* Bytes of a kind nobody said: read as what they begin like, or their strings told. */
void stream_read(struct reader *reader, const char *place, struct span bytes);

/* vba.c: the storage with the streams "dir" and "_VBA_PROJECT" ([MS-OVBA]): the source of every module. */
void vba_read(struct reader *reader, struct compound *compound, size_t storage);

#endif
