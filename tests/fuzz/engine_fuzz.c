/* FUZZ: scan */
/* engine_fuzz.c - one pass over a text, in windows of any size, finds what each rule finds by itself
 * over the whole text: the same matches at the same places.
 *
 * Two bytes choose the window; then the text; behind a NUL, a rule of its own: a pattern (`/...`) or
 * keywords, one a line.  Without one, the shipped packs are tried. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "extract/document.h"
#include "rules/ruleset.h"

#include "../../src/scan/scanner_inside.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct compiled {
	struct ruleset *set;
	struct scanner *scanner;
};

static bool compile(struct rule_files *files, struct compiled *out)
{
	struct err err = {0};

	*out = (struct compiled){0};
	if (!ruleset_load(files, &out->set, &err)) {
		rule_files_release(files);
		return false;
	}
	if (scanner_new(out->set, &out->scanner, &err))
		return true;
	ruleset_free(out->set);
	return false;
}

static const struct compiled *shipped(void)
{
	static struct compiled packs;
	struct rule_files files = {0};

	if (packs.scanner == NULL) {
		rule_files_builtin(&files);
		if (!compile(&files, &packs))
			abort();
	}
	return &packs;
}

/* 'it''s' */
static void add_quoted(struct buf *out, const char *text, size_t len)
{
	buf_add_byte(out, '\'');
	for (size_t i = 0; i < len; i++)
		buf_add(out, text[i] == '\'' ? "''" : text + i, text[i] == '\'' ? 2 : 1);
	buf_add_byte(out, '\'');
}

static void add_match(struct buf *pack, const char *rule, size_t len)
{
	const char *at = rule, *const end = rule + len;

	if (rule[0] == '/') {
		buf_add_string(pack, "pattern: ");
		add_quoted(pack, rule + 1, len - 1);
		return;
	}
	buf_add_string(pack, "keywords: [");
	while (at < end) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		const size_t n = (size_t)((line != NULL ? line : end) - at);

		buf_add_string(pack, at > rule ? ", " : "");
		add_quoted(pack, at, n);
		at += n + 1;
	}
	buf_add_byte(pack, ']');
}

/* The same match in every view. */
static bool written(const char *rule, size_t len, struct compiled *out)
{
	static const char *const views[] = {"line", "running", "verbatim"};
	struct rule_files files = {0};
	struct buf pack = {0};

	if (len < 2 || !utf8_valid(rule, len, NULL) || (rule[0] == '/' && memchr(rule, '\n', len) != NULL))
		return false;
	buf_add_string(&pack, "review-rules: 1\npack: f\ntitle: {en: F, zh: 规}\nrules:\n");
	for (size_t i = 0; i < 3; i++) {
		buf_addf(&pack, "  - id: r-%s\n    title: {en: R, zh: 规}\n    ground: third-party\n    action: block\n    match: {", views[i]);
		add_match(&pack, rule, len);
		buf_addf(&pack, "}\n    view: %s\n    examples: {match: [a], pass: [b]}\n", views[i]);
	}
	rule_files_add(&files, "f.yaml", pack.data, pack.len);
	buf_release(&pack);
	return compile(&files, out);
}

static void expect_same(const struct scanner *s, const struct hits *plain, const struct hits *found)
{
	for (uint32_t rule = 0; rule < s->set->count; rule++) {
		size_t i = 0, k = 0;

		for (;; i++, k++) {
			while (i < plain->count && plain->items[i].rule != rule)
				i++;
			while (k < found->count && found->items[k].rule != rule)
				k++;
			if (i == plain->count && k == found->count)
				break;
			if (i == plain->count || k == found->count || plain->items[i].start != found->items[k].start ||
			    plain->items[i].end != found->items[k].end)
				abort();
		}
	}
}

static void try_both(struct scanner *s, const char *text, size_t len, size_t window)
{
	char place[] = "";
	const struct flow flow = {.place = place, .text = text, .len = len};
	struct hits plain = {0}, found = {0};

	s->window = s->behind + s->ahead + 64 + window;
	s->naive = true;
	find_hits(s, &flow, UINT32_MAX, &plain);
	s->naive = false;
	find_hits(s, &flow, UINT32_MAX, &found);
	/* a match limit is met where a search begins, and the two begin at different places */
	if (plain.undecided == NULL && found.undecided == NULL && plain.failed == NULL && found.failed == NULL)
		expect_same(s, &plain, &found);
	hits_release(&plain);
	hits_release(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t window = size >= 2 ? (size_t)data[0] * 16 + data[1] % 16 : 0;
	char *text = size > 2 ? mem_copy_bytes((const char *)data + 2, size - 2) : NULL;
	const char *nul = text != NULL ? memchr(text, '\0', size - 2) : NULL;
	const size_t len = nul != NULL ? (size_t)(nul - text) : size - 2;
	struct compiled own;

	if (text != NULL && utf8_valid(text, len, NULL)) {
		if (nul == NULL)
			try_both(shipped()->scanner, text, len, window);
		else if (written(nul + 1, size - 2 - len - 1, &own)) {
			try_both(own.scanner, text, len, window);
			scanner_free(own.scanner);
			ruleset_free(own.set);
		}
	}
	free(text);
	return 0;
}
