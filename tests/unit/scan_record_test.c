/* scan_record_test.c - the record in the ledger: one text for one result, and nothing that a scan
 * would not have written is read. */
#include "scan_fixture.h"

#include "../../src/scan/finding_inside.h"
#include "rules/rule.h"

#define HEAD "review-scan v1\nrules: 1111111111111111111111111111111111111111111111111111111111111111\n"
#define FILE_A "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 a.txt\n"
#define FILE_B "file: 3333333333333333333333333333333333333333333333333333333333333333 0 100755 b 文 1.txt\n"
#define TAIL "end: review-scan v1\n"

static struct digest digest_of(unsigned char byte)
{
	struct digest d;

	memset(&d, byte, sizeof(d));
	return d;
}

/* Files as found; ids and order come from the scanner. */
static void fill(struct scan *scan, struct trial *t)
{
	static const char one[] = "密码 123456，密码 654321", two[] = "\xFF\xFE\x31\x00", three[] = "nothing";
	static const struct {
		const char *path, *bytes;
		size_t len;
	} files[] = {{"b 1.txt", three, 7}, {"-", one, sizeof(one) - 1}, {"a%\xE2\x80\xAE.txt ", one, 19}, {"z.pdf", "%PDF-1.7", 8},
	             {"u.txt", two, 4}};

	scan->rules = digest_of(0x11);
	for (size_t i = 0; i < COUNT(files); i++) {
		(void)scan_file(t, files[i].path, files[i].bytes, files[i].len);
		scan_add(scan, &t->file);
	}
}

/* A pack whose rules differ in everything a record holds. */
static struct trial make_trial(void)
{
	return trial_of("review-rules: 1\npack: trial\ntitle: {en: T, zh: 试}\nrules:\n"
	                "  - {id: number, title: {en: N, zh: 数}, ground: third-party, action: review, clearance: section-head, "
	                "evidence: true, match: {pattern: '[0-9]{6}'}, examples: {match: ['1'], pass: ['a']}}\n"
	                "  - {id: word, title: {en: W, zh: 词}, ground: process, action: block, match: {keywords: [密码]}, "
	                "examples: {match: ['1'], pass: ['a']}}\n"
	                "  - {id: any, title: {en: A, zh: 任}, action: note, match: {pattern: '密码|txt|1'}, "
	                "examples: {match: ['1'], pass: ['a']}}\n",
	                NULL);
}

static void expect_same_finding(const struct finding *a, const struct finding *b)
{
	assert_true(digest_equal(&a->id, &b->id));
	assert_string_equal(a->rule, b->rule);
	assert_int_equal(a->action, b->action);
	assert_int_equal(a->ground, b->ground);
	assert_string_equal(a->clearance, b->clearance);
	assert_int_equal(a->evidence, b->evidence);
	assert_string_equal(a->kind, b->kind);
	assert_string_equal(a->place, b->place);
	assert_int_equal(a->start, b->start);
	assert_int_equal(a->end, b->end);
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->column, b->column);
}

static void what_was_found_is_read_again(void **state)
{
	struct trial t = make_trial();
	struct scan scan = {0}, back = {0};
	struct buf text = {0}, again = {0};
	struct err err = {0};
	size_t findings = 0;

	(void)state;
	fill(&scan, &t);
	scan_record_write(&scan, &text);
	if (!scan_record_read(text.data, text.len, &back, &err))
		fail_msg("%s\n%s", err.why, text.data);
	assert_int_equal(back.count, scan.count);
	assert_true(digest_equal(&back.rules, &scan.rules));
	for (size_t i = 0; i < scan.count; i++) {
		assert_string_equal(back.files[i].path, scan.files[i].path);
		assert_true(digest_equal(&back.files[i].digest, &scan.files[i].digest));
		assert_int_equal(back.files[i].size, scan.files[i].size);
		assert_int_equal(back.files[i].mode, scan.files[i].mode);
		assert_int_equal(back.files[i].undecided == NULL, scan.files[i].undecided == NULL);
		assert_int_equal(back.files[i].count, scan.files[i].count);
		for (size_t k = 0; k < scan.files[i].count; k++)
			expect_same_finding(&back.files[i].findings[k], &scan.files[i].findings[k]);
		findings += scan.files[i].count;
	}
	assert_true(findings > 8);
	assert_null(back.files[0].findings[0].excerpt);
	scan_record_write(&back, &again);
	assert_string_equal(again.data, text.data);
	scan_release(&scan);
	scan_release(&back);
	buf_release(&text);
	buf_release(&again);
	trial_end(&t);
}

static void nothing_that_matched_is_recorded(void **state)
{
	struct trial t = make_trial();
	struct scan scan = {0};
	struct buf text = {0};

	(void)state;
	fill(&scan, &t);
	scan_record_write(&scan, &text);
	assert_null(strstr(text.data, "密码"));
	assert_null(strstr(text.data, "123456"));
	assert_null(strstr(text.data, "\xE2\x80\xAE"));
	assert_non_null(strstr(text.data, " 100644 %2D\n"));
	assert_non_null(strstr(text.data, " 100644 a%25%E2%80%AE.txt%20\n"));
	assert_non_null(strstr(text.data, "undecided: PDF document, not readable: the reader of documents is not there\n"));
	scan_release(&scan);
	buf_release(&text);
	trial_end(&t);
}

static void expect_refused(const char *text, size_t len)
{
	struct scan scan = {0};
	struct err err = {0};

	if (scan_record_read(text, len, &scan, &err))
		fail_msg("accepted:\n%s", text);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(scan.count, 0);
	assert_null(scan.files);
}

static void expect_accepted(const char *text)
{
	struct scan scan = {0};
	struct err err = {0};

	if (!scan_record_read(text, strlen(text), &scan, &err))
		fail_msg("%s:\n%s", err.why, text);
	scan_release(&scan);
}

static void only_the_canonical_text_is_read(void **state)
{
	static const char *const bad[] = {
		"",
		"review-scan v1\n",
		HEAD,
		TAIL,
		HEAD "end: review-scan v1",
		HEAD TAIL "\n",
		HEAD "\n" TAIL,
		"review-scan v2\nrules: 1111111111111111111111111111111111111111111111111111111111111111\n" TAIL,
		"review-scan v1\nrules: A111111111111111111111111111111111111111111111111111111111111111\n" TAIL,
		HEAD "note: x\n" TAIL,
		HEAD "undecided: why\n" TAIL,
		HEAD FILE_A "undecided: -\n" TAIL,
		HEAD FILE_A "undecided: \n" TAIL,
		HEAD FILE_A "undecided: a\nundecided: b\n" TAIL,
		HEAD FILE_A FILE_A TAIL,
		HEAD FILE_B FILE_A TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 -\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 \n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 012 100644 a\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 -1 100644 a\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 +1 100644 a\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 99999999999999999999 100644 a\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100648 a\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 0100644 a\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644  a\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 a%2e\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 a%2E\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 a%00b\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 a%FF\n" TAIL,
		HEAD "file: 2222222222222222222222222222222222222222222222222222222222222222 12 100644 a\x1b[2J\n" TAIL,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		expect_refused(bad[i], strlen(bad[i]));
	expect_refused(HEAD "\0" TAIL, sizeof(HEAD "\0" TAIL) - 1);
	expect_accepted(HEAD TAIL);
	expect_accepted(HEAD FILE_A FILE_B TAIL);
	expect_accepted(HEAD FILE_A "undecided: why%0Anot\n" FILE_B TAIL);
}

/* A record with one finding, as a scan would name it. */
static struct scan scan_of(const struct finding *f)
{
	struct scan scan = {.rules = digest_of(0x11)};
	struct scanned_file file = {.path = mem_copy_string("a.txt"), .digest = digest_of(0x22), .size = 99, .mode = 0100644};

	file.findings = mem_grow(NULL, 0, sizeof(*file.findings));
	file.findings[0] = *f;
	file.findings[0].rule = mem_copy_string(f->rule);
	file.findings[0].clearance = mem_copy_string(f->clearance);
	file.findings[0].kind = mem_copy_string(f->kind);
	file.findings[0].place = mem_copy_string(f->place);
	file.count = 1;
	scan_add(&scan, &file);
	return scan;
}

static char *record_of(const struct finding *f)
{
	struct scan scan = scan_of(f);
	struct buf text = {0};

	finding_name(&scan.files[0].findings[0], &scan.files[0]);
	scan_record_write(&scan, &text);
	scan_release(&scan);
	return buf_take(&text);
}

static struct finding plain_finding(void)
{
	static char rule[] = "r-1", clearance[] = "head", kind[] = "body", place[] = "";

	return (struct finding){.rule = rule, .action = ACTION_REVIEW, .ground = GROUND_PROCESS, .clearance = clearance,
	                        .kind = kind, .place = place, .start = 3, .end = 5, .line = 1, .column = 2};
}

static void expect_finding_refused(const struct finding *f)
{
	char *text = record_of(f);

	expect_refused(text, strlen(text));
	free(text);
}

static void a_finding_is_one_that_a_scan_can_make(void **state)
{
	static char escape[] = "r\x1b[2J", spaced[] = "r 1", none[] = "", upper[] = "R", kind[] = "bodies", place[] = "read as X";
	struct finding f = plain_finding();
	char *text;

	(void)state;
	f.rule = escape;
	expect_finding_refused(&f);
	f.rule = spaced;
	expect_finding_refused(&f);
	f.rule = none;
	expect_finding_refused(&f);
	f = plain_finding();
	f.clearance = upper;
	expect_finding_refused(&f);
	f = plain_finding();
	f.kind = kind;
	expect_finding_refused(&f);
	f = plain_finding();
	f.end = f.start;
	expect_finding_refused(&f);
	f = plain_finding();
	f.line = 0;
	expect_finding_refused(&f);
	f = plain_finding();
	f.column = 0;
	expect_finding_refused(&f);
	f = plain_finding();
	text = record_of(&f);
	expect_accepted(text);
	free(text);
	f.place = place;
	f.clearance = none;
	f.ground = GROUND_NONE;
	f.action = ACTION_NOTE;
	text = record_of(&f);
	expect_accepted(text);
	free(text);
}

/* Any one byte of a finding changed: another text, refused or of another name. */
static void a_finding_cannot_be_altered(void **state)
{
	const struct finding f = plain_finding();
	char *text = record_of(&f);
	char *line = strstr(text, "finding: ");
	const size_t len = strlen(text), meaning = strlen("finding: ") + 65 + strlen("r-1 ");
	const size_t place = meaning + strlen("review process head no "), position = place + strlen("body 3 5 ");

	(void)state;
	for (size_t i = 0; line[i] != '\n'; i++) {
		const char was = line[i];
		/* what it means, and its line, are bound by the ledger entry, not by its id */
		const bool bound = i < meaning || (i >= place && i < position);

		line[i] = was == '3' ? '4' : '3';
		if (bound)
			expect_refused(text, len);
		line[i] = was;
	}
	expect_accepted(text);
	free(text);
}

static void findings_stand_in_one_order(void **state)
{
	struct finding f = plain_finding();
	char *one = record_of(&f), *two, *swapped, *doubled;
	const char *a = strstr(one, "finding: "), *b;

	(void)state;
	f.start = 4;
	two = record_of(&f);
	b = strstr(two, "finding: ");
	swapped = mem_format("%.*s%.*s%s", (int)(b - two), two, (int)(strchr(b, '\n') + 1 - b), b, a);
	expect_refused(swapped, strlen(swapped));
	doubled = mem_format("%.*s%.*s%s", (int)(a - one), one, (int)(strchr(a, '\n') + 1 - a), a, a);
	expect_refused(doubled, strlen(doubled));
	free(swapped);
	swapped = mem_format("%.*s%.*s%s", (int)(a - one), one, (int)(strchr(a, '\n') + 1 - a), a, b);
	expect_accepted(swapped);
	free(swapped);
	free(doubled);
	free(one);
	free(two);
}

static void a_record_has_limits(void **state)
{
	struct buf text = {0};
	struct scan scan = {0};
	struct err err = {0};

	(void)state;
	buf_add_string(&text, HEAD);
	for (int i = 0; i < 1001; i++) {
		if (i == 1000) {
			buf_add_string(&text, TAIL);
			expect_accepted(text.data);
			text.len -= sizeof(TAIL) - 1;
		}
		buf_addf(&text, "file: %064d 1 100644 f%04d\n", i, i);
	}
	buf_add_string(&text, TAIL);
	expect_refused(text.data, text.len);
	buf_clear(&text);
	for (int i = 0; i < (16 << 20) + 1; i += 64)
		buf_add(&text, HEAD, 64);
	assert_false(scan_record_read(text.data, text.len, &scan, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	buf_release(&text);
}

static void totals_count_files_and_findings(void **state)
{
	struct trial t = make_trial();
	struct scan scan = {0};
	struct scan_totals totals;

	(void)state;
	scan_count(&scan, &totals);
	assert_int_equal(totals.block + totals.review + totals.note + totals.undecided, 0);
	fill(&scan, &t);
	scan_count(&scan, &totals);
	assert_int_equal(totals.undecided, 1);
	assert_int_equal(totals.block, 3);
	assert_int_equal(totals.review, 3);
	for (size_t i = 1; i < scan.count; i++)
		assert_true(strcmp(scan.files[i - 1].path, scan.files[i].path) < 0);
	scan_release(&scan);
	trial_end(&t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_found_is_read_again),
		cmocka_unit_test(nothing_that_matched_is_recorded),
		cmocka_unit_test(only_the_canonical_text_is_read),
		cmocka_unit_test(a_finding_is_one_that_a_scan_can_make),
		cmocka_unit_test(a_finding_cannot_be_altered),
		cmocka_unit_test(findings_stand_in_one_order),
		cmocka_unit_test(a_record_has_limits),
		cmocka_unit_test(totals_count_files_and_findings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
