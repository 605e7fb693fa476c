#ifndef ART_ART_H
#define ART_ART_H

#include "base/buf.h"
#include "base/little.h"

#include <stdbool.h>
#include <stddef.h>

struct cover;
struct flow_out;
struct reader;

/* Drawings of binary office documents ([MS-ODRAW]): a tree of records with the same head everywhere. */
struct art {
	struct reader *reader;
	char *place;             /* of the drawings, for people */
	struct span pictures;    /* the stream that pictures not in the tree are in, and what of it was read; */
	struct cover *cover;     /* NULL: there is none */
	struct flow_out *texts;  /* alternative text, WordArt, links and names of shapes */
	struct buf rest;         /* what is neither known nor a number */
	size_t told;             /* pictures */
};
void art_open(struct art *art, struct reader *reader, const char *place);
void art_close(struct art *art); /* tells what was gathered */

struct art_record {
	unsigned version, instance, type;
	struct span data;
};
enum { ART_HEAD = 8, ART_CONTAINER = 0xF };

/* The record at the front of `bytes`: its data is cut where `bytes` end.  Returns the bytes it takes, 0: none
 * is there. */
size_t art_next(struct span bytes, struct art_record *out);

/* One record that is a drawing's and no container: its texts, its picture.  False: none of those. */
bool art_leaf(struct art *art, const struct art_record *record);

/* A whole tree, and behind it what is no record, as strings. */
void art_tree(struct art *art, struct span bytes);

/* A picture record alone, as stands in streams of pictures; returns the bytes it takes, 0: none is there. */
size_t art_picture(struct art *art, struct span bytes);

#endif
