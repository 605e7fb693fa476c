/* skeleton.c - the first policy of a new ledger: one founder, everything else denied. */
#include "policy/policy.h"

#include "base/buf.h"

/* As a YAML single-quoted scalar. */
static void add_quoted(struct buf *out, const char *text)
{
	buf_add_byte(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			buf_add_byte(out, '\'');
		buf_add_byte(out, *text);
	}
	buf_add_byte(out, '\'');
}

char *policy_skeleton(const char *office, const char *person, const char *name, const char *public_key_line)
{
	struct buf out = {0};

	buf_add_string(&out,
	               "# The policy of this repository: who may do what.  This file is a draft; what is in force is in\n"
	               "# the ledger, and changes only by: review policy propose, review policy endorse.\n"
	               "review-policy: 1\noffice: {en: ");
	add_quoted(&out, office);
	buf_add_string(&out,
	               "}\n"
	               "zones: {public: public/, strip: drafts/, candidates: [\"drafts/**\"], ignore: []}\n"
	               "sections:\n"
	               "  office: {title: {en: Office, zh: 办公室}, paths: [\"drafts/**\"]}\n"
	               "stages:\n"
	               "  - {id: initial, title: {en: Initial reviewer, zh: 信息员初审}, people: 1, scope: section}\n"
	               "  - {id: section-head, title: {en: Section head, zh: 科室负责人审核}, people: 1, scope: section}\n"
	               "  - {id: deputy-director, title: {en: Deputy director, zh: 分管局领导审批}, people: 1, scope: office}\n"
	               "separation: {distinct-people: true, submitter-may-sign: false}\n"
	               "deadline: {working-days: 20, from: formed, calendar: cn}\n"
	               "people:\n  ");
	buf_addf(&out, "%s:\n    name: ", person);
	add_quoted(&out, name);
	buf_addf(&out, "\n    keys: [\"%s\"]\n    may: [{submit: [office]}]\n", public_key_line);
	buf_add_string(&out,
	               "  # Each further person: an id, a name, the line `review key show ID` prints, and duties:\n"
	               "  # wang.wei:\n"
	               "  #   name: 王伟\n"
	               "  #   keys: [\"ssh-ed25519 AAAA...\"]\n"
	               "  #   may: [{stage: initial, section: office}]\n"
	               "  # Duties: {submit: [SECTION]}, {stage: STAGE, section: SECTION},\n"
	               "  #         {acting: STAGE, from: 2026-12-01, until: 2026-12-15}\n");
	buf_addf(&out, "root: {people: [%s], threshold: 1}   # who changes this policy; make it two of three soon\n", person);
	buf_addf(&out, "keepers: {rules: [%s]}               # who puts rules into force\n", person);
	buf_addf(&out, "registrars: [%s]                     # who releases and withdraws\n", person);
	return buf_take(&out);
}
