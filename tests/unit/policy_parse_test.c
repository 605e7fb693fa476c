/* policy_parse_test.c - what a policy may say, and with which place each mistake is refused. */
#include "policy_fixture.h"

#include "base/fs.h"
#include "seal/key.h"

/* One change to the office's policy, and the complaint it earns. */
struct refusal {
	const char *from, *to, *why;
};

static void expect_refusal(const struct refusal *r)
{
	char *text = text_with(office_policy, r->from, r->to);
	struct policy *policy = NULL;
	struct err err = {0};

	if (policy_parse("p.yaml", text, strlen(text), &policy, &err))
		fail_msg("accepted: %s", r->to);
	if (policy != NULL || (err.kind != ERR_INPUT && err.kind != ERR_LIMIT) || strcmp(err.why, r->why) != 0)
		fail_msg("%s: '%s', expected '%s'", r->to, err.why, r->why);
	free(text);
}

static void expect_refusals(const struct refusal *table, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_refusal(&table[i]);
}

static void the_frame_is_strict(void **state)
{
	static const struct refusal table[] = {
		{"review-policy: 1", "review-policy: 2", "p.yaml:1:16: only version 1 of review-policy is known"},
		{"review-policy: 1\n", "", "p.yaml:1:1: a policy begins with 'review-policy: 1'"},
		{"keepers: {", "keeprs: {", "p.yaml:22:1: unknown key 'keeprs'; did you mean 'keepers'?"},
		{"keepers: {rules: [zhao.lei]}\n", "", "p.yaml:1:1: 'keepers' is missing"},
		{"registrars: [chen.jing]\n", "", "p.yaml:1:1: 'registrars' is missing"},
		{"registrars: [chen.jing]", "registrars: chen.jing", "p.yaml:23:13: 'registrars' must be a list"},
		{"office: {en: Commerce Bureau, zh: 区商务局}", "office: {}", "p.yaml:2:9: a title wants en, zh or both"},
		{"office: {en: Commerce Bureau,", "office: {en: \"\",", "p.yaml:2:14: 'en' is empty"},
		{"office: {en: Commerce Bureau,", "office: {en: \"A\\u202Eb\",", "p.yaml:2:14: a character in 'en' cannot be seen"},
		{"office: {en: Commerce Bureau,", "office: {de: Amt,", "p.yaml:2:10: unknown key 'de'"},
		{"distinct-people: true", "distinct-people: yes", "p.yaml:11:31: true or false is wanted"},
		{"working-days: 20", "working-days: 0", "p.yaml:12:26: a number from 1 to 1000 is wanted"},
		{"from: formed", "from: now", "p.yaml:12:36: one of these is wanted: formed, changed"},
		{"calendar: cn", "calendar: ../cn", "p.yaml:12:54: the name of a calendar is wanted here"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void zones_and_sections_stay_inside(void **state)
{
	static const char dir[] = "p.yaml:3:17: the public directory is a folder of the repository or an absolute path";
	static const struct refusal table[] = {
		{"public: public/", "public: ../public/", dir},
		{"public: public/", "public: a/../b", dir},
		{"public: public/", "public: a/./b", dir},
		{"public: public/", "public: /srv/../etc", dir},
		{"public: public/", "public: //srv", dir},
		{"public: public/", "public: \"\"", dir},
		{"public: public/", "public: /", dir},
		{"public: public/", "public: .", dir},
		{"public: public/", "public: .git/x", dir},
		{"public: public/", "public: .review/x", dir},
		{"public: public/", "public: [a]", "p.yaml:3:17: a directory is wanted here"},
		{"strip: drafts/", "strip: drafts", "p.yaml:3:33: 'drafts' is not a folder that ends in /"},
		{"strip: drafts/", "strip: ../", "p.yaml:3:33: '../' is not a folder that ends in /"},
		{"strip: drafts/", "strip: /", "p.yaml:3:33: '/' is not a folder that ends in /"},
		{"candidates: [\"drafts/**\"]", "candidates: \"**\"", "p.yaml:3:54: a list is wanted here"},
		{"candidates: [\"drafts/**\"]", "candidates: [a, a]", "p.yaml:3:58: 'a' is listed twice"},
		{"  trade: {title", "  Trade: {title", "p.yaml:5:3: 'Trade' is not an id (a-z, 0-9, . _ -; not all)"},
		{"  trade: {title", "  all: {title", "p.yaml:5:3: 'all' is not an id (a-z, 0-9, . _ -; not all)"},
		{"  market: {title", "  trade: {title", "p.yaml:6:3: 'trade' is here a second time, first in line 5"},
		{", paths: [\"drafts/market/**\"]", "", "p.yaml:6:11: 'paths' is missing"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void a_stage_must_be_one_that_can_be_completed(void **state)
{
	static const struct refusal table[] = {
		{"people: 1, scope", "people: 0, scope", "p.yaml:8:58: a number from 1 to 100 is wanted"},
		{"people: 1, scope", "people: -1, scope", "p.yaml:8:58: a number from 1 to 100 is wanted"},
		{"people: 1, scope", "people: 4294967296, scope", "p.yaml:8:58: a number from 1 to 100 is wanted"},
		{"scope: section", "scope: town", "p.yaml:8:68: one of these is wanted: section, office"},
		{"{id: head,", "{id: initial,", "p.yaml:9:10: 'initial' is no id, or another stage has it"},
		{"{id: head,", "{id: Head,", "p.yaml:9:10: 'Head' is no id, or another stage has it"},
		{"{id: head,", "{", "p.yaml:9:5: 'id' is missing"},
		{"{id: head, title: {en: Section head}}", "{id: head}", "p.yaml:9:5: 'title' is missing"},
		{"title: {en: Section head}}", "title: {en: H}, decisions: []}",
		 "p.yaml:9:43: a list of decisions is wanted here"},
		{"title: {en: Section head}}", "title: {en: H}, decisions: [sign]}",
		 "p.yaml:9:44: a decision is wanted: approve, redact, on-request, refuse, postpone, return, refer, consult"},
		{"title: {en: Section head}}", "title: {en: H}, decisions: [return]}",
		 "p.yaml:9:43: a stage that may not approve could never be completed"},
		{"title: {en: Section head}}", "title: {en: H}, when: {}}",
		 "p.yaml:9:38: when wants a list of grounds, of origins, or both"},
		{"title: {en: Section head}}", "title: {en: H}, when: {grounds: []}}",
		 "p.yaml:9:38: when wants at least one ground or origin"},
		{"title: {en: Section head}}", "title: {en: H}, when: {grounds: [secret]}}",
		 "p.yaml:9:49: this is not one of the eight grounds"},
		{"title: {en: Section head}}", "title: {en: H}, within: {working-days: 0}}",
		 "p.yaml:9:55: a number from 1 to 1000 is wanted"},
		{"title: {en: Section head}}", "title: {en: H}, asks: [why, why]}", "p.yaml:9:44: 'why' is listed twice"},
		{"title: {en: Section head}}", "title: {en: H}, may-clear: 1}", "p.yaml:9:43: true or false is wanted"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void no_stages_or_only_conditional_ones_are_refused(void **state)
{
	static const char none[] = "review-policy: 1\noffice: {en: A}\nsections: {a: {title: {en: A}, paths: [a]}}\nstages: []\n";
	static const char perhaps[] = "review-policy: 1\noffice: {en: A}\nsections: {a: {title: {en: A}, paths: [a]}}\n"
	                              "stages: [{id: b, title: {en: B}, when: {origins: [x]}}]\n";
	struct policy *policy = NULL;
	struct err err = {0};

	(void)state;
	assert_false(policy_parse("p", none, strlen(none), &policy, &err));
	assert_string_equal(err.why, "p:4:9: a policy without stages would publish anything");
	err = (struct err){0};
	assert_false(policy_parse("p", perhaps, strlen(perhaps), &policy, &err));
	assert_string_equal(err.why, "p:4:9: where every stage has a condition, some things would need no signature");
	assert_null(policy);
}

/* The family of bugs that let one person count twice, or nobody count as enough. */
static void thresholds_count_people_who_exist(void **state)
{
	static const char number[] = "p.yaml:21:57: a number from 1 to 3 is wanted";
	static const struct refusal table[] = {
		{"threshold: 2", "threshold: 0", number},
		{"threshold: 2", "threshold: -1", number},
		{"threshold: 2", "threshold: 4", number},
		{"threshold: 2", "threshold: 4294967297", number},
		{"threshold: 2", "threshold: 2.0", number},
		{"threshold: 2", "threshold: ~", number},
		{"root: {people: [zhang.min, li.na, zhao.lei], threshold: 2}", "root: {people: [], threshold: 0}",
		 "p.yaml:21:16: without root people nobody could ever change the policy"},
		{"root: {people: [zhang.min, li.na, zhao.lei]", "root: {people: [zhang.min, zhang.min, li.na]",
		 "p.yaml:21:28: 'zhang.min' is listed twice"},
		{"root: {people: [zhang.min, li.na, zhao.lei]", "root: {people: [zhang.min, li.mei]",
		 "p.yaml:21:28: there is nobody named 'li.mei' under people"},
		{"keepers: {rules: [zhao.lei]}", "keepers: {rules: [zhao]}",
		 "p.yaml:22:19: there is nobody named 'zhao' under people"},
		{"registrars: [chen.jing]", "registrars: [chen]", "p.yaml:23:14: there is nobody named 'chen' under people"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void a_key_belongs_to_one_person(void **state)
{
	static const struct refusal table[] = {
		{KEY_LI, KEY_WANG, "p.yaml:17:28: wang.wei has this key already"},
		{KEY_LI, KEY_WANG " another comment", "p.yaml:17:28: wang.wei has this key already"},
		{KEY_LI "\"]", KEY_LI "\", \"" KEY_LI "\"]", "p.yaml:17:112: li.na has this key already"},
		{"keys: [\"" KEY_LI "\"]", "keys: []", "p.yaml:17:27: a person without a key cannot sign"},
		{"keys: [\"" KEY_LI "\"]", "keys: [[]]", "p.yaml:17:28: a key is a text"},
		{"  li.na: {", "  Li.na: {", "p.yaml:17:3: 'Li.na' is not an id (a-z, 0-9, . _ -)"},
		{"  li.na: {", "  .li: {", "p.yaml:17:3: '.li' is not an id (a-z, 0-9, . _ -)"},
		{"  li.na: {", "  wang.wei: {", "p.yaml:17:3: 'wang.wei' is here a second time, first in line 15"},
		{"name: 李娜", "name: ''", "p.yaml:17:17: 'name' is empty"},
		{"name: 李娜", "name: \"李\\u200B娜\"", "p.yaml:17:17: a character in 'name' cannot be seen"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void what_is_asked_of_keys_is_strict(void **state)
{
	static const struct refusal table[] = {
		{"people:\n", "keys: {security-keys-only: true}\npeople:\n",
		 "p.yaml:15:31: this policy wants security keys only, and this is another kind of key"},
		{"people:\n", "keys: {pin: maybe}\npeople:\n", "p.yaml:13:13: true or false is wanted"},
		{"people:\n", "keys: {touch: true}\npeople:\n", "p.yaml:13:8: unknown key 'touch'"},
		{"people:\n", "keys: true\npeople:\n", "p.yaml:13:7: keys and values are wanted here"},
	};
	struct policy *none = office_with("people:\n", "people:\n"), *pin = office_with("people:\n", "keys: {pin: true}\npeople:\n");

	(void)state;
	expect_refusals(table, COUNT(table));
	assert_false(none->pin_wanted || none->hardware_only);
	assert_true(pin->pin_wanted && !pin->hardware_only);
	policy_free(none);
	policy_free(pin);
}

static void weak_and_malformed_keys_are_refused(void **state)
{
	static const char *const keys[] = {
		"ssh-ed25519 AAAA", "", "ssh-dss AAAAB3NzaC1kc3M=",
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* the identity */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		char *text = text_with(office_policy, KEY_LI, keys[i]);
		struct policy *policy = NULL;
		struct err err = {0};

		assert_false(policy_parse("p", text, strlen(text), &policy, &err));
		assert_int_equal(strncmp(err.why, "p:17:28: ", 9), 0);
		free(text);
	}
}

static void duties_name_what_exists(void **state)
{
	static const struct refusal table[] = {
		{"may: [{stage: director}]", "may: [{stage: directr}]", "p.yaml:19:131: there is no stage 'directr'"},
		{"may: [{stage: director}]", "may: [{stage: head, section: sales}]", "p.yaml:19:146: there is no section 'sales'"},
		{"may: [{stage: director}]", "may: [{stage: head, section: []}]",
		 "p.yaml:19:146: an empty list of sections; write all"},
		{"may: [{stage: director}]", "may: [{stage: director, section: trade}]",
		 "p.yaml:19:150: stage director is held for the whole office, not for a section"},
		{"may: [{stage: director}]", "may: [{stage: director, from: 2026-12-01}]", "p.yaml:19:141: unknown key 'from'"},
		{"may: [{stage: director}]", "may: [{stage: director, submit: all}]", "p.yaml:19:124: unknown key 'stage'"},
		{"may: [{stage: director}]", "may: [{submit: [sales]}]", "p.yaml:19:132: there is no section 'sales'"},
		{"may: [{stage: director}]", "may: [{release: all}]",
		 "p.yaml:19:123: a duty is one of: {submit: ...}, {stage: ...}, {acting: ...}"},
		{"may: [{stage: director}]", "may: [director]",
		 "p.yaml:19:123: a duty is one of: {submit: ...}, {stage: ...}, {acting: ...}"},
		{"from: 2026-12-01, until", "from: 2026-12-16, until", "p.yaml:18:153: it ends before it begins"},
		{"from: 2026-12-01, until", "until", "p.yaml:18:153: 'from' is missing"},
		{", until: 2026-12-15", "", "p.yaml:18:153: 'until' is missing"},
		{"from: 2026-12-01, until", "from: 2026-02-30, until", "p.yaml:18:178: a date is wanted: YYYY-MM-DD"},
		{"from: 2026-12-01, until", "from: 1970-01-01, until", "p.yaml:18:178: a date is wanted: YYYY-MM-DD"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void more_than_an_office_can_have_is_refused(void **state)
{
	struct buf many = {0};
	char *text;
	struct policy *policy = NULL;
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 21; i++)
		buf_addf(&many, "  - {id: s%d, title: {en: S}}\n", i);
	buf_add_string(&many, "separation:");
	text = text_with(office_policy, "separation:", many.data);
	assert_false(policy_parse("p", text, strlen(text), &policy, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(err.why, "p:8:3: more than 20 of them");
	buf_release(&many);
	free(text);
}

static void what_is_left_out_is_the_strict_choice(void **state)
{
	static const char text[] = "review-policy: 1\noffice: {zh: 局}\n"
	                           "sections: {a: {title: {en: A}, paths: [\"**\"]}}\n"
	                           "stages: [{id: one, title: {zh: 初审}}]\n"
	                           "people: {zhao.lei: {name: 赵磊, keys: [\"" KEY_ZHAO "\"], may: []}}\n"
	                           "root: {people: [zhao.lei], threshold: 1}\nkeepers: {rules: []}\nregistrars: []\n";
	struct policy *p;

	(void)state;
	p = parse_or_fail(text);
	assert_string_equal(p->public_dir, "public/");
	assert_string_equal(p->strip, "");
	assert_int_equal(p->candidates.count, 1);
	assert_true(p->distinct_people);
	assert_false(p->submitter_may_sign);
	assert_int_equal(p->deadline_days, 0);
	assert_string_equal(p->deadline_from, "formed");
	assert_string_equal(p->calendar, "");
	assert_string_equal(p->office_en, "局");
	assert_string_equal(p->stages[0].title_en, "初审");
	assert_int_equal(p->stages[0].people, 1);
	assert_int_equal(p->stages[0].scope, SCOPE_SECTION);
	assert_true(p->stages[0].may_clear);
	assert_true((p->stages[0].decisions & 1u << DECISION_CONSULT) != 0);
	policy_free(p);
}

static void everything_written_is_read(void **state)
{
	struct policy *p = office_with("{id: head, title: {en: Section head}}",
	                               "{id: head, title: {en: H, zh: 科长}, people: 2, may-clear: false, within: {working-days: 5},"
	                               " asks: [\"a?\", \"b?\"], decisions: [approve, return], when: {grounds: [third-party], origins: [joint]}}");
	const struct stage *s;
	size_t rank = 9;

	(void)state;
	s = policy_stage(p, "head", &rank);
	assert_non_null(s);
	assert_int_equal(rank, 1);
	assert_string_equal(s->title_zh, "科长");
	assert_int_equal(s->people, 2);
	assert_false(s->may_clear);
	assert_int_equal(s->within, 5);
	assert_int_equal(s->asks.count, 2);
	assert_int_equal(s->decisions, 1u << DECISION_APPROVE | 1u << DECISION_RETURN);
	assert_int_equal(s->when_grounds, 1u << 4);
	assert_true(names_have(&s->when_origins, "joint"));
	assert_int_equal(p->root_threshold, 2);
	assert_int_equal(p->deadline_days, 20);
	assert_string_equal(p->calendar, "cn");
	assert_null(policy_stage(p, "Head", NULL));
	assert_null(policy_person(p, "li.mei"));
	assert_null(policy_section(p, "sales"));
	policy_free(p);
}

static void gaps_are_warned_of(void **state)
{
	static const struct {
		const char *from, *to, *warning;
	} table[] = {
		{"may: [{submit: [trade, market]}]}", "may: []}", NULL}, /* liu.yang still may */
		{"{stage: head, section: [trade, market]}", "{stage: head, section: market}",
		 "nobody holds stage head for section trade: nothing of it can be released"},
		{"keepers: {rules: [zhao.lei]}", "keepers: {rules: []}", "nobody keeps the rules"},
		{"registrars: [chen.jing]", "registrars: []", "there is no registrar: nobody may release or withdraw"},
		{"sections:\n", "sections:\n  lost: {title: {en: Lost}, paths: [x]}\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct policy *p = office_with(table[i].from, table[i].to);

		if (table[i].warning == NULL)
			assert_int_equal(p->warnings.count, i == 4 ? 1 : 0);
		else
			assert_true(names_have(&p->warnings, table[i].warning));
		policy_free(p);
	}
}

static void a_section_without_information_officer_is_warned_of(void **state)
{
	char *one = text_with(office_policy, "may: [{submit: [trade, market]}]", "may: [{submit: trade}]");
	char *both = text_with(one, ", {submit: all}", "");
	struct policy *p = parse_or_fail(both);

	(void)state;
	assert_int_equal(p->warnings.count, 1);
	assert_string_equal(p->warnings.items[0], "section market has no information officer: nobody may submit");
	policy_free(p);
	free(one);
	free(both);
}

static void the_skeleton_is_a_sound_policy(void **state)
{
	char *text = policy_skeleton("People's Office", "zhao.lei", "赵'磊", KEY_ZHAO);
	struct policy *p = parse_or_fail(text);

	(void)state;
	assert_string_equal(p->office_en, "People's Office");
	assert_string_equal(p->people[0].name, "赵'磊");
	assert_int_equal(p->stage_count, 3);
	assert_int_equal(p->root_threshold, 1);
	assert_true(names_have(&p->root, "zhao.lei"));
	assert_true(names_have(&p->rule_keepers, "zhao.lei"));
	assert_true(names_have(&p->registrars, "zhao.lei"));
	assert_int_equal(person_may_submit(&p->people[0], "office", 20000), ENTITLED);
	assert_non_null(strstr(text, "review policy propose"));
	assert_non_null(policy_path_section(p, "drafts/a.txt"));
	policy_free(p);
	free(text);
}

static void ready_made_policies_are_sound(void **state)
{
	static const char *const names[] = {"cn-3", "cn-4", "corp-2", "dod", "doe", "nasa"};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		char *path = mem_format("%s/samples/policies/%s.yaml", SOURCE_DIR, names[i]);
		struct buf text = {0};
		struct policy *p = NULL;
		struct err err = {0};

		if (!fs_read_file(path, 1 << 20, &text, &err) || !policy_parse(names[i], text.data, text.len, &p, &err))
			fail_msg("%s: %s", names[i], err.why);
		if (p->warnings.count > 0)
			fail_msg("%s: %s", names[i], p->warnings.items[0]);
		policy_free(p);
		buf_release(&text);
		free(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_frame_is_strict),
		cmocka_unit_test(zones_and_sections_stay_inside),
		cmocka_unit_test(a_stage_must_be_one_that_can_be_completed),
		cmocka_unit_test(no_stages_or_only_conditional_ones_are_refused),
		cmocka_unit_test(thresholds_count_people_who_exist),
		cmocka_unit_test(a_key_belongs_to_one_person),
		cmocka_unit_test(what_is_asked_of_keys_is_strict),
		cmocka_unit_test(weak_and_malformed_keys_are_refused),
		cmocka_unit_test(duties_name_what_exists),
		cmocka_unit_test(more_than_an_office_can_have_is_refused),
		cmocka_unit_test(what_is_left_out_is_the_strict_choice),
		cmocka_unit_test(everything_written_is_read),
		cmocka_unit_test(gaps_are_warned_of),
		cmocka_unit_test(a_section_without_information_officer_is_warned_of),
		cmocka_unit_test(the_skeleton_is_a_sound_policy),
		cmocka_unit_test(ready_made_policies_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
