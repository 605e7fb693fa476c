/* scan_packs_test.c - the packs this program ships, in force: their examples hold, plainly and in
 * every disguise that folding sees through, and no text makes them undecided. */
#include "scan_fixture.h"

#include "base/utf8.h"

static struct trial shipped(void)
{
	struct trial t = {0};
	struct rule_files files = {0};
	struct err err = {0};

	rule_files_builtin(&files);
	if (!ruleset_load(&files, &t.set, &err) || !scanner_new(t.set, &t.scanner, &err))
		fail_msg("%s", err.why);
	return t;
}

static void every_example_of_every_rule_holds(void **state)
{
	struct trial t = shipped();
	struct buf out = {0};

	(void)state;
	if (scan_examples(t.scanner, t.set, &out) != 0)
		fail_msg("\n%s", out.data);
	buf_release(&out);
	trial_end(&t);
}

/* One way to hide an example.  `text` is empty at first. */
typedef void disguise(const char *example, struct buf *text);

static void between_lines(const char *example, struct buf *text)
{
	buf_addf(text, "第一行文字。\r\n\r\n%s\r\n\r\n最后一行。\r\n", example);
}

static void with_zero_width(const char *example, struct buf *text)
{
	uint32_t c = 0;

	for (size_t n; *example != '\0'; example += n) {
		n = utf8_decode(example, strlen(example), &c);
		buf_add(text, example, n);
		buf_add_string(text, c > ' ' ? "\xE2\x80\x8B" : "");
	}
}

static void full_width(const char *example, struct buf *text)
{
	for (; *example != '\0'; example++) {
		char bytes[4];
		const unsigned char c = (unsigned char)*example;

		if (c > ' ' && c < 0x7F)
			buf_add(text, bytes, utf8_encode(c - 0x21u + 0xFF01u, bytes));
		else
			buf_add_byte(text, *example);
	}
}

static void spaced_out(const char *example, struct buf *text)
{
	uint32_t c = 0;

	for (size_t n; *example != '\0'; example += n) {
		n = utf8_decode(example, strlen(example), &c);
		buf_add(text, example, n);
		buf_add_string(text, c >= 0x4E00 && c <= 0x9FFF ? "\xE3\x80\x80" : ""); /* behind each ideograph U+3000 */
	}
}

/* A structure rule is about the disguise itself, and verbatim means as it is written. */
static bool sees_through(const struct rule *rule)
{
	return rule->kind != RULE_STRUCTURE && rule->view != RULE_VIEW_VERBATIM && (rule->where & 1u << FLOW_BODY) != 0;
}

static bool is_found(struct trial *t, const struct rule *rule, const char *text, size_t len)
{
	/* lists are found one by one when they are examples, by the dozen when they are documents */
	if (rule->min_count > 1)
		return true;
	(void)scan_file(t, "a.txt", text, len);
	for (size_t i = 0; i < t->file.count; i++)
		if (strcmp(t->file.findings[i].rule, rule->id) == 0)
			return true;
	return false;
}

static size_t count_missed(disguise *hide, const char *name)
{
	struct trial t = shipped();
	size_t missed = 0, tried = 0;

	for (size_t r = 0; r < t.set->count; r++) {
		const struct rule *rule = &t.set->rules[r];

		for (size_t i = 0; i < rule->examples_match.count && sees_through(rule); i++) {
			struct buf text = {0};

			hide(rule->examples_match.items[i], &text);
			tried++;
			if (!is_found(&t, rule, text.data, text.len)) {
				missed++;
				print_error("%s: %s: not found: %s\n", name, rule->id, text.data);
			}
			buf_release(&text);
		}
	}
	assert_true(tried > 100);
	trial_end(&t);
	return missed;
}

static void examples_are_found_between_other_lines(void **state)
{
	(void)state;
	assert_int_equal(count_missed(between_lines, "between lines"), 0);
}

static void examples_are_found_through_zero_width_characters(void **state)
{
	(void)state;
	assert_int_equal(count_missed(with_zero_width, "zero width"), 0);
}

static void examples_are_found_in_full_width(void **state)
{
	(void)state;
	assert_int_equal(count_missed(full_width, "full width"), 0);
}

static void examples_are_found_letter_spaced(void **state)
{
	(void)state;
	assert_int_equal(count_missed(spaced_out, "letter-spaced"), 0);
}

/* Long runs of what patterns are made of: nothing reaches a match limit or a stack. */
static void no_text_makes_the_shipped_packs_undecided(void **state)
{
	static const char *const runs[] = {"a", "1", "机", " ", "★", "-", "(", "1 ", "a@", "a.", "密级", "秘密", "SECRET//", "//",
	                                   "1-", "、", "号", "|", "A1", "x\n", "TOP SECRET", "=", "\t1", "电话1380013800", "《", "_ "};
	struct trial t = shipped();

	(void)state;
	for (size_t i = 0; i < COUNT(runs); i++) {
		struct buf text = {0};

		while (text.len < 100000)
			buf_add_string(&text, runs[i]);
		(void)scan_text(&t, text.data);
		if (t.file.undecided != NULL)
			fail_msg("'%s': %s", runs[i], t.file.undecided);
		buf_release(&text);
	}
	trial_end(&t);
}

/* Every code of the public CUI registry, as 32 CFR 2002 and its marking handbook have them written. */
static void every_cui_code_is_a_marking(void **state)
{
	static const char *const categories[] = {
		"ADJ", "ADPO", "AG", "APP", "ASYL", "BARG", "BATT", "CMPRS", "COMPT", "CONREG", "CONV", "CRIT",
		"CVI", "CVIC", "DCNI", "DCRIT", "DREC", "EMGT", "EXPT", "EXPTR", "FHFANPI", "FINT", "FNC", "FSEC",
		"FSI", "GENETIC", "HLTH", "ID", "INF", "INTEL", "INV", "INVENT", "ISVI", "IVIC", "JURY", "JUV",
		"LCOMM", "LEI", "LMI", "LNSL", "LPROT", "LSCRN", "LVIC", "MERG", "MIL", "NETW", "NNPI", "NUC",
		"OCCMTO", "OPSEC", "PERS", "PEST", "PHYS", "POST", "PRE", "PRIIG", "PRIOR", "PRIVILEGE", "PROPIN",
		"PROT", "PRVCY", "PSEC", "RAIL", "RECCOM", "RESD", "RTR", "RWRD", "SAFE", "SBIZ", "SCV", "SERV",
		"SRI", "SSEL", "STAT", "STUD", "SURV", "TAI", "TRACE", "UCNI", "VISA", "WATER", "WHSTL", "WIT",
		"XFER",
	};
	static const char *const specified[] = {
		"SP-ADPO", "SP-AIV", "SP-ARCHR", "SP-BUDG", "SP-CCI", "SP-CEII", "SP-CENS", "SP-CHLD", "SP-CHRI",
		"SP-CONTRACT", "SP-CRITAN", "SP-CTI", "SP-CVI", "SP-DCNI", "SP-EXPT", "SP-FISA", "SP-FISAB",
		"SP-FNC", "SP-FSEC", "SP-FUND", "SP-GENETIC", "SP-GEO", "SP-HISTP", "SP-HLTH", "SP-ID", "SP-IFNC",
		"SP-INF", "SP-INTEL", "SP-INTL", "SP-INV", "SP-JURY", "SP-LDNA", "SP-LFNC", "SP-LPROT", "SP-MFC",
		"SP-NNPI", "SP-NPSR", "SP-NUC", "SP-PCII", "SP-PERS", "SP-PRIIG", "SP-PROCURE", "SP-PROPIN",
		"SP-PRVCY", "SP-SGI", "SP-SRI", "SP-SSEL", "SP-SSI", "SP-STAT", "SP-STUD", "SP-SUB", "SP-TAX",
		"SP-TSCA", "SP-UCNI", "SP-WDT", "SP-WHSTL", "SP-WIT",
	};
	static const char *const banners[] = {
		"Attorney-Client", "Attorney-WP", "DISPLAY ONLY", "DL ONLY", "FED ONLY", "FEDCON", "NOCON", "NOFORN",
		"REL TO", "RELIDO", "DELIBERATIVE", "DRAFT", "PRE-DECISIONAL", "PROVISIONAL",
		"PROVISIONAL - IN WORK",
	};
	static const char *const portions[] = {
		"AC", "AWP", "DISPLAY ONLY", "DL ONLY", "FED ONLY", "FEDCON", "NF", "NOCON", "REL TO", "RELIDO",
	};
	static const struct {
		const char *format;
		const char *const *codes;
		size_t count;
	} lists[] = {
		{"CUI//%s", categories, COUNT(categories)},     {"CUI//%s", specified, COUNT(specified)},
		{"CUI//%s//NOFORN", categories, COUNT(categories)}, {"CUI//PRVCY//%s", banners, COUNT(banners)},
		{"CUI//%s", banners, COUNT(banners)},           {"(CUI//%s) Text", portions, COUNT(portions)},
	};
	struct trial t = shipped();

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t k = 0; k < lists[i].count; k++) {
			const char *mark = strchr(lists[i].format, '%');
			char *text = mem_format("Plain words.\n%.*s%s%s\nMore words.\n", (int)(mark - lists[i].format), lists[i].format,
			                        lists[i].codes[k], mark + 2);

			(void)scan_text(&t, text);
			if (t.file.count == 0)
				fail_msg("%s", text);
			free(text);
		}
	trial_end(&t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_of_every_rule_holds),
		cmocka_unit_test(every_cui_code_is_a_marking),
		cmocka_unit_test(examples_are_found_between_other_lines),
		cmocka_unit_test(examples_are_found_through_zero_width_characters),
		cmocka_unit_test(examples_are_found_in_full_width),
		cmocka_unit_test(examples_are_found_letter_spaced),
		cmocka_unit_test(no_text_makes_the_shipped_packs_undecided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
