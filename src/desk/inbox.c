/* inbox.c - what waits, the person's own first; and one case. */
#include "desk.h"

#include "base/calendar.h"
#include "base/html.h"
#include "cli/office_days.h"
#include "cli/waiting.h"
#include "policy/docket.h"
#include "scan/finding.h"

#include <stdlib.h>
#include <string.h>

static void add_case(struct sheet *sheet, const struct waiting *w, bool mine, const char *state)
{
	const struct round *round = case_round(w->item);
	const struct paper paper = sheet_paper(sheet, w->item, NULL);
	char day[DATE_TEXT_SIZE];

	buf_addf(sheet->out, "<tr%s><td>", mine ? " class=\"mine\"" : "");
	sheet_case_link(sheet, w->item->id);
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, round_field(round, "title"));
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, paper_section(&paper, w->item->section));
	buf_addf(sheet->out, "</td><td>%s</td><td>", date_to_text(date_of_time(round->time), day));
	if (w->deadlines.count > 0)
		paper_term(&paper, &w->deadlines.items[0]);
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, state);
	buf_add_string(sheet->out, mine ? sheet_say(sheet, " (you)", "（待您办理）") : "");
	buf_add_string(sheet->out, "</td></tr>\n");
}

static void add_cases(struct sheet *sheet, const struct waiting *waiting, size_t count, bool mine)
{
	for (size_t i = 0; i < count; i++) {
		bool is_mine = false;
		char *state = case_waits_for(&sheet->s, waiting[i].item, &is_mine);

		if (is_mine == mine)
			add_case(sheet, &waiting[i], mine, state);
		free(state);
	}
}

bool desk_inbox(struct sheet *sheet, struct err *err)
{
	struct office_days days = {0};
	struct waiting *waiting;
	size_t count;

	(void)err;
	office_days_open(&sheet->s, &days);
	waiting = cases_waiting(&sheet->s, &days, SIZE_MAX, &count);
	sheet_begin(sheet, "Inbox", "待办");
	buf_addf(sheet->out, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                     "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         sheet_say(sheet, "Case", "事项"), sheet_say(sheet, "Title", "信息名称"), sheet_say(sheet, "Section", "科室"),
	         sheet_say(sheet, "Submitted", "送审日期"), sheet_say(sheet, "Deadline", "办理期限"), sheet_say(sheet, "State", "办理状态"));
	add_cases(sheet, waiting, count, true);
	add_cases(sheet, waiting, count, false);
	buf_add_string(sheet->out, "</tbody></table>\n");
	if (sheet->s.docket.case_count == 0)
		buf_addf(sheet->out, "<p>%s</p>\n", sheet_say(sheet, "No cases yet.", "尚无事项。"));
	sheet_end(sheet);
	free(waiting);
	office_days_close(&days);
	return true;
}

static const struct {
	const char *decision, *en, *zh;
} decisions[] = {
	{"approve", "Approve, and clear findings", "同意公开、核销"}, {"return", "Return", "退回补充"}, {"redact", "Redact", "删减后公开"},
	{"on-request", "On request only", "依申请公开"}, {"refuse", "Refuse", "不予公开"}, {"postpone", "Postpone", "暂缓公开"},
	{"refer", "Refer upward", "报上级确定"}, {"consult", "Consult", "征求意见"},
};

static void add_actions(struct sheet *sheet, const struct review_case *c)
{
	buf_addf(sheet->out, "<h2 id=\"actions\">%s</h2>\n<ul class=\"actions\">\n", sheet_say(sheet, "What you can do", "办理"));
	for (size_t i = 0; i < sizeof(decisions) / sizeof(decisions[0]); i++)
		buf_addf(sheet->out, "<li><a href=\"decide?id=%s&amp;decision=%s\">%s</a></li>\n", c->id, decisions[i].decision,
		         sheet_say(sheet, decisions[i].en, decisions[i].zh));
	buf_addf(sheet->out, "<li><a href=\"answer?id=%s\">%s</a></li>\n", c->id, sheet_say(sheet, "Record an answer", "登记答复"));
	buf_addf(sheet->out, "<li><a href=\"submit?id=%s\">%s</a></li>\n", c->id, sheet_say(sheet, "Submit a new round", "重新送审"));
	if (names_have(&sheet->s.docket.policy->registrars, sheet->s.person))
		buf_addf(sheet->out, "<li><a href=\"release?id=%s\">%s</a></li>\n<li><a href=\"withdraw?id=%s\">%s</a></li>\n", c->id,
		         sheet_say(sheet, "Release", "发布"), c->id, sheet_say(sheet, "Withdraw", "撤回"));
	buf_addf(sheet->out, "<li><a href=\"timeline?id=%s\">%s</a></li>\n</ul>\n", c->id, sheet_say(sheet, "Timeline", "办理经过"));
}

enum { TEXT_SHOWN = 256 * 1024 };

static void add_reveal(struct sheet *sheet, const struct review_case *c, bool revealed)
{
	buf_addf(sheet->out, "<p><a href=\"case?id=%s%s#documents\">%s</a></p>\n", c->id, revealed ? "" : "&amp;reveal=1",
	         revealed ? sheet_say(sheet, "Hide what the rules stop", "遮盖命中文字")
	                  : sheet_say(sheet, "Show what the rules stop, on this screen", "在本屏显示命中文字"));
}

bool desk_case(struct sheet *sheet, struct err *err)
{
	const struct review_case *c = NULL;
	struct scan scan = {0};
	struct err why = {0};
	struct paper paper;
	bool scanned;

	if (!session_case(&sheet->s, web_value(sheet->request, "id"), &c, err))
		return false;
	scanned = session_scan_case(&sheet->s, c, &scan, &why);
	if (!scanned && why.kind != ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	sheet_begin(sheet, c->id, c->id);
	buf_add_string(sheet->out, "<p class=\"title\">");
	html_add(sheet->out, round_field(case_round(c), "title"));
	buf_add_string(sheet->out, "</p>\n");
	if (sheet_given(sheet, "signed") != NULL)
		buf_addf(sheet->out, "<p class=\"good\" role=\"status\">%s</p>\n", sheet_say(sheet, "Signed, and in the ledger.", "已签署，已记入台账。"));
	paper = sheet_paper(sheet, c, scanned ? &scan : NULL);
	paper.reveal = sheet_given(sheet, "reveal") != NULL;
	paper_verdict(&paper);
	add_actions(sheet, c);
	paper_form(&paper);
	paper_files(&paper);
	paper_findings(&paper);
	paper_documents(&paper, TEXT_SHOWN);
	add_reveal(sheet, c, paper.reveal);
	paper_changes(&paper);
	paper_sign_offs(&paper);
	paper_heading(&paper, "publications", "Release and withdrawal", "发布与撤回");
	paper_publications(&paper);
	sheet_end(sheet);
	scan_release(&scan);
	return true;
}
