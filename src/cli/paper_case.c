/* paper_case.c - a case as HTML: its text, what changed, who said what, what is missing; and the page. */
#include "paper.h"

#include "base/calendar.h"
#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "marked.h"
#include "policy/docket.h"
#include "policy/verdict.h"
#include "scan/finding.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

static struct marked_view view_of(const struct paper *p, size_t most)
{
	return (struct marked_view){.style = MARK_HTML, .reveal = p->reveal, .most = most};
}

void paper_documents(const struct paper *p, size_t most)
{
	const struct round *round = case_round(p->c);
	struct marked_view view = view_of(p, most);

	paper_heading(p, "documents", _("Documents"));
	buf_add_string(p->out, p->reveal ? "" : _("<p>What the rules stop is shown as stars.</p>\n"));
	for (size_t i = 0; i < round->files->count; i++) {
		struct marked m = {0};
		struct err err = {0};

		buf_add_string(p->out, "<h3>");
		html_add(p->out, round->files->items[i].path);
		buf_add_string(p->out, "</h3>\n");
		if (p->scan == NULL || !marked_open(p->s, p->c, round->number, &round->files->items[i], &m, &err)) {
			buf_addf(p->out, "<p>%s</p>\n", _("It is not here: review sync brings it."));
			continue;
		}
		marked_add_text(&m, &view, p->out);
		view.numbered += m.scanned.count;
		marked_release(&m);
	}
}

static const struct file_ref *same_path(const struct round *round, const char *path)
{
	for (size_t i = 0; i < round->files->count; i++)
		if (strcmp(round->files->items[i].path, path) == 0)
			return &round->files->items[i];
	return NULL;
}

/* One file against what it was. */
static void add_file_changes(const struct paper *p, const struct round *before, const struct file_ref *file, const struct marked_view *view)
{
	const struct file_ref *old = same_path(before, file->path);
	struct marked then = {0}, now = {0};
	struct err err = {0};

	buf_add_string(p->out, "<h3>");
	html_add(p->out, file->path);
	buf_add_string(p->out, "</h3>\n");
	if (old == NULL)
		buf_addf(p->out, "<p>%s</p>\n", _("New in this round."));
	else if (digest_equal(&old->digest, &file->digest))
		buf_addf(p->out, "<p>%s</p>\n", _("The same bytes."));
	else if (!marked_open(p->s, p->c, before->number, old, &then, &err) ||
	         !marked_open(p->s, p->c, case_round(p->c)->number, file, &now, &err))
		buf_addf(p->out, "<p>%s</p>\n", _("Changed; the earlier document is not here."));
	else if (!marked_add_changes(&then, &now, view, p->out))
		buf_addf(p->out, "<p>%s</p>\n", _("The bytes changed, the text did not."));
	marked_release(&then);
	marked_release(&now);
}

void paper_changes(const struct paper *p)
{
	const struct round *round = case_round(p->c), *before = p->c->round_count > 1 ? round - 1 : NULL;
	struct marked_view view = view_of(p, 0);

	if (before == NULL || p->scan == NULL)
		return;
	paper_heading(p, "changes", _("What changed since the round before"));
	for (size_t i = 0; i < round->files->count; i++) {
		add_file_changes(p, before, &round->files->items[i], &view);
		if (i < p->scan->count)
			view.numbered += p->scan->files[i].count;
	}
	for (size_t i = 0; i < before->files->count; i++)
		if (same_path(round, before->files->items[i].path) == NULL) {
			buf_add_string(p->out, "<p>");
			html_add(p->out, before->files->items[i].path);
			buf_addf(p->out, "%s</p>\n", _(": no longer in it."));
		}
}

static void add_line(const struct paper *p, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	buf_addf(p->out, "<br>%s", label);
	html_add(p->out, text);
}

/* What the stage asked, and what was answered, a line each in turn. */
static void add_checks(const struct paper *p, const char *checks)
{
	const char *line = checks, *end;

	for (bool question = true; line != NULL; line = end != NULL ? end + 1 : NULL, question = !question) {
		char *text = mem_copy_bytes(line, strcspn(line, "\n"));

		end = strchr(line, '\n');
		buf_add_string(p->out, question ? "<br>" : " ");
		html_add(p->out, text);
		free(text);
	}
}

static void add_sign_off(const struct paper *p, const struct sign_off *o, const char *stage)
{
	char day[DATE_TEXT_SIZE];

	buf_add_string(p->out, "<tr><th scope=\"row\">");
	html_add(p->out, stage);
	buf_addf(p->out, "</th><td>%s</td><td>", paper_decision(o->decision));
	html_add(p->out, o->opinion != NULL ? o->opinion : "");
	add_checks(p, o->checks);
	if (o->ground != GROUND_NONE)
		add_line(p, _("ground: "), ground_title(o->ground));
	if (o->until != 0)
		add_line(p, _("until: "), date_to_text(o->until, day));
	add_line(p, _("to: "), o->addressee);
	add_line(p, _("answer: "), o->answer);
	buf_add_string(p->out, "</td><td>");
	paper_person(p, o->person);
	buf_add_string(p->out, "<br><code class=\"digest\">");
	html_add(p->out, o->key != NULL ? o->key : "");
	buf_addf(p->out, "</code></td><td>");
	paper_time(p, o->time);
	buf_addf(p->out, "<br>%s %u</td></tr>\n", _("entry"), (unsigned)o->seq);
}

static void add_round(const struct paper *p, const struct round *round, bool newest)
{
	const struct policy *policy = p->s->docket.policy;

	for (size_t i = 0; i < policy->stage_count; i++) {
		const struct stage *stage = &policy->stages[i];
		bool signed_here = false;

		for (size_t k = 0; k < round->sign_off_count; k++)
			if (strcmp(round->sign_offs[k].stage, stage->id) == 0) {
				add_sign_off(p, &round->sign_offs[k], stage_title(stage));
				signed_here = true;
			}
		if (!signed_here && newest) {
			buf_add_string(p->out, "<tr class=\"open\"><th scope=\"row\">");
			html_add(p->out, stage_title(stage));
			buf_add_string(p->out, "</th><td></td><td></td><td></td><td></td></tr>\n");
		}
	}
	for (size_t k = 0; k < round->sign_off_count; k++)
		if (policy_stage(policy, round->sign_offs[k].stage, NULL) == NULL)
			add_sign_off(p, &round->sign_offs[k], round->sign_offs[k].stage);
}

void paper_sign_offs(const struct paper *p)
{
	paper_heading(p, "sign-offs", _("Opinions and sign-offs"));
	for (size_t i = p->c->round_count; i > 0; i--) {
		const struct round *round = &p->c->rounds[i - 1];
		const bool newest = i == p->c->round_count;

		if (!newest && round->sign_off_count == 0)
			continue;
		buf_addf(p->out, _("<table class=\"stages\">\n<caption>Round %u</caption>\n"),
		         (unsigned)round->number);
		buf_addf(p->out, "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		                 "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
		         _("Stage"), _("Decision"), _("Opinion"),
		         _("Signed by"), _("When"));
		add_round(p, round, newest);
		buf_add_string(p->out, "</tbody></table>\n");
	}
}

void paper_publications(const struct paper *p)
{
	if (p->c->publication_count == 0)
		buf_addf(p->out, "<p>%s</p>\n", _("Not released."));
	for (size_t i = 0; i < p->c->publication_count; i++) {
		const struct publication *pub = &p->c->publications[i];

		buf_addf(p->out, _("<p>Round %u, entry %u, "), (unsigned)pub->round, (unsigned)pub->seq);
		paper_time(p, pub->time);
		buf_add_byte(p->out, ' ');
		paper_person(p, pub->person);
		buf_add_string(p->out, ": ");
		buf_add_string(p->out, pub->withdrawn    ? _("withdrawn")
		                       : pub->superseded ? _("superseded")
		                       : pub->done       ? _("public")
		                                         : _("begun, not finished"));
		buf_add_string(p->out, pub->incident ? _(", incident") : "");
		if (pub->withdrawn && pub->withdrawn_why != NULL) {
			buf_add_string(p->out, ": ");
			html_add(p->out, pub->withdrawn_why);
		}
		buf_add_string(p->out, "<br>");
		for (size_t k = 0; k < pub->files->count; k++) {
			html_add(p->out, p->s->docket.policy->public_dir);
			html_add(p->out, pub->files->items[k].path);
			buf_add_string(p->out, "<br>");
		}
		buf_add_string(p->out, "</p>\n");
	}
}

void paper_verdict(const struct paper *p)
{
	const struct publication *last = p->c->publication_count > 0 ? &p->c->publications[p->c->publication_count - 1] : NULL;
	struct reasons reasons = {0};
	const struct scan *scan = p->scan != NULL ? p->scan : case_round(p->c)->scan;
	const enum verdict verdict = case_decide(p->s->docket.policy, p->c, scan, &p->s->docket.rules, p->s->today, &reasons);

	paper_heading(p, "verdict", _("Where it stands"));
	reasons_condense(&reasons);
	if (last != NULL && last->done && !last->withdrawn && !last->compromised && last->round == case_round(p->c)->number) {
		buf_addf(p->out, "<p class=\"good\">%s</p>\n", _("Released: it is public."));
	} else if (last != NULL && !last->done && !last->withdrawn && last->round == case_round(p->c)->number) {
		buf_addf(p->out, "<p class=\"bad\">%s</p>\n", _("Its release was begun and is not finished."));
	} else if (verdict == VERDICT_CLEAR) {
		buf_addf(p->out, "<p class=\"good\">%s</p>\n", _("Clear: it may be released."));
	} else {
		buf_addf(p->out, "<p class=\"bad\">%s</p>\n<ul>\n", _("Blocked: it may not be released."));
		for (size_t i = 0; i < reasons.count; i++) {
			buf_add_string(p->out, "<li>");
			html_add(p->out, reasons.items[i].text);
			if (reasons.items[i].next != NULL && reasons.items[i].next[0] != '\0') {
				buf_add_string(p->out, "<br><small>");
				html_add(p->out, reasons.items[i].next);
				buf_add_string(p->out, "</small>");
			}
			buf_add_string(p->out, "</li>\n");
		}
		buf_add_string(p->out, "</ul>\n");
	}
	reasons_release(&reasons);
}

const char paper_style[] =
	"body{font:16px/1.5 system-ui,\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;color:#111;background:#fff;margin:0 auto;"
	"max-width:72em;padding:0 1em 3em}\n"
	"h1{font-size:1.5em}h2{font-size:1.2em;border-bottom:1px solid #777;margin-top:1.8em}h3{font-size:1.05em}h4{font-size:.95em;margin:.8em 0 .2em}\n"
	"table{border-collapse:collapse;width:100%;font-size:.92em;margin:.5em 0}th,td{border:1px solid #999;padding:.25em .5em;text-align:left;"
	"vertical-align:top;overflow-wrap:anywhere}time,td.n,thead th,.kind,td a[href^=\"case?\"]{white-space:nowrap}th{background:#f0f0f0;font-weight:600}table.form th{width:14em}td.n{text-align:right}\n"
	"caption{text-align:left;font-weight:600}tr.open td{height:3em}code{font-size:.9em}code.digest{font-size:.75em;overflow-wrap:anywhere}\n"
	"pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #bbb;padding:.6em;margin:.3em 0;font:inherit}\n"
	"mark{padding:0 .15em;border-bottom:2px solid}mark a{color:inherit;text-decoration:none}mark.block{background:#ffd6d6}mark.review{background:#fff0b8}"
	"mark.note{background:#dcebff}mark sup{font-size:.7em}\n"
	"ins{background:#d9f2d9;text-decoration:underline}del{background:#ffdcdc}.kind{font-weight:600}.kind.block,.bad{color:#9b0000}.good{color:#0a5c1a}"
	".good,.bad{font-weight:700}\n"
	"tr:target{outline:3px solid #0b57d0}\n"
	"@page{size:A4;margin:18mm 16mm}@media print{body{max-width:none;font-size:10pt;padding:0}tr,p{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}"
	"pre{border:0}mark{background:none}}\n";

void paper_page(const struct paper *p)
{
	const char *title = _("Secrecy review of information to be published");
	const char *office = language_is_chinese() ? p->s->docket.policy->office_zh : p->s->docket.policy->office_en;

	buf_addf(p->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language_is_chinese() ? "zh-CN" : "en");
	buf_add_string(p->out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
	                       "base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
	buf_addf(p->out, "<title>%s: %s</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>", title, p->c->id, paper_style);
	html_add(p->out, office != NULL ? office : "");
	buf_addf(p->out, "<br>%s</h1>\n", title);
	paper_form(p);
	paper_sign_offs(p); /* on the first sheet, whatever the number of files and findings */
	paper_verdict(p);
	paper_files(p);
	paper_findings(p);
	paper_heading(p, "publications", _("Release and withdrawal"));
	paper_publications(p);
	paper_changes(p);
	paper_documents(p, 0);
	buf_add_string(p->out, "</main>\n</body>\n</html>\n");
}
