/* frame.c - what all pages of the desk have in common. */
#include "desk.h"

#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/case_view.h"

#include <stdlib.h>
#include <string.h>

const char *sheet_given(const struct sheet *sheet, const char *name)
{
	const char *value = web_value(sheet->request, name);

	return utf8_is_blank(value) ? NULL : value;
}

static const struct {
	const char *page, *title;
} places[] = {
	{"inbox", N_("Inbox")},          {"submit", N_("Submit")},     {"releases", N_("Releases")},
	{"timeline", N_("Timeline")},    {"statistics", N_("Statistics")}, {"audit", N_("Audit")},
};

static void add_navigation(struct sheet *sheet)
{
	buf_addf(sheet->out, "<nav aria-label=\"%s\"><ul>\n", _("Desk"));
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		buf_addf(sheet->out, "<li><a href=\"%s\"%s>%s</a></li>\n", places[i].page,
		         strcmp(places[i].page, sheet->request->page) == 0 ? " aria-current=\"page\"" : "",
		         _(places[i].title));
	buf_add_string(sheet->out, "</ul></nav>\n");
}

static void add_office(struct sheet *sheet)
{
	const struct policy *policy = sheet->s.docket.policy;
	const char *office = policy == NULL ? NULL : language_is_chinese() ? policy->office_zh : policy->office_en;

	buf_add_string(sheet->out, "<header><p class=\"office\">");
	html_add(sheet->out, office != NULL ? office : "review");
	if (sheet->s.person != NULL) {
		char *title = person_title(&sheet->s, sheet->s.person);

		buf_addf(sheet->out, " <span class=\"person\">%s ", _("You are"));
		html_add(sheet->out, title);
		buf_add_string(sheet->out, "</span>");
		free(title);
	}
	buf_add_string(sheet->out, "</p>\n");
	add_navigation(sheet);
	buf_add_string(sheet->out, "</header>\n");
}

void sheet_begin(struct sheet *sheet, const char *title)
{
	buf_clear(sheet->out);
	buf_addf(sheet->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	                     "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s - review</title>\n"
	                     "<link rel=\"stylesheet\" href=\"style\">\n</head>\n<body>\n"
	                     "<a class=\"skip\" href=\"#main\">%s</a>\n",
	         language_is_chinese() ? "zh-CN" : "en", title, _("To the content"));
	add_office(sheet);
	buf_addf(sheet->out, "<main id=\"main\" tabindex=\"-1\">\n<h1>%s</h1>\n", title);
}

void sheet_end(struct sheet *sheet) { buf_add_string(sheet->out, "</main>\n</body>\n</html>\n"); }

static unsigned status_of(enum err_kind kind)
{
	switch (kind) {
	case ERR_USAGE:
	case ERR_INPUT:
		return 400;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_LIMIT:
		return 413;
	case ERR_DENIED:
	case ERR_MISMATCH:
	case ERR_CONFLICT:
		return 409;
	case ERR_NONE:
	case ERR_ELSEWHERE:
	case ERR_UNKNOWN:
	case ERR_SYSTEM:
	default:
		return 500;
	}
}

void sheet_error(struct sheet *sheet, const struct err *err)
{
	sheet->answer->status = status_of(err->kind);
	sheet_begin(sheet, _("This cannot be done"));
	buf_add_string(sheet->out, "<p class=\"bad\" role=\"alert\">");
	html_add(sheet->out, err->told);
	buf_add_string(sheet->out, "</p>\n");
	if (err->hint[0] != '\0') {
		buf_add_string(sheet->out, "<p>");
		html_add(sheet->out, err->told_hint);
		buf_add_string(sheet->out, "</p>\n");
	}
	buf_addf(sheet->out, "<p><a href=\"inbox\">%s</a></p>\n", _("To the inbox"));
	sheet_end(sheet);
}

void desk_refused(unsigned status, const char *why, struct buf *out)
{
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>%u</title></head>\n"
	              "<body><main><h1>%u</h1><p>%s</p></main></body>\n</html>\n", status, status, why);
}

void sheet_hidden(struct sheet *sheet, const char *name, const char *value)
{
	buf_addf(sheet->out, "<input type=\"hidden\" name=\"%s\" value=\"", name);
	html_add(sheet->out, value);
	buf_add_string(sheet->out, "\">\n");
}

void sheet_form(struct sheet *sheet, const char *page, bool with_files)
{
	buf_addf(sheet->out, "<form method=\"post\" action=\"%s\"%s>\n", page, with_files ? " enctype=\"multipart/form-data\"" : "");
	sheet_hidden(sheet, "token", sheet->request->token);
}

void sheet_button(struct sheet *sheet, const char *label)
{
	buf_addf(sheet->out, "<p><button type=\"submit\">%s</button></p>\n</form>\n", label);
}

void sheet_input(struct sheet *sheet, const char *name, const char *type, const char *label, const char *value)
{
	buf_addf(sheet->out, "<p class=\"field\"><label for=\"%s\">", name);
	html_add(sheet->out, label);
	buf_addf(sheet->out, "</label> <input type=\"%s\" id=\"%s\" name=\"%s\" value=\"", type, name, name);
	html_add(sheet->out, value);
	buf_addf(sheet->out, "\"%s></p>\n", strcmp(name, "title") == 0 ? " required" : "");
}

void sheet_area(struct sheet *sheet, const char *name, const char *label, const char *value, bool required)
{
	buf_addf(sheet->out, "<p class=\"field\"><label for=\"%s\">", name);
	html_add(sheet->out, label);
	buf_addf(sheet->out, "</label> <textarea id=\"%s\" name=\"%s\" rows=\"2\" maxlength=\"2000\"%s>\n", name, name, required ? " required" : "");
	html_add(sheet->out, value);
	buf_add_string(sheet->out, "</textarea></p>\n");
}

void sheet_grounds(struct sheet *sheet, enum ground chosen, bool required)
{
	buf_addf(sheet->out, "<p class=\"field\"><label for=\"ground\">%s</label> <select id=\"ground\" name=\"ground\"%s>\n<option value=\"\"></option>\n",
	         _("Ground"), required ? " required" : "");
	for (int g = GROUND_STATE_SECRET; g <= GROUND_INQUIRY; g++)
		buf_addf(sheet->out, "<option value=\"%s\"%s>%s</option>\n", ground_name((enum ground)g), (enum ground)g == chosen ? " selected" : "",
		         ground_title((enum ground)g));
	buf_add_string(sheet->out, "</select></p>\n");
}

void sheet_case_link(struct sheet *sheet, const char *case_id)
{
	buf_add_string(sheet->out, "<a href=\"case?id=");
	html_add(sheet->out, case_id);
	buf_add_string(sheet->out, "\">");
	html_add(sheet->out, case_id);
	buf_add_string(sheet->out, "</a>");
}

struct paper sheet_paper(struct sheet *sheet, const struct review_case *c, const struct scan *scan)
{
	return (struct paper){.out = sheet->out, .s = &sheet->s, .c = c, .scan = scan};
}

const char frame_style[] =
	"header{border-bottom:2px solid #333;margin-bottom:1em}.office{font-weight:700;margin:.6em 0 .2em}.person{font-weight:400;float:right}\n"
	"nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3em 1.2em;padding:0;margin:.3em 0 .6em}\n"
	"nav a[aria-current]{font-weight:700;text-decoration:none;border-bottom:3px solid #0b57d0}\n"
	"a{color:#0b57d0}a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible,select:focus-visible,pre:focus-visible"
	"{outline:3px solid #0b57d0;outline-offset:2px}main:focus{outline:none}\n"
	".skip{position:absolute;left:-999em}.skip:focus{left:.5em;top:.5em;background:#fff;padding:.3em}\n"
	"fieldset{border:1px solid #999;margin:1em 0;min-width:0}fieldset code{overflow-wrap:anywhere}legend{font-weight:600}.field label{display:block;font-weight:600}\n"
	"input,textarea,select,button{font:inherit;padding:.3em}textarea{width:100%;max-width:48em;box-sizing:border-box}"
	"input[type=text]{width:100%;max-width:32em;box-sizing:border-box}\n"
	"button{padding:.4em 1.2em;border:1px solid #0b57d0;background:#0b57d0;color:#fff;border-radius:4px}\n"
	".actions{display:flex;flex-wrap:wrap;gap:.5em 1.2em;list-style:none;padding:0}.mine{font-weight:700}.late{color:#9b0000}\n"
	"svg{max-width:100%;height:auto}svg text{font:14px system-ui,sans-serif}\n"
	"@media screen{tr.empty{display:none}}@media (max-width:40em){.more{display:none}table.form th{width:7em}time,thead th{white-space:normal}"
	"table:not(.form) th,table:not(.form) td{overflow-wrap:break-word}}\n"
	"@media print{header nav,form,.actions,.skip{display:none}}\n";
