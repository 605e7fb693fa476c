/* policy_facts_test.c - what one policy changes of another, in sentences. */
#include "policy_fixture.h"

#include "policy/facts.h"

/* One change of the office, and the lines that must come of it, separated by '|'. */
struct step {
	const char *from, *to, *told;
};

static void expect_told(const struct step *s)
{
	struct policy *before = parse_or_fail(office_policy), *after = office_with(s->from, s->to);
	struct names changes = {0};
	struct buf text = {0};

	policy_changes(before, after, &changes);
	for (size_t i = 0; i < changes.count; i++)
		buf_addf(&text, "%s%s", i > 0 ? "|" : "", changes.items[i]);
	if (strcmp(text.data != NULL ? text.data : "", s->told) != 0)
		fail_msg("'%s':\n  %s\nexpected\n  %s", s->to, text.data != NULL ? text.data : "", s->told);
	facts_release(&changes);
	buf_release(&text);
	policy_free(before);
	policy_free(after);
}

static void every_change_is_told(void **state)
{
	static const struct step table[] = {
		{"en: Commerce Bureau", "en: Trade Bureau", "- office: Commerce Bureau, 区商务局|+ office: Trade Bureau, 区商务局"},
		{"public: public/", "public: www/", "- zones: public is public/|+ zones: public is www/"},
		{"strip: drafts/", "strip: drafts/trade/",
		 "- zones: 'drafts/' is left out of public paths|"
		 "+ zones: 'drafts/trade/' is left out of public paths"},
		{"candidates: [\"drafts/**\"]", "candidates: [\"d/**\"]",
		 "- zones: drafts/** are candidates|+ zones: d/** are candidates"},
		{"ignore: [\"drafts/tools/**\"]", "ignore: []", "- zones: drafts/tools/** are not candidates"},
		{"paths: [\"drafts/market/**\"]", "paths: [\"drafts/**\"]",
		 "- section market: has drafts/market/**|+ section market: has drafts/**"},
		{"{en: Market}", "{en: Markets}", "- section market: number 2, Market|+ section market: number 2, Markets"},
		{"people: 1, scope: section", "people: 2, scope: section",
		 "- stage initial: wants 1, held by section|"
		 "+ stage initial: wants 2, held by section"},
		{"{id: director, title: {en: Director}, scope: office}", "{id: director, title: {en: Director}}",
		 "- stage director: wants 1, held for the whole office|"
		 "+ stage director: wants 1, held by section"},
		{"{en: Section head}", "{en: Section head}, may-clear: false",
		 "- stage head: may clear findings|+ stage head: may not clear findings"},
		{"{en: Section head}", "{en: Section head}, within: {working-days: 5}", "+ stage head: overdue after 5 working days"},
		{"{en: Section head}", "{en: Section head}, asks: [Is it new]", "+ stage head: asks (1) Is it new"},
		{"{en: Section head}", "{en: Section head}, when: {grounds: [third-party], origins: [other]}",
		 "- stage head: always wanted|"
		 "+ stage head: wanted when a finding is of ground third-party|"
		 "+ stage head: wanted when the origin is other"},
		{"{en: Section head}", "{en: Section head}, decisions: [approve, return]",
		 "- stage head: may decide approve, redact, on-request, refuse, postpone, return, refer, consult|"
		 "+ stage head: may decide approve, return"},
		{"distinct-people: true", "distinct-people: false",
		 "- separation: one person may not sign several stages|"
		 "+ separation: one person may sign several stages"},
		{"submitter-may-sign: false", "submitter-may-sign: true",
		 "- separation: the submitter may not sign|+ separation: the submitter may sign"},
		{"working-days: 20", "working-days: 10",
		 "- deadline: 20 working days from when it was formed, calendar cn|"
		 "+ deadline: 10 working days from when it was formed, calendar cn"},
		{"from: formed", "from: changed",
		 "- deadline: 20 working days from when it was formed, calendar cn|"
		 "+ deadline: 20 working days from when it was changed, calendar cn"},
		{"people:\n", "keys: {pin: true}\npeople:\n", "+ keys: security keys are used with a PIN or a finger"},
		{"name: 王伟", "name: 王维", "- person wang.wei: is 王伟|+ person wang.wei: is 王维"},
		{"[{submit: [trade, market]}]", "[{submit: [trade]}]",
		 "- person zhao.lei: may submit for trade, market|"
		 "+ person zhao.lei: may submit for trade"},
		{"may: [{stage: initial}]", "may: [{stage: head}]",
		 "- person wang.wei: may sign initial for all sections|"
		 "+ person wang.wei: may sign head for all sections"},
		{"until: 2026-12-15", "until: 2026-12-31",
		 "- person sun.yue: acts at director for all sections from 2026-12-01 until 2026-12-15|"
		 "+ person sun.yue: acts at director for all sections from 2026-12-01 until 2026-12-31"},
		{"threshold: 2", "threshold: 3", "- root: 2 must agree|+ root: 3 must agree"},
		{"[zhang.min, li.na, zhao.lei]", "[zhang.min, li.na, sun.yue]", "- root: zhao.lei|+ root: sun.yue"},
		{"rules: [zhao.lei]", "rules: [li.na]", "- rules: zhao.lei keeps them|+ rules: li.na keeps them"},
		{"registrars: [chen.jing]", "registrars: [chen.jing, li.na]", "+ registrar: li.na"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		expect_told(&table[i]);
}

static void a_change_of_key_names_both(void **state)
{
	struct policy *before = parse_or_fail(office_policy), *after = office_with(KEY_LI, KEY_OTHER);
	struct names changes = {0};

	(void)state;
	policy_changes(before, after, &changes);
	assert_int_equal(changes.count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_non_null(strstr(changes.items[i], " person li.na: has the key ssh-ed25519 SHA256:"));
	assert_true(changes.items[0][0] == '-' && changes.items[1][0] == '+');
	facts_release(&changes);
	policy_free(before);
	policy_free(after);
}

static void another_way_to_write_it_changes_nothing(void **state)
{
	static const struct step table[] = {
		{"office: {en: Commerce Bureau, zh: 区商务局}", "office: {zh: 区商务局, en: \"Commerce Bureau\"} # ours", ""},
		{"people: 1, scope: section", "scope: section", ""},
		{"[zhang.min, li.na, zhao.lei]", "[zhao.lei, zhang.min, li.na]", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		expect_told(&table[i]);
}

/* The first section that claims a path has it, so their order means something; of stages, too. */
static void order_means_something(void **state)
{
	char *swapped = text_with(office_policy, "  - {id: initial, title: {en: Initial reviewer}, people: 1, scope: section}\n", "");
	char *text = text_with(swapped, "  - {id: director", "  - {id: initial, title: {en: Initial reviewer}}\n  - {id: director");
	struct policy *before = parse_or_fail(office_policy), *after = parse_or_fail(text);
	struct names changes = {0};

	(void)state;
	policy_changes(before, after, &changes);
	assert_int_equal(changes.count, 4);
	assert_string_equal(changes.items[0], "- stage head: number 2, Section head");
	assert_string_equal(changes.items[1], "+ stage head: number 1, Section head");
	facts_release(&changes);
	policy_free(before);
	policy_free(after);
	free(swapped);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_change_is_told),
		cmocka_unit_test(a_change_of_key_names_both),
		cmocka_unit_test(another_way_to_write_it_changes_nothing),
		cmocka_unit_test(order_means_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
