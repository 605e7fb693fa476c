#ifndef BASE_GROUND_H
#define BASE_GROUND_H

#include <stddef.h>

/* Why something may not be disclosed: the eight rows of part three (three) of the annual report
 * format (State Council General Office, 2021), from articles 14 to 16 of the Regulation on Open
 * Government Information (State Council Decree 711). */
enum ground {
	GROUND_NONE = 0,
	GROUND_STATE_SECRET,
	GROUND_LAW_PROHIBITS,
	GROUND_SAFETY_STABILITY,
	GROUND_THIRD_PARTY,
	GROUND_INTERNAL_AFFAIRS,
	GROUND_PROCESS,
	GROUND_ENFORCEMENT_FILE,
	GROUND_INQUIRY,
};

const char *ground_name(enum ground g);     /* "state-secret"; "-" for none */
const char *ground_title_en(enum ground g); /* "state secret" */
const char *ground_title_zh(enum ground g); /* "属于国家秘密" */
const char *ground_title(enum ground g);    /* the one of the two that the reader reads */
enum ground ground_from_name(const char *name, size_t len); /* GROUND_NONE when unknown */
const char *ground_nearest(const char *name);               /* the name that was perhaps meant, or NULL (base/word.h) */

#endif
