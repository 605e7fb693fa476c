/* policy_reasons_test.c - all reasons of a situation, exactly and in order, and what a person reads.
 *
 * policy_verdict_test.c asks for the answer; here are the corners: approvals that stopped counting
 * when the policy became stricter, conditional stages, scans that are not of these files.
 *
 * Signs:    "iw hl dm" is initial by wang.wei, head by li.na, director by zhang.min, in this order;
 *           q is a stage the policy does not have; hl=t returned, hl=p postponed for nine days,
 *           hl=c consulted; hl/1 clears finding 1, hl/1e with evidence, hl/1- without a reason.
 *           W: this round was published and withdrawn; V: an older one was; D: this one is public.
 * Findings: r review, b block, n note, x an action nobody knows, U the second file is undecided;
 *           r@h: only head or later may clear it; r! wants evidence; r# has the ground third-party.
 *           S another size, M another mode, P another path, C a file too few. */
#include "policy_fixture.h"

#include "ledger/entry.h"
#include "policy/docket.h"
#include "policy/verdict.h"
#include "scan/finding.h"

static const char *const stage_names[] = {['i'] = "initial", ['h'] = "head", ['d'] = "director", ['q'] = "quality"};
static const char *const person_names[] = {
	['z'] = "zhao.lei", ['w'] = "wang.wei", ['y'] = "liu.yang", ['l'] = "li.na",
	['s'] = "sun.yue",  ['m'] = "zhang.min", ['c'] = "chen.jing",
};
static const enum decision decisions[] = {['p'] = DECISION_POSTPONE, ['t'] = DECISION_RETURN, ['c'] = DECISION_CONSULT};

struct situation {
	const char *name, *signs, *found, *want; /* want: the reasons in order; "" is CLEAR */
	const char *from, *to;                   /* what is different in the office's policy */
	const char *origin;                      /* NULL: own */
};

#define HEAD "{id: head, title: {en: Section head}}"
#define TWO HEAD, "{id: head, title: {en: H}, people: 2}"
#define MAY_NOT_CLEAR HEAD, "{id: head, title: {en: H}, may-clear: false}"
#define WHEN_GROUND HEAD, "{id: head, title: {en: H}, when: {grounds: [third-party]}}"
#define WHEN_ORIGIN HEAD, "{id: head, title: {en: H}, when: {origins: [joint]}}"
#define OWN_SIGNS "submitter-may-sign: false", "submitter-may-sign: true"
#define ONE_PERSON "distinct-people: true", "distinct-people: false"
#define NO_DIRECTOR "may: [{stage: director}]", "may: []"
#define SAME NULL, NULL, NULL

static const struct situation table[] = {
	/* order */
	{"nothing signed", "", "", "stage-missing stage-missing stage-missing", SAME},
	{"without the first", "hl dm", "", "stage-missing stage-order stage-missing stage-order stage-missing", SAME},
	{"without the middle", "iw dm", "", "stage-missing stage-order stage-missing", SAME},
	{"the last one twice does not replace the first", "hl dm dm", "",
	 "stage-missing stage-order stage-missing stage-order stage-missing", SAME},
	{"early, then again in order", "hl iw hl dm", "", "", SAME},
	{"all early, then again in order", "dm hl iw hl dm", "", "", SAME},
	{"a stage the policy does not have", "iw hl qm", "", "stage-empty", SAME},
	{"the last holder left", "iw hl", "", "stage-empty", NO_DIRECTOR, NULL},
	{"signed before the holder left", "iw hl dm", "", "", NO_DIRECTOR, NULL},
	/* people */
	{"two wanted, one signed twice", "iw hl hl dm", "", "stage-missing stage-order stage-missing", TWO, NULL},
	{"two wanted, the second after the next stage", "iw hl dm hs", "", "stage-order stage-missing", TWO, NULL},
	{"two wanted, then the next stage again", "iw hl dm hs dm", "", "", TWO, NULL},
	{"the submitter at the last stage", "iw hl dz", "", "submitter-signed stage-missing", SAME},
	{"the submitter alone, where he may sign", "iz hz dz", "",
	 "same-person stage-missing same-person stage-missing same-person stage-missing", OWN_SIGNS, NULL},
	{"the submitter, where one person may do the rest", "iz hw dw", "",
	 "submitter-signed stage-missing stage-order stage-missing stage-order stage-missing", ONE_PERSON, NULL},
	{"one person at two stages, another besides", "iw iy hw hl dm", "", "", SAME},
	{"one person at two stages, and a third at neither", "iw hw dm", "",
	 "same-person stage-empty same-person stage-missing stage-order stage-missing", SAME},
	{"one person at a stage that is gone", "qw iw hl dm", "",
	 "same-person stage-empty stage-order stage-missing stage-order stage-missing", SAME},
	{"returned, consulted, not signed", "iw=t hl=c", "", "returned consulting stage-missing stage-missing stage-missing", SAME},
	{"postponed, signed early, signed by nobody in time", "hl=p hl iw dm", "",
	 "stage-order stage-missing stage-order stage-missing", SAME},
	/* the scan */
	{"another size", "iw hl dm", "S", "files-differ", SAME},
	{"another mode", "iw hl dm", "M", "files-differ", SAME},
	{"another path", "iw hl dm", "P", "files-differ", SAME},
	{"a file too few", "iw hl dm", "C", "files-differ", SAME},
	{"the second file undecided", "iw hl dm", "U", "undecided", SAME},
	{"an action nobody knows", "iw hl dm/1", "x", "block-finding", SAME},
	/* clearances */
	{"cleared without a reason", "iw/1- hl dm", "r", "not-cleared", SAME},
	{"cleared by the submitter", "iw hl dm iz/1", "r", "not-cleared", SAME},
	{"cleared by somebody at two stages", "iw iy hl dm hw/1", "r", "not-cleared", SAME},
	{"cleared by a stage the policy does not have", "iw hl dm qc/1", "r", "cleared-too-low", SAME},
	{"cleared by a stage that may not, and one that may", "iw hl/1 dm/1", "r", "", MAY_NOT_CLEAR, NULL},
	{"cleared in a supplement", "iw hl dm hl/1", "r@h", "", SAME},
	{"evidence too low, the right stage without", "iw/1e hl dm/1", "r@d!", "evidence-missing", SAME},
	{"evidence added later", "iw hl dm/1 dm/1e", "r@d!", "", SAME},
	{"three findings, three answers", "iw/1 hl dm/2", "r r! r b", "evidence-missing not-cleared block-finding", SAME},
	/* stages with a condition */
	{"a finding of the ground", "iw dm/1", "r#", "stage-missing stage-order stage-missing", WHEN_GROUND, NULL},
	{"a note of the ground", "iw dm", "n#", "stage-missing stage-order stage-missing", WHEN_GROUND, NULL},
	{"a finding of another ground", "iw dm/1", "r", "", WHEN_GROUND, NULL},
	{"the origin", "iw dm", "", "stage-missing stage-order stage-missing", WHEN_ORIGIN, "joint"},
	{"the origin, signed", "iw hl dm", "", "", WHEN_ORIGIN, "joint"},
	{"no origin stated", "iw dm", "", "stage-missing stage-order stage-missing", WHEN_ORIGIN, ""},
	{"another origin", "iw dm", "", "", WHEN_ORIGIN, NULL},
	/* publications */
	{"published and withdrawn", "W iw hl dm", "", "withdrawn", SAME},
	{"an older round was withdrawn", "V iw hl dm", "", "", SAME},
	{"public already", "D iw hl dm", "", "", SAME},
};

static void paint(struct digest *d, unsigned byte)
{
	memset(d->byte, (int)byte, sizeof(d->byte));
}

static void add_field(struct round *r, const char *key, const char *value)
{
	r->fields = mem_grow(r->fields, r->field_count, sizeof(*r->fields));
	r->fields[r->field_count++] = (struct entry_line){.key = key, .value = mem_copy_string(value)};
}

static void add_publication(struct review_case *c, char kind)
{
	struct publication p = {.round = kind == 'V' ? 1 : 2, .withdrawn = kind != 'D', .done = true};

	p.files = mem_alloc(1, sizeof(*p.files));
	p.person = mem_copy_string("chen.jing");
	c->publications = mem_grow(c->publications, c->publication_count, sizeof(*c->publications));
	c->publications[c->publication_count++] = p;
}

/* "/1e": finding 1, with evidence. */
static const char *add_clear(struct sign_off *o, const char *at)
{
	struct clearance c = {0};

	paint(&c.finding, (unsigned)(at[1] - '0'));
	if (at[2] == 'e')
		paint(&c.evidence, 0xEE);
	c.reason = mem_copy_string(at[2] == '-' ? "" : "public since 2019");
	o->clears = mem_grow(o->clears, o->clear_count, sizeof(*o->clears));
	o->clears[o->clear_count++] = c;
	return at + (at[2] == 'e' || at[2] == '-' ? 3 : 2);
}

static const char *add_sign_off(struct round *r, const char *at, int32_t today)
{
	struct sign_off o = {.decision = DECISION_APPROVE, .seq = r->seq + 1 + (uint32_t)r->sign_off_count};

	o.stage = mem_copy_string(stage_names[(unsigned char)at[0]]);
	o.person = mem_copy_string(person_names[(unsigned char)at[1]]);
	o.opinion = mem_copy_string("seen");
	o.addressee = mem_copy_string("Northgate Ltd");
	for (at += 2; *at != ' ' && *at != '\0';) {
		if (*at == '/') {
			at = add_clear(&o, at);
			continue;
		}
		o.decision = decisions[(unsigned char)at[1]];
		o.until = o.decision == DECISION_POSTPONE ? today + 9 : 0;
		at += 2;
	}
	r->sign_offs = mem_grow(r->sign_offs, r->sign_off_count, sizeof(*r->sign_offs));
	r->sign_offs[r->sign_off_count++] = o;
	return at;
}

static void add_signs(struct review_case *c, const char *signs, int32_t today)
{
	for (const char *at = signs; *at != '\0';) {
		if (*at == ' ')
			at++;
		else if (strchr("WVD", *at) != NULL)
			add_publication(c, *at++);
		else
			at = add_sign_off(&c->rounds[0], at, today);
	}
}

static void spoil_scan(struct scan *scan, char how)
{
	if (how == 'S')
		scan->files[1].size++;
	else if (how == 'M')
		scan->files[1].mode = 0100755;
	else if (how == 'P')
		scan->files[1].path[0] = 'D';
	else if (how == 'C')
		scanned_file_release(&scan->files[--scan->count]);
	else
		scan->files[1].undecided = mem_copy_string("cannot be read");
}

static const char *add_finding(struct scanned_file *file, const char *at)
{
	struct finding f = {.ground = GROUND_STATE_SECRET, .line = 1, .column = 1};
	const char *stage = "";

	f.action = *at == 'b' ? 0 : *at == 'r' ? 1 : *at == 'n' ? 2 : 3;
	for (at++; *at != ' ' && *at != '\0'; at++) {
		if (*at == '!')
			f.evidence = true;
		else if (*at == '#')
			f.ground = GROUND_THIRD_PARTY;
		else if (*at != '@')
			stage = stage_names[(unsigned char)*at];
	}
	f.rule = mem_copy_string("some-rule");
	f.kind = mem_copy_string("body");
	f.place = mem_copy_string("");
	f.clearance = mem_copy_string(stage);
	file->findings = mem_grow(file->findings, file->count, sizeof(*file->findings));
	paint(&f.id, (unsigned)file->count + 1);
	file->findings[file->count++] = f;
	return at;
}

static void fill_scan(struct scan *scan, const struct file_refs *files, const char *found)
{
	paint(&scan->rules, 0x77);
	for (size_t i = 0; i < files->count; i++) {
		const struct file_ref *f = &files->items[i];

		scan->files = mem_grow(scan->files, scan->count, sizeof(*scan->files));
		scan->files[scan->count++] = (struct scanned_file){
			.path = mem_copy_string(f->path), .digest = f->digest, .size = f->size, .mode = f->mode};
	}
	for (const char *at = found; *at != '\0';) {
		if (strchr("rbnx", *at) != NULL)
			at = add_finding(&scan->files[0], at);
		else if (*at == ' ')
			at++;
		else
			spoil_scan(scan, *at++);
	}
}

static void fill_round(struct round *r, const struct situation *s)
{
	struct digest digest;

	r->number = 2;
	r->seq = 10;
	r->submitter = mem_copy_string("zhao.lei");
	r->files = mem_alloc(1, sizeof(*r->files));
	paint(&digest, 0xA1);
	file_refs_add(r->files, &digest, 10, 0100644, "drafts/market/a.txt");
	paint(&digest, 0xA2);
	file_refs_add(r->files, &digest, 20, 0100644, "drafts/market/b.txt");
	add_field(r, "attribute", "proactive");
	add_field(r, "origin", s->origin != NULL ? s->origin : "own");
}

/* A docket of one case, and the answer to it. */
struct trial {
	struct docket d;
	struct scan scan;
	struct reasons reasons;
	enum verdict verdict;
};

static void try_it(struct trial *t, const struct situation *s)
{
	const int32_t today = date("2026-11-23");
	struct digest rules;

	*t = (struct trial){0};
	t->d.policy = s->from != NULL ? office_with(s->from, s->to) : parse_or_fail(office_policy);
	t->d.cases = mem_grow(NULL, 0, sizeof(*t->d.cases));
	t->d.case_count = 1;
	t->d.cases[0].id = mem_copy_string("2026-0001");
	t->d.cases[0].section = mem_copy_string("market");
	t->d.cases[0].rounds = mem_grow(NULL, 0, sizeof(*t->d.cases[0].rounds));
	t->d.cases[0].round_count = 1;
	fill_round(&t->d.cases[0].rounds[0], s);
	add_signs(&t->d.cases[0], s->signs, today);
	fill_scan(&t->scan, t->d.cases[0].rounds[0].files, s->found);
	paint(&rules, 0x77);
	t->verdict = case_decide(t->d.policy, &t->d.cases[0], &t->scan, &rules, today, &t->reasons);
}

static void end_it(struct trial *t)
{
	reasons_release(&t->reasons);
	scan_release(&t->scan);
	docket_release(&t->d);
}

static bool situation_holds(const struct situation *s)
{
	struct trial t;
	struct buf got = {0};
	bool ok;

	try_it(&t, s);
	buf_add_string(&got, "");
	for (size_t i = 0; i < t.reasons.count; i++)
		buf_addf(&got, "%s%s", i > 0 ? " " : "", reason_name(t.reasons.items[i].code));
	ok = strcmp(got.data != NULL ? got.data : "", s->want) == 0 && (t.verdict == VERDICT_CLEAR) == (s->want[0] == '\0');
	if (!ok)
		print_error("%s: got '%s', expected '%s'\n", s->name, got.data != NULL ? got.data : "", s->want);
	buf_release(&got);
	end_it(&t);
	return ok;
}

static void every_situation_has_these_reasons_and_no_other(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		wrong += situation_holds(&table[i]) ? 0 : 1;
	assert_int_equal(wrong, 0);
}

/* The parser refuses such a policy; the verdict does not rely on that. */
static void a_policy_that_wants_nothing_clears_nothing(void **state)
{
	static const struct situation s = {"", "iw hl dm", "", "", WHEN_ORIGIN, NULL};
	struct trial t;
	struct reasons reasons = {0};

	(void)state;
	try_it(&t, &s);
	t.d.policy->stages[0].when_grounds = t.d.policy->stages[2].when_grounds = 1u << GROUND_INQUIRY;
	assert_int_equal(case_decide(t.d.policy, &t.d.cases[0], &t.scan, &t.scan.rules, 0, &reasons), VERDICT_BLOCK);
	assert_int_equal(reasons.count, 1);
	assert_int_equal(reasons.items[0].code, REASON_STAGE_MISSING);
	reasons_release(&reasons);
	end_it(&t);
}

/* What a person reads first, and what to do about it. */
static void reasons_name_who_can_do_what(void **state)
{
	static const struct {
		struct situation s;
		const char *text, *next;
	} cases[] = {
		{{"", "iw", "", "", SAME}, "Section head (head) wants 1 more signature",
		 "李娜 (li.na) or 孙悦 (sun.yue) can: review approve 2026-0001"},
		{{"", "iw hl", "", "", TWO, NULL}, "H (head) wants 1 more signature",
		 "孙悦 (sun.yue) can: review approve 2026-0001"},
		{{"", "iw hl", "", "", NO_DIRECTOR, NULL}, "nobody can sign director for section market",
		 "root people can change that: review policy propose"},
		{{"", "iw hl dm", "r@h!", "", SAME}, "drafts/market/a.txt:1: some-rule is not cleared",
		 "李娜 (li.na) or 孙悦 (sun.yue) can: review approve 2026-0001 --stage head --clear 01010101=REASON "
		 "--evidence 01010101=FILE"},
		{{"", "iw hl dm", "r@d", "", NO_DIRECTOR, NULL}, "drafts/market/a.txt:1: some-rule is not cleared",
		 "nobody can clear it; remove it from the document and submit a new round"},
		{{"", "iw hl=p", "", "", SAME}, "李娜 (li.na) postponed it until 2026-12-02",
		 "head can be signed again before: review approve 2026-0001 --stage head"},
		{{"", "iw hl=c", "", "", SAME}, "李娜 (li.na) asked Northgate Ltd and there is no answer yet",
		 "record it: review answer 2026-0001 --outcome ... --note ..."},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct trial t;

		try_it(&t, &cases[i].s);
		assert_int_equal(t.verdict, VERDICT_BLOCK);
		assert_string_equal(t.reasons.items[0].text, cases[i].text);
		assert_string_equal(t.reasons.items[0].next, cases[i].next);
		end_it(&t);
	}
}

static void an_inbox_counts_what_is_missing(void **state)
{
	static const struct {
		struct situation s;
		const char *stage;
		uint32_t missing;
	} cases[] = {
		{{"", "hl dm", "", "", SAME}, "initial", 1},         {{"", "hl iw", "", "", SAME}, "head", 1},
		{{"", "iw", "", "", TWO, NULL}, "head", 2},          {{"", "iw hl", "", "", TWO, NULL}, "head", 1},
		{{"", "iw hl hl", "", "", TWO, NULL}, "head", 1},    {{"", "iw", "", "", WHEN_ORIGIN, NULL}, "director", 1},
		{{"", "iw", "", "", WHEN_ORIGIN, ""}, "head", 1},    {{"", "iw hl dm", "", "", SAME}, NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct stage *stage;
		struct trial t;
		uint32_t missing = 0;

		try_it(&t, &cases[i].s);
		stage = case_current_stage(t.d.policy, &t.d.cases[0], &missing);
		if ((stage == NULL) != (cases[i].stage == NULL) || (stage != NULL && strcmp(stage->id, cases[i].stage) != 0))
			fail_msg("%s: %s", cases[i].s.signs, stage != NULL ? stage->id : "none");
		assert_int_equal(missing, cases[i].missing);
		end_it(&t);
	}
}

static void every_reason_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < REASON_CODES; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(reason_name((enum reason_code)i), reason_name((enum reason_code)k));
	assert_string_equal(reason_name(REASON_WITHDRAWN), "withdrawn");
	assert_string_equal(reason_name(REASON_CODES), "");
}

static void add_reason(struct reasons *reasons, enum reason_code code, const char *text)
{
	reasons->items = mem_grow(reasons->items, reasons->count, sizeof(*reasons->items));
	reasons->items[reasons->count++] = (struct reason){.code = code, .text = mem_copy_string(text), .next = mem_copy_string("")};
}

static void a_person_is_told_the_first_of_many_findings(void **state)
{
	struct reasons many = {0}, few = {0}, over = {0};

	(void)state;
	add_reason(&many, REASON_BLOCK_FINDING, "block");
	for (int i = 0; i < 200; i++)
		add_reason(&many, REASON_NOT_CLEARED, i == 0 ? "first" : "another");
	add_reason(&many, REASON_STAGE_MISSING, "stage");
	reasons_condense(&many);
	assert_int_equal(many.count, 1 + 5 + 1 + 1);
	assert_string_equal(many.items[1].text, "first");
	assert_string_equal(many.items[6].text, "195 more findings are not cleared");
	assert_string_equal(many.items[7].text, "stage");
	for (int i = 0; i < 6; i++)
		add_reason(&few, REASON_NOT_CLEARED, "finding");
	reasons_condense(&few);
	assert_int_equal(few.count, 6);
	add_reason(&over, REASON_RETURNED, "returned");
	add_reason(&over, REASON_STAGE_MISSING, "stage");
	reasons_condense(&over);
	assert_int_equal(over.count, 1);
	reasons_release(&many);
	reasons_release(&few);
	reasons_release(&over);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_situation_has_these_reasons_and_no_other),
		cmocka_unit_test(a_policy_that_wants_nothing_clears_nothing),
		cmocka_unit_test(reasons_name_who_can_do_what),
		cmocka_unit_test(a_person_is_told_the_first_of_many_findings),
		cmocka_unit_test(an_inbox_counts_what_is_missing),
		cmocka_unit_test(every_reason_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
