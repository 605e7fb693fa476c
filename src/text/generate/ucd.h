#ifndef UCD_H
#define UCD_H

#include <stdint.h>

/* What the generator knows of each code point.  Sequences are indexes into `pool`: a length, then
 * that many code points; 0 is none. */
enum { LAST = 0x110000, POOL = 400000 };

struct character {
	uint32_t compatible;   /* NFKD step: the mapping of UnicodeData.txt */
	uint32_t canonical;    /* NFD step, when that mapping is canonical */
	uint32_t casefold;     /* CaseFolding.txt, C and F */
	uint32_t unified;      /* EquivalentUnifiedIdeograph.txt */
	uint32_t simplified;   /* OpenCC */
	uint32_t star;
	uint32_t letter;       /* drawn as another sign */
	uint8_t combining;
	uint8_t class;
	uint8_t excluded;      /* from composition */
	char category[3];
};

extern struct character chars[LAST];
extern uint32_t pool[POOL];

uint32_t pool_add(const uint32_t *sequence, uint32_t len);
void ucd_load(const char *directory);
void ucd_load_simplified(const char *path);
void ucd_load_letters(const char *path);
void ucd_load_stars(const char *path);
_Noreturn void die(const char *what, const char *which);

#endif
