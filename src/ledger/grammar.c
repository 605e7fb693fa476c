/* grammar.c - what each entry says, as tables.  An unknown key, a missing one or another order is
 * not another dialect: it is not a ledger entry. */
#include "grammar.h"

#include "base/digest.h"

#include <string.h>

static const char *const attributes[] = {"proactive", "on-request", "not-disclosed", NULL};
static const char *const decisions[] = {"approve", "redact", "on-request", "refuse", "postpone",
                                        "return", "refer", "consult", NULL};
static const char *const grounds[] = {"state-secret", "law-prohibits", "safety-stability", "third-party",
                                      "internal-affairs", "process", "enforcement-file", "inquiry", NULL};
static const char *const outcomes[] = {"consent", "objection", "may-publish", "must-not-publish", "other", NULL};
static const char *const freshness[] = {"heard", "witnessed", "offline", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};

#define TEXT(key) {key, VALUE_TEXT, ONCE, NULL, false}
#define TEXT_OPT(key) {key, VALUE_TEXT_OPT, ONCE, NULL, false}
#define VALUE(key, kind) {key, kind, ONCE, NULL, false}
#define WORD(key, words) {key, VALUE_WORD, ONCE, words, false}
#define FILES {"file", VALUE_FILE, SOME, NULL, true}
#define EVIDENCE {"evidence", VALUE_NAMED_BODY, ANY, NULL, false}
#define PACKS {"pack", VALUE_NAMED_BODY, SOME, NULL, true}
#define END {NULL, VALUE_TEXT, ONCE, NULL, false}
#define CASE VALUE("case", VALUE_ID), VALUE("round", VALUE_NUMBER)
#define SUBMITTED CASE, VALUE("submit", VALUE_DIGEST)

static const struct line_rule genesis[] = {
	TEXT("office"), VALUE("policy-body", VALUE_BODY), PACKS, TEXT_OPT("note"),
	{"nonce", VALUE_DIGEST, AT_MOST_ONCE, NULL, false}, END};
static const struct line_rule policy_propose[] = {
	VALUE("number", VALUE_NUMBER), VALUE("policy-body", VALUE_BODY), {"proof", VALUE_NAMED_BODY, ANY, NULL, true},
	TEXT_OPT("note"), END};
static const struct line_rule policy_endorse[] = {
	VALUE("number", VALUE_NUMBER), VALUE("proposal", VALUE_DIGEST), TEXT_OPT("note"), END};
static const struct line_rule rules[] = {VALUE("ruleset", VALUE_DIGEST), PACKS, TEXT_OPT("note"), END};
static const struct line_rule submit[] = {
	CASE, VALUE("section", VALUE_ID), TEXT("title"), TEXT_OPT("document-number"), TEXT_OPT("unit"),
	TEXT_OPT("author"), TEXT_OPT("maker"), VALUE("formed", VALUE_DATE_OPT), VALUE("changed", VALUE_DATE_OPT),
	TEXT_OPT("origin"), TEXT_OPT("carrier"), WORD("attribute", attributes),
	VALUE("article-20", VALUE_NUMBER_OPT), TEXT_OPT("channels"), TEXT_OPT("scope"),
	VALUE("planned", VALUE_DATE_OPT), TEXT_OPT("undertaking"), TEXT_OPT("note"), VALUE("scan", VALUE_BODY),
	FILES, END};
static const struct line_rule sign_off[] = {
	SUBMITTED, VALUE("stage", VALUE_ID), WORD("decision", decisions), TEXT("opinion"),
	{"ground", VALUE_WORD_OPT, ONCE, grounds, false}, VALUE("until", VALUE_DATE_OPT), TEXT_OPT("addressee"),
	VALUE("scan", VALUE_DIGEST), FILES, {"clear", VALUE_CLEAR, ANY, NULL, true},
	{"answer", VALUE_TEXT, ANY, NULL, false}, EVIDENCE, END};
static const struct line_rule evidence[] = {
	SUBMITTED, VALUE("answers", VALUE_DIGEST), WORD("outcome", outcomes), TEXT("note"), EVIDENCE, END};
static const struct line_rule file_record[] = {SUBMITTED, TEXT("register"), TEXT_OPT("note"), END};
static const struct line_rule release[] = {
	SUBMITTED, VALUE("scan", VALUE_BODY), {"freshness", VALUE_WORD, AT_MOST_ONCE, freshness, false}, FILES, END};
static const struct line_rule released[] = {CASE, VALUE("release", VALUE_DIGEST), FILES, END};
static const struct line_rule withdraw[] = {
	CASE, VALUE("release", VALUE_DIGEST), WORD("incident", yes_no),
	{"ground", VALUE_WORD_OPT, ONCE, grounds, false}, TEXT("reason"), FILES, END};
static const struct line_rule key_compromise[] = {
	VALUE("owner", VALUE_ID), VALUE("compromised", VALUE_KEY), VALUE("since", VALUE_NUMBER), TEXT("reason"), END};

static const struct {
	const char *name;
	const struct line_rule *lines;
} types[ENTRY_TYPES] = {
	[ENTRY_NONE] = {"", NULL},
	[ENTRY_GENESIS] = {"genesis", genesis},
	[ENTRY_POLICY_PROPOSE] = {"policy-propose", policy_propose},
	[ENTRY_POLICY_ENDORSE] = {"policy-endorse", policy_endorse},
	[ENTRY_RULES] = {"rules", rules},
	[ENTRY_SUBMIT] = {"submit", submit},
	[ENTRY_SIGN_OFF] = {"sign-off", sign_off},
	[ENTRY_EVIDENCE] = {"evidence", evidence},
	[ENTRY_FILE_RECORD] = {"file-record", file_record},
	[ENTRY_RELEASE] = {"release", release},
	[ENTRY_RELEASED] = {"released", released},
	[ENTRY_WITHDRAW] = {"withdraw", withdraw},
	[ENTRY_KEY_COMPROMISE] = {"key-compromise", key_compromise},
};

const char *entry_type_name(enum entry_type type)
{
	return (unsigned)type < ENTRY_TYPES ? types[type].name : "";
}

const struct line_rule *grammar_of(enum entry_type type)
{
	return (unsigned)type < ENTRY_TYPES ? types[type].lines : NULL;
}

enum entry_type grammar_type(const char *name, size_t len)
{
	for (unsigned i = 1; i < ENTRY_TYPES; i++)
		if (strlen(types[i].name) == len && memcmp(types[i].name, name, len) == 0)
			return (enum entry_type)i;
	return ENTRY_NONE;
}

const struct line_rule *grammar_from(const struct line_rule *rule, const char *key)
{
	while (rule->key != key && rule->key != NULL && strcmp(rule->key, key) != 0)
		rule++;
	return rule;
}

const char *grammar_tail(const struct line_rule *rule, const char *value)
{
	const int words = rule->kind == VALUE_FILE ? 3 : rule->kind == VALUE_NAMED_BODY ? 2 : 0;

	for (int i = 0; i < words; i++) {
		const char *space = strchr(value, ' ');

		if (space == NULL)
			return value;
		value = space + 1;
	}
	return value;
}

/* A finding may be cleared once: a second reason for it would let a reader pick. */
int grammar_compare(const struct line_rule *rule, const char *a, const char *b)
{
	if (rule->kind == VALUE_CLEAR)
		return strncmp(a, b, DIGEST_HEX_SIZE - 1);
	return strcmp(grammar_tail(rule, a), grammar_tail(rule, b));
}
