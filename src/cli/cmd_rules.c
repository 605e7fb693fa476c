/* cmd_rules.c - rules: check and test drafts, look at what is in force, put a draft into force.
 *
 * Findings known to be harmless are part of the rules: drafted, published and listed here. */
#include "command.h"

#include "allow.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/word.h"
#include "choices.h"
#include "deed.h"
#include "gate.h"
#include "ledger/entry.h"
#include "options.h"
#include "policy/compromise.h"
#include "repo/repo.h"
#include "rule_drafts.h"
#include "rules/ruleset.h"
#include "rules/validate.h"
#include "scan/scanner.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rules_args {
	const char *note, *rules;
	struct allow_order allow;
};

const struct option rules_options[] = {
	{"rules", OPTION_VALUE, offsetof(struct rules_args, rules), "DIR", "packs to look at (check, test, publish: default .review/rules)"},
	{"note", OPTION_VALUE, offsetof(struct rules_args, note), "TEXT", "publish: why, for the ledger"},
	{"rule", OPTION_VALUE, offsetof(struct rules_args, allow.rule), "RULE", "allow: the rule that found it"},
	{"text", OPTION_VALUE, offsetof(struct rules_args, allow.text), "TEXT", "allow: what it found; only a digest is kept"},
	{"reason", OPTION_VALUE, offsetof(struct rules_args, allow.reason), "WHY", "allow: why it is harmless"},
	{"until", OPTION_VALUE, offsetof(struct rules_args, allow.until), "DATE", "allow: the last day, at most 366 days ahead"},
	{"path", OPTION_VALUE, offsetof(struct rules_args, allow.path), "PATH", "allow: only in this file or below this folder"},
	{NULL, 0, 0, NULL, NULL},
};

static bool read_drafts(struct session *s, const char *dir, struct rule_files *out, struct err *err)
{
	char *review;
	bool ok;

	if (dir != NULL)
		return rule_files_read_dir(dir, out, err) || err_hint(err, "a folder with packs is wanted: *.yaml");
	if (s->repo == NULL && !session_open_repo(s, err))
		return false;
	if (repo_work_dir(s->repo) == NULL)
		return err_set(err, ERR_INPUT, "a bare repository has no drafts; say --rules DIR");
	review = fs_join(repo_work_dir(s->repo), ".review");
	ok = rule_drafts_read(review, out, err);
	free(review);
	return ok;
}

/* Drafts for check, test and publish: --rules, or .review/rules of the repository here. */
static bool load_drafts(struct session *s, const struct rules_args *args, struct err *err)
{
	struct rule_files files = {0};

	if (!read_drafts(s, args->rules, &files, err))
		return false;
	if (!ruleset_load(&files, &s->rules, err)) {
		rule_files_release(&files);
		return false;
	}
	return scanner_new(s->rules, &s->scanner, err);
}

static bool test_examples(struct session *s, struct err *err)
{
	struct buf failures = {0};
	const size_t failed = scan_examples(s->scanner, s->rules, &failures);

	if (failed > 0) {
		printf("%s", failures.data);
		(void)err_set(err, ERR_DENIED, failed == 1 ? "%zu example does not do what the rule says" : "%zu examples do not do what the rule says", failed);
	}
	buf_release(&failures);
	return failed == 0;
}

static void print_digest(const struct session *s)
{
	char hex[DIGEST_HEX_SIZE];

	printf(P_("%zu rule", "%zu rules", s->rules->count), s->rules->count);
	printf(P_(" in %zu file, ruleset %s\n", " in %zu files, ruleset %s\n", s->rules->files.count), s->rules->files.count,
	       digest_to_hex(&s->rules->digest, hex));
	if (s->rules->allowance_count > 0)
		printf(_("findings known to be harmless: %zu\n"), s->rules->allowance_count);
}

/* Right, and slow: whoever keeps the rules should know. */
static void print_slow(const struct session *s)
{
	struct buf slow = {0};

	if (scanner_slow_rules(s->scanner, &slow) > 0)
		printf("%s", slow.data);
	buf_release(&slow);
}

static bool rules_check(struct session *s, const struct rules_args *args, bool test, struct err *err)
{
	if (!load_drafts(s, args, err) || (test && !test_examples(s, err)))
		return false;
	print_digest(s);
	print_slow(s);
	printf(test ? _("every example does what its rule says\n") : _("every pack can be read and every pattern compiled\n"));
	return true;
}

static bool rules_list(struct session *s, const struct rules_args *args, struct err *err)
{
	const bool chinese = language_is_chinese();

	if (!gate_open(s, args->rules, err))
		return false;
	for (size_t i = 0; i < s->rules->count; i++) {
		const struct rule *r = &s->rules->rules[i];
		const char *action = rule_action_title(r->action);

		printf("%s%*s %-32s %-18s %s\n", action, utf8_padding(action, 7), "", r->id, ground_name(r->ground),
		       chinese ? r->title_zh : r->title_en);
	}
	print_digest(s);
	return true;
}

static void print_examples(const char *title, const struct texts *texts)
{
	printf("%s\n", title);
	for (size_t i = 0; i < texts->count; i++)
		printf("    %s\n", texts->items[i]);
}

static void print_match(const struct rule *r)
{
	static const char *const views[] = {
		[RULE_VIEW_LINE] = N_("line: line by line"), [RULE_VIEW_RUNNING] = N_("running: over the ends of lines"),
		[RULE_VIEW_VERBATIM] = N_("verbatim: not folded")};

	if (r->kind == RULE_PATTERN)
		printf(_("pattern     %s\n"), r->pattern);
	else if (r->kind == RULE_KEYWORDS)
		printf(_("keywords    %zu, the first: %s\n"), r->keywords.count, r->keywords.items[0]);
	else
		printf(_("structure   found by code, not by a pattern\n"));
	if (r->kind != RULE_STRUCTURE)
		printf(_("view        %s\n"), _(views[r->view]));
	if (r->near.count > 0)
		printf(_("near        one of %zu words within %u characters\n"), r->near.count, r->within);
	if (r->unless != NULL)
		printf(_("unless      %s\n"), r->unless);
	if (r->validate != VALIDATE_NONE)
		printf(_("validate    %s\n"), validator_name(r->validate));
	if (r->min_count > 1)
		printf(_("min-count   %u in a file\n"), r->min_count);
}

/* The id that was perhaps meant, as a hint. */
static void rule_meant(const struct ruleset *rules, const char *id, struct err *err)
{
	const char **ids = mem_alloc(rules->count + 1, sizeof(*ids)), *near;

	for (size_t i = 0; i < rules->count; i++)
		ids[i] = rules->rules[i].id;
	near = word_nearest(id, ids);
	if (near != NULL)
		(void)err_hint(err, "did you mean %s?", near);
	free(ids);
}

static bool rules_explain(struct session *s, const struct rules_args *args, const char *id, struct err *err)
{
	struct buf engine = {0};
	const struct rule *r;

	if (id == NULL)
		return err_set(err, ERR_USAGE, "explain which rule: review rules explain RULE");
	if (!gate_open(s, args->rules, err))
		return false;
	r = ruleset_find(s->rules, id);
	if (r == NULL) {
		(void)err_set(err, ERR_NOT_FOUND, "there is no rule '%s'", id);
		rule_meant(s->rules, id, err);
		return err_hint(err, "review rules list");
	}
	printf("%s  (%s, %s:%u)\n%s\n%s\n\n", r->id, r->pack, r->file, r->line, r->title_en, r->title_zh);
	printf(_("action      %s\nground      %s\n"), rule_action_title(r->action),
	       ground_title(r->ground));
	if (r->action == ACTION_REVIEW)
		printf(_("clearance   %s%s\n"), r->clearance[0] != '\0' ? r->clearance : _("any stage"),
		       r->evidence ? _(", with evidence") : "");
	print_match(r);
	scanner_explain(s->scanner, (size_t)(r - s->rules->rules), &engine);
	printf(_("engine      %s\n"), engine.data);
	buf_release(&engine);
	print_examples(_("matches"), &r->examples_match);
	print_examples(_("passes"), &r->examples_pass);
	return true;
}

static bool rules_publish(struct session *s, const struct rules_args *args, struct err *err)
{
	struct draft draft;
	bool ok = false;

	if (!session_open(s, err) || !load_drafts(s, args, err) || !test_examples(s, err) ||
	    !allow_check_days(s->rules, s->today, err))
		return false;
	if (digest_equal(&s->rules->digest, &s->docket.rules) && !s->docket.trust->rules_doubtful) {
		printf(_("these rules are in force already\n"));
		return true;
	}
	if (!session_open_signer(s, err))
		return false;
	draft = session_draft(s, ENTRY_RULES);
	draft_add_digest(&draft, "ruleset", &s->rules->digest);
	draft_add(&draft, "note", args->note != NULL ? args->note : "");
	for (size_t i = 0; i < s->rules->files.count; i++)
		draft_add_body(&draft, "pack", s->rules->files.items[i].name, s->rules->files.items[i].bytes,
		               s->rules->files.items[i].len);
	ok = session_append(s, &draft, err);
	draft_release(&draft);
	if (ok) {
		print_digest(s);
		allow_print(s->rules, s->today);
		printf(_("in force from entry %u on; open cases are judged by them now\n"), (unsigned)s->tip.seq);
	}
	return ok;
}

static bool rules_allowed(struct session *s, const struct rules_args *args, struct err *err)
{
	if (!gate_open(s, args->rules, err))
		return false;
	if (s->rules->allowance_count == 0)
		printf(_("the rules in force allow nothing they find\n"));
	allow_print(s->rules, s->today);
	return true;
}

static bool rules_allow(struct session *s, const struct rules_args *args, struct err *err)
{
	if (args->rules != NULL)
		return err_set(err, ERR_USAGE, "allow writes beside .review/rules, not to --rules");
	return allow_add(s, &args->allow, err);
}

static bool rules(struct session *s, const struct call *call, struct err *err)
{
	const struct rules_args *args = call->args;
	const char *what = call->count > 0 ? call->words[0] : "";
	const bool explains = strcmp(what, "explain") == 0;

	if (!choices_have(call->command->synopsis, call->count > 0 ? what : NULL, "review rules", err))
		return false;
	if (call->count > (explains ? 2 : 1))
		return err_set(err, ERR_USAGE, "too many words after '%s'", what);
	if (explains)
		return rules_explain(s, args, call->count > 1 ? call->words[1] : NULL, err);
	if (strcmp(what, "check") == 0)
		return rules_check(s, args, false, err);
	if (strcmp(what, "test") == 0)
		return rules_check(s, args, true, err);
	if (strcmp(what, "list") == 0)
		return rules_list(s, args, err);
	if (strcmp(what, "publish") == 0)
		return rules_publish(s, args, err);
	if (strcmp(what, "allow") == 0)
		return rules_allow(s, args, err);
	return rules_allowed(s, args, err);
}

int run_rules(const struct command *self, int argc, char **argv)
{
	struct rules_args args = {0};

	return deed_run(self, argc, argv, &args, rules);
}
