#ifndef RULES_FIXTURE_H
#define RULES_FIXTURE_H

#include "base/buf.h"
#include "base/mem.h"
#include "rules/ruleset.h"
#include "rules/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A pack with one rule of every common key; tests change one thing in it. */
static const char good_pack[] = "review-rules: 1\n"                                   /* 1 */
                                "pack: trial\n"                                        /* 2 */
                                "title: {en: Trial, zh: 试用}\n"                       /* 3 */
                                "rules:\n"                                             /* 4 */
                                "  - id: one\n"                                        /* 5 */
                                "    title: {en: First, zh: 第一}\n"                   /* 6 */
                                "    ground: state-secret\n"                           /* 7 */
                                "    action: review\n"                                 /* 8 */
                                "    clearance: section-head\n"                        /* 9 */
                                "    evidence: true\n"                                 /* 10 */
                                "    match: {pattern: 'abc'}\n"                        /* 11 */
                                "    where: [body, filename]\n"                        /* 12 */
                                "    view: running\n"                                  /* 13 */
                                "    near: {any: [def, 附近], within: 7}\n"            /* 14 */
                                "    unless: {pattern: 'xyz'}\n"                       /* 15 */
                                "    validate: luhn\n"                                 /* 16 */
                                "    min-count: 3\n"                                   /* 17 */
                                "    examples: {match: [abc], pass: [ab]}\n";          /* 18 */

/* `text` with the first `from` replaced; the test is wrong if it is not there.  Caller frees. */
static inline char *text_with(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	if (at == NULL)
		fail_msg("'%s' is not in the text", from);
	return mem_format("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static inline void add(struct rule_files *files, const char *name, const char *text)
{
	rule_files_add(files, name, text, strlen(text));
}

/* Loaded, or the test has failed. */
static inline struct ruleset *load(struct rule_files *files)
{
	struct ruleset *set = NULL;
	struct err err = {0};

	if (!ruleset_load(files, &set, &err))
		fail_msg("%s", err.why);
	assert_int_equal(files->count, 0);
	return set;
}

static inline struct ruleset *load_text(const char *text)
{
	struct rule_files files = {0};

	add(&files, "trial.yaml", text);
	return load(&files);
}

/* Refused with exactly this; what was given is still the caller's. */
static inline void expect_refusal_of(struct rule_files *files, enum err_kind kind, const char *why)
{
	struct ruleset *set = NULL;
	struct err err = {0};
	const size_t count = files->count;

	if (ruleset_load(files, &set, &err))
		fail_msg("accepted, expected '%s'", why);
	if (err.kind != kind || strcmp(err.why, why) != 0)
		fail_msg("'%s' (%d), expected '%s'", err.why, (int)err.kind, why);
	assert_null(set);
	assert_int_equal(files->count, count);
	rule_files_release(files);
}

static inline void expect_text_refusal(const char *text, const char *why)
{
	struct rule_files files = {0};

	add(&files, "trial.yaml", text);
	expect_refusal_of(&files, ERR_INPUT, why);
}

#endif
