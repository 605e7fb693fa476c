/* pages.c - from a request to its page.
 *
 * The ledger is verified for every request before anything of it is shown: what another person signed a
 * moment ago is on the next page, and a ledger that is broken shows nothing but that. */
#include "base/language.h"
#include "desk.h"

#include "cli/gate.h"

#include <string.h>

static const struct {
	const char *name;
	bool (*make)(struct sheet *sheet, struct err *err);
	bool posts; /* takes a form too */
} pages[] = {
	{"", desk_inbox, false},
	{"inbox", desk_inbox, false},
	{"case", desk_case, false},
	{"decide", desk_decide, true},
	{"answer", desk_answer, true},
	{"file", desk_file, true},
	{"submit", desk_submit, true},
	{"releases", desk_releases, false},
	{"release", desk_release, true},
	{"withdraw", desk_withdraw, true},
	{"timeline", desk_timeline, false},
	{"statistics", desk_statistics, false},
	{"audit", desk_audit, false},
	{"sign", desk_sign, true},
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

static bool make(struct sheet *sheet, struct err *err)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (strcmp(pages[i].name, sheet->request->page) != 0)
			continue;
		if (sheet->request->post && !pages[i].posts)
			break;
		return session_open(&sheet->s, err) && session_open_person(&sheet->s, err) && pages[i].make(sheet, err);
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
