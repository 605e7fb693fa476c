/* report.c - a scan for people and for machines.
 *
 * Matched text is masked in every form of it.  A scan that was read from a record has no titles and
 * no excerpts; it is shown by the ids of its rules.  Nothing that came from a file, a pack or a record
 * reaches a terminal except through add_safe(). */
#include "scan/report.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/word.h"
#include "finding_inside.h"
#include "rules/rule.h"

#include <stdlib.h>
#include <string.h>

static const char *const actions[] = {"block", "review", "note"};
static const char *const colors[] = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[36m"};

static unsigned action_of(const struct finding *f)
{
	return f->action < 3 ? f->action : 0;
}

static void add_safe(struct buf *out, const char *text)
{
	utf8_add_printable(out, text, strlen(text));
}

static const char *who_may_clear(const struct finding *f, const struct report_style *style)
{
	if (f->clearance[0] == '\0')
		return _("any stage");
	return style->stage != NULL ? style->stage(style->house, f->clearance) : f->clearance;
}

static void add_next(const struct scanned_file *file, const struct finding *f, const struct report_style *style, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	(void)digest_to_hex(&f->id, hex);
	if (strcmp(f->kind, "message") == 0 && f->action < 2) {
		buf_add_string(out, _("    next: write another commit message\n"));
	} else if (f->action == 0 && strcmp(f->kind, "filename") == 0) {
		buf_add_string(out, _("    next: rename it or do not publish: git mv "));
		word_add_argument(out, file->path);
		buf_add_string(out, _(" NEW-NAME\n"));
	} else if (f->action == 0) {
		buf_add_string(out, _("    next: remove it from the document or do not publish, then git add "));
		word_add_argument(out, file->path);
		buf_add_byte(out, '\n');
	} else if (f->action == 1) {
		buf_addf(out, f->evidence ? _("    next: submit it; %s may clear finding %.8s with a reason and evidence\n")
		                          : _("    next: submit it; %s may clear finding %.8s with a reason\n"), who_may_clear(f, style), hex);
	}
}

/* The masked line and a mark under the finding. */
static void add_excerpt(const struct finding *f, struct buf *out)
{
	if (f->excerpt == NULL)
		return;
	buf_addf(out, "    %s\n    %*s", f->excerpt, (int)f->mark, "");
	for (uint32_t i = 0; i < f->mark_width; i++)
		buf_add_byte(out, '~');
	buf_add_byte(out, '\n');
}

static void add_finding(const struct scanned_file *file, const struct finding *f, const struct report_style *style,
                        struct buf *out)
{
	const unsigned a = action_of(f);
	const char *title = language_is_chinese() ? f->title_zh : f->title_en;

	add_safe(out, file->path);
	if (f->line > 0)
		buf_addf(out, ":%u:%u", (unsigned)f->line, (unsigned)f->column);
	buf_addf(out, ": %s%s%s: ", style->color ? colors[a] : "", rule_action_title((enum rule_action)a),
	         style->color ? "\x1b[0m" : "");
	if (title != NULL) {
		add_safe(out, title);
		buf_add_byte(out, ' ');
	}
	buf_addf(out, "[%s]", f->rule);
	if (f->place[0] != '\0' || strcmp(f->kind, "body") != 0) {
		buf_addf(out, " (%s%s", _(f->kind), f->place[0] != '\0' ? _(", ") : "");
		language_add_pieces(out, f->place);
		buf_add_byte(out, ')');
	}
	buf_add_byte(out, '\n');
	add_excerpt(f, out);
	if (f->ground != GROUND_NONE)
		buf_addf(out, "    %s: %s\n", _("ground"), ground_title(f->ground));
	if (f->allowed != NULL) {
		buf_addf(out, "    %s: ", _("allowed by"));
		language_add_pieces(out, f->allowed);
		buf_add_byte(out, '\n');
	}
	add_next(file, f, style, out);
	if (style->explain && f->why != NULL) {
		buf_addf(out, "    %s: ", _("why"));
		language_add_pieces(out, f->why);
		buf_add_byte(out, '\n');
	}
}

static void add_undecided(const struct scanned_file *file, const struct report_style *style, struct buf *out)
{
	add_safe(out, file->path);
	buf_addf(out, ": %s%s%s: ", style->color ? colors[0] : "", _("undecided"),
	         style->color ? "\x1b[0m" : "");
	language_add_pieces(out, file->undecided);
	buf_add_string(out, utf8_valid(file->path, strlen(file->path), NULL)
	                        ? _("\n    next: what cannot be read in full is not published; give a text, Markdown, CSV or HTML version\n")
	                        : _("\n    next: rename the file\n"));
}

void report_text(const struct scan *scan, const struct report_style *style, struct buf *out)
{
	struct scan_totals t;

	for (size_t i = 0; i < scan->count; i++) {
		for (size_t k = 0; k < scan->files[i].count; k++)
			add_finding(&scan->files[i], &scan->files[i].findings[k], style, out);
		if (scan->files[i].undecided != NULL)
			add_undecided(&scan->files[i], style, out);
	}
	scan_count(scan, &t);
	buf_addf(out, P_("%zu file: %zu block, %zu review, %zu note, %zu undecided\n", "%zu files: %zu block, %zu review, %zu note, %zu undecided\n", scan->count),
	         scan->count, t.block, t.review, t.note, t.undecided);
}

/* What machines get, version 1 (fields may be added, never changed):
 *   {"review-scan-version": 1, "rules": "<digest>",
 *    "totals": {"files", "block", "review", "note", "undecided"},
 *    "files": [{"path", "sha256", "size", "undecided": null or why,
 *      "findings": [{"id", "rule", "action", "ground", "clearance", "evidence", "kind", "place",
 *        "start", "end", "line", "column", "title": {"en", "zh"}, "excerpt", "allowed": null or who, until when and why, "why"}]}]} */
static void json_finding(const struct finding *f, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, "{\"id\": \"%s\", \"rule\": ", digest_to_hex(&f->id, hex));
	json_text(out, f->rule);
	buf_addf(out, ", \"action\": \"%s\", \"ground\": \"%s\", \"clearance\": ", actions[action_of(f)], ground_name(f->ground));
	json_text(out, f->clearance);
	buf_addf(out, ", \"evidence\": %s, \"kind\": ", f->evidence ? "true" : "false");
	json_text(out, f->kind);
	buf_add_string(out, ", \"place\": ");
	json_text(out, f->place);
	buf_addf(out, ", \"start\": %llu, \"end\": %llu, \"line\": %u, \"column\": %u, \"title\": {\"en\": ", (unsigned long long)f->start,
	         (unsigned long long)f->end, (unsigned)f->line, (unsigned)f->column);
	json_text(out, f->title_en);
	buf_add_string(out, ", \"zh\": ");
	json_text(out, f->title_zh);
	buf_add_string(out, "}, \"excerpt\": ");
	json_text(out, f->excerpt);
	buf_add_string(out, ", \"allowed\": ");
	json_text(out, f->allowed);
	buf_add_string(out, ", \"why\": ");
	json_text(out, f->why);
	buf_add_byte(out, '}');
}

/* What stands inside the braces; findings begin with `gap`. */
static void json_file(const struct scanned_file *file, const char *gap, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_add_string(out, "\"path\": ");
	json_text(out, file->path);
	buf_addf(out, ", \"sha256\": \"%s\", \"size\": %llu, \"undecided\": ", digest_to_hex(&file->digest, hex),
	         (unsigned long long)file->size);
	json_text(out, file->undecided);
	buf_add_string(out, ", \"findings\": [");
	for (size_t i = 0; i < file->count; i++) {
		buf_addf(out, "%s%s", i > 0 ? "," : "", gap);
		json_finding(&file->findings[i], out);
	}
	buf_add_string(out, "]}");
}

void report_json_line(const struct scanned_file *file, const struct digest *rules, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, "{\"review-scan-version\": 1, \"rules\": \"%s\", ", digest_to_hex(rules, hex));
	json_file(file, "", out);
	buf_add_byte(out, '\n');
}

void report_json(const struct scan *scan, struct buf *out)
{
	struct scan_totals t;
	char hex[DIGEST_HEX_SIZE];

	scan_count(scan, &t);
	buf_addf(out, "{\"review-scan-version\": 1, \"rules\": \"%s\",\n", digest_to_hex(&scan->rules, hex));
	buf_addf(out, " \"totals\": {\"files\": %zu, \"block\": %zu, \"review\": %zu, \"note\": %zu, \"undecided\": %zu},\n",
	         scan->count, t.block, t.review, t.note, t.undecided);
	buf_add_string(out, " \"files\": [");
	for (size_t i = 0; i < scan->count; i++) {
		buf_add_string(out, i > 0 ? ",\n  {" : "\n  {");
		json_file(&scan->files[i], "\n    ", out);
	}
	buf_add_string(out, "]}\n");
}
