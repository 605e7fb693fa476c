#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "audit/audit.h"
#include "base/digest.h"
#include "base/err.h"
#include "cli/paper.h"
#include "cli/session.h"
#include "cli/submission.h"
#include "ledger/entry.h"
#include "web/web.h"

#include <stdbool.h>
#include <stdint.h>

/* The desk: pages for one person, in one process, one request at a time.  Each request opens the ledger
 * anew, as a command does; between two requests what waits to be signed is kept, and the last audit. */

/* What was shown on a page of confirmation, and is signed as it was shown, or not at all. */
enum pending_kind { PENDING_NOTHING = 0, PENDING_ENTRY, PENDING_SUBMIT, PENDING_RELEASE, PENDING_WITHDRAW };
struct pending {
	enum pending_kind kind;
	unsigned long number;  /* of this page of confirmation; no two have the same */
	struct draft draft;    /* entry, submit */
	struct matter matter;  /* submit */
	char *case_id;
	char *person;          /* the draft's */
	struct digest about;   /* release, withdraw: the entry of the round or release that was shown */
	char *reason, *ground; /* withdraw */
	bool incident, offline;
};

/* The last audit that was made for a page, in memory only. */
struct audited {
	bool there, rescan, chinese; /* in which language its remarks are */
	int64_t time;
	struct audit_report report;
};
void audited_forget(struct audited *kept);

struct desk {
	struct pending pending;
	struct audited audited;
	unsigned long confirmations;
};

/* One request being answered. */
struct sheet {
	struct desk *desk;
	const struct web_request *request;
	struct web_answer *answer;
	struct buf *out; /* the answer's body */
	struct session s;
};

/* Pages.  False: `err` says why not, and a page of refusal is made of it. */
bool desk_inbox(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_case(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_decide(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_answer(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_file(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_submit(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_releases(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_release(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_withdraw(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_timeline(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_statistics(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_audit(struct sheet *sheet, struct err *err) MUST_CHECK;
bool desk_sign(struct sheet *sheet, struct err *err) MUST_CHECK;

/* Keep what is to be signed, in place of what was, and show it with a button (confirm.c).  What the
 * pending holds is transferred. */
void desk_confirm(struct sheet *sheet, struct pending *pending);
void pending_release(struct pending *pending);

/* Answers a request that the web room let in; `context` is the desk. */
void desk_page(const struct web_request *request, struct web_answer *answer, void *context);
void desk_refused(unsigned status, const char *why, struct buf *out);

/* The frame of a page, and its parts (frame.c). */
void sheet_begin(struct sheet *sheet, const char *title); /* up to <h1> */
void sheet_end(struct sheet *sheet);
void sheet_error(struct sheet *sheet, const struct err *err);
void sheet_form(struct sheet *sheet, const char *page, bool with_files); /* <form>, with the token */
void sheet_hidden(struct sheet *sheet, const char *name, const char *value);
void sheet_button(struct sheet *sheet, const char *label);  /* and </form> */
void sheet_input(struct sheet *sheet, const char *name, const char *type, const char *label, const char *value);
void sheet_area(struct sheet *sheet, const char *name, const char *label, const char *value, bool required);
void sheet_grounds(struct sheet *sheet, enum ground chosen, bool required);
void sheet_case_link(struct sheet *sheet, const char *case_id);
struct paper sheet_paper(struct sheet *sheet, const struct review_case *c, const struct scan *scan);
extern const char frame_style[];

/* What a field of the request says; NULL when it is blank. */
const char *sheet_given(const struct sheet *sheet, const char *name);

#endif
