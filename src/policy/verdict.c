/* verdict.c - may it be published?
 *
 * The one question of this program, answered from what is given and nothing else: no clock, no
 * files, no network.  The answer starts at BLOCK; CLEAR is what is left when no reason was found,
 * and every reason says who can do what about it. */
#include "policy/verdict.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "policy/policy.h"
#include "scan/finding.h"
#include "tally_inside.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
	"none", "no-round", "not-scanned", "rules-changed", "files-differ", "undecided", "block-finding",
	"not-cleared", "cleared-too-low", "evidence-missing", "attribute", "stage-missing", "stage-empty",
	"stage-order", "submitter-signed", "same-person", "returned", "refused", "redact", "on-request",
	"postponed", "referred", "consulting", "key-compromised", "withdrawn",
};

enum { BLOCK = 0, REVIEW = 1, NOTE = 2 }; /* enum rule_action, as a finding carries it */

const char *reason_name(enum reason_code code)
{
	return (unsigned)code < REASON_CODES ? names[code] : "";
}

void reasons_release(struct reasons *reasons)
{
	for (size_t i = 0; i < reasons->count; i++) {
		free(reasons->items[i].text);
		free(reasons->items[i].next);
	}
	free(reasons->items);
	*reasons = (struct reasons){0};
}

/* The question, and the reasons found so far. */
struct inquiry {
	const struct policy *policy;
	const struct review_case *c;
	const struct round *round;
	const struct scan *scan;
	int32_t day;
	struct reasons *out;
	bool blocked;
};

/* Somebody who is in the policy, by name too: who reads it may know no ids.  The caller frees. */
static char *person_words(const struct inquiry *q, const char *id)
{
	const struct person *p = policy_person(q->policy, id);

	return p != NULL ? mem_format("%s (%s)", p->name, id) : mem_copy_string(id);
}

/* What a signer wrote, so that it cannot move about on the terminal of who reads why.  The caller frees. */
static char *as_seen(const char *text)
{
	struct buf out = {0};

	utf8_add_printable(&out, text, strlen(text));
	return buf_take(&out);
}

/* Both texts are taken over. */
static void because(struct inquiry *q, enum reason_code code, char *text, char *next)
{
	q->blocked = true;
	if (q->out == NULL) {
		free(text);
		free(next);
		return;
	}
	q->out->items = mem_grow(q->out->items, q->out->count, sizeof(*q->out->items));
	q->out->items[q->out->count++] = (struct reason){.code = code, .text = text, .next = next};
}

static void add_person(struct buf *out, const struct person *p)
{
	buf_addf(out, "%s%s (%s)", out->len > 0 ? _(" or ") : "", p->name, p->id);
}

/* Who could still sign this stage today; "" when nobody can.  `open_since` 0: whoever did, can again. */
static char *holders(const struct inquiry *q, const struct stage *stage, uint32_t open_since)
{
	struct buf out = {0};

	for (size_t i = 0; i < q->policy->person_count; i++)
		if (could_sign(q->policy, q->c, &q->policy->people[i], stage, open_since, q->day))
			add_person(&out, &q->policy->people[i]);
	return buf_take(&out);
}

static void explain_stage(struct inquiry *q, const struct stage *stage, const struct tally *t, uint32_t open_since)
{
	char *who = holders(q, stage, open_since);
	const size_t missing = stage->people - t->people;

	if (t->submitter)
		because(q, REASON_SUBMITTER_SIGNED, mem_format(_("%s submitted this and signed %s as well"), q->round->submitter, stage->id),
		        mem_copy_string(_("somebody else has to sign that stage")));
	if (t->same_person)
		because(q, REASON_SAME_PERSON, mem_format(_("the person who signed %s signed another stage too"), stage->id),
		        mem_copy_string(_("each stage wants another person")));
	if (t->too_early)
		because(q, REASON_STAGE_ORDER, mem_format(_("%s was signed before the stages ahead of it were complete"), stage->id),
		        mem_copy_string(_("it has to be signed again, in order")));
	if (who[0] == '\0')
		because(q, REASON_STAGE_EMPTY, mem_format(_("nobody can sign %s for section %s"), stage->id, q->c->section),
		        mem_copy_string(_("root people can change that: review policy propose")));
	else
		because(q, REASON_STAGE_MISSING,
		        mem_format(P_("%s (%s) wants %zu more signature", "%s (%s) wants %zu more signatures", missing), stage_title(stage), stage->id,
		                   missing),
		        mem_format(_("%s can: review approve %s"), who, q->c->id));
	free(who);
}

static void judge_stages(struct inquiry *q)
{
	uint32_t open_since = q->round->seq;
	size_t wanted = 0;

	for (size_t i = 0; i < q->policy->stage_count; i++) {
		const struct stage *stage = &q->policy->stages[i];
		struct tally t;

		if (!stage_is_wanted(stage, q->round, q->scan))
			continue;
		wanted++;
		t = stage_tally(q->policy, q->round, stage, open_since);
		if (t.complete == 0)
			explain_stage(q, stage, &t, open_since);
		open_since = t.complete; /* 0: nothing behind an open stage counts */
	}
	if (wanted == 0)
		because(q, REASON_STAGE_MISSING, mem_copy_string(_("the policy wants no signature for this, which is not enough")),
		        mem_copy_string(_("root people can change that: review policy propose")));
}

static bool approved_later(const struct round *round, size_t at)
{
	for (size_t i = at + 1; i < round->sign_off_count; i++)
		if (round->sign_offs[i].decision == DECISION_APPROVE &&
		    strcmp(round->sign_offs[i].stage, round->sign_offs[at].stage) == 0)
			return true;
	return false;
}

static void judge_postponement(struct inquiry *q, size_t at)
{
	const struct sign_off *o = &q->round->sign_offs[at];
	char day[DATE_TEXT_SIZE], *who;

	if (approved_later(q->round, at) || (o->until != 0 && q->day >= o->until))
		return;
	who = person_words(q, o->person);
	because(q, REASON_POSTPONED,
	        o->until != 0 ? mem_format(_("%s postponed it until %s"), who, date_to_text(o->until, day))
	                      : mem_format(_("%s postponed it"), who),
	        mem_format(_("%s can be signed again before: review approve %s --stage %s"), o->stage, q->c->id, o->stage));
	free(who);
}

static void judge_question(struct inquiry *q, const struct sign_off *o, enum reason_code code)
{
	char *who = person_words(q, o->person), *asked = as_seen(o->addressee);

	if (!o->answered)
		because(q, code, mem_format(_("%s asked %s and there is no answer yet"), who, asked),
		        mem_format(_("record it: review answer %s --outcome ... --note ..."), q->c->id));
	free(asked);
	free(who);
}

/* The author has to come back with another version, or with none. */
static void judge_ending(struct inquiry *q, const struct sign_off *o, enum reason_code code, const char *what)
{
	char *who = person_words(q, o->person), *opinion = as_seen(o->opinion);

	because(q, code, mem_format(_("%s %s: %s"), who, what, opinion),
	        mem_format(_("a new round is possible: review submit FILE... --case %s"), q->c->id));
	free(opinion);
	free(who);
}

static void judge_decisions(struct inquiry *q)
{
	for (size_t i = 0; i < q->round->sign_off_count; i++) {
		const struct sign_off *o = &q->round->sign_offs[i];

		switch (o->decision) {
		case DECISION_RETURN:
			judge_ending(q, o, REASON_RETURNED, _("returned it"));
			break;
		case DECISION_REFUSE:
			judge_ending(q, o, REASON_REFUSED, _("refused it"));
			break;
		case DECISION_REDACT:
			judge_ending(q, o, REASON_REDACT, _("wants a redacted version"));
			break;
		case DECISION_ON_REQUEST:
			judge_ending(q, o, REASON_ON_REQUEST, _("allows it on request only"));
			break;
		case DECISION_POSTPONE:
			judge_postponement(q, i);
			break;
		case DECISION_REFER:
			judge_question(q, o, REASON_REFERRED);
			break;
		case DECISION_CONSULT:
			judge_question(q, o, REASON_CONSULTING);
			break;
		case DECISION_NONE:
		case DECISION_APPROVE:
		case DECISIONS:
			break;
		}
	}
}

/* The lowest rank that may clear a finding; a stage the policy does not know means the last. */
static size_t needed_rank(const struct policy *policy, const struct finding *f)
{
	size_t rank = 0;

	if (f->clearance[0] != '\0' && policy_stage(policy, f->clearance, &rank) == NULL)
		rank = policy->stage_count - 1;
	return rank;
}

enum cleared { CLEARED_NOT = 0, CLEARED_TOO_LOW, CLEARED_NO_EVIDENCE, CLEARED };

static enum cleared clearance_of(const struct policy *policy, const struct round *round, const struct sign_off *o,
                                 const struct finding *f)
{
	size_t rank = 0;
	const struct stage *stage = policy_stage(policy, o->stage, &rank);

	if (o->decision != DECISION_APPROVE || !signer_is_separate(policy, round, o))
		return CLEARED_NOT;
	for (size_t k = 0; k < o->clear_count; k++) {
		if (!digest_equal(&o->clears[k].finding, &f->id) || o->clears[k].reason[0] == '\0')
			continue;
		if (stage == NULL || !stage->may_clear || rank < needed_rank(policy, f))
			return CLEARED_TOO_LOW;
		return f->evidence && digest_is_zero(&o->clears[k].evidence) ? CLEARED_NO_EVIDENCE : CLEARED;
	}
	return CLEARED_NOT;
}

/* Who can clear it, at which stage, and how. */
static char *clearing_step(const struct inquiry *q, const struct finding *f)
{
	char hex[DIGEST_HEX_SIZE], *who = NULL, *step;
	const struct stage *stage = NULL;

	for (size_t i = needed_rank(q->policy, f); i < q->policy->stage_count; i++) {
		stage = &q->policy->stages[i];
		free(who);
		who = stage->may_clear && stage_is_wanted(stage, q->round, q->scan) ? holders(q, stage, 0) : NULL;
		if (who != NULL && who[0] != '\0')
			break;
	}
	(void)digest_to_hex(&f->id, hex);
	if (who == NULL || who[0] == '\0')
		step = mem_copy_string(_("nobody can clear it; remove it from the document and submit a new round"));
	else
		step = mem_format(_("%s can: review approve %s --stage %s --clear %.8s=REASON%s%.*s%s"), who, q->c->id, stage->id,
		                  hex, f->evidence ? " --evidence " : "", f->evidence ? 8 : 0, hex, f->evidence ? "=FILE" : "");
	free(who);
	return step;
}

static void judge_review_finding(struct inquiry *q, const char *path, const struct finding *f)
{
	enum cleared best = CLEARED_NOT;
	char *where;

	for (size_t i = 0; i < q->round->sign_off_count; i++) {
		const enum cleared c = clearance_of(q->policy, q->round, &q->round->sign_offs[i], f);

		best = c > best ? c : best;
	}
	where = finding_where(path, f);
	if (best == CLEARED_NOT)
		because(q, REASON_NOT_CLEARED, mem_format(_("%s: %s is not cleared"), where, f->rule), clearing_step(q, f));
	else if (best == CLEARED_TOO_LOW)
		because(q, REASON_CLEARED_TOO_LOW, mem_format(_("%s: %s was cleared by too low a stage"), where, f->rule), clearing_step(q, f));
	else if (best == CLEARED_NO_EVIDENCE)
		because(q, REASON_EVIDENCE_MISSING, mem_format(_("%s: %s was cleared without the evidence its rule wants"), where, f->rule),
		        clearing_step(q, f));
	free(where);
}

static void judge_block_finding(struct inquiry *q, const char *path, const struct finding *f)
{
	char *where = finding_where(path, f);

	because(q, REASON_BLOCK_FINDING, mem_format(_("%s: %s must not be published"), where, f->rule),
	        mem_copy_string(_("remove it from the document and submit a new round")));
	free(where);
}

static void judge_file(struct inquiry *q, const struct scanned_file *file)
{
	if (file->undecided != NULL) {
		char *why = language_pieces(file->undecided);

		because(q, REASON_UNDECIDED, mem_format("%s: %s", file->path, why),
		        mem_copy_string(_("submit a version that can be read in full")));
		free(why);
	}
	for (size_t i = 0; i < file->count; i++) {
		const struct finding *f = &file->findings[i];

		if (f->action == REVIEW)
			judge_review_finding(q, file->path, f);
		else if (f->action != NOTE) /* what is not known to be harmless is not */
			judge_block_finding(q, file->path, f);
	}
}

static bool scan_is_of(const struct scan *scan, const struct file_refs *files)
{
	if (scan->count != files->count)
		return false;
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(scan->files[i].path, files->items[i].path) != 0 ||
		    !digest_equal(&scan->files[i].digest, &files->items[i].digest) ||
		    scan->files[i].size != files->items[i].size || scan->files[i].mode != files->items[i].mode)
			return false;
	return true;
}

static void judge_scan(struct inquiry *q, const struct digest *rules_now)
{
	if (q->scan == NULL) {
		because(q, REASON_NOT_SCANNED, mem_copy_string(_("the documents were not scanned")),
		        mem_format(_("fetch them: git fetch origin 'refs/review/documents/%s/*'"), q->c->id));
		return;
	}
	if (!digest_equal(&q->scan->rules, rules_now))
		because(q, REASON_RULES_CHANGED, mem_copy_string(_("the rules changed since the documents were scanned")),
		        mem_format(_("scan again: review show %s"), q->c->id));
	if (!scan_is_of(q->scan, q->round->files))
		because(q, REASON_FILES_DIFFER, mem_copy_string(_("the scan is of other files than were submitted")),
		        mem_format(_("scan again: review show %s"), q->c->id));
	for (size_t i = 0; i < q->scan->count; i++)
		judge_file(q, &q->scan->files[i]);
}

static void judge_publications(struct inquiry *q)
{
	for (size_t i = 0; i < q->c->publication_count; i++)
		if (q->c->publications[i].round == q->round->number && q->c->publications[i].withdrawn)
			because(q, REASON_WITHDRAWN, mem_copy_string(_("this round was published and withdrawn")),
			        mem_format(_("submit a new round: review submit FILE... --case %s"), q->c->id));
}

static bool ends_round(enum reason_code code)
{
	return code == REASON_RETURNED || code == REASON_REFUSED || code == REASON_REDACT || code == REASON_ON_REQUEST ||
	       code == REASON_KEY_COMPROMISED;
}

static void forget_reason(struct reason *reason)
{
	free(reason->text);
	free(reason->next);
}

void reasons_condense(struct reasons *reasons)
{
	enum { SHOWN = 5 };
	const bool over = reasons->count > 0 && ends_round(reasons->items[0].code);
	size_t kept = 0, uncleared = 0, last = 0;

	for (size_t i = 0; i < reasons->count; i++) {
		const bool finding = reasons->items[i].code == REASON_NOT_CLEARED;

		uncleared += finding ? 1 : 0;
		if ((over && i > 0) || (finding && uncleared > SHOWN + 1)) {
			forget_reason(&reasons->items[i]);
			continue;
		}
		last = finding ? kept : last;
		reasons->items[kept++] = reasons->items[i];
	}
	reasons->count = kept;
	if (over || uncleared <= SHOWN + 1)
		return;
	forget_reason(&reasons->items[last]);
	reasons->items[last].text = mem_format(_("%zu more findings are not cleared"), uncleared - SHOWN);
	reasons->items[last].next = mem_copy_string(_("they are in the list of findings"));
}

enum verdict case_decide(const struct policy *policy, const struct review_case *c, const struct scan *scan,
                         const struct digest *rules_now, int32_t day, struct reasons *out)
{
	struct inquiry q = {.policy = policy, .c = c, .scan = scan, .day = day, .out = out};
	const char *attribute;

	if (c->round_count == 0) {
		because(&q, REASON_NO_ROUND, mem_copy_string(_("nothing was submitted")), mem_copy_string(_("review submit FILE...")));
		return VERDICT_BLOCK;
	}
	q.round = case_round(c);
	if (q.round->compromised)
		because(&q, REASON_KEY_COMPROMISED,
		        mem_format(_("round %u was submitted with a key that was compromised by then"), (unsigned)q.round->number),
		        mem_format(_("a new round is possible: review submit FILE... --case %s"), c->id));
	judge_decisions(&q);
	judge_publications(&q);
	attribute = round_field(q.round, "attribute");
	if (strcmp(attribute, "proactive") != 0)
		because(&q, REASON_ATTRIBUTE, mem_format(_("its attribute is %s, not proactive"), attribute[0] != '\0' ? attribute : _("missing")),
		        mem_format(_("a new round may change it: review submit FILE... --case %s --attribute proactive"), c->id));
	judge_scan(&q, rules_now);
	judge_stages(&q);
	return q.blocked ? VERDICT_BLOCK : VERDICT_CLEAR;
}
