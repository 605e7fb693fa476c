/* signing.c - what a sign-off says, whoever asks for it: options, questions at a terminal, the desk.
 *
 * Here it is put together and described; nothing here signs.  So whatever a person was shown before
 * their key was asked for is what the draft holds, word for word. */
#include "signing.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/ground.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/word.h"
#include "case_view.h"
#include "policy/verdict.h"
#include "scan/finding.h"
#include "seal/hash.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

void signing_cut(struct signing *d, size_t clears, size_t evidence, size_t answers)
{
	for (; d->clear_count > clears; d->clear_count--)
		free(d->clears[d->clear_count - 1].reason);
	for (; d->evidence_count > evidence; d->evidence_count--) {
		free(d->evidence[d->evidence_count - 1].name);
		free(d->evidence[d->evidence_count - 1].bytes);
	}
	for (; d->answer_count > answers; d->answer_count--)
		free(d->answers[d->answer_count - 1]);
}

void signing_release(struct signing *d)
{
	signing_cut(d, 0, 0, 0);
	free(d->answers);
	free(d->clears);
	free(d->evidence);
	free(d->opinion);
	free(d->ground);
	free(d->until);
	free(d->addressee);
	scan_release(&d->scan);
	*d = (struct signing){0};
}

static bool may_sign(const struct signing *d, const struct stage *stage)
{
	const struct policy *policy = d->s->docket.policy;
	const struct person *person = policy_person(policy, d->s->person);

	return person != NULL && person_may_sign(policy, person, stage->id, d->c->section, d->s->today) == ENTITLED;
}

static bool no_such_stage(const struct policy *policy, const char *wanted, struct err *err)
{
	const char **ids = mem_alloc(policy->stage_count + 1, sizeof(*ids)), *near;

	for (size_t i = 0; i < policy->stage_count; i++)
		ids[i] = policy->stages[i].id;
	near = word_nearest(wanted, ids);
	(void)err_set(err, ERR_USAGE, "the policy has no stage '%s'", wanted);
	if (near != NULL)
		(void)err_hint(err, "did you mean %s?", near);
	free(ids);
	return err_hint(err, "review policy show lists them");
}

static bool find_stage(struct signing *d, const char *wanted, struct err *err)
{
	const struct policy *policy = d->s->docket.policy;
	const struct stage *current = case_current_stage(policy, d->c, NULL);

	d->stage = wanted != NULL ? policy_stage(policy, wanted, NULL) : NULL;
	if (wanted != NULL && d->stage == NULL)
		return no_such_stage(policy, wanted, err);
	if (d->stage == NULL && current != NULL && may_sign(d, current))
		d->stage = current;
	for (size_t i = 0; d->stage == NULL && i < policy->stage_count; i++)
		if (may_sign(d, &policy->stages[i]))
			d->stage = &policy->stages[i];
	if (d->stage != NULL)
		return true;
	(void)err_set(err, ERR_DENIED, "%s holds no stage in section %s", d->s->person, d->c->section);
	if (policy_person(policy, d->s->person) == NULL && policy_person_near(policy, d->s->person) != NULL)
		return err_hint(err, "did you mean %s?", policy_person_near(policy, d->s->person));
	return err_hint(err, "review policy show says who does");
}

static bool scan_documents(struct signing *d, struct err *err)
{
	struct err why = {0};

	d->scanned = session_scan_case(d->s, d->c, &d->scan, &why);
	if (d->scanned || (d->decision != DECISION_APPROVE && why.kind == ERR_NOT_FOUND))
		return true;
	*err = why;
	err_context(err, "case %s", d->c->id);
	return err_hint(err, "review sync brings the documents");
}

bool signing_begin(struct session *s, const char *case_id, enum decision decision, const char *stage, struct signing *out,
                   struct err *err)
{
	*out = (struct signing){.s = s, .decision = decision};
	return session_open_person(s, err) && session_case(s, case_id, &out->c, err) && find_stage(out, stage, err) &&
	       scan_documents(out, err);
}

bool signing_is_open(const struct signing *d, const struct finding *f)
{
	return d->decision == DECISION_APPROVE && d->stage->may_clear && f->action == 1 && !case_view_is_cleared(d->c, &f->id);
}

static struct clearance *clearance_of(const struct signing *d, const struct digest *finding)
{
	for (size_t i = 0; i < d->clear_count; i++)
		if (digest_equal(&d->clears[i].finding, finding))
			return &d->clears[i];
	return NULL;
}

void signing_clear(struct signing *d, const struct digest *finding, const char *reason)
{
	struct clearance *known = clearance_of(d, finding);

	if (known != NULL) {
		free(known->reason);
		known->reason = mem_copy_string(reason);
		return;
	}
	d->clears = mem_grow(d->clears, d->clear_count, sizeof(*d->clears));
	d->clears[d->clear_count].finding = *finding;
	d->clears[d->clear_count++].reason = mem_copy_string(reason);
}

bool signing_clear_rule(struct signing *d, const char *rule, const char *reason)
{
	bool any = false;

	for (size_t i = 0; i < d->scan.count; i++)
		for (size_t k = 0; k < d->scan.files[i].count; k++) {
			const struct finding *f = &d->scan.files[i].findings[k];

			if (strcmp(f->rule, rule) != 0 || !signing_is_open(d, f) || clearance_of(d, &f->id) != NULL)
				continue;
			signing_clear(d, &f->id, reason);
			any = true;
		}
	return any;
}

static bool has_evidence(const struct signing *d, const struct digest *digest)
{
	for (size_t i = 0; i < d->evidence_count; i++)
		if (digest_equal(&d->evidence[i].digest, digest))
			return true;
	return false;
}

bool signing_add_evidence(struct signing *d, const struct digest *finding, const char *name, const struct buf *bytes,
                          struct err *err)
{
	const char *slash = strrchr(name, '/');
	struct clearance *clearance = clearance_of(d, finding);
	struct entry_body body = {0};

	if (clearance == NULL)
		return err_set(err, ERR_USAGE, "evidence %s: that finding is not cleared here", name);
	if (bytes->len > EVIDENCE_LIMIT)
		return err_set(err, ERR_LIMIT, "evidence %s is larger than 16 MiB", name);
	hash_bytes(bytes->data, bytes->len, &body.digest);
	clearance->evidence = body.digest;
	if (has_evidence(d, &body.digest))
		return true;
	body.name = mem_copy_string(slash != NULL ? slash + 1 : name);
	body.len = bytes->len;
	body.bytes = mem_copy_bytes(bytes->data, bytes->len);
	d->evidence = mem_grow(d->evidence, d->evidence_count, sizeof(*d->evidence));
	d->evidence[d->evidence_count++] = body;
	return true;
}

bool signing_add_evidence_rule(struct signing *d, const char *rule, const char *name, const struct buf *bytes,
                               struct err *err)
{
	bool any = false;

	for (size_t i = 0; i < d->scan.count; i++)
		for (size_t k = 0; k < d->scan.files[i].count; k++) {
			const struct finding *f = &d->scan.files[i].findings[k];
			const struct clearance *c = strcmp(f->rule, rule) == 0 ? clearance_of(d, &f->id) : NULL;

			if (c == NULL || !digest_is_zero(&c->evidence))
				continue;
			if (!signing_add_evidence(d, &f->id, name, bytes, err))
				return false;
			any = true;
		}
	return any ? true : err_set(err, ERR_USAGE, "evidence %s: no finding of that rule is cleared here", name);
}

void signing_answer(struct signing *d, const char *answer)
{
	d->answers = mem_grow(d->answers, d->answer_count, sizeof(*d->answers));
	d->answers[d->answer_count++] = mem_copy_string(answer);
}

bool decision_wants_ground(enum decision decision)
{
	return decision == DECISION_REFUSE || decision == DECISION_REDACT || decision == DECISION_ON_REQUEST;
}

bool decision_wants_date(enum decision decision) { return decision == DECISION_REFUSE || decision == DECISION_POSTPONE; }

bool decision_wants_addressee(enum decision decision) { return decision == DECISION_REFER || decision == DECISION_CONSULT; }

/* The person's approval at this stage, with nothing behind it that it did not know; NULL: there is none. */
static const struct sign_off *standing_approval(const struct signing *d)
{
	const struct round *round = case_round(d->c);
	const struct sign_off *own = NULL;

	for (size_t i = 0; i < round->sign_off_count; i++) {
		const struct sign_off *o = &round->sign_offs[i];

		if (o->decision != DECISION_APPROVE)
			own = NULL;
		else if (strcmp(o->person, d->s->person) == 0 && strcmp(o->stage, d->stage->id) == 0)
			own = o;
	}
	for (size_t i = 0; own != NULL && i < round->sign_off_count; i++)
		if (round->sign_offs[i].answered && round->sign_offs[i].answer_seq > own->seq)
			return NULL;
	return own;
}

/* It would be an entry without effect: a person counts once, whatever is in the opinion. */
static bool says_something(const struct signing *d, struct err *err)
{
	const struct sign_off *own = d->decision == DECISION_APPROVE && d->clear_count == 0 ? standing_approval(d) : NULL;

	if (own == NULL)
		return true;
	(void)err_set(err, ERR_DENIED, "%s has approved this round at stage %s already, in entry %u", d->s->person, d->stage->id,
	              (unsigned)own->seq);
	return err_hint(err, "to clear findings as well: --clear FINDING=REASON");
}

bool signing_check(const struct signing *d, struct err *err)
{
	int32_t day;

	if (d->ground != NULL && ground_from_name(d->ground, strlen(d->ground)) == GROUND_NONE) {
		(void)err_set(err, ERR_USAGE, "'%s' is not a ground", d->ground);
		if (ground_nearest(d->ground) != NULL)
			return err_hint(err, "did you mean %s?", ground_nearest(d->ground));
		return err_hint(err, "state-secret law-prohibits safety-stability third-party internal-affairs process enforcement-file inquiry");
	}
	if (d->until != NULL && !date_from_text(&day, d->until, strlen(d->until)))
		return err_set(err, ERR_USAGE, "--until wants a date: YYYY-MM-DD");
	if (d->decision != DECISION_APPROVE && d->clear_count + d->evidence_count + d->answer_count > 0)
		return err_set(err, ERR_USAGE, "only approve clears findings");
	if (d->opinion == NULL || utf8_is_blank(d->opinion))
		return err_set(err, ERR_USAGE, "say why: --opinion TEXT");
	for (size_t i = 0; i < d->answer_count; i++)
		if (utf8_is_blank(d->answers[i]))
			return err_set(err, ERR_USAGE, "questions to be answered at stage %s: %zu", d->stage->id, d->stage->asks.count);
	return says_something(d, err);
}

struct draft signing_draft(const struct signing *d)
{
	const struct round *round = case_round(d->c);
	struct draft draft = session_draft(d->s, ENTRY_SIGN_OFF);

	draft_add(&draft, "case", d->c->id);
	draft_add_number(&draft, "round", round->number);
	draft_add_digest(&draft, "submit", &round->submit);
	draft_add(&draft, "stage", d->stage->id);
	draft_add(&draft, "decision", decision_name(d->decision));
	draft_add(&draft, "opinion", d->opinion);
	draft_add(&draft, "ground", d->ground != NULL ? d->ground : "");
	draft_add(&draft, "until", d->until != NULL ? d->until : "");
	draft_add(&draft, "addressee", d->addressee != NULL ? d->addressee : "");
	draft_add_digest(&draft, "scan", &round->scan_digest);
	draft_add_files(&draft, round->files);
	for (size_t i = 0; i < d->clear_count; i++)
		draft_add_clearance(&draft, &d->clears[i]);
	for (size_t i = 0; i < d->answer_count; i++)
		draft_add(&draft, "answer", d->answers[i]);
	for (size_t i = 0; i < d->evidence_count; i++)
		draft_add_body(&draft, "evidence", d->evidence[i].name, d->evidence[i].bytes, d->evidence[i].len);
	return draft;
}

static void describe(struct buf *out, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	buf_addf(out, "  %s: ", label);
	utf8_add_printable(out, text, strlen(text));
	buf_add_byte(out, '\n');
}

static void describe_clearances(const struct signing *d, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	for (size_t i = 0; i < d->clear_count; i++) {
		buf_addf(out, _("  clears %.8s: "), digest_to_hex(&d->clears[i].finding, hex));
		utf8_add_printable(out, d->clears[i].reason, strlen(d->clears[i].reason));
		if (!digest_is_zero(&d->clears[i].evidence))
			buf_addf(out, _(" (evidence %.12s)"), digest_to_hex(&d->clears[i].evidence, hex));
		buf_add_byte(out, '\n');
	}
}

void signing_describe(const struct signing *d, struct buf *out)
{
	const struct round *round = case_round(d->c);
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, _("%s case %s, round %u, as %s for %s: \""), _(decision_name(d->decision)), d->c->id, (unsigned)round->number,
	         d->s->person, language_is_chinese() ? stage_title(d->stage) : d->stage->id);
	utf8_add_printable(out, d->opinion, strlen(d->opinion));
	buf_add_string(out, _("\"\n"));
	for (size_t i = 0; i < round->files->count; i++) {
		buf_addf(out, "  %.12s  ", digest_to_hex(&round->files->items[i].digest, hex));
		utf8_add_printable(out, round->files->items[i].path, strlen(round->files->items[i].path));
		buf_add_byte(out, '\n');
	}
	describe(out, _("ground"), d->ground);
	describe(out, _("until"), d->until);
	describe(out, _("to"), d->addressee);
	describe_clearances(d, out);
	for (size_t i = 0; i < d->answer_count; i++)
		describe(out, i < d->stage->asks.count ? d->stage->asks.items[i] : _("answer"), d->answers[i]);
}
