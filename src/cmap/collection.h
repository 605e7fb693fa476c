#ifndef CMAP_COLLECTION_H
#define CMAP_COLLECTION_H

#include "cmap/cmap.h"

/* What needs no file: the predefined CMaps (ISO 32000-1 table 118, and their later relatives in UTF-16)
 * and, for the character collections of Adobe, the text of each CID.  Generated when the program is built,
 * from Adobe's CMap resources. */

/* "GBK-EUC-H", "Identity-V"; NULL: not known. */
const struct cmap *cmap_predefined(const char *name);

/* The text of a CID in the collection of this ordering ("GB1", "CNS1", "Japan1", "Korea1", "KR"); how many
 * code points, 0: none, or the collection is not known. */
size_t collection_text(const char *ordering, uint32_t cid, uint32_t out[CMAP_TEXT_MOST]);
bool collection_known(const char *ordering);

#endif
