/* policy_verdict_test.c - may it be published?  One line a situation, the answer and its reason.
 *
 * A situation is written in words of four letters or fewer:
 *   signatures  <decision><stage><person>[:<finding>[e]...]  in the order they were given
 *               decisions a approve, d redact, q on-request, f refuse, p postpone (to day 100),
 *               r return, e refer, c consult; x answers the newest open question
 *               stages 1 initial, 2 head, 3 director; persons z w y(liu) l s m(zhang) c
 *               a:0 clears finding 0, a:0e clears it with evidence
 *   scan        R review (any stage), H review (head), D review (director), E review with evidence,
 *               X review for an unknown stage, B block, N note, U undecided; "none", "rules", "files" */
#include "policy_fixture.h"

#include "base/digest.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "policy/verdict.h"
#include "scan/finding.h"

struct situation {
	const char *name, *signatures, *scan;
	enum verdict verdict;
	enum reason_code reason; /* one that must be among the reasons; REASON_NONE for a clear verdict */
	const char *attribute;   /* NULL: proactive */
	int32_t day;             /* 0: day 50 */
	const char *policy_from, *policy_to;
};

#define CLEAR VERDICT_CLEAR, REASON_NONE
#define BLOCK(code) VERDICT_BLOCK, REASON_##code
#define TWO "people: 1, scope: section", "people: 2, scope: section"
#define SAME_OK "distinct-people: true", "distinct-people: false"
#define OWN_OK "submitter-may-sign: false", "submitter-may-sign: true"
#define HEAD_WHEN "{id: head, title: {en: Section head}}", "{id: head, title: {en: Section head}, when: {grounds: [third-party]}}"
#define NO_CLEAR "{id: head, title: {en: Section head}}", "{id: head, title: {en: Section head}, may-clear: false}"

static const struct situation situations[] = {
	/* signatures */
	{"nobody signed", "", "", BLOCK(STAGE_MISSING), NULL, 0, NULL, NULL},
	{"one of three", "a1w", "", BLOCK(STAGE_MISSING), NULL, 0, NULL, NULL},
	{"two of three", "a1w a2l", "", BLOCK(STAGE_MISSING), NULL, 0, NULL, NULL},
	{"all three", "a1w a2l a3m", "", CLEAR, NULL, 0, NULL, NULL},
	{"the last one only", "a3m", "", BLOCK(STAGE_ORDER), NULL, 0, NULL, NULL},
	{"in the wrong order", "a3m a2l a1w", "", BLOCK(STAGE_ORDER), NULL, 0, NULL, NULL},
	{"second before first", "a2l a1w a3m", "", BLOCK(STAGE_ORDER), NULL, 0, NULL, NULL},
	{"wrong order, then again in order", "a3m a1w a2l a3m", "", CLEAR, NULL, 0, NULL, NULL},
	{"one stage twice, the last missing", "a1w a2l a2l", "", BLOCK(STAGE_MISSING), NULL, 0, NULL, NULL},
	{"the submitter signs", "a1z a2l a3m", "", BLOCK(SUBMITTER_SIGNED), NULL, 0, NULL, NULL},
	{"the submitter signs, and so does another", "a1z a1w a2l a3m", "", CLEAR, NULL, 0, NULL, NULL},
	{"the submitter signs where that is allowed", "a1z a2l a3m", "", CLEAR, NULL, 0, OWN_OK},
	{"one person at two stages", "a1w a2w a3m", "", BLOCK(SAME_PERSON), NULL, 0, NULL, NULL},
	{"one person everywhere", "a1w a2w a3w", "", BLOCK(SAME_PERSON), NULL, 0, NULL, NULL},
	{"one person everywhere, where that is allowed", "a1w a2w a3w", "", CLEAR, NULL, 0, SAME_OK},
	{"two wanted, one came", "a1w a2l a3m", "", BLOCK(STAGE_MISSING), NULL, 0, TWO},
	{"two wanted, one came twice", "a1w a1w a2l a3m", "", BLOCK(STAGE_MISSING), NULL, 0, TWO},
	{"two wanted, two came", "a1w a1y a2l a3m", "", CLEAR, NULL, 0, TWO},
	{"two wanted, the second too late", "a1w a2l a1y a3m", "", BLOCK(STAGE_ORDER), NULL, 0, TWO},
	{"two wanted, one is the submitter", "a1w a1z a2l a3m", "", BLOCK(SUBMITTER_SIGNED), NULL, 0, TWO},
	{"a stage nobody holds", "a1w a2l", "", BLOCK(STAGE_EMPTY), NULL, 0, "may: [{stage: director}]", "may: []"},
	{"a supplement to a complete stage", "a1w a2l a1w a3m", "", CLEAR, NULL, 0, NULL, NULL},
	/* conditional stages */
	{"head only for third parties, none found", "a1w a3m", "", CLEAR, NULL, 0, HEAD_WHEN},
	{"head only for third parties, one found", "a1w:0 a3m", "R", BLOCK(STAGE_MISSING), NULL, 0, HEAD_WHEN},
	{"head only for third parties, one found and signed", "a1w:0 a2l a3m", "R", CLEAR, NULL, 0, HEAD_WHEN},
	/* the scan */
	{"not scanned", "a1w a2l a3m", "none", BLOCK(NOT_SCANNED), NULL, 0, NULL, NULL},
	{"scanned with other rules", "a1w a2l a3m", "rules", BLOCK(RULES_CHANGED), NULL, 0, NULL, NULL},
	{"a scan of other files", "a1w a2l a3m", "files", BLOCK(FILES_DIFFER), NULL, 0, NULL, NULL},
	{"a note changes nothing", "a1w a2l a3m", "N", CLEAR, NULL, 0, NULL, NULL},
	{"many notes change nothing", "a1w a2l a3m", "NNN", CLEAR, NULL, 0, NULL, NULL},
	{"a block finding", "a1w a2l a3m", "B", BLOCK(BLOCK_FINDING), NULL, 0, NULL, NULL},
	{"a block finding cannot be cleared", "a1w:0 a2l:0 a3m:0e", "B", BLOCK(BLOCK_FINDING), NULL, 0, NULL, NULL},
	{"undecided", "a1w a2l a3m", "U", BLOCK(UNDECIDED), NULL, 0, NULL, NULL},
	{"undecided beside a cleared one", "a1w:0 a2l a3m", "RU", BLOCK(UNDECIDED), NULL, 0, NULL, NULL},
	/* clearances */
	{"a review finding nobody cleared", "a1w a2l a3m", "R", BLOCK(NOT_CLEARED), NULL, 0, NULL, NULL},
	{"cleared by the first stage", "a1w:0 a2l a3m", "R", CLEAR, NULL, 0, NULL, NULL},
	{"cleared by the last stage", "a1w a2l a3m:0", "R", CLEAR, NULL, 0, NULL, NULL},
	{"one of two cleared", "a1w:0 a2l a3m", "RR", BLOCK(NOT_CLEARED), NULL, 0, NULL, NULL},
	{"both cleared, by different people", "a1w:0 a2l:1 a3m", "RR", CLEAR, NULL, 0, NULL, NULL},
	{"another finding cleared", "a1w:1 a2l a3m", "RN", BLOCK(NOT_CLEARED), NULL, 0, NULL, NULL},
	{"the head has to clear it, the first did", "a1w:0 a2l a3m", "H", BLOCK(CLEARED_TOO_LOW), NULL, 0, NULL, NULL},
	{"the head cleared it", "a1w a2l:0 a3m", "H", CLEAR, NULL, 0, NULL, NULL},
	{"higher than the head cleared it", "a1w a2l a3m:0", "H", CLEAR, NULL, 0, NULL, NULL},
	{"the director has to, the head did", "a1w a2l:0 a3m", "D", BLOCK(CLEARED_TOO_LOW), NULL, 0, NULL, NULL},
	{"the director did", "a1w a2l a3m:0", "D", CLEAR, NULL, 0, NULL, NULL},
	{"too low first, then high enough", "a1w:0 a2l a3m:0", "D", CLEAR, NULL, 0, NULL, NULL},
	{"an unknown stage means the last one", "a1w a2l:0 a3m", "X", BLOCK(CLEARED_TOO_LOW), NULL, 0, NULL, NULL},
	{"an unknown stage, and the last one cleared", "a1w a2l a3m:0", "X", CLEAR, NULL, 0, NULL, NULL},
	{"evidence wanted, none given", "a1w:0 a2l a3m", "E", BLOCK(EVIDENCE_MISSING), NULL, 0, NULL, NULL},
	{"evidence wanted and given", "a1w:0e a2l a3m", "E", CLEAR, NULL, 0, NULL, NULL},
	{"without evidence, then with it", "a1w:0 a2l:0e a3m", "E", CLEAR, NULL, 0, NULL, NULL},
	{"a stage that may not clear", "a1w a2l:0 a3m", "R", BLOCK(CLEARED_TOO_LOW), NULL, 0, NO_CLEAR},
	{"cleared in a refusal does not count", "f1w:0 a1y a2l a3m", "R", BLOCK(NOT_CLEARED), NULL, 0, NULL, NULL},
	{"cleared by a return does not count", "a1w a2l r3m:0", "R", BLOCK(NOT_CLEARED), NULL, 0, NULL, NULL},
	/* other decisions */
	{"returned", "r1w", "", BLOCK(RETURNED), NULL, 0, NULL, NULL},
	{"returned after all three", "a1w a2l a3m r3m", "", BLOCK(RETURNED), NULL, 0, NULL, NULL},
	{"returned, then signed by all", "r1w a1w a2l a3m", "", BLOCK(RETURNED), NULL, 0, NULL, NULL},
	{"refused", "a1w f2l", "", BLOCK(REFUSED), NULL, 0, NULL, NULL},
	{"refused by the first after all three", "a1w a2l a3m f1y", "", BLOCK(REFUSED), NULL, 0, NULL, NULL},
	{"to be redacted", "a1w d2l a2l a3m", "", BLOCK(REDACT), NULL, 0, NULL, NULL},
	{"on request only", "a1w a2l a3m q3m", "", BLOCK(ON_REQUEST), NULL, 0, NULL, NULL},
	{"postponed", "a1w a2l a3m p3m", "", BLOCK(POSTPONED), NULL, 0, NULL, NULL},
	{"postponed, the day before", "a1w a2l a3m p3m", "", BLOCK(POSTPONED), NULL, 99, NULL, NULL},
	{"postponed, the day has come", "a1w a2l a3m p3m", "", CLEAR, NULL, 100, NULL, NULL},
	{"postponed, long over", "a1w a2l a3m p3m", "", CLEAR, NULL, 5000, NULL, NULL},
	{"postponed, then signed by that stage", "a1w a2l p3m a3m", "", CLEAR, NULL, 0, NULL, NULL},
	{"postponed, then signed by another stage", "a1w p3m a2l", "", BLOCK(POSTPONED), NULL, 0, NULL, NULL},
	{"a postponement is no signature", "a1w a2l p3m", "", BLOCK(STAGE_MISSING), NULL, 5000, NULL, NULL},
	{"referred upward", "a1w a2l e3m a3m", "", BLOCK(REFERRED), NULL, 0, NULL, NULL},
	{"referred and answered", "a1w a2l e3m x a3m", "", CLEAR, NULL, 0, NULL, NULL},
	{"consulting", "c1w a1w a2l a3m", "", BLOCK(CONSULTING), NULL, 0, NULL, NULL},
	{"consulted and answered", "c1w x a1w a2l a3m", "", CLEAR, NULL, 0, NULL, NULL},
	{"two questions, one answer", "c1w e2l x a1w a2l a3m", "", BLOCK(CONSULTING), NULL, 0, NULL, NULL},
	{"an answer is no signature", "c1w x", "", BLOCK(STAGE_MISSING), NULL, 0, NULL, NULL},
	/* attribute */
	{"to be disclosed on request", "a1w a2l a3m", "", BLOCK(ATTRIBUTE), "on-request", 0, NULL, NULL},
	{"not to be disclosed", "a1w a2l a3m", "", BLOCK(ATTRIBUTE), "not-disclosed", 0, NULL, NULL},
	{"no attribute at all", "a1w a2l a3m", "", BLOCK(ATTRIBUTE), "", 0, NULL, NULL},
	/* several at once */
	{"everything at once", "r1w", "BU", BLOCK(UNDECIDED), "on-request", 0, NULL, NULL},
	{"a finding hides no missing stage", "a1w:0 a2l", "R", BLOCK(STAGE_MISSING), NULL, 0, NULL, NULL},
};

static const char *const stage_ids[] = {"", "initial", "head", "director"};

static char *person_of(char letter)
{
	static const struct {
		char letter;
		const char *id;
	} people[] = {{'z', "zhao.lei"}, {'w', "wang.wei"}, {'y', "liu.yang"}, {'l', "li.na"},
	              {'s', "sun.yue"},  {'m', "zhang.min"}, {'c', "chen.jing"}};

	for (size_t i = 0; i < COUNT(people); i++)
		if (people[i].letter == letter)
			return mem_copy_string(people[i].id);
	fail_msg("no person '%c'", letter);
	return NULL;
}

static struct digest digest_numbered(unsigned n)
{
	struct digest d = {{0}};

	d.byte[0] = 0xF0;
	d.byte[1] = (unsigned char)n;
	return d;
}

static enum decision decision_of(char letter)
{
	static const char letters[] = " adqfprec";
	static const enum decision decisions[] = {DECISION_NONE, DECISION_APPROVE, DECISION_REDACT, DECISION_ON_REQUEST,
	                                          DECISION_REFUSE, DECISION_POSTPONE, DECISION_RETURN, DECISION_REFER,
	                                          DECISION_CONSULT};
	const char *at = strchr(letters, letter);

	assert_non_null(at);
	return decisions[at - letters];
}

static void add_clears(struct sign_off *o, const char *word, size_t len)
{
	const char *colon = memchr(word, ':', len);

	for (const char *p = colon != NULL ? colon + 1 : word + len; p < word + len; p++) {
		struct clearance c = {.reason = mem_copy_string("because")};

		c.finding = digest_numbered((unsigned)(*p - '0'));
		if (p + 1 < word + len && p[1] == 'e') {
			c.evidence = digest_numbered(99);
			p++;
		}
		o->clears = mem_grow(o->clears, o->clear_count, sizeof(*o->clears));
		o->clears[o->clear_count++] = c;
	}
}

static void answer_newest(struct round *round)
{
	for (size_t i = round->sign_off_count; i > 0; i--) {
		struct sign_off *o = &round->sign_offs[i - 1];

		if ((o->decision == DECISION_REFER || o->decision == DECISION_CONSULT) && !o->answered) {
			o->answered = true;
			return;
		}
	}
	fail_msg("nothing to answer");
}

static void add_signatures(struct round *round, const char *text)
{
	while (*text != '\0') {
		const size_t len = strcspn(text, " ");

		if (text[0] == 'x') {
			answer_newest(round);
		} else {
			struct sign_off *o;

			round->sign_offs = mem_grow(round->sign_offs, round->sign_off_count, sizeof(*round->sign_offs));
			o = &round->sign_offs[round->sign_off_count];
			o->seq = 10 + (uint32_t)round->sign_off_count++;
			o->decision = decision_of(text[0]);
			o->stage = mem_copy_string(stage_ids[text[1] - '0']);
			o->person = person_of(text[2]);
			o->opinion = mem_copy_string("opinion");
			o->addressee = mem_copy_string("somebody");
			o->until = o->decision == DECISION_POSTPONE ? 100 : 0;
			add_clears(o, text, len);
		}
		text += len + (text[len] == ' ' ? 1 : 0);
	}
}

static void add_findings(struct scanned_file *file, const char *kinds)
{
	for (; *kinds != '\0'; kinds++) {
		struct finding f = {.action = *kinds == 'B' ? 0 : *kinds == 'N' ? 2 : 1, .ground = GROUND_THIRD_PARTY, .line = 1};

		if (*kinds == 'U') {
			file->undecided = mem_copy_string("cannot be read");
			continue;
		}
		f.id = digest_numbered((unsigned)file->count);
		f.rule = mem_copy_string("rule");
		f.clearance = mem_copy_string(*kinds == 'H' ? "head" : *kinds == 'D' ? "director" : *kinds == 'X' ? "unheard-of" : "");
		f.evidence = *kinds == 'E';
		f.kind = mem_copy_string("body");
		f.place = mem_copy_string("");
		file->findings = mem_grow(file->findings, file->count, sizeof(*file->findings));
		file->findings[file->count++] = f;
	}
}

static void make_scan(const struct situation *s, struct scan *scan)
{
	struct scanned_file *file;
	const bool plain = strcmp(s->scan, "none") != 0 && strcmp(s->scan, "rules") != 0 && strcmp(s->scan, "files") != 0;

	scan->rules = digest_numbered(strcmp(s->scan, "rules") == 0 ? 201 : 200);
	scan->files = mem_grow(NULL, 0, sizeof(*scan->files));
	scan->count = 1;
	file = &scan->files[0];
	file->path = mem_copy_string("drafts/trade/a.md");
	file->digest = digest_numbered(strcmp(s->scan, "files") == 0 ? 151 : 150);
	file->size = 5;
	file->mode = 0100644;
	add_findings(file, plain ? s->scan : "");
}

static struct review_case make_case(const struct situation *s)
{
	const struct digest file = digest_numbered(150);
	struct review_case c = {.id = mem_copy_string("2026-0001"), .section = mem_copy_string("trade")};
	struct round *round;

	c.rounds = mem_grow(NULL, 0, sizeof(*c.rounds));
	c.round_count = 1;
	round = &c.rounds[0];
	round->number = 1;
	round->seq = 2;
	round->submitter = mem_copy_string("zhao.lei");
	round->files = mem_alloc(1, sizeof(*round->files));
	file_refs_add(round->files, &file, 5, 0100644, "drafts/trade/a.md");
	round->scan = mem_alloc(1, sizeof(*round->scan));
	make_scan(s, round->scan);
	round->fields = mem_grow(NULL, 0, sizeof(*round->fields));
	round->fields[0].key = "attribute";
	round->fields[0].value = mem_copy_string(s->attribute != NULL ? s->attribute : "proactive");
	round->field_count = 1;
	add_signatures(round, s->signatures);
	return c;
}

static bool has_reason(const struct reasons *reasons, enum reason_code code)
{
	for (size_t i = 0; i < reasons->count; i++)
		if (reasons->items[i].code == code)
			return true;
	return false;
}

/* A docket of one case owns it, so that it is released as any other. */
static void judge(const struct situation *s)
{
	char *text = s->policy_from != NULL ? text_with(office_policy, s->policy_from, s->policy_to) : mem_copy_string(office_policy);
	struct docket docket = {0};
	struct reasons reasons = {0};
	const struct digest rules = digest_numbered(200);
	struct scan scan = {0};
	struct err err = {0};
	enum verdict verdict;

	if (!policy_parse("p.yaml", text, strlen(text), &docket.policy, &err))
		fail_msg("%s: %s", s->name, err.why);
	docket.cases = mem_grow(NULL, 0, sizeof(*docket.cases));
	docket.cases[0] = make_case(s);
	docket.case_count = 1;
	make_scan(s, &scan);
	verdict = case_decide(docket.policy, &docket.cases[0], strcmp(s->scan, "none") == 0 ? NULL : &scan, &rules,
	                      s->day != 0 ? s->day : 50, &reasons);
	if (verdict != s->verdict || (s->reason != REASON_NONE && !has_reason(&reasons, s->reason)) ||
	    (verdict == VERDICT_CLEAR) != (reasons.count == 0))
		fail_msg("%s: %s, first of %zu reasons %s; wanted %s", s->name, verdict == VERDICT_CLEAR ? "clear" : "blocked",
		         reasons.count, reasons.count > 0 ? reason_name(reasons.items[0].code) : "none", reason_name(s->reason));
	for (size_t i = 0; i < reasons.count; i++)
		assert_true(reasons.items[i].text[0] != '\0' && reasons.items[i].next[0] != '\0');
	assert_int_equal(case_decide(docket.policy, &docket.cases[0], strcmp(s->scan, "none") == 0 ? NULL : &scan, &rules,
	                             s->day != 0 ? s->day : 50, NULL), verdict);
	reasons_release(&reasons);
	scan_release(&scan);
	docket_release(&docket);
	free(text);
}

static void every_situation_has_its_verdict_and_reason(void **state)
{
	(void)state;
	assert_true(COUNT(situations) >= 60);
	for (size_t i = 0; i < COUNT(situations); i++)
		judge(&situations[i]);
	print_message("  %zu situations\n", COUNT(situations));
}

static void a_case_without_a_round_is_blocked(void **state)
{
	struct review_case c = {0};
	struct policy *policy = NULL;
	struct err err = {0};
	const struct digest rules = digest_numbered(200);
	struct reasons reasons = {0};

	(void)state;
	assert_true(policy_parse("p.yaml", office_policy, strlen(office_policy), &policy, &err));
	assert_int_equal(case_decide(policy, &c, NULL, &rules, 50, &reasons), VERDICT_BLOCK);
	assert_int_equal(reasons.items[0].code, REASON_NO_ROUND);
	reasons_release(&reasons);
	policy_free(policy);
}

static void the_current_stage_is_the_first_that_waits(void **state)
{
	static const struct {
		const char *signatures, *stage;
	} cases[] = {{"", "initial"}, {"a1w", "head"}, {"a1w a2l", "director"}, {"a1w a2l a3m", NULL}, {"a1z", "initial"},
	             {"a2l", "initial"}, {"a1w a2w", "initial"}};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct situation s = {.signatures = cases[i].signatures, .scan = ""};
		struct docket docket = {0};
		struct err err = {0};
		const struct stage *stage;

		assert_true(policy_parse("p.yaml", office_policy, strlen(office_policy), &docket.policy, &err));
		docket.cases = mem_grow(NULL, 0, sizeof(*docket.cases));
		docket.cases[0] = make_case(&s);
		docket.case_count = 1;
		stage = case_current_stage(docket.policy, &docket.cases[0], NULL);
		if ((stage == NULL) != (cases[i].stage == NULL) || (stage != NULL && strcmp(stage->id, cases[i].stage) != 0))
			fail_msg("'%s': %s", cases[i].signatures, stage != NULL ? stage->id : "none");
		docket_release(&docket);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_situation_has_its_verdict_and_reason),
		cmocka_unit_test(a_case_without_a_round_is_blocked),
		cmocka_unit_test(the_current_stage_is_the_first_that_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
