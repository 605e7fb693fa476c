#ifndef SCAN_WORDS_H
#define SCAN_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* Many words at once (Aho and Corasick, CACM 18(6), 1975), over folded bytes, ASCII letters without
 * case: what looks for candidates where there is no Vectorscan. */
struct words_index;

struct words_index *words_new(void);
void words_free(struct words_index *index);
/* Before words_build(); `word` is folded, not empty. */
void words_add(struct words_index *index, const char *word, uint32_t id);
void words_build(struct words_index *index);

/* Called for each place a word ends, in order. */
typedef void words_visit(uint32_t id, size_t end, void *context);
void words_find(const struct words_index *index, const char *text, size_t len, words_visit *visit, void *context);

#endif
