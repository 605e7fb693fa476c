/* confirm.c - what is signed is what was shown.
 *
 * A form does not sign.  It makes an entry, which stays here, and a page that shows it line by line; the
 * button on that page signs that entry and no other.  What the ledger learned meanwhile is judged again
 * when the entry is appended, so a round that changed under it refuses it. */
#include "desk.h"

#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/publishing.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "release/release.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pending_release(struct pending *pending)
{
	draft_release(&pending->draft);
	matter_release(&pending->matter);
	free(pending->case_id);
	free(pending->person);
	free(pending->reason);
	free(pending->ground);
	*pending = (struct pending){0};
}

static void add_row(struct sheet *sheet, const char *label, const char *value)
{
	buf_add_string(sheet->out, "<tr><th scope=\"row\">");
	html_add(sheet->out, label);
	buf_add_string(sheet->out, "</th><td>");
	html_add(sheet->out, value);
	buf_add_string(sheet->out, "</td></tr>\n");
}

/* Every line of the entry, as the ledger will hold it. */
static void add_draft(struct sheet *sheet, const struct draft *draft)
{
	char hex[DIGEST_HEX_SIZE];

	add_row(sheet, "type", entry_type_name(draft->type));
	add_row(sheet, "person", draft->person);
	add_row(sheet, "rules", digest_to_hex(&draft->rules, hex));
	for (size_t i = 0; i < draft->line_count; i++)
		if (draft->lines[i].value[0] != '\0')
			add_row(sheet, draft->lines[i].key, draft->lines[i].value);
}

/* Releasing and taking down are signed too; what they are about is known from the case. */
static void add_publication(struct sheet *sheet, const struct pending *pending)
{
	const struct review_case *c = docket_case(&sheet->s.docket, pending->case_id);
	const struct round *round = c != NULL ? case_round(c) : NULL;

	add_row(sheet, "type", pending->kind == PENDING_RELEASE ? "release" : "withdraw");
	add_row(sheet, "person", sheet->s.person);
	add_row(sheet, "case", pending->case_id);
	for (size_t i = 0; pending->kind == PENDING_RELEASE && round != NULL && i < round->files->count; i++) {
		char hex[DIGEST_HEX_SIZE], *to = policy_public_path(sheet->s.docket.policy, round->files->items[i].path);
		char *line = mem_format("%s %s%s", digest_to_hex(&round->files->items[i].digest, hex), sheet->s.docket.policy->public_dir, to);

		add_row(sheet, "file", line);
		free(line);
		free(to);
	}
	if (pending->offline)
		add_row(sheet, "freshness", "offline");
	if (pending->reason != NULL)
		add_row(sheet, "reason", pending->reason);
	if (pending->ground != NULL)
		add_row(sheet, "ground", pending->ground);
	if (pending->incident)
		add_row(sheet, "incident", "yes");
}

/* What a release or withdrawal is about as the ledger is now: another round, or another release, was not shown. */
static struct digest about_now(const struct sheet *sheet, const struct pending *pending)
{
	const struct review_case *c = pending->case_id != NULL ? docket_case(&sheet->s.docket, pending->case_id) : NULL;

	if (c != NULL && pending->kind == PENDING_RELEASE)
		return case_round(c)->submit;
	if (c != NULL && pending->kind == PENDING_WITHDRAW && c->publication_count > 0)
		return c->publications[c->publication_count - 1].release;
	return (struct digest){0};
}

void desk_confirm(struct sheet *sheet, struct pending *pending)
{
	char number[24];

	pending->number = ++sheet->desk->confirmations;
	pending->about = about_now(sheet, pending);
	pending->person = mem_copy_string(sheet->s.person);
	pending->draft.person = pending->person; /* the session's ends with this request */
	pending_release(&sheet->desk->pending);
	sheet->desk->pending = *pending; /* transferred */
	*pending = (struct pending){0};
	pending = &sheet->desk->pending;
	sheet_begin(sheet, _("Exactly this will be signed"));
	buf_addf(sheet->out, "<p>%s</p>\n<table class=\"form\" id=\"signed\">\n",
	         _("Nothing is signed yet. Leaving this page signs nothing."));
	if (pending->kind == PENDING_ENTRY || pending->kind == PENDING_SUBMIT)
		add_draft(sheet, &pending->draft);
	else
		add_publication(sheet, pending);
	buf_addf(sheet->out, "</table>\n<p>%s</p>\n",
	         _("The key stays with ssh-agent, or the program asks for its passphrase on the terminal it was started on, never here."));
	sheet_form(sheet, "sign", false);
	(void)snprintf(number, sizeof(number), "%lu", pending->number);
	sheet_hidden(sheet, "number", number);
	sheet_button(sheet, _("Sign"));
	buf_addf(sheet->out, "<p><a href=\"case?id=%s\">%s</a></p>\n", pending->case_id, _("Do not sign"));
	sheet_end(sheet);
}

/* Act as the pending says; its case may get another number when it is submitted. */
static bool carry_out(struct sheet *sheet, struct pending *pending, struct err *err)
{
	struct session *s = &sheet->s;
	const struct withdrawal why = {
		.reason = pending->reason,
		.ground = pending->ground != NULL ? pending->ground : "",
		.incident = pending->incident,
	};
	bool again;

	switch (pending->kind) {
	case PENDING_ENTRY:
		return session_open_signer(s, err) && session_append(s, &pending->draft, err);
	case PENDING_SUBMIT:
		if (!session_open_signer(s, err) || !submission_append(s, &pending->matter, &pending->draft, err))
			return false;
		free(pending->case_id);
		pending->case_id = mem_copy_string(pending->matter.case_id);
		return true;
	case PENDING_RELEASE:
		return publishing_release(s, pending->case_id, false, pending->offline, err);
	case PENDING_WITHDRAW:
		return publishing_withdraw(s, pending->case_id, &why, &again, err);
	case PENDING_NOTHING:
	default:
		return err_set(err, ERR_CONFLICT, "there is nothing to be signed");
	}
}

/* Is the button that was pressed the one of this page, and is the page still about the same? */
static bool is_as_shown(const struct sheet *sheet, const struct pending *pending)
{
	const struct digest now = about_now(sheet, pending);
	char number[24];

	(void)snprintf(number, sizeof(number), "%lu", pending->number);
	return sheet->request->post && pending->kind != PENDING_NOTHING && strcmp(web_value(sheet->request, "number"), number) == 0 &&
	       digest_equal(&now, &pending->about);
}

bool desk_sign(struct sheet *sheet, struct err *err)
{
	struct pending pending = sheet->desk->pending;
	bool ok;

	if (!is_as_shown(sheet, &pending)) {
		(void)err_set(err, ERR_CONFLICT, "what that page showed is no longer to be signed; nothing was signed");
		return err_hint(err, "begin again from the case");
	}
	sheet->desk->pending = (struct pending){0}; /* transferred: once, whatever becomes of it */
	ok = carry_out(sheet, &pending, err);
	if (ok)
		sheet->answer->to = mem_format("case?id=%s&signed=1", pending.case_id);
	pending_release(&pending);
	return ok;
}
