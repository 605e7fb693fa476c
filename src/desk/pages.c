/* pages.c - from a request to its page.
 *
 * The ledger is read for every request before anything of it is shown: what another person signed a moment ago is
 * verified and on the next page.  A page that only shows begins where this account last verified the ledger, as
 * the commands that show do (docs/state-cache.md); every other request, and each that brings a form, verifies from the
 * first entry.  A page is the latter unless it is named as the former. */
#include "base/language.h"
#include "desk.h"

#include "cli/gate.h"

#include <string.h>

static const struct {
	const char *name;
	bool (*make)(struct sheet *sheet, struct err *err);
	bool posts; /* takes a form too */
	bool shows; /* without one, nothing is signed, certified or kept of it */
} pages[] = {
	{"", desk_inbox, false, true},
	{"inbox", desk_inbox, false, true},
	{"case", desk_case, false, true},
	{"decide", desk_decide, true, true},
	{"answer", desk_answer, true, true},
	{"file", desk_file, true, true},
	{"submit", desk_submit, true, true},
	{"releases", desk_releases, false, true},
	{"release", desk_release, true, true},
	{"withdraw", desk_withdraw, true, true},
	{"timeline", desk_timeline, false, false},
	{"statistics", desk_statistics, false, false},
	{"audit", desk_audit, false, false},
	{"sign", desk_sign, true, false},
};

/* The first of the languages we have that the browser names; none: the one of the program. */
static bool wants_chinese(const char *accepted)
{
	for (const char *at = accepted; *at != '\0'; at += strcspn(at, ",")) {
		at += strspn(at, ", \t");
		if (strncmp(at, "zh", 2) == 0)
			return true;
		if (strncmp(at, "en", 2) == 0)
			return false;
	}
	return language_is_chinese();
}

/* What is not the page's own, reasons and refusals, comes in the language of the program. */
static void speak(bool chinese)
{
	language_choose(&(struct language_wish){.lang = chinese ? "zh_CN.UTF-8" : "C"});
}

static bool open_ledger(struct sheet *sheet, bool shows, struct err *err)
{
	return shows && !sheet->request->post ? session_open_view(&sheet->s, err) : session_open(&sheet->s, err);
}

static bool make(struct sheet *sheet, struct err *err)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (strcmp(pages[i].name, sheet->request->page) != 0)
			continue;
		if (sheet->request->post && !pages[i].posts)
			break;
		return open_ledger(sheet, pages[i].shows, err) && session_open_person(&sheet->s, err) && pages[i].make(sheet, err);
	}
	return err_set(err, ERR_NOT_FOUND, "there is no such page");
}

void desk_page(const struct web_request *request, struct web_answer *answer, void *context)
{
	struct sheet sheet = {
		.desk = context,
		.request = request,
		.answer = answer,
		.out = &answer->body,
	};
	const bool own = language_is_chinese();
	struct err err = {0};

	if (strcmp(request->page, "style") == 0 && !request->post) {
		answer->type = "text/css; charset=utf-8";
		buf_add_string(&answer->body, paper_style);
		buf_add_string(&answer->body, frame_style);
		return;
	}
	speak(wants_chinese(request->language));
	if (!make(&sheet, &err))
		sheet_error(&sheet, &err);
	session_close(&sheet.s);
	speak(own);
}
