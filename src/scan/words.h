#ifndef SCAN_WORDS_H
#define SCAN_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* Many keywords at once (Aho and Corasick, CACM 18(6), 1975), over folded bytes, ASCII letters
 * without case.  A keyword that begins or ends with an ASCII letter or digit is a whole word there. */
struct words_index;

struct words_index *words_new(void);
void words_free(struct words_index *index);
/* Before words_build(); `word` is folded, not empty. */
void words_add(struct words_index *index, const char *word, uint32_t rule);
void words_build(struct words_index *index);

/* Called for each match, in order of its end. */
typedef void words_visit(uint32_t rule, size_t from, size_t to, void *context);
void words_find(const struct words_index *index, const char *text, size_t len, words_visit *visit, void *context);

#endif
