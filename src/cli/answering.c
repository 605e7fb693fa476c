/* answering.c - an answer from outside, put beside the question it answers. */
#include "answering.h"

#include "ledger/entry.h"
#include "policy/docket.h"
#include "session.h"

/* The newest refer or consult of the round that nobody answered yet. */
static const struct sign_off *open_question(const struct round *round)
{
	for (size_t i = round->sign_off_count; i > 0; i--) {
		const struct sign_off *o = &round->sign_offs[i - 1];

		if ((o->decision == DECISION_REFER || o->decision == DECISION_CONSULT) && !o->answered)
			return o;
	}
	return NULL;
}

/* The lines every record beside a decision begins with: which case, round and submit entry. */
static void draft_begin_about(struct draft *draft, const struct review_case *c)
{
	draft_add(draft, "case", c->id);
	draft_add_number(draft, "round", case_round(c)->number);
	draft_add_digest(draft, "submit", &case_round(c)->submit);
}

bool answering_draft(struct session *s, const struct review_case *c, const char *outcome, const char *note, struct draft *out,
                     struct err *err)
{
	const struct sign_off *question = open_question(case_round(c));

	if (question == NULL) {
		(void)err_set(err, ERR_DENIED, "case %s waits for no answer", c->id);
		return err_hint(err, "review show %s", c->id);
	}
	*out = session_draft(s, ENTRY_EVIDENCE);
	draft_begin_about(out, c);
	draft_add_digest(out, "answers", &question->entry);
	draft_add(out, "outcome", outcome);
	draft_add(out, "note", note);
	return true;
}

struct draft filing_draft(struct session *s, const struct review_case *c, const char *number, const char *note)
{
	struct draft draft = session_draft(s, ENTRY_FILE_RECORD);

	draft_begin_about(&draft, c);
	draft_add(&draft, "register", number);
	draft_add(&draft, "note", note != NULL ? note : "");
	return draft;
}
