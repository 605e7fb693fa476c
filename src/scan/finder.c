/* finder.c - many strings at once, by one of two engines. */
#include "finder.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#ifdef REVIEW_VECTORSCAN
#include "compile.h"

#include <hs_runtime.h>

struct finder {
	hs_database_t *db;
};

struct finder_scratch {
	hs_scratch_t *hs;
};

bool finder_new(const struct literal *items, size_t count, struct finder **out, struct err *err)
{
	hs_database_t *db;

	if (!compile_literals(items, count, &db, err))
		return false;
	*out = mem_alloc(1, sizeof(**out));
	(*out)->db = db;
	return true;
}

void finder_free(struct finder *finder)
{
	if (finder == NULL)
		return;
	(void)hs_free_database(finder->db);
	free(finder);
}

bool finder_store(const struct finder *finder, struct buf *out)
{
	char *bytes = NULL;
	size_t len = 0;

	if (hs_serialize_database(finder->db, &bytes, &len) != HS_SUCCESS)
		return false;
	buf_add(out, bytes, len);
	free(bytes);
	return true;
}

struct finder *finder_recall(const void *stored, size_t len)
{
	hs_database_t *db = NULL;
	struct finder *finder;

	if (hs_deserialize_database(stored, len, &db) != HS_SUCCESS)
		return NULL;
	finder = mem_alloc(1, sizeof(*finder));
	finder->db = db;
	return finder;
}

const char *finder_engine(void)
{
	static char name[64];

	if (name[0] == '\0')
		(void)strncat(strncat(name, "Vectorscan ", sizeof(name) - 1), hs_version(), strcspn(hs_version(), " "));
	return name;
}

struct finder_scratch *finder_scratch_new(const struct finder *finder)
{
	struct finder_scratch *scratch = mem_alloc(1, sizeof(*scratch));

	if (hs_alloc_scratch(finder->db, &scratch->hs) != HS_SUCCESS)
		scratch->hs = NULL;
	return scratch;
}

void finder_scratch_free(struct finder_scratch *scratch)
{
	if (scratch == NULL)
		return;
	(void)hs_free_scratch(scratch->hs);
	free(scratch);
}

struct visitor {
	finder_visit *visit;
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

bool finder_find(const struct finder *finder, struct finder_scratch *scratch, const char *text, size_t len,
                 finder_visit *visit, void *context)
{
	struct visitor v = {visit, context};

	return scratch->hs != NULL && len <= UINT32_MAX &&
	       hs_scan(finder->db, text, (unsigned)len, 0, scratch->hs, on_match, &v) == HS_SUCCESS;
}

#else
#include "words.h"

struct finder {
	struct words_index *words;
};

struct finder_scratch {
	char none;
};

bool finder_new(const struct literal *items, size_t count, struct finder **out, struct err *err)
{
	(void)err;
	*out = mem_alloc(1, sizeof(**out));
	(*out)->words = words_new();
	for (size_t i = 0; i < count; i++)
		words_add((*out)->words, items[i].text, items[i].id);
	words_build((*out)->words);
	return true;
}

void finder_free(struct finder *finder)
{
	if (finder == NULL)
		return;
	words_free(finder->words);
	free(finder);
}

bool finder_store(const struct finder *finder, struct buf *out)
{
	(void)finder;
	(void)out;
	return false;
}

struct finder *finder_recall(const void *stored, size_t len)
{
	(void)stored;
	(void)len;
	return NULL;
}

const char *finder_engine(void)
{
	return "own automaton";
}

struct finder_scratch *finder_scratch_new(const struct finder *finder)
{
	(void)finder;
	return mem_alloc(1, sizeof(struct finder_scratch));
}

void finder_scratch_free(struct finder_scratch *scratch)
{
	free(scratch);
}

bool finder_find(const struct finder *finder, struct finder_scratch *scratch, const char *text, size_t len,
                 finder_visit *visit, void *context)
{
	(void)scratch;
	words_find(finder->words, text, len, visit, context);
	return true;
}
#endif
