/* compile.c - words into a database of Vectorscan, by a library loaded for it. */
#include "compile.h"

#ifdef REVIEW_VECTORSCAN
#include "base/language.h"
#include "base/mem.h"

#include <dlfcn.h>
#include <hs.h>
#include <stdlib.h>
#include <string.h>

typedef hs_error_t compile_words(const char *const *, const unsigned *, const unsigned *, const size_t *, unsigned,
                                 unsigned, const hs_platform_info_t *, hs_database_t **, hs_compile_error_t **);
typedef hs_error_t free_reason(hs_compile_error_t *);

struct compiler {
	compile_words *words;
	free_reason *free_reason;
};

/* Function pointers come as data pointers (POSIX dlsym), which ISO C does not convert. */
static bool symbol(void *library, const char *name, void *out)
{
	void *found = dlsym(library, name);

	memcpy(out, &found, sizeof(found));
	return found != NULL;
}

static bool load(struct compiler *out, struct err *err)
{
	void *library = dlopen(REVIEW_HS_COMPILER, RTLD_NOW | RTLD_LOCAL); /* stays until the program ends */
	const char *(*version)(void);

	if (library == NULL)
		return err_set(err, ERR_SYSTEM, "rules cannot be compiled: %s", dlerror());
	if (!symbol(library, "hs_version", &version) || strcmp(version(), hs_version()) != 0)
		return err_set(err, ERR_SYSTEM, "rules cannot be compiled: %s and its runtime library are of different versions",
		               REVIEW_HS_COMPILER);
	if (!symbol(library, "hs_compile_lit_multi", &out->words) ||
	    !symbol(library, "hs_free_compile_error", &out->free_reason))
		return err_set(err, ERR_SYSTEM, "rules cannot be compiled: %s cannot compile", REVIEW_HS_COMPILER);
	return true;
}

static bool has_letter(const char *word)
{
	return strpbrk(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

bool compile_literals(const struct literal *items, size_t count, struct hs_database **out, struct err *err)
{
	struct compiler compiler = {0};
	const char **texts = mem_alloc(count, sizeof(*texts));
	unsigned *flags = mem_alloc(count, sizeof(*flags)), *ids = mem_alloc(count, sizeof(*ids));
	size_t *lens = mem_alloc(count, sizeof(*lens));
	hs_compile_error_t *why = NULL;
	bool ok = load(&compiler, err);

	for (size_t i = 0; i < count; i++) {
		texts[i] = items[i].text;
		ids[i] = items[i].id;
		flags[i] = has_letter(items[i].text) ? HS_FLAG_CASELESS : 0;
		lens[i] = strlen(items[i].text);
	}
	if (ok && compiler.words(texts, flags, ids, lens, (unsigned)count, HS_MODE_BLOCK, NULL, out, &why) != HS_SUCCESS) {
		ok = err_set(err, ERR_SYSTEM, "Vectorscan: %s", why != NULL ? why->message : _("out of memory"));
		(void)compiler.free_reason(why);
	}
	free(texts);
	free(flags);
	free(ids);
	free(lens);
	return ok;
}
#endif
