#ifndef SCAN_SEARCH_H
#define SCAN_SEARCH_H

#include "scanner_inside.h"

/* The search of one flow: what is shared by looking in windows and looking everywhere. */
struct search {
	struct scanner *scanner;
	const struct flow *flow;
	struct worker *worker;
	uint32_t only;
	struct hits *out;
};

bool search_wants(const struct search *s, uint32_t rule);

/* Does a match, found in `view`, hold: checked, near, not excused?  Then it is a hit.  A view that is
 * a window shows at least the scanner's reach on either side, or the end of the text. */
void confirm(struct search *s, const struct folded *view, uint32_t rule, const struct span *match, const struct span *value);

/* Every match of a pattern that begins in [start, limit), one after the other; `start` is where the
 * next search may begin, behind the last match. */
void confirm_all(struct search *s, const struct folded *view, uint32_t rule, size_t *start, size_t limit);

/* The hits of structure rules. */
void confirm_disguises(struct search *s, const struct folded *view);
void confirm_blobs(struct search *s);

/* A keyword that begins or ends with an ASCII letter or digit is a whole word there. */
bool is_whole_word(const char *text, size_t len, size_t from, size_t to);

/* All hits of the folded views, by windows and candidates.  False, and nothing added: some rule needs
 * more than a window shows. */
bool search_windows(struct search *s, size_t window);

/* All hits, rule by rule over the whole text: of plain rules, and, with `all`, of every rule.  What search_windows() finds is what this finds. */
void search_whole(struct search *s, bool all);

#endif
