#ifndef CLI_CASE_VIEW_H
#define CLI_CASE_VIEW_H

#include "base/digest.h"
#include "base/err.h"

#include <stddef.h>

struct finding;
struct review_case;
struct scan;
struct session;

/* One case on the screen: form, files, findings with masked excerpts, sign-offs.  `scan` NULL: the documents are not here; findings as recorded at submit. */
void case_view_print(const struct session *s, const struct review_case *c, const struct scan *scan);

/* One line of it: number, round, section, title. */
void case_view_line(const struct review_case *c);

/* Why it may not be published yet, or that it may. */
void case_view_verdict(const struct session *s, const struct review_case *c, const struct scan *scan);

/* The finding somebody means: its number in case_view_print() ("3"), or the first digits of its id
 * (at least 4).  Not exactly one: ERR_USAGE. */
bool case_view_finding(const struct scan *scan, const char *word, const struct finding **out, struct err *err) MUST_CHECK;

/* Has an approval of the newest round cleared it? */
bool case_view_is_cleared(const struct review_case *c, const struct digest *finding);

/* "王伟 (wang.wei)", or the id alone when the policy in force no longer knows the person; freed by
 * the caller. */
char *person_title(const struct session *s, const char *id);

#endif
