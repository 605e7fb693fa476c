/* prefilter.c - many words at once. */
#include "prefilter.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#ifdef REVIEW_VECTORSCAN
#include <hs.h>

struct prefilter {
	char **words;
	unsigned *ids;
	size_t count;
	hs_database_t *db;
};

struct prefilter_scratch {
	hs_scratch_t *hs;
};

struct prefilter *prefilter_new(void)
{
	return mem_alloc(1, sizeof(struct prefilter));
}

void prefilter_free(struct prefilter *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->count; i++)
		free(p->words[i]);
	free(p->words);
	free(p->ids);
	(void)hs_free_database(p->db);
	free(p);
}

void prefilter_add(struct prefilter *p, const char *word, uint32_t id)
{
	p->words = mem_grow(p->words, p->count, sizeof(*p->words));
	p->ids = mem_grow(p->ids, p->count, sizeof(*p->ids));
	p->words[p->count] = mem_copy_string(word);
	p->ids[p->count++] = id;
}

static bool has_letter(const char *word)
{
	return strpbrk(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

static bool compile(struct prefilter *p, struct err *err)
{
	unsigned *flags = mem_alloc(p->count, sizeof(*flags));
	size_t *lens = mem_alloc(p->count, sizeof(*lens));
	hs_compile_error_t *why = NULL;
	hs_error_t code;

	for (size_t i = 0; i < p->count; i++) {
		flags[i] = has_letter(p->words[i]) ? HS_FLAG_CASELESS : 0;
		lens[i] = strlen(p->words[i]);
	}
	code = hs_compile_lit_multi((const char *const *)p->words, flags, p->ids, lens, (unsigned)p->count, HS_MODE_BLOCK, NULL,
	                            &p->db, &why);
	free(flags);
	free(lens);
	if (code != HS_SUCCESS)
		(void)err_set(err, ERR_SYSTEM, "Vectorscan: %s", why != NULL ? why->message : "out of memory");
	(void)hs_free_compile_error(why);
	return code == HS_SUCCESS;
}

bool prefilter_build(struct prefilter *p, struct err *err)
{
	return p->count == 0 || compile(p, err);
}

bool prefilter_store(const struct prefilter *p, struct buf *out)
{
	char *bytes = NULL;
	size_t len = 0;

	if (p->db == NULL || hs_serialize_database(p->db, &bytes, &len) != HS_SUCCESS)
		return false;
	buf_add(out, bytes, len);
	free(bytes);
	return true;
}

bool prefilter_recall(struct prefilter *p, const void *stored, size_t len)
{
	return hs_deserialize_database(stored, len, &p->db) == HS_SUCCESS;
}

const char *prefilter_engine(void)
{
	static char name[64];

	if (name[0] == '\0')
		(void)strncat(strncat(name, "Vectorscan ", sizeof(name) - 1), hs_version(), strcspn(hs_version(), " "));
	return name;
}

struct prefilter_scratch *prefilter_scratch_new(const struct prefilter *p)
{
	struct prefilter_scratch *scratch = mem_alloc(1, sizeof(*scratch));

	if (p->db != NULL && hs_alloc_scratch(p->db, &scratch->hs) != HS_SUCCESS)
		scratch->hs = NULL;
	return scratch;
}

void prefilter_scratch_free(struct prefilter_scratch *scratch)
{
	if (scratch == NULL)
		return;
	(void)hs_free_scratch(scratch->hs);
	free(scratch);
}

struct visitor {
	prefilter_visit *visit;
	void *context;
};

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
	struct visitor *v = context;

	(void)from;
	(void)flags;
	v->visit(id, (size_t)to, v->context);
	return 0;
}

bool prefilter_find(const struct prefilter *p, struct prefilter_scratch *scratch, const char *text, size_t len,
                    prefilter_visit *visit, void *context)
{
	struct visitor v = {visit, context};

	if (p->db == NULL)
		return p->count == 0;
	if (scratch->hs == NULL || len > UINT32_MAX)
		return false;
	return hs_scan(p->db, text, (unsigned)len, 0, scratch->hs, on_match, &v) == HS_SUCCESS;
}

#else
#include "words.h"

struct prefilter {
	struct words_index *words;
};

struct prefilter_scratch {
	char none;
};

struct prefilter *prefilter_new(void)
{
	struct prefilter *p = mem_alloc(1, sizeof(*p));

	p->words = words_new();
	return p;
}

void prefilter_free(struct prefilter *p)
{
	if (p == NULL)
		return;
	words_free(p->words);
	free(p);
}

void prefilter_add(struct prefilter *p, const char *word, uint32_t id)
{
	words_add(p->words, word, id);
}

bool prefilter_build(struct prefilter *p, struct err *err)
{
	(void)err;
	words_build(p->words);
	return true;
}

bool prefilter_store(const struct prefilter *p, struct buf *out)
{
	(void)p;
	(void)out;
	return false;
}

bool prefilter_recall(struct prefilter *p, const void *stored, size_t len)
{
	(void)p;
	(void)stored;
	(void)len;
	return false;
}

const char *prefilter_engine(void)
{
	return "own automaton";
}

struct prefilter_scratch *prefilter_scratch_new(const struct prefilter *p)
{
	(void)p;
	return mem_alloc(1, sizeof(struct prefilter_scratch));
}

void prefilter_scratch_free(struct prefilter_scratch *scratch)
{
	free(scratch);
}

bool prefilter_find(const struct prefilter *p, struct prefilter_scratch *scratch, const char *text, size_t len,
                    prefilter_visit *visit, void *context)
{
	(void)scratch;
	words_find(p->words, text, len, visit, context);
	return true;
}
#endif
