#ifndef CLI_PAPER_H
#define CLI_PAPER_H

#include "base/buf.h"
#include "base/ground.h"
#include "policy/policy.h"

#include <stdint.h>

struct deadline;
struct digest;
struct review_case;
struct scan;
struct session;

/* A case as parts of a page, for the printed form and for the desk.  Every text somebody wrote passes
 * html_add(); what rules would stop is stars unless `reveal`. */
struct paper {
	struct buf *out;
	struct session *s;
	const struct review_case *c;
	const struct scan *scan;   /* NULL: the documents are not here; then as recorded */
	bool reveal;
};

void paper_heading(const struct paper *p, const char *id, const char *title); /* <h2> */
void paper_person(const struct paper *p, const char *id);
void paper_pieces(const struct paper *p, const char *text); /* a place or a reason (base/language.h) */
void paper_time(const struct paper *p, int64_t time);
void paper_digest(const struct paper *p, const struct digest *digest); /* shortened, whole in its title */
const char *paper_decision(enum decision decision);
const char *paper_section(const struct paper *p, const char *id);
void paper_term(const struct paper *p, const struct deadline *term);
const char *paper_attribute(const char *attribute);

/* The parts, each but paper_publications() with its heading. */
void paper_form(const struct paper *p);      /* the fields of the form, and the terms */
void paper_files(const struct paper *p);
void paper_findings(const struct paper *p);  /* each with id "finding-N" */
void paper_documents(const struct paper *p, size_t most); /* text with marks, at most so many bytes a document */
void paper_changes(const struct paper *p);   /* since the round before; nothing when there is none */
void paper_sign_offs(const struct paper *p); /* every stage, signed or not, and what else was decided */
void paper_publications(const struct paper *p);
void paper_verdict(const struct paper *p);   /* what is missing, and who can give it */

/* One page that needs nothing but itself and prints as the form of secrecy review (保密审查审批表). */
void paper_page(const struct paper *p);
extern const char paper_style[];             /* the rules of its parts, for other pages too */

#endif
