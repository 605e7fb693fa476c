/* inbox.c - what waits, the person's own first; and one case. */
#include "desk.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/html.h"
#include "base/language.h"
#include "cli/office_days.h"
#include "cli/waiting.h"
#include "policy/docket.h"
#include "policy/policy.h"
#include "policy/verdict.h"
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
	buf_add_string(sheet->out, "</td><td class=\"more\">");
	html_add(sheet->out, paper_section(&paper, w->item->section));
	buf_addf(sheet->out, "</td><td class=\"more\"><time>%s</time></td><td>", date_to_text(policy_day(sheet->s.docket.policy, round->time), day));
	if (w->deadlines.count > 0)
		paper_term(&paper, &w->deadlines.items[0]);
	buf_add_string(sheet->out, "</td><td>");
	html_add(sheet->out, state);
	buf_add_string(sheet->out, mine ? _(" (you)") : "");
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
	struct waiting *waiting = NULL;
	size_t count;

	office_days_open(&sheet->s, &days);
	if (!cases_waiting(&sheet->s, &days, SIZE_MAX, &waiting, &count, err)) {
		office_days_close(&days);
		return false;
	}
	sheet_begin(sheet, _("Inbox"));
	buf_addf(sheet->out, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\" class=\"more\">%s</th>"
	                     "<th scope=\"col\" class=\"more\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
	         _("Case"), _("Title"), _("Section"),
	         _("Submitted"), _("Deadline"), _("State"));
	add_cases(sheet, waiting, count, true);
	add_cases(sheet, waiting, count, false);
	buf_add_string(sheet->out, "</tbody></table>\n");
	if (sheet->s.docket.case_count == 0)
		buf_addf(sheet->out, "<p>%s</p>\n", _("No cases yet."));
	sheet_end(sheet);
	free(waiting);
	office_days_close(&days);
	return true;
}

static const struct {
	const char *decision, *title;
} decisions[] = {
	{"approve", N_("Approve, and clear findings")}, {"return", N_("Return")}, {"redact", N_("Redact")},
	{"on-request", N_("On request only")}, {"refuse", N_("Refuse")}, {"postpone", N_("Postpone")},
	{"refer", N_("Refer upward")}, {"consult", N_("Consult")},
};

/* Does the person hold a stage of this section today, and is the round still one to decide about? */
static bool may_decide(const struct sheet *sheet, const struct review_case *c)
{
	const struct policy *policy = sheet->s.docket.policy;
	const struct person *person = policy_person(policy, sheet->s.person);
	bool may = false;

	for (size_t i = 0; person != NULL && i < policy->stage_count; i++)
		may = may || person_may_sign(policy, person, policy->stages[i].id, c->section, sheet->s.today) == ENTITLED;
	for (size_t i = 0; i < c->publication_count; i++)
		may = may && c->publications[i].round != case_round(c)->number;
	return may && !round_is_over(case_round(c));
}

static bool has_open_question(const struct round *round)
{
	for (size_t i = 0; i < round->sign_off_count; i++)
		if (round->sign_offs[i].addressee != NULL && round->sign_offs[i].addressee[0] != '\0' && !round->sign_offs[i].answered)
			return true;
	return false;
}

static void add_actions(struct sheet *sheet, const struct review_case *c)
{
	const bool may = may_decide(sheet, c);

	buf_addf(sheet->out, "<h2 id=\"actions\">%s</h2>\n<ul class=\"actions\">\n", _("What you can do"));
	for (size_t i = 0; may && i < sizeof(decisions) / sizeof(decisions[0]); i++)
		buf_addf(sheet->out, "<li><a href=\"decide?id=%s&amp;decision=%s\">%s</a></li>\n", c->id, decisions[i].decision,
		         _(decisions[i].title));
	if (has_open_question(case_round(c)))
		buf_addf(sheet->out, "<li><a href=\"answer?id=%s\">%s</a></li>\n", c->id, _("Record an answer"));
	buf_addf(sheet->out, "<li><a href=\"file?id=%s\">%s</a></li>\n", c->id, _("Record the filing number"));
	buf_addf(sheet->out, "<li><a href=\"submit?id=%s\">%s</a></li>\n", c->id, _("Submit a new round"));
	if (names_have(&sheet->s.docket.policy->registrars, sheet->s.person))
		buf_addf(sheet->out, "<li><a href=\"release?id=%s\">%s</a></li>\n<li><a href=\"withdraw?id=%s\">%s</a></li>\n", c->id,
		         _("Release"), c->id, _("Withdraw"));
	buf_addf(sheet->out, "<li><a href=\"timeline?id=%s\">%s</a></li>\n</ul>\n", c->id, _("What happened"));
}

enum { TEXT_SHOWN = 256 * 1024 };

static void add_reveal(struct sheet *sheet, const struct review_case *c, bool revealed)
{
	buf_addf(sheet->out, "<p><a href=\"case?id=%s%s#documents\">%s</a></p>\n", c->id, revealed ? "" : "&amp;reveal=1",
	         revealed ? _("Hide what the rules stop")
	                  : _("Show what the rules stop, on this screen"));
}

/* Titles are what people know a matter by; numbers tell two of one title apart. */
static void begin_case(struct sheet *sheet, const struct review_case *c)
{
	struct buf title = {0};

	html_add(&title, c->id);
	buf_add_byte(&title, ' ');
	html_add(&title, round_field(case_round(c), "title"));
	sheet_begin(sheet, title.data);
	buf_release(&title);
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
	begin_case(sheet, c);
	if (sheet_given(sheet, "signed") != NULL)
		buf_addf(sheet->out, "<p class=\"good\" role=\"status\">%s</p>\n", _("Signed, and in the ledger."));
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
	paper_heading(&paper, "publications", _("Release and withdrawal"));
	paper_publications(&paper);
	sheet_end(sheet);
	scan_release(&scan);
	return true;
}
