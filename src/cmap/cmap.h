#ifndef CMAP_CMAP_H
#define CMAP_CMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* CMaps (Adobe Technical Notes 5014 and 5099, ISO 32000-1 9.7.5 and 9.10.3): which bytes of a string are
 * one character code, and what a code means, as the number of a glyph in a collection (CID) or as text.
 * Read from the programs documents carry, or known beforehand. */

/* The most code points one code may stand for; more are cut, and the map is `odd`. */
enum { CMAP_TEXT_MOST = 32 };

/* Codes of `len` bytes, each byte from that of `low` to that of `high`. */
struct cmap_space {
	uint32_t low, high;
	uint8_t len;
};

/* Codes low .. low + span of `len` bytes (0 where the length does not matter: in texts) mean `to` and what
 * follows it.  In texts, CMAP_POOL: `to` is an index into the pool, where a count and code points stand;
 * the last of them counts up. */
#define CMAP_POOL 0x80000000u
struct cmap_range {
	uint32_t low, to;
	uint16_t span;
	uint8_t len;
};

struct cmap {
	const char *name;     /* "GBK-EUC-H"; "" in a document's own */
	const char *ordering; /* of the collection its CIDs are in: "GB1"; "" not said */
	const struct cmap_space *spaces;
	const struct cmap_range *cids, *texts; /* ascending by length, then code */
	const uint32_t *pool;
	uint32_t space_count, cid_count, text_count;
	const struct cmap *uses; /* where what is not here is looked for; borrowed, or NULL */
	bool vertical;           /* writes from top to bottom */
	bool identity;           /* two bytes, and the CID is the code */
	bool odd;                /* says two things of one code, or more than is looked at */
};

/* Reads a CMap program; what cannot be understood in it is passed over.  Never NULL; cmap_free(). */
struct cmap *cmap_parse(const char *bytes, size_t len);
void cmap_free(struct cmap *cmap);

/* Looks in `uses`, which must last, for what `cmap` does not say; refuses a ring. */
bool cmap_use(struct cmap *cmap, const struct cmap *uses);

/* How many of `len` > 0 bytes are the first code, 1..4 and no more than `len`; `*code` is its number. */
size_t cmap_next(const struct cmap *cmap, const unsigned char *bytes, size_t len, uint32_t *code);

/* The CID of a code; false: none. */
bool cmap_cid(const struct cmap *cmap, uint32_t code, size_t code_len, uint32_t *cid);

/* The text of a code; how many code points, 0: none. */
size_t cmap_text(const struct cmap *cmap, uint32_t code, uint32_t out[CMAP_TEXT_MOST]);

/* True when it maps any code to text. */
bool cmap_has_text(const struct cmap *cmap);

#endif
