/* prefilter.c - many words at once, with an engine that is the faster the fewer and longer they are.
 *
 * Three things are kept from it.  A word that was added for several rules is looked for once.  A word that
 * holds another one is not looked for: where the other one stands, the rest is compared.  And the words of
 * a Chinese character and a letter (number plates begin so, in some hundreds of ways) are looked for by
 * themselves, where such a character meets a letter: rare in prose of any language, and short words are
 * what slows the engine down most. */
#include "prefilter.h"

#include "base/buf.h"
#include "base/kept.h"
#include "base/mem.h"
#include "finder.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { PAIR_BYTES = 4 }; /* a character of three and a letter */
static const uint32_t NOBODY = UINT32_MAX;

/* One word, lower case, whatever the number of rules that want it. */
struct word {
	uint32_t text, len; /* in `texts`, with a NUL behind */
	uint32_t id, id_count;
	uint32_t more, more_count; /* the longer words that are looked for by this one */
};

/* A word, and where in it the one it is looked for by begins. */
struct longer {
	uint32_t word, at;
};

struct pair {
	uint32_t bytes, word;
};

struct prefilter {
	struct literal *added;
	size_t added_count;
	char *texts;
	struct word *words;
	uint32_t *ids;
	struct longer *longer;
	struct pair *pairs; /* sorted */
	size_t text_len, word_count, id_count, longer_count, pair_count;
	struct finder *finder; /* NULL: it has nothing to look for */
};

struct prefilter_scratch {
	struct finder_scratch *finder;
};

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

struct prefilter *prefilter_new(void)
{
	return mem_alloc(1, sizeof(struct prefilter));
}

void prefilter_free(struct prefilter *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->added_count; i++)
		free((char *)(uintptr_t)p->added[i].text);
	free(p->added);
	free(p->texts);
	free(p->words);
	free(p->ids);
	free(p->longer);
	free(p->pairs);
	finder_free(p->finder);
	free(p);
}

void prefilter_add(struct prefilter *p, const char *word, uint32_t id)
{
	char *text = mem_copy_string(word);

	for (char *c = text; *c != '\0'; c++)
		*c = (char)lower(*c);
	p->added = mem_grow(p->added, p->added_count, sizeof(*p->added));
	p->added[p->added_count++] = (struct literal){text, id};
}

static int by_text(const void *a, const void *b)
{
	const struct literal *x = a, *y = b;
	const int order = strcmp(x->text, y->text);

	if (order != 0)
		return order;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* What was added, sorted, each word once. */
static void gather(struct prefilter *p)
{
	struct buf texts = {0};

	if (p->added_count > 0)
		qsort(p->added, p->added_count, sizeof(*p->added), by_text);
	p->words = mem_alloc(p->added_count, sizeof(*p->words));
	p->ids = mem_alloc(p->added_count, sizeof(*p->ids));
	for (size_t i = 0; i < p->added_count; i++) {
		const char *text = p->added[i].text;

		if (i == 0 || strcmp(p->added[i - 1].text, text) != 0) {
			p->words[p->word_count++] = (struct word){
				.text = (uint32_t)texts.len, .len = (uint32_t)strlen(text), .id = (uint32_t)p->id_count};
			buf_add(&texts, text, strlen(text) + 1);
		}
		p->ids[p->id_count++] = p->added[i].id;
		p->words[p->word_count - 1].id_count++;
	}
	p->text_len = texts.len;
	p->texts = buf_take(&texts);
}

static uint32_t pair_bytes(const char *p)
{
	return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 | (uint32_t)(unsigned char)p[2] << 16 |
	       (uint32_t)lower(p[3]) << 24;
}

static bool is_pair(const char *text, size_t len)
{
	return len == PAIR_BYTES && (unsigned char)text[0] >= 0x80 && (unsigned char)text[1] >= 0x80 && (unsigned char)text[2] >= 0x80 &&
	       text[3] >= 'a' && text[3] <= 'z';
}

static int by_bytes(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return x->bytes < y->bytes ? -1 : x->bytes > y->bytes;
}

static void gather_pairs(struct prefilter *p)
{
	for (uint32_t i = 0; i < p->word_count; i++) {
		const char *text = p->texts + p->words[i].text;

		if (!is_pair(text, p->words[i].len))
			continue;
		p->pairs = mem_grow(p->pairs, p->pair_count, sizeof(*p->pairs));
		p->pairs[p->pair_count++] = (struct pair){pair_bytes(text), i};
	}
	if (p->pair_count > 0)
		qsort(p->pairs, p->pair_count, sizeof(*p->pairs), by_bytes);
}

/* The shortest word that stands in another one. */
struct inner {
	const struct prefilter *p;
	uint32_t outer, found, at;
};

static void on_inner(uint32_t id, size_t end, void *context)
{
	struct inner *inner = context;
	const struct word *words = inner->p->words;

	if (id == inner->outer || (inner->found != NOBODY && words[id].len >= words[inner->found].len))
		return;
	inner->found = id;
	inner->at = (uint32_t)(end - words[id].len);
}

/* By which word each is looked for, NOBODY: by itself.  That one holds no other, or it would not be the
 * shortest. */
static struct inner *find_inner(const struct prefilter *p)
{
	struct inner *inner = mem_alloc(p->word_count, sizeof(*inner));
	struct words_index *index = words_new();

	for (uint32_t i = 0; i < p->word_count; i++)
		if (!is_pair(p->texts + p->words[i].text, p->words[i].len))
			words_add(index, p->texts + p->words[i].text, i);
	words_build(index);
	for (uint32_t i = 0; i < p->word_count; i++) {
		inner[i] = (struct inner){.p = p, .outer = i, .found = NOBODY};
		if (!is_pair(p->texts + p->words[i].text, p->words[i].len))
			words_find(index, p->texts + p->words[i].text, p->words[i].len, on_inner, &inner[i]);
	}
	words_free(index);
	return inner;
}

/* Longer words under the ones they are looked for by. */
static void hang(struct prefilter *p, const struct inner *inner)
{
	uint32_t next = 0;

	for (size_t i = 0; i < p->word_count; i++)
		if (inner[i].found != NOBODY)
			p->words[inner[i].found].more_count++;
	for (size_t i = 0; i < p->word_count; i++) {
		p->words[i].more = next;
		next += p->words[i].more_count;
		p->words[i].more_count = 0;
	}
	p->longer_count = next;
	p->longer = mem_alloc(next, sizeof(*p->longer));
	for (uint32_t i = 0; i < p->word_count; i++) {
		struct word *w = inner[i].found != NOBODY ? &p->words[inner[i].found] : NULL;

		if (w != NULL)
			p->longer[w->more + w->more_count++] = (struct longer){i, inner[i].at};
	}
}

bool prefilter_build(struct prefilter *p, struct err *err)
{
	struct literal *literals;
	struct inner *inner;
	size_t count = 0;
	bool ok;

	gather(p);
	gather_pairs(p);
	inner = find_inner(p);
	hang(p, inner);
	literals = mem_alloc(p->word_count, sizeof(*literals));
	for (uint32_t i = 0; i < p->word_count; i++)
		if (inner[i].found == NOBODY && !is_pair(p->texts + p->words[i].text, p->words[i].len))
			literals[count++] = (struct literal){p->texts + p->words[i].text, i};
	ok = count == 0 || finder_new(literals, count, &p->finder, err);
	free(literals);
	free(inner);
	return ok;
}

bool prefilter_carry(struct kept *k, struct prefilter *p)
{
	struct buf stored = {0};
	const void *bytes;
	size_t len;

	p->texts = kept_items(k, p->texts, &p->text_len, 1);
	p->words = kept_items(k, p->words, &p->word_count, sizeof(*p->words));
	p->ids = kept_items(k, p->ids, &p->id_count, sizeof(*p->ids));
	p->longer = kept_items(k, p->longer, &p->longer_count, sizeof(*p->longer));
	p->pairs = kept_items(k, p->pairs, &p->pair_count, sizeof(*p->pairs));
	if (k->out != NULL && (p->finder == NULL || !finder_store(p->finder, &stored)))
		return false;
	len = stored.len;
	bytes = kept_piece(k, stored.data, &len);
	if (k->out == NULL && !k->broken)
		p->finder = finder_recall(bytes, len);
	buf_release(&stored);
	return p->finder != NULL;
}

const char *prefilter_engine(void)
{
	return finder_engine();
}

struct prefilter_scratch *prefilter_scratch_new(const struct prefilter *p)
{
	struct prefilter_scratch *scratch = mem_alloc(1, sizeof(*scratch));

	if (p->finder != NULL)
		scratch->finder = finder_scratch_new(p->finder);
	return scratch;
}

void prefilter_scratch_free(struct prefilter_scratch *scratch)
{
	if (scratch == NULL)
		return;
	finder_scratch_free(scratch->finder);
	free(scratch);
}

struct visitor {
	const struct prefilter *p;
	const char *text;
	size_t len;
	prefilter_visit *visit;
	void *context;
};

static void tell(const struct visitor *v, const struct word *word, size_t end)
{
	for (uint32_t i = 0; i < word->id_count; i++)
		v->visit(v->p->ids[word->id + i], end, v->context);
}

static bool stands_at(const struct visitor *v, const struct word *word, size_t at)
{
	const char *text = v->p->texts + word->text;

	for (uint32_t i = 0; i < word->len; i++)
		if (lower(v->text[at + i]) != (unsigned char)text[i])
			return false;
	return true;
}

static void on_literal(uint32_t id, size_t end, void *context)
{
	const struct visitor *v = context;
	const struct word *word = &v->p->words[id];
	const size_t from = end - word->len;

	tell(v, word, end);
	for (uint32_t i = 0; i < word->more_count; i++) {
		const struct longer *longer = &v->p->longer[word->more + i];
		const struct word *outer = &v->p->words[longer->word];

		if (from >= longer->at && outer->len <= v->len - (from - longer->at) && stands_at(v, outer, from - longer->at))
			tell(v, outer, from - longer->at + outer->len);
	}
}

/* The next byte beyond ASCII with a letter behind it, at `at` or later. */
static size_t next_meeting(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at + 17 <= len; at += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i next = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(text + at + 1)), _mm_set1_epi8(0x20));
		const __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(next, _mm_set1_epi8('a' - 1)), _mm_cmpgt_epi8(_mm_set1_epi8('z' + 1), next));
		const unsigned found = (unsigned)_mm_movemask_epi8(v) & (unsigned)_mm_movemask_epi8(letter);

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at + 1 < len && !((unsigned char)text[at] >= 0x80 && lower(text[at + 1]) >= 'a' && lower(text[at + 1]) <= 'z'))
		at++;
	return at + 1 < len ? at : len;
}

static void find_pairs(const struct visitor *v)
{
	for (size_t at = next_meeting(v->text, v->len, 2); at < v->len; at = next_meeting(v->text, v->len, at + 1)) {
		const struct pair wanted = {.bytes = pair_bytes(v->text + at - 2)};
		const struct pair *pair = bsearch(&wanted, v->p->pairs, v->p->pair_count, sizeof(*v->p->pairs), by_bytes);

		if (pair != NULL)
			tell(v, &v->p->words[pair->word], at + 2);
	}
}

bool prefilter_find(const struct prefilter *p, struct prefilter_scratch *scratch, const char *text, size_t len,
                    prefilter_visit *visit, void *context)
{
	struct visitor v = {p, text, len, visit, context};

	if (p->pair_count > 0)
		find_pairs(&v);
	return p->finder == NULL || finder_find(p->finder, scratch->finder, text, len, on_literal, &v);
}
