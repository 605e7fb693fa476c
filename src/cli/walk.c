/* walk.c - deciding at a terminal.
 *
 * The questions are listed first and then walked over, forth and back; an answer is a word beside its
 * question until the walk is over.  Only then is the sign-off filled in, described and confirmed, so
 * that whoever goes away in the middle leaves nothing behind. */
#include "walk.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/ground.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "case_text.h"
#include "case_view.h"
#include "ledger/entry.h"
#include "policy/verdict.h"
#include "prompt.h"
#include "scan/finding.h"
#include "session.h"
#include "signing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum asked { ASK_REASON = 1, ASK_EVIDENCE, ASK_CHECK, ASK_GROUND, ASK_UNTIL, ASK_ADDRESSEE, ASK_OPINION };

struct question {
	enum asked what;
	const struct finding *finding; /* reason, evidence */
	const char *path;
	size_t number;                 /* of the finding; of the check */
	char *answer;
	bool settled;                  /* answered with one before it: not put again, unless one goes back to it */
};

struct walk {
	struct signing *d;
	struct question *items;
	size_t count;
	size_t clears, evidence, answers; /* given by options: they stay when the walk goes back */
};

static void add_question(struct walk *w, struct question question)
{
	w->items = mem_grow(w->items, w->count, sizeof(*w->items));
	w->items[w->count++] = question;
}

static void list_findings(struct walk *w)
{
	size_t number = 0;

	for (size_t i = 0; i < w->d->scan.count; i++)
		for (size_t k = 0; k < w->d->scan.files[i].count; k++) {
			const struct finding *f = &w->d->scan.files[i].findings[k];

			number++;
			if (!signing_is_open(w->d, f))
				continue;
			add_question(w, (struct question){.what = ASK_REASON, .finding = f, .path = w->d->scan.files[i].path, .number = number});
			if (f->evidence)
				add_question(w, (struct question){.what = ASK_EVIDENCE, .finding = f, .path = w->d->scan.files[i].path, .number = number});
		}
}

static void list_questions(struct walk *w)
{
	const struct signing *d = w->d;

	if (d->clear_count == 0)
		list_findings(w);
	for (size_t i = d->answer_count; d->decision == DECISION_APPROVE && i < d->stage->asks.count; i++)
		add_question(w, (struct question){.what = ASK_CHECK, .number = i});
	if (decision_wants_ground(d->decision) && d->ground == NULL)
		add_question(w, (struct question){.what = ASK_GROUND});
	if (decision_wants_date(d->decision) && d->until == NULL)
		add_question(w, (struct question){.what = ASK_UNTIL});
	if (decision_wants_addressee(d->decision) && d->addressee == NULL)
		add_question(w, (struct question){.what = ASK_ADDRESSEE});
	if (d->opinion == NULL)
		add_question(w, (struct question){.what = ASK_OPINION});
}

static void print_grounds(void)
{
	for (int g = GROUND_STATE_SECRET; g <= GROUND_INQUIRY; g++)
		(void)fprintf(stderr, "  %d  %s\n", g, ground_title((enum ground)g));
}

static bool is_like(const struct question *a, const struct question *b)
{
	return a->what == b->what && a->finding != NULL && strcmp(a->finding->rule, b->finding->rule) == 0;
}

/* The nearest question before `q` of the same kind about a finding of the same rule that has an answer; or NULL. */
static const struct question *before(const struct walk *w, const struct question *q)
{
	for (const struct question *p = q; p-- > w->items;)
		if (is_like(p, q) && p->answer != NULL && p->answer[0] != '\0')
			return p;
	return NULL;
}

static void settle(struct question *q, const char *answer)
{
	free(q->answer);
	q->answer = mem_copy_string(answer);
	q->settled = true;
}

/* "=": as for the finding before of the same rule.  "==": and so for all behind, and what proves it. */
static bool answer_as_before(struct walk *w, struct question *q, bool all)
{
	const struct question *as = before(w, q), *proof = NULL;

	if (as == NULL) {
		(void)fputs(_("no finding like it was answered yet\n"), stderr);
		return false;
	}
	settle(q, as->answer);
	for (struct question *p = q + 1; all && p < w->items + w->count; p++)
		if (is_like(p, q))
			settle(p, as->answer);
		else if (p->what == ASK_EVIDENCE && q->what == ASK_REASON && strcmp(p->finding->rule, q->finding->rule) == 0 &&
		         (proof != NULL || (proof = before(w, p)) != NULL))
			settle(p, proof->answer);
	return true;
}

/* The question as it is put; owned by the caller. */
static char *wording(const struct walk *w, const struct question *q)
{
	char *where, *text;

	switch (q->what) {
	case ASK_REASON:
		if (q->finding->excerpt != NULL)
			(void)fprintf(stderr, "  %s\n  %*s^\n", q->finding->excerpt, (int)q->finding->mark, "");
		where = finding_where(q->path, q->finding);
		text = mem_format(before(w, q) == NULL ? _("finding %zu, %s: why may it be published? (empty: leave it)")
		                                       : _("finding %zu, %s: why may it be published? (empty: leave it; = as before, == all like it)"),
		                  q->number, where);
		free(where);
		return text;
	case ASK_EVIDENCE:
		return mem_format(before(w, q) == NULL ? _("finding %zu: the file that proves it (empty: none)")
		                                       : _("finding %zu: the file that proves it (empty: none; = as before)"), q->number);
	case ASK_CHECK:
		return mem_copy_string(w->d->stage->asks.items[q->number]);
	case ASK_GROUND:
		print_grounds();
		return mem_copy_string(_("ground, a number:"));
	case ASK_UNTIL:
		return mem_copy_string(w->d->decision == DECISION_REFUSE ? _("look again on (YYYY-MM-DD):") : _("not before (YYYY-MM-DD):"));
	case ASK_ADDRESSEE:
		return mem_copy_string(_("to whom:"));
	case ASK_OPINION:
	default:
		return mem_copy_string(_("opinion:"));
	}
}

static bool is_readable(const char *path)
{
	struct buf bytes = {0};
	struct err why = {0};
	const bool ok = fs_read_file(path, EVIDENCE_LIMIT, &bytes, &why);

	buf_release(&bytes);
	if (!ok)
		(void)fprintf(stderr, "%s\n", why.told);
	return ok;
}

/* May this answer stand?  If not, why is said, and it is asked again. */
static bool accepts(const struct question *q, const char *answer)
{
	int32_t day;

	if (q->what == ASK_REASON)
		return true;
	if (q->what == ASK_EVIDENCE)
		return answer[0] == '\0' || is_readable(answer);
	if (q->what == ASK_GROUND) {
		if (answer[0] >= '1' && answer[0] <= '8' && answer[1] == '\0')
			return true;
		(void)fputs(_("a number from 1 to 8\n"), stderr);
		return false;
	}
	if (q->what == ASK_UNTIL) {
		if (date_from_text(&day, answer, strlen(answer)))
			return true;
		(void)fputs(_("a date, as in 2026-11-28\n"), stderr);
		return false;
	}
	if (answer[0] != '\0')
		return true;
	(void)fputs(_("an answer is needed\n"), stderr);
	return false;
}

/* One question; *at moves on, or back. */
static bool ask(struct walk *w, size_t *at, struct err *err)
{
	struct question *q = &w->items[*at];
	char *question = wording(w, q), *answer = NULL;
	bool ok = prompt_line(question, &answer, err);

	free(question);
	if (ok && utf8_is_blank(answer))
		answer[0] = '\0';
	if (ok && strcmp(answer, "q") == 0) {
		ok = err_set(err, ERR_DENIED, "nothing was signed");
	} else if (ok && strcmp(answer, "<") == 0) {
		*at -= *at > 0 ? 1 : 0;
		w->items[*at].settled = false;
	} else if (ok && q->finding != NULL && (strcmp(answer, "=") == 0 || strcmp(answer, "==") == 0)) {
		*at += answer_as_before(w, q, answer[1] == '=') ? 1 : 0;
	} else if (ok && accepts(q, answer)) {
		free(q->answer);
		q->answer = answer;
		answer = NULL; /* transferred */
		(*at)++;
	}
	free(answer);
	return ok;
}

static bool take_evidence(struct signing *d, const struct question *q, struct err *err)
{
	struct buf bytes = {0};
	const bool ok = fs_read_file(q->answer, EVIDENCE_LIMIT, &bytes, err) &&
	                signing_add_evidence(d, &q->finding->id, q->answer, &bytes, err);

	buf_release(&bytes);
	return ok;
}

/* Where the answer to this question belongs; NULL: it is no single word of the form. */
static char **place_for(struct signing *d, enum asked what)
{
	if (what == ASK_GROUND)
		return &d->ground;
	if (what == ASK_UNTIL)
		return &d->until;
	if (what == ASK_ADDRESSEE)
		return &d->addressee;
	return what == ASK_OPINION ? &d->opinion : NULL;
}

static bool fill_in(struct walk *w, struct err *err)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct question *q = &w->items[i];
		char **place = place_for(w->d, q->what);

		if (q->what == ASK_REASON && q->answer[0] != '\0')
			signing_clear(w->d, &q->finding->id, q->answer);
		else if (q->what == ASK_EVIDENCE && q->answer[0] != '\0' && w->items[i - 1].answer[0] != '\0' &&
		         !take_evidence(w->d, q, err))
			return false;
		else if (q->what == ASK_CHECK)
			signing_answer(w->d, q->answer);
		else if (place != NULL)
			*place = mem_copy_string(q->what == ASK_GROUND ? ground_name((enum ground)(q->answer[0] - '0')) : q->answer);
	}
	return signing_check(w->d, err);
}

static void take_back(struct walk *w)
{
	signing_cut(w->d, w->clears, w->evidence, w->answers);
	for (size_t i = 0; i < w->count; i++) {
		char **place = place_for(w->d, w->items[i].what);

		if (place != NULL) {
			free(*place);
			*place = NULL;
		}
	}
}

/* The last question: all of it as it will be signed.  *at moves behind the end, or back. */
static bool confirm(struct walk *w, size_t *at, struct err *err)
{
	struct buf text = {0};
	char *answer = NULL;
	bool ok = fill_in(w, err);

	if (!ok)
		return false;
	signing_describe(w->d, &text);
	(void)fwrite(text.data, 1, text.len, stdout);
	buf_release(&text);
	ok = prompt_line(w->count > 0 ? _("sign this? [y/N, < to go back]") : _("sign this? [y/N]"), &answer, err);
	if (ok && strcmp(answer, "<") == 0 && w->count > 0) {
		take_back(w);
		*at = w->count - 1;
		w->items[*at].settled = false;
	} else if (ok && prompt_means_yes(answer)) {
		*at = w->count + 1;
	} else if (ok) {
		ok = err_set(err, ERR_DENIED, "nothing was signed");
	}
	free(answer);
	return ok;
}

bool walk_through(struct signing *d, struct err *err)
{
	struct walk w = {.d = d, .clears = d->clear_count, .evidence = d->evidence_count, .answers = d->answer_count};
	size_t at = 0;
	bool ok = true;

	case_show(d->s, d->c, d->scanned ? &d->scan : NULL, false);
	printf(_("\nyou are %s, signing %s for stage %s\n"), d->s->person, _(decision_name(d->decision)), session_stage_words(d->s, d->stage->id));
	list_questions(&w);
	if (w.count > 0)
		printf(_("< goes back one question, q leaves; nothing is signed before the last one\n"));
	while (ok && at <= w.count)
		if (at < w.count && w.items[at].settled)
			at++;
		else
			ok = at < w.count ? ask(&w, &at, err) : confirm(&w, &at, err);
	for (size_t i = 0; i < w.count; i++)
		free(w.items[i].answer);
	free(w.items);
	return ok;
}

bool walk_choose(struct session *s, char **case_id, struct err *err)
{
	size_t count = 0;
	char *answer = NULL;
	const struct review_case *c = NULL;
	bool ok;

	if (!session_open_person(s, err))
		return false;
	for (size_t i = 0; i < s->docket.case_count; i++) {
		c = docket_case_at(&s->docket, i);
		if (case_wants(s->docket.policy, c, s->person, s->today)) {
			case_view_line(c);
			count++;
		}
	}
	if (count == 0) {
		(void)err_set(err, ERR_NOT_FOUND, "no case waits for %s", s->person);
		return err_hint(err, "review inbox lists all of them");
	}
	if (!prompt_line(_("which case? (q: leave)"), &answer, err))
		return false;
	if (strcmp(answer, "q") == 0)
		ok = err_set(err, ERR_DENIED, "nothing was signed");
	else
		ok = session_case(s, answer, &c, err);
	if (ok)
		*case_id = mem_copy_string(c->id);
	free(answer);
	return ok;
}
