#ifndef GENERATE_UCD_H
#define GENERATE_UCD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHARS 0x110000u
#define SEQUENCE_MAX 18 /* U+FDFA decomposes into 18 characters; none into more */

struct sequence {
	uint32_t c[SEQUENCE_MAX];
	size_t count;
};

enum script { SCRIPT_OTHER = 0, SCRIPT_LATIN, SCRIPT_FOREIGN };
enum twin { TWIN_NONE = 0, TWIN_MIXED, TWIN_FORMULA };

/* What the data files say about one character. */
struct character {
	char category[3];
	uint8_t combining_class;
	bool compatibility, excluded, ignorable, is_second;
	enum script script;
	enum twin twin;
	uint32_t lookalike;             /* its Latin twin, with `twin` */
	uint32_t replacement;           /* ours: radicals, traditional forms, stars; 0 for none */
	const struct sequence *decomposition; /* one step, as in UnicodeData; NULL for none */
	const struct sequence *casefold;
};

extern struct character chars[CHARS];

/* Read one file; any line that does not parse ends the program. */
void read_unicode_data(const char *path);
void read_exclusions(const char *path);      /* DerivedNormalizationProps */
void read_ignorables(const char *path);      /* DerivedCoreProperties */
void read_scripts(const char *path);
void read_casefolding(const char *path);
void read_radicals(const char *path);        /* EquivalentUnifiedIdeograph */
void read_opencc(const char *path);          /* opencc_dict's text form */
void read_lookalikes(const char *path);      /* ours */
void read_stars(const char *path);           /* ours */

_Noreturn void give_up(const char *what, const char *where);

#endif
