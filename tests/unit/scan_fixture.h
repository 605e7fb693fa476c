#ifndef SCAN_FIXTURE_H
#define SCAN_FIXTURE_H

/* What the scan room's tests share: a pack of one rule that a test writes, and a text to scan. */

#include "base/buf.h"
#include "base/mem.h"
#include "extract/document.h"
#include "rules/ruleset.h"
#include "scan/finding.h"
#include "scan/scanner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A rule of that id; `body` is its match and what else it says, "; " between the lines. */
static inline void add_rule(struct buf *pack, const char *id, const char *action, const char *body)
{
	buf_addf(pack, "  - id: %s\n    title: {en: Rule %s, zh: 规则 %s}\n    ground: third-party\n    action: %s\n    ", id, id,
	         id, action);
	for (const char *at = body; *at != '\0'; at++)
		if (at[0] == ';' && at[1] == ' ') {
			buf_add_string(pack, "\n    ");
			at++;
		} else {
			buf_add_byte(pack, *at);
		}
	buf_add_string(pack, "\n    examples: {match: ['something'], pass: ['nothing']}\n");
}

static inline void begin_pack(struct buf *pack)
{
	buf_add_string(pack, "review-rules: 1\npack: trial\ntitle: {en: Trial, zh: 试用}\nrules:\n");
}

/* A ruleset of one file; `words` (may be NULL) is beside it as words.txt. */
static inline struct ruleset *load_rules(const char *text, const char *words)
{
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct err err = {0};

	rule_files_add(&files, "trial.yaml", text, strlen(text));
	if (words != NULL)
		rule_files_add(&files, "words.txt", words, strlen(words));
	if (!ruleset_load(&files, &set, &err))
		fail_msg("%s\n%s", err.why, text);
	return set;
}

struct trial {
	struct ruleset *set;
	struct scanner *scanner;
	struct scanned_file file; /* of the last scan */
};

static inline struct trial trial_of(const char *pack, const char *words)
{
	struct trial t = {.set = load_rules(pack, words)};
	struct err err = {0};

	if (!scanner_new(t.set, &t.scanner, &err))
		fail_msg("%s", err.why);
	return t;
}

/* One blocking rule "r". */
static inline struct trial trial_of_rule(const char *body)
{
	struct buf pack = {0};
	struct trial t;

	begin_pack(&pack);
	add_rule(&pack, "r", "block", body);
	t = trial_of(pack.data, NULL);
	buf_release(&pack);
	return t;
}

static inline void trial_end(struct trial *t)
{
	scanned_file_release(&t->file);
	scanner_free(t->scanner);
	ruleset_free(t->set);
}

static inline size_t scan_file(struct trial *t, const char *path, const void *bytes, size_t len)
{
	scanned_file_release(&t->file);
	scan_bytes(t->scanner, path, 0100644, bytes, len, &t->file);
	return t->file.count;
}

/* How many findings a text has. */
static inline size_t scan_text(struct trial *t, const char *text)
{
	return scan_file(t, "a.txt", text, strlen(text));
}

static inline void expect_count(struct trial *t, const char *text, size_t count)
{
	if (scan_text(t, text) != count || t->file.undecided != NULL)
		fail_msg("%zu findings instead of %zu in '%s' (%s)", t->file.count, count, text,
		         t->file.undecided != NULL ? t->file.undecided : "decided");
}

/* Scanned by one rule, a text has that many findings. */
static inline void expect_rule_count(const char *body, const char *text, size_t count)
{
	struct trial t = trial_of_rule(body);

	expect_count(&t, text, count);
	trial_end(&t);
}

/* The ruleset is well-formed and the scanner refuses it with exactly this. */
static inline void expect_scanner_refusal(const char *body, const char *why)
{
	struct buf pack = {0};
	struct ruleset *set;
	struct scanner *scanner = NULL;
	struct err err = {0};

	begin_pack(&pack);
	add_rule(&pack, "r", "block", body);
	set = load_rules(pack.data, NULL);
	assert_false(scanner_new(set, &scanner, &err));
	assert_null(scanner);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_string_equal(err.why, why);
	ruleset_free(set);
	buf_release(&pack);
}

#endif
