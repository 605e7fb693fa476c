/* html.c - the audit as one page: to be read, kept, printed, and sent to people without this program.
 *
 * Nothing on it comes from elsewhere and nothing on it runs; its own header forbids both.  Every text
 * passes html_add(), which makes what cannot be seen visible and what HTML would read plain. */
#include "page.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/html.h"
#include "base/language.h"
#include "ledger/entry.h"

#include <string.h>

void page_words(struct page *p, const char *text) { html_add(p->out, text); }

void page_heading(struct page *p, const char *id, const char *title)
{
	buf_addf(p->out, "<h2 id=\"%s\">%s</h2>\n", id, title);
}

void page_table(struct page *p, const char *const columns[], size_t count)
{
	buf_add_string(p->out, "<table>\n<thead><tr>");
	for (size_t i = 0; i < count; i++)
		buf_addf(p->out, "<th>%s</th>", _(columns[i]));
	buf_add_string(p->out, "</tr></thead>\n<tbody>\n");
}

void page_table_end(struct page *p) { buf_add_string(p->out, "</tbody>\n</table>\n"); }

void page_cell(struct page *p, const char *text)
{
	buf_add_string(p->out, "<td>");
	page_words(p, text);
	buf_add_string(p->out, "</td>");
}

void page_number(struct page *p, size_t number) { buf_addf(p->out, "<td class=\"n\">%zu</td>", number); }

void page_entry(struct page *p, uint32_t seq) { buf_addf(p->out, "<td class=\"n\"><a href=\"#e%u\">%u</a></td>", (unsigned)seq, (unsigned)seq); }

void page_time(struct page *p, int64_t time)
{
	char utc[TIME_TEXT_SIZE], text[CLOCK_TEXT_SIZE];

	buf_addf(p->out, "<td class=\"t\"><time datetime=\"%s\">%s</time></td>", time_to_text(time, utc),
	         time_to_clock(time, p->report->utc_offset, text));
}

void page_digest(struct page *p, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(p->out, "<td class=\"d\">%s</td>", digest_is_zero(digest) ? "" : digest_to_hex(digest, hex));
}

void page_ground(struct page *p, enum ground ground)
{
	page_cell(p, ground == GROUND_NONE ? "" : ground_title(ground));
}

void page_person(struct page *p, const char *id)
{
	const char *name = audit_name(&p->report->history.people, id);

	buf_add_string(p->out, "<td>");
	if (strcmp(name, id) != 0) {
		page_words(p, name);
		buf_add_byte(p->out, ' ');
	}
	page_words(p, id);
	buf_add_string(p->out, "</td>");
}

static const char STYLE[] =
	"body{font:15px/1.45 system-ui,\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;margin:2em auto;max-width:76em;"
	"padding:0 1em;color:#111;background:#fff}\n"
	"h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #999}\n"
	"table{border-collapse:collapse;width:100%;font-size:.87em}th,td{border:1px solid #bbb;padding:.2em .45em;"
	"text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eee}\n"
	"td.n{text-align:right}td.t{white-space:nowrap}td.d,code{font:.8em monospace;overflow-wrap:anywhere}\n"
	".good,.bad{border:2px solid;padding:.5em 1em;font-weight:bold}.good{color:#0a5c1a}.bad,.late{color:#a00000}\n"
	"a{color:inherit}\n"
	"@media print{body{margin:0;max-width:none;font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}"
	"nav{display:none}h2{break-after:avoid}}\n";

static void add_head(struct page *p)
{
	const char *title = _("Audit of the review ledger");

	buf_addf(p->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language_is_chinese() ? "zh-CN" : "en");
	buf_add_string(p->out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
	                       "base-uri 'none'; form-action 'none'\">\n"
	                       "<meta name=\"viewport\" content=\"width=device-width\">\n");
	buf_addf(p->out, "<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>%s</h1>\n", title, STYLE, title);
}

static void add_facts(struct page *p)
{
	const struct audit_report *r = p->report;
	char hex[DIGEST_HEX_SIZE], day[DATE_TEXT_SIZE];

	buf_addf(p->out, "<p>%s <code>%s</code><br>\n", _("Ledger"), digest_to_hex(&r->ledger, hex));
	buf_addf(p->out, "%s %u, %s <code>%s</code><br>\n", _("Up to entry"), (unsigned)r->entries,
	         _("id"), digest_to_hex(&r->tip, hex));
	buf_addf(p->out, "%s %s; %s %u; %s %zu", _("As of"), date_to_text(r->day, day),
	         _("policy"), (unsigned)r->policy_number, _("people"), r->people);
	if (r->case_id != NULL) {
		buf_addf(p->out, "<br>\n%s ", _("Only case"));
		page_words(p, r->case_id);
	}
	buf_addf(p->out, "</p>\n<p>%s</p>\n",
	         _("Texts that people wrote are shown as signed, except that what the rules in force find in them is "
	                     "shown as stars. Times are those of the signers' machines, by the clock of the office."));
	if (r->history.masked_all)
		buf_addf(p->out, "<p class=\"bad\">%s</p>\n",
		         _("The rules in force could not be used: all texts are hidden."));
}

static void add_problem(struct page *p, const struct audit_problem *problem)
{
	buf_add_string(p->out, "<tr>");
	page_cell(p, problem->answer == AUDIT_VIOLATION ? _("violation") : _("undecided"));
	page_cell(p, problem->where);
	page_cell(p, problem->what);
	page_cell(p, problem->consequence);
	buf_add_string(p->out, "</tr>\n");
}

static void add_answer(struct page *p)
{
	static const char *const columns[] = {
		N_("answer"), N_("where"), N_("what"), N_("consequence")};
	const struct audit_report *r = p->report;

	if (r->answer == AUDIT_GOOD) {
		buf_addf(p->out, "<p class=\"good\">%s</p>\n",
		         audit_is_complete(r)
		                 ? _("Good: every signature, every verdict and every public byte is accounted for.")
		                 : _("Good, as far as was looked."));
	} else {
		buf_addf(p->out, "<p class=\"bad\">%s %zu</p>\n",
		         _("Not good; the first problem is the cause. Problems:"), r->problem_count);
		page_table(p, columns, sizeof(columns) / sizeof(columns[0]));
		for (size_t i = 0; i < r->problem_count; i++)
			add_problem(p, &r->problems[i]);
		page_table_end(p);
	}
	if (r->remark_count > 0)
		buf_add_string(p->out, "<ul>\n");
	for (size_t i = 0; i < r->remark_count; i++) {
		buf_add_string(p->out, "<li>");
		page_words(p, r->remarks[i]);
		buf_add_string(p->out, "</li>\n");
	}
	if (r->remark_count > 0)
		buf_add_string(p->out, "</ul>\n");
}

void audit_html(const struct audit_report *report, struct buf *out)
{
	struct page page = {.out = out, .report = report};

	add_head(&page);
	add_answer(&page);
	add_facts(&page);
	page_figures(&page);
	page_deadlines(&page);
	page_publications(&page);
	page_clearances(&page);
	page_signers(&page);
	page_timeline(&page);
	buf_add_string(out, "</body>\n</html>\n");
}
