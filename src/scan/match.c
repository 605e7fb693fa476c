/* match.c - PCRE2, and nothing of it outside this file.
 *
 * Only PCRE2_ERROR_NOMATCH means that there is no match.  Every other negative answer, a match limit
 * above all, means that nobody knows, and what nobody knows is not published. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "match.h"

#include "base/language.h"
#include "base/mem.h"
#include "pattern.h"

#include <pcre2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct matcher {
	char *folded;
	pcre2_code *code; /* NULL: not compiled yet, or, when translated, not a pattern */
	int value_group; /* 0: the whole match */
	atomic_bool translated;
	pthread_mutex_t lock;
};

struct match_run {
	pcre2_match_context *context;
	pcre2_match_data *data;
	pcre2_jit_stack *stack;
};

enum { MATCH_LIMIT = 10000000, HEAP_KIB = 65536, STACK_FIRST = 32 * 1024, STACK_MOST = 16 * 1024 * 1024, GROUPS = 64 };

static bool complain(const struct pattern_place *place, const char *pattern, size_t offset, const char *what, struct err *err)
{
	unsigned column = place->column;

	for (size_t i = 0; i < offset && pattern[i] != '\0'; i++)
		column += ((unsigned char)pattern[i] & 0xC0) != 0x80 ? 1 : 0;
	(void)err_reason(err, ERR_INPUT, what);
	err_context(err, "%s:%u:%u: pattern", place->file, place->line, column);
	return false;
}

static bool check(const pcre2_code *code, const char *pattern, const struct pattern_place *place, struct err *err)
{
	uint32_t empty = 1, groups = GROUPS;

	if (pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty) != 0 || empty != 0)
		return complain(place, pattern, 0, N_("it can match nothing at all"), err);
	if (pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups) != 0 || groups >= GROUPS)
		return complain(place, pattern, 0, N_("too many groups"), err);
	return true;
}

static pcre2_code *compile(const char *pattern, int *code, size_t *offset)
{
	PCRE2_SIZE at = 0;
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern, strlen(pattern),
	                                     PCRE2_UTF | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT, code, &at, NULL);

	*offset = at;
	return compiled;
}

/* Said of the pattern as it is written: folding may have moved the place of the mistake. */
static bool explain(const char *pattern, const char *folded, const struct pattern_place *place, struct err *err)
{
	PCRE2_UCHAR what[256] = "";
	size_t offset = 0;
	int code = 0;
	pcre2_code *written = compile(pattern, &code, &offset);

	if (written != NULL)
		pcre2_code_free(compile(folded, &code, &offset));
	pcre2_code_free(written);
	(void)pcre2_get_error_message(code, what, sizeof(what));
	return complain(place, pattern, offset, (const char *)what, err);
}

/* `folded` and `code` are taken over. */
static struct matcher *hold(char *folded, pcre2_code *code)
{
	struct matcher *matcher = mem_alloc(1, sizeof(*matcher));

	(void)pthread_mutex_init(&matcher->lock, NULL);
	matcher->folded = folded;
	matcher->code = code;
	return matcher;
}

static int find_value_group(const pcre2_code *code)
{
	const int group = pcre2_substring_number_from_name(code, (PCRE2_SPTR) "value");

	return group > 0 ? group : 0;
}

bool matcher_new(const char *pattern, const struct pattern_place *place, struct matcher **out, struct err *err)
{
	char *folded = place->verbatim ? mem_copy_string(pattern) : pattern_fold(pattern);
	size_t offset = 0;
	int code = 0;
	pcre2_code *compiled = compile(folded, &code, &offset);
	const bool ok = compiled != NULL ? check(compiled, pattern, place, err) : explain(pattern, folded, place, err);

	if (!ok) {
		free(folded);
		pcre2_code_free(compiled);
		return false;
	}
	*out = hold(folded, compiled);
	return true;
}

struct matcher *matcher_recall(const char *folded)
{
	return hold(mem_copy_string(folded), NULL);
}

const char *matcher_folded(const struct matcher *matcher)
{
	return matcher->folded;
}

const char *matcher_engine(void)
{
	static char version[64];

	if (version[0] == '\0' && pcre2_config(PCRE2_CONFIG_VERSION, NULL) < (int)sizeof(version))
		(void)pcre2_config(PCRE2_CONFIG_VERSION, version);
	return version;
}

void matcher_free(struct matcher *matcher)
{
	if (matcher == NULL)
		return;
	pcre2_code_free(matcher->code);
	free(matcher->folded);
	(void)pthread_mutex_destroy(&matcher->lock);
	free(matcher);
}

/* Most rules meet no candidate in most runs, so translating waits for the first one.  Without JIT
 * the answer is the same, later. */
static void translate(struct matcher *matcher)
{
	size_t offset = 0;
	int code = 0;

	if (atomic_load_explicit(&matcher->translated, memory_order_acquire))
		return;
	(void)pthread_mutex_lock(&matcher->lock);
	if (!atomic_load_explicit(&matcher->translated, memory_order_relaxed)) {
		if (matcher->code == NULL)
			matcher->code = compile(matcher->folded, &code, &offset);
		matcher->value_group = matcher->code != NULL ? find_value_group(matcher->code) : 0;
		if (matcher->code != NULL)
			(void)pcre2_jit_compile(matcher->code, PCRE2_JIT_COMPLETE);
	}
	atomic_store_explicit(&matcher->translated, true, memory_order_release);
	(void)pthread_mutex_unlock(&matcher->lock);
}

struct match_run *match_run_new(void)
{
	struct match_run *run = mem_alloc(1, sizeof(*run));

	run->context = pcre2_match_context_create(NULL);
	run->data = pcre2_match_data_create(GROUPS, NULL);
	run->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
	if (run->context != NULL) {
		(void)pcre2_set_match_limit(run->context, MATCH_LIMIT);
		(void)pcre2_set_heap_limit(run->context, HEAP_KIB);
		if (run->stack != NULL)
			pcre2_jit_stack_assign(run->context, NULL, run->stack);
	}
	return run;
}

void match_run_free(struct match_run *run)
{
	pcre2_jit_stack_free(run->stack);
	pcre2_match_data_free(run->data);
	pcre2_match_context_free(run->context);
	free(run);
}

enum match_result matcher_find(struct matcher *matcher, struct match_run *run, const struct subject *subject,
                               struct span *match, struct span *value)
{
	const uint32_t options = PCRE2_NO_UTF_CHECK | (subject->cut ? PCRE2_NOTEOL : 0);
	const PCRE2_SIZE *found;
	int code, group;

	if (run->context == NULL || run->data == NULL)
		return MATCH_UNDECIDED;
	translate(matcher);
	group = matcher->value_group;
	if (matcher->code == NULL)
		return MATCH_UNDECIDED;
	(void)pcre2_set_offset_limit(run->context, subject->limit > 0 ? subject->limit - 1 : PCRE2_UNSET);
	code = pcre2_match(matcher->code, (PCRE2_SPTR)subject->text, subject->len, subject->start, options, run->data,
	                   run->context);
	if (code == PCRE2_ERROR_NOMATCH)
		return MATCH_NONE;
	if (code < 1)
		return MATCH_UNDECIDED;
	found = pcre2_get_ovector_pointer(run->data);
	*match = (struct span){found[0], found[1]};
	if (match->to <= match->from)
		return MATCH_UNDECIDED; /* \K tricks: a match that ends before it begins */
	if (value != NULL && group > 0 && group < code && found[2 * group] != PCRE2_UNSET)
		*value = (struct span){found[2 * group], found[2 * group + 1]};
	else if (value != NULL)
		*value = *match;
	return MATCH_FOUND;
}
