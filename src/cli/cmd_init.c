/* cmd_init.c - a ledger begins: policy, rules and founder, in one signed entry.
 *
 * Nothing in the repository is overwritten: files under .review/ that are already there are kept
 * and become what is signed, so an office can prepare its policy and rules first.  The entry comes first, and what
 * stopped behind it is finished by the same command again. */
#include "command.h"

#include "allow.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "deed.h"
#include "hooks.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "options.h"
#include "prompt.h"
#include "repo/repo.h"
#include "rule_drafts.h"
#include "rules/allow.h"
#include "rules/ruleset.h"
#include "scan/scanner.h"
#include "seal/key.h"
#include "seal/signer.h"
#include "seal/hash.h"
#include "session.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct init_args {
	const char *policy, *office, *name;
	bool hooks;
};

const struct option init_options[] = {
	{"policy", OPTION_VALUE, offsetof(struct init_args, policy), "FILE", "a policy to start with (default: a skeleton)"},
	{"office", OPTION_VALUE, offsetof(struct init_args, office), "NAME", "the office's name, for the skeleton"},
	{"name", OPTION_VALUE, offsetof(struct init_args, name), "NAME", "the founder's name, for the skeleton"},
	{"hooks", OPTION_FLAG, offsetof(struct init_args, hooks), NULL, "install the git hooks too"},
	{NULL, 0, 0, NULL, NULL},
};

static const size_t POLICY_LIMIT = (size_t)1024 * 1024;

struct places {
	char *review, *draft, *rules;
};

static bool has_ledger(const struct session *s, struct err *err)
{
	char hex[DIGEST_HEX_SIZE];

	(void)err_set(err, ERR_DENIED, "this repository has a ledger already: %s", digest_to_hex(&s->tip.ledger, hex));
	return err_hint(err, "review policy propose changes its policy");
}

/* *begun: there is a first entry, and not all of what goes with it. */
static bool nothing_there(struct session *s, const struct places *at, bool *begun, struct err *err)
{
	struct err absent = {0};

	*begun = false;
	if (session_reload(s, &absent)) {
		char *pinned = NULL;
		const bool ok = repo_config_get(s->repo, "review.ledger", &pinned, err);

		*begun = ok && s->tip.seq == 1 && (pinned == NULL || !fs_exists(at->draft) || !fs_exists(at->rules));
		free(pinned);
		return !ok || *begun ? ok : has_ledger(s, err);
	}
	if (absent.kind == ERR_NOT_FOUND)
		return true;
	*err = absent;
	err_context(err, "there was a ledger before, and it is not sound");
	return false;
}

/* The policy text: the given file, the draft that is there, or the skeleton. */
static bool policy_text(const struct session *s, const struct init_args *args, const char *draft,
                        struct buf *out, struct err *err)
{
	char *skeleton;

	if (args->policy != NULL)
		return fs_read_file(args->policy, POLICY_LIMIT, out, err);
	if (fs_exists(draft))
		return fs_read_file(draft, POLICY_LIMIT, out, err);
	skeleton = policy_skeleton(args->office != NULL ? args->office : "Office", s->person,
	                           args->name != NULL ? args->name : s->person,
	                           public_key_line(signer_key(s->signer)));
	buf_add_string(out, skeleton);
	free(skeleton);
	return true;
}

static bool policy_is_sound(const char *name, const struct buf *text, struct err *err)
{
	struct policy *policy = NULL;

	if (!policy_parse(name, text->data, text->len, &policy, err))
		return false;
	for (size_t i = 0; i < policy->warnings.count; i++)
		(void)fprintf(stderr, _("review: warning: %s\n"), policy->warnings.items[i]);
	policy_free(policy);
	return true;
}

/* Rules that do not compile may never come into force. */
static bool load_rules(const char *review, const char *dir, struct session *s, struct err *err)
{
	struct rule_files files = {0};

	if (!fs_exists(dir))
		rule_files_builtin(&files);
	else if (!rule_drafts_read(review, &files, err))
		return false;
	if (!ruleset_load(&files, &s->rules, err)) {
		rule_files_release(&files);
		return false;
	}
	return allow_check_days(s->rules, s->today, err) && scanner_new(s->rules, &s->scanner, err);
}

static bool write_new(const char *dir, const char *name, const void *bytes, size_t len, struct err *err)
{
	char *path = fs_join(dir, name);
	const bool ok = fs_exists(path) || fs_create_file(path, bytes, len, 0644, err);

	free(path);
	return ok;
}

struct beginning {
	const struct session *s;
	struct digest policy;
	bool same;
};

static bool compare_first(const struct entry *e, void *context, struct err *err)
{
	struct beginning *b = context;
	const struct entry_body *policy = entry_get_body(e, "policy-body");

	(void)err;
	b->same = strcmp(e->person, b->s->person) == 0 && public_key_equal(e->key, signer_key(b->s->signer)) &&
	          policy != NULL && digest_equal(&policy->digest, &b->policy) && digest_equal(&e->rules, &b->s->rules->digest);
	return true;
}

/* Only what this person began, with this key and these words, is gone on with. */
static bool is_the_same(struct session *s, const struct buf *policy, struct err *err)
{
	struct beginning b = {.s = s};

	hash_bytes(policy->data, policy->len, &b.policy);
	return ledger_walk(s->repo, NULL, compare_first, &b, NULL, err) && (b.same || has_ledger(s, err));
}

static bool is_rule_file(const struct session *s, const char *name)
{
	for (size_t i = 0; i < s->rules->files.count; i++)
		if (strcmp(s->rules->files.items[i].name, name) == 0)
			return true;
	return false;
}

/* What an init that was killed had only half written there. */
static void remove_halves(const struct session *s, const char *part)
{
	const int fd = open(part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	for (const struct dirent *d; dir != NULL && (d = readdir(dir)) != NULL;)
		if (d->d_name[0] != '.' && !is_rule_file(s, d->d_name))
			(void)unlinkat(fd, d->d_name, 0);
	if (dir != NULL)
		(void)closedir(dir);
	else if (fd >= 0)
		(void)close(fd);
}

/* Whole or not at all: a folder with some of the rules would be taken for all of them. */
static bool write_rules(const struct session *s, const char *rules, struct err *err)
{
	char *part = mem_format("%s.part", rules);
	bool ok = fs_exists(rules) || fs_make_dirs(part, 0755, err);

	for (size_t i = 0; ok && !fs_exists(rules) && i < s->rules->files.count; i++) {
		const struct rule_file *file = &s->rules->files.items[i];

		/* that one comes from a person's hand and is where they put it */
		ok = strcmp(file->name, ALLOW_FILE) == 0 || write_new(part, file->name, file->bytes, file->len, err);
	}
	if (ok && !fs_exists(rules))
		remove_halves(s, part);
	ok = ok && (fs_exists(rules) || fs_settle(part, rules, err));
	free(part);
	return ok;
}

/* Drafts for the next change, so that people see what is in force. */
static bool write_drafts(const struct session *s, const struct places *at, const struct buf *policy, struct err *err)
{
	return fs_make_dirs(at->review, 0755, err) && write_rules(s, at->rules, err) &&
	       write_new(at->review, "policy.yaml", policy->data, policy->len, err);
}

/* So that no other ledger ever has this one's name. */
static const char *nonce(char hex[DIGEST_HEX_SIZE])
{
	struct digest chance;

	random_bytes(chance.byte, sizeof(chance.byte));
	return digest_to_hex(&chance, hex);
}

static bool append_genesis(struct session *s, const struct buf *policy, const char *office, struct err *err)
{
	char hex[DIGEST_HEX_SIZE];
	struct draft draft;
	bool ok;

	s->docket.rules = s->rules->digest;
	s->docket.policy_number = 1;
	draft = session_draft(s, ENTRY_GENESIS);
	s->docket.rules = (struct digest){{0}};
	s->docket.policy_number = 0;
	draft_add(&draft, "office", office);
	draft_add(&draft, "note", "");
	draft_add(&draft, "nonce", nonce(hex));
	draft_add_body(&draft, "policy-body", "", policy->data, policy->len);
	for (size_t i = 0; i < s->rules->files.count; i++) {
		const struct rule_file *file = &s->rules->files.items[i];

		draft_add_body(&draft, "pack", file->name, file->bytes, file->len);
	}
	ok = ledger_append(s->repo, NULL, &draft, s->signer, docket_check_visit, &s->docket, &s->tip, err);
	draft_release(&draft);
	return ok;
}

static void print_result(const struct session *s)
{
	char hex[DIGEST_HEX_SIZE];

	(void)digest_to_hex(&s->tip.ledger, hex);
	printf(_("ledger started by %s, policy 1, %zu rules in force\n\nledger id, to be written down and kept elsewhere:\n "),
	       s->person, s->rules->count);
	for (int i = 0; i < 64; i += 8)
		printf(" %.8s", hex + i);
	printf(_("\n\nnext: git add .review && git commit, then review submit FILE...\n"));
}

static bool init(struct session *s, const struct call *call, struct err *err)
{
	const struct init_args *args = call->args;
	char hex[DIGEST_HEX_SIZE];
	struct places at;
	struct buf policy = {0};
	struct policy *parsed = NULL;
	bool ok = false, begun;

	if (call->count > 0)
		return err_set(err, ERR_USAGE, "unexpected word '%s'", call->words[0]);
	if (!session_open_repo(s, err))
		return false;
	if (repo_work_dir(s->repo) == NULL) {
		(void)err_set(err, ERR_INPUT, "a bare repository has no place for drafts");
		return err_hint(err, "run review init in a clone, then push review/ledger");
	}
	at.review = fs_join(repo_work_dir(s->repo), ".review");
	at.draft = fs_join(at.review, "policy.yaml");
	at.rules = fs_join(at.review, "rules");
	if (!nothing_there(s, &at, &begun, err) || !load_rules(at.review, at.rules, s, err) || !session_open_signer(s, err) ||
	    !policy_text(s, args, at.draft, &policy, err) ||
	    !policy_is_sound(args->policy != NULL ? args->policy : ".review/policy.yaml", &policy, err) ||
	    !policy_parse("policy", policy.data, policy.len, &parsed, err) ||
	    !(begun ? is_the_same(s, &policy, err)
	            : append_genesis(s, &policy, parsed->office_en[0] != '\0' ? parsed->office_en : parsed->office_zh, err)) ||
	    !repo_config_set(s->repo, "review.ledger", digest_to_hex(&s->tip.ledger, hex), err) ||
	    (args->hooks && !hooks_install(s->repo, false, NULL, err)) || !write_drafts(s, &at, &policy, err))
		goto out;
	print_result(s);
	ok = true;
out:
	policy_free(parsed);
	buf_release(&policy);
	free(at.review);
	free(at.draft);
	free(at.rules);
	return ok;
}

int run_init(const struct command *self, int argc, char **argv)
{
	struct init_args args = {0};

	return deed_run(self, argc, argv, &args, init);
}
