/* history.c - what happened: the timeline, figures with plots, and the audit, all from the auditor's own
 * room, which believes nothing the rest of the program remembers and masks what people wrote. */
#include "desk.h"

#include "audit/audit.h"
#include "base/ground.h"
#include "base/html.h"
#include "cli/office_days.h"

#include <string.h>

static bool run(struct sheet *sheet, bool rescan, struct audit_report *out, struct err *err)
{
	const struct audit_order order = {
		.repo = sheet->s.repo,
		.rescan = rescan,
		.day = sheet->s.today,
		.history = true,
		.calendar = office_calendar,
		.calendar_context = sheet->s.repo,
	};

	return audit_run(&order, out, err);
}

enum { EVENTS_SHOWN = 500 };

static void add_event(struct sheet *sheet, const struct audit_event *e)
{
	const struct paper paper = sheet_paper(sheet, NULL, NULL);

	buf_addf(sheet->out, "<tr><td class=\"n\">%u</td><td>", (unsigned)e->seq);
	paper_time(&paper, e->time);
	buf_addf(sheet->out, "</td><td>%s</td><td>", e->type);
	paper_person(&paper, e->person);
	buf_add_string(sheet->out, "</td><td>");
	if (e->case_id[0] != '\0')
		sheet_case_link(sheet, e->case_id);
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, e->stage);
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, e->decision);
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, e->text);
	buf_add_string(sheet->out, "</td></tr>\n");
}

bool desk_timeline(struct sheet *sheet, struct err *err)
{
	const char *only = sheet_given(sheet, "id");
	struct audit_report report = {0};
	size_t shown = 0;

	if (!run(sheet, false, &report, err))
		return false;
	sheet_begin(sheet, "Timeline", "台账");
	buf_addf(sheet->out, "<p>%s</p>\n<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                     "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                     "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         sheet_say(sheet, "The newest first. What the rules find in the words is shown as stars.", "最新在前。文字中被规则命中的部分以星号遮盖。"),
	         sheet_say(sheet, "Entry", "条目"), sheet_say(sheet, "Time", "时间"), sheet_say(sheet, "What", "类型"), sheet_say(sheet, "Who", "签署人"),
	         sheet_say(sheet, "Case", "事项"), sheet_say(sheet, "Stage", "环节"), sheet_say(sheet, "Decision", "签批"),
	         sheet_say(sheet, "In their words", "内容"));
	for (size_t i = report.history.event_count; i > 0 && shown < EVENTS_SHOWN; i--) {
		const struct audit_event *e = &report.history.events[i - 1];

		if (only != NULL && strcmp(e->case_id, only) != 0)
			continue;
		add_event(sheet, e);
		shown++;
	}
	buf_add_string(sheet->out, "</tbody></table>\n");
	if (shown == EVENTS_SHOWN)
		buf_addf(sheet->out, "<p>%s</p>\n", sheet_say(sheet, "Older entries: review log.", "更早的条目：review log。"));
	sheet_end(sheet);
	audit_report_release(&report);
	return true;
}

static const char *name_of(const struct sheet *sheet, const char *name)
{
	const enum ground ground = ground_from_name(name, strlen(name));

	if (ground == GROUND_NONE)
		return name;
	return sheet->chinese ? ground_title_zh(ground) : ground_title_en(ground);
}

/* Bars, one a row, as long as their number; the table below says the same in words. */
static void add_plot(struct sheet *sheet, const char *id, const char *title, const struct audit_figures *figures, enum audit_count count)
{
	size_t most = 1;

	for (size_t i = 0; i < figures->count; i++)
		most = figures->rows[i].counts[count] > most ? figures->rows[i].counts[count] : most;
	buf_addf(sheet->out, "<svg role=\"img\" aria-labelledby=\"%s-title\" width=\"640\" height=\"%zu\" viewBox=\"0 0 640 %zu\">\n"
	                     "<title id=\"%s-title\">%s</title>\n",
	         id, figures->count * 26 + 4, figures->count * 26 + 4, id, title);
	for (size_t i = 0; i < figures->count; i++) {
		const size_t n = figures->rows[i].counts[count], y = i * 26 + 4;

		buf_addf(sheet->out, "<text x=\"0\" y=\"%zu\">", y + 15);
		html_add(sheet->out, name_of(sheet, figures->rows[i].name));
		buf_addf(sheet->out, "</text><rect x=\"220\" y=\"%zu\" width=\"%zu\" height=\"20\" fill=\"#0b57d0\"/><text x=\"%zu\" y=\"%zu\">%zu</text>\n", y,
		         n * 360 / most, 226 + n * 360 / most, y + 15, n);
	}
	buf_add_string(sheet->out, "</svg>\n");
}

static void add_table(struct sheet *sheet, const char *first, const struct audit_figures *figures)
{
	static const char *const columns[AUDIT_COUNTS][2] = {{"rounds submitted", "送审轮次"}, {"findings", "命中"},     {"cleared", "核销"},
	                                                     {"approvals", "同意签批"},        {"other decisions", "其他签批"},
	                                                     {"releases", "发布"},             {"withdrawals", "撤回"}};

	buf_addf(sheet->out, "<table>\n<thead><tr><th scope=\"col\">%s</th>", first);
	for (size_t k = 0; k < AUDIT_COUNTS; k++)
		buf_addf(sheet->out, "<th scope=\"col\">%s</th>", columns[k][sheet->chinese]);
	buf_add_string(sheet->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < figures->count; i++) {
		buf_add_string(sheet->out, "<tr><th scope=\"row\">");
		html_add(sheet->out, name_of(sheet, figures->rows[i].name));
		buf_add_string(sheet->out, "</th>");
		for (size_t k = 0; k < AUDIT_COUNTS; k++)
			buf_addf(sheet->out, "<td class=\"n\">%zu</td>", figures->rows[i].counts[k]);
		buf_add_string(sheet->out, "</tr>\n");
	}
	buf_add_string(sheet->out, "</tbody></table>\n");
}

bool desk_statistics(struct sheet *sheet, struct err *err)
{
	struct audit_report report = {0};
	const struct audit_history *h = &report.history;
	const struct {
		const char *id, *title, *first;
		const struct audit_figures *figures;
		enum audit_count count;
	} parts[] = {
		{"months", sheet_say(sheet, "Rounds submitted, by month", "各月送审轮次"), sheet_say(sheet, "month", "月份"), &h->months, COUNT_SUBMITTED},
		{"sections", sheet_say(sheet, "Releases, by section", "各科室发布数"), sheet_say(sheet, "section", "科室"), &h->sections, COUNT_RELEASED},
		{"grounds", sheet_say(sheet, "Findings, by ground", "各类理由命中数"), sheet_say(sheet, "ground", "不予公开理由"), &h->grounds, COUNT_FINDINGS},
	};

	if (!run(sheet, false, &report, err))
		return false;
	sheet_begin(sheet, "Statistics", "统计");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		buf_addf(sheet->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", parts[i].id, parts[i].id, parts[i].title);
		if (parts[i].figures->count == 0)
			buf_addf(sheet->out, "<p>%s</p>\n", sheet_say(sheet, "None.", "无。"));
		else {
			add_plot(sheet, parts[i].id, parts[i].title, parts[i].figures, parts[i].count);
			add_table(sheet, parts[i].first, parts[i].figures);
		}
		buf_add_string(sheet->out, "</section>\n");
	}
	sheet_end(sheet);
	audit_report_release(&report);
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
	struct audit_report report = {0};

	if (!run(sheet, rescan, &report, err))
		return false;
	sheet_begin(sheet, "Audit", "审计");
	if (report.answer == AUDIT_GOOD)
		buf_addf(sheet->out, "<p class=\"good\" role=\"status\">%s</p>\n",
		         sheet_say(sheet, "Good: every signature, every verdict and every public byte is accounted for.", "合格：每个签名、每项结论和每个已公开字节均有据可查。"));
	else
		buf_addf(sheet->out, "<p class=\"bad\" role=\"alert\">%s</p>\n", sheet_say(sheet, "Not good; the first problem is the cause.", "不合格；第一个问题是原因。"));
	if (report.problem_count > 0)
		add_problems(sheet, &report);
	buf_addf(sheet->out, sheet->chinese ? "<p>台账条目 %u，制度版本 %u，事项 %zu，发布 %zu，公开文件 %zu，重新检查 %zu</p>\n"
	                                    : "<p>%u entries, policy %u, %zu cases, %zu releases, %zu public files, %zu scanned again</p>\n",
	         (unsigned)report.entries, (unsigned)report.policy_number, report.cases, report.releases, report.public_files, report.rescanned);
	buf_add_string(sheet->out, report.remark_count > 0 ? "<ul>\n" : "");
	for (size_t i = 0; i < report.remark_count; i++) {
		buf_add_string(sheet->out, "<li>");
		html_add(sheet->out, report.remarks[i]);
		buf_add_string(sheet->out, "</li>\n");
	}
	buf_add_string(sheet->out, report.remark_count > 0 ? "</ul>\n" : "");
	if (!rescan)
		buf_addf(sheet->out, "<p><a href=\"audit?rescan=1\">%s</a></p>\n", sheet_say(sheet, "Scan every kept document again", "重新检查所有留存文件"));
	sheet_end(sheet);
	audit_report_release(&report);
	return true;
}
