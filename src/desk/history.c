/* history.c - what happened: the timeline, figures with plots, and the audit, all from the auditor's own
 * room, which believes nothing the rest of the program remembers and masks what people wrote. */
#include "desk.h"

#include "audit/audit.h"
#include "base/ground.h"
#include "base/html.h"
#include "base/language.h"
#include "cli/office_days.h"

#include <string.h>

static bool is_of_now(const struct audited *kept, const struct session *s, bool rescan)
{
	return kept->there && digest_equal(&kept->report.tip, &s->tip.id) && kept->report.day == s->today &&
	       kept->chinese == language_is_chinese() && (kept->rescan || !rescan);
}

void audited_forget(struct audited *kept)
{
	if (kept->there)
		audit_report_release(&kept->report);
	*kept = (struct audited){0};
}

/* The audit of the ledger as it is now: the one that is remembered where nothing it came from is another since,
 * but for the public directory, which is why the page of the audit says when it was made.  NULL: `err` says why. */
static const struct audit_report *audited(struct sheet *sheet, bool rescan, struct err *err)
{
	struct audited *kept = &sheet->desk->audited;
	const struct audit_order order = {
		.repo = sheet->s.repo,
		.rescan = rescan,
		.now = sheet->s.now,
		.history = true,
		.calendar = office_calendar,
		.calendar_context = sheet->s.repo,
	};

	if (is_of_now(kept, &sheet->s, rescan))
		return &kept->report;
	audited_forget(kept);
	if (!audit_run(&order, &kept->report, err))
		return NULL;
	kept->there = true;
	kept->rescan = rescan;
	kept->chinese = language_is_chinese();
	kept->time = sheet->s.now;
	return &kept->report;
}

enum { EVENTS_SHOWN = 500 };

static void add_event(struct sheet *sheet, const struct audit_names *stages, const struct audit_event *e)
{
	const struct paper paper = sheet_paper(sheet, NULL, NULL);

	buf_addf(sheet->out, "<tr><td class=\"n more\">%u</td><td>", (unsigned)e->seq);
	paper_time(&paper, e->time);
	buf_addf(sheet->out, "</td><td>%s</td><td>", _(e->type));
	paper_person(&paper, e->person);
	buf_add_string(sheet->out, "</td><td>");
	if (e->case_id[0] != '\0')
		sheet_case_link(sheet, e->case_id);
	buf_add_string(sheet->out, "</td><td class=\"more\">");
	html_add(sheet->out, audit_name(stages, e->stage));
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, _(e->decision));
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, e->text);
	buf_add_string(sheet->out, "</td></tr>\n");
}

bool desk_timeline(struct sheet *sheet, struct err *err)
{
	const char *only = sheet_given(sheet, "id");
	const struct audit_report *report = audited(sheet, false, err);
	size_t shown = 0;

	if (report == NULL)
		return false;
	sheet_begin(sheet, _("Timeline"));
	buf_addf(sheet->out, "<p>%s</p>\n<table>\n<thead><tr><th scope=\"col\" class=\"more\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                     "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\" class=\"more\">%s</th><th scope=\"col\">%s</th>"
	                     "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         _("The newest first. What the rules find in the words is shown as stars."),
	         _("Entry"), _("Time"), _("What"), _("Who"),
	         _("Case"), _("Stage"), _("Decision"),
	         _("In their words"));
	for (size_t i = report->history.event_count; i > 0 && shown < EVENTS_SHOWN; i--) {
		const struct audit_event *e = &report->history.events[i - 1];

		if (only != NULL && strcmp(e->case_id, only) != 0)
			continue;
		add_event(sheet, &report->history.stage_titles, e);
		shown++;
	}
	buf_add_string(sheet->out, "</tbody></table>\n");
	if (shown == EVENTS_SHOWN)
		buf_addf(sheet->out, "<p>%s</p>\n", _("Older entries: review log."));
	sheet_end(sheet);
	return true;
}

/* One part of the statistics: a plot, and a table that says the same in words. */
struct figures {
	const char *id, *title, *first; /* the name of the first column */
	const struct audit_figures *rows;
	const struct audit_names *names; /* of the rows, where they are ids */
	enum audit_count plotted;
};

static const char *name_of(const struct figures *part, const char *name)
{
	const enum ground ground = ground_from_name(name, strlen(name));

	return ground == GROUND_NONE ? audit_name(part->names, name) : ground_title(ground);
}

/* Bars, one a row, as long as their number; the table below says the same in words. */
static void add_plot(struct sheet *sheet, const struct figures *part)
{
	const struct audit_figures *figures = part->rows;
	size_t most = 1;

	for (size_t i = 0; i < figures->count; i++)
		most = figures->rows[i].counts[part->plotted] > most ? figures->rows[i].counts[part->plotted] : most;
	buf_addf(sheet->out, "<svg role=\"img\" aria-labelledby=\"%s-title\" width=\"640\" height=\"%zu\" viewBox=\"0 0 640 %zu\">\n"
	                     "<title id=\"%s-title\">%s</title>\n",
	         part->id, figures->count * 26 + 4, figures->count * 26 + 4, part->id, part->title);
	for (size_t i = 0; i < figures->count; i++) {
		const size_t n = figures->rows[i].counts[part->plotted], y = i * 26 + 4;

		buf_addf(sheet->out, "<text x=\"0\" y=\"%zu\">", y + 15);
		html_add(sheet->out, name_of(part, figures->rows[i].name));
		buf_addf(sheet->out, "</text><rect x=\"220\" y=\"%zu\" width=\"%zu\" height=\"20\" fill=\"#0b57d0\"/><text x=\"%zu\" y=\"%zu\">%zu</text>\n", y,
		         n * 360 / most, 226 + n * 360 / most, y + 15, n);
	}
	buf_add_string(sheet->out, "</svg>\n");
}

static void add_table(struct sheet *sheet, const struct figures *part)
{
	const struct audit_figures *figures = part->rows;
	static const char *const columns[AUDIT_COUNTS] = {N_("rounds submitted"), N_("findings"), N_("cleared"), N_("approvals"),
	                                                  N_("other decisions"), N_("releases"), N_("withdrawals")};

	buf_addf(sheet->out, "<table>\n<thead><tr><th scope=\"col\">%s</th>", part->first);
	for (size_t k = 0; k < AUDIT_COUNTS; k++)
		buf_addf(sheet->out, "<th scope=\"col\">%s</th>", _(columns[k]));
	buf_add_string(sheet->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < figures->count; i++) {
		buf_add_string(sheet->out, "<tr><th scope=\"row\">");
		html_add(sheet->out, name_of(part, figures->rows[i].name));
		buf_add_string(sheet->out, "</th>");
		for (size_t k = 0; k < AUDIT_COUNTS; k++)
			buf_addf(sheet->out, "<td class=\"n\">%zu</td>", figures->rows[i].counts[k]);
		buf_add_string(sheet->out, "</tr>\n");
	}
	buf_add_string(sheet->out, "</tbody></table>\n");
}

static void add_figures(struct sheet *sheet, const struct figures *part)
{
	buf_addf(sheet->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", part->id, part->id, part->title);
	if (part->rows->count > 0) {
		add_plot(sheet, part);
		add_table(sheet, part);
	} else {
		buf_addf(sheet->out, "<p>%s</p>\n", _("None."));
	}
	buf_add_string(sheet->out, "</section>\n");
}

bool desk_statistics(struct sheet *sheet, struct err *err)
{
	const struct audit_report *report = audited(sheet, false, err);
	const struct audit_history *h = report != NULL ? &report->history : NULL;

	if (h == NULL)
		return false;
	sheet_begin(sheet, _("Statistics"));
	add_figures(sheet, &(struct figures){"months", _("Rounds submitted, by month"), _("month"), &h->months, &h->section_titles, COUNT_SUBMITTED});
	add_figures(sheet, &(struct figures){"sections", _("Releases, by section"), _("section"), &h->sections, &h->section_titles, COUNT_RELEASED});
	add_figures(sheet, &(struct figures){"grounds", _("Findings, by ground"), _("ground"), &h->grounds, &h->section_titles, COUNT_FINDINGS});
	sheet_end(sheet);
	return true;
}

static void add_problems(struct sheet *sheet, const struct audit_report *r)
{
	buf_add_string(sheet->out, "<ol>\n");
	for (size_t i = 0; i < r->problem_count; i++) {
		buf_add_string(sheet->out, "<li>");
		html_add(sheet->out, r->problems[i].where);
		buf_add_string(sheet->out, ": ");
		html_add(sheet->out, r->problems[i].what);
		buf_add_string(sheet->out, "<br><small>");
		html_add(sheet->out, r->problems[i].consequence != NULL ? r->problems[i].consequence : "");
		buf_add_string(sheet->out, "</small></li>\n");
	}
	buf_add_string(sheet->out, "</ol>\n");
}

bool desk_audit(struct sheet *sheet, struct err *err)
{
	const bool rescan = sheet_given(sheet, "rescan") != NULL;
	const struct paper paper = sheet_paper(sheet, NULL, NULL);
	const struct audit_report *report;

	if (sheet_given(sheet, "again") != NULL || rescan)
		audited_forget(&sheet->desk->audited);
	report = audited(sheet, rescan, err);
	if (report == NULL)
		return false;
	sheet_begin(sheet, _("Audit"));
	if (report->answer == AUDIT_GOOD)
		buf_addf(sheet->out, "<p class=\"good\" role=\"status\">%s</p>\n",
		         _("Good: every signature, every verdict and every public byte is accounted for."));
	else
		buf_addf(sheet->out, "<p class=\"bad\" role=\"alert\">%s</p>\n", _("Not good; the first problem is the cause."));
	if (report->problem_count > 0)
		add_problems(sheet, report);
	buf_addf(sheet->out, _("<p>entries %u, policy %u, cases %zu, releases %zu, public files %zu, scanned again %zu</p>\n"),
	         (unsigned)report->entries, (unsigned)report->policy_number, report->cases, report->releases, report->public_files, report->rescanned);
	buf_add_string(sheet->out, report->remark_count > 0 ? "<ul>\n" : "");
	for (size_t i = 0; i < report->remark_count; i++) {
		buf_add_string(sheet->out, "<li>");
		html_add(sheet->out, report->remarks[i]);
		buf_add_string(sheet->out, "</li>\n");
	}
	buf_add_string(sheet->out, report->remark_count > 0 ? "</ul>\n" : "");
	buf_addf(sheet->out, "<p>%s ", _("Made:"));
	paper_time(&paper, sheet->desk->audited.time);
	buf_addf(sheet->out, "</p>\n<p><a href=\"audit?again=1\">%s</a> <a href=\"audit?rescan=1\">%s</a></p>\n", _("Audit again"),
	         _("Audit again, and scan every kept document again"));
	sheet_end(sheet);
	return true;
}
