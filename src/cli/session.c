/* session.c - what every command needs before it may speak: a verified ledger and a known person.
 *
 * Nothing is taken from the work tree here.  Policy and rules are the ones the ledger carries; the
 * drafts under .review/ are paper until they are signed into force. */
#include "rules_cache.h"
#include "session.h"

#include "base/calendar.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/word.h"
#include "command.h"
#include "high_water.h"
#include "key_place.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "options.h"
#include "prompt.h"
#include "public_memory.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "rules/ruleset.h"
#include "scan/many.h"
#include "scan/scanner.h"
#include "seal/signer.h"
#include "state_cache.h"

#include "base/buf.h"
#include "base/language.h"

#include <stdlib.h>
#include <string.h>

static const int TRIES = 5;

bool session_open_repo(struct session *s, struct err *err)
{
	s->now = time_now();
	s->today = date_of_time(s->now);
	if (repo_open(globals.directory, &s->repo, err))
		return true;
	return err->kind == ERR_NOT_FOUND ? err_hint(err, "git init, then review init") : false;
}

/* The public directory as the policy in force says; relative ones lie in the work tree. */
static char *public_dir_of(const struct session *s)
{
	const char *dir = s->docket.policy->public_dir, *top = repo_work_dir(s->repo);

	if (dir[0] == '/')
		return mem_copy_string(dir);
	return top != NULL ? fs_join(top, dir) : NULL;
}

/* A clone somebody was handed may be another ledger altogether: the id written down at init and
 * kept in git config review.ledger settles it.  It also tells a deleted ledger from none. */
bool session_check_pin(struct repo *repo, const struct digest *ledger, struct err *err)
{
	char hex[DIGEST_HEX_SIZE], *pinned = NULL;
	bool ok;

	if (!repo_config_get(repo, "review.ledger", &pinned, err))
		return false;
	ok = pinned == NULL || (ledger != NULL && strcmp(pinned, digest_to_hex(ledger, hex)) == 0);
	if (!ok && ledger == NULL) {
		(void)err_set(err, ERR_MISMATCH, "the ledger that git config review.ledger names is not here: %s does not exist",
		              LEDGER_REF);
		(void)err_hint(err, "review sync brings it back from a remote; if it was here, ask who deleted it");
	} else if (!ok) {
		(void)err_set(err, ERR_MISMATCH, "this is not the ledger that git config review.ledger names");
		(void)err_hint(err, "compare the ledger id %.12s... with the one written down at init", hex);
	}
	free(pinned);
	return ok;
}

/* Takes in what the ledger says, in `docket` and `tip`. */
typedef bool ledger_reader(struct session *s, struct err *err);

static bool from_genesis(struct session *s, struct err *err)
{
	docket_release(&s->docket);
	s->docket = (struct docket){0};
	return ledger_walk(s->repo, NULL, docket_apply_visit, &s->docket, &s->tip, err);
}

/* Behind what this session knows; when the ledger does not hold that any more, from the beginning. */
static bool from_here(struct session *s, struct err *err)
{
	const struct ledger_tip known = s->tip;
	struct err why = {0}, lost = {0};

	if (ledger_walk_behind(s->repo, NULL, &known, docket_apply_visit, &s->docket, &s->tip, &why))
		return true;
	if (why.kind == ERR_CONFLICT || !docket_is_whole(&s->docket, &lost))
		return from_genesis(s, err);
	*err = why;
	return false;
}

bool session_recall(struct session *s, struct err *err)
{
	uint32_t known = 0;
	bool ok;

	docket_release(&s->docket);
	s->docket = (struct docket){0};
	if (state_cache_load(s->repo, &s->docket, &s->tip)) {
		known = s->tip.seq;
		ok = from_here(s, err);
	} else {
		ok = from_genesis(s, err);
	}
	/* Written again when a two hundred and fiftieth of it is new: what it saves has to be worth it. */
	if (ok && (s->tip.seq > known + known / 256 || s->tip.seq < known))
		state_cache_save(s->repo, &s->docket, &s->tip);
	return ok;
}

static bool read_once(struct session *s, ledger_reader *reader, struct err *err)
{
	struct err why = {0};

	if (!reader(s, &why)) {
		if (why.kind != ERR_NOT_FOUND || session_check_pin(s->repo, NULL, err))
			*err = why;
		return false;
	}
	if (!session_check_pin(s->repo, &s->tip.ledger, err))
		return false;
	s->today = policy_day(s->docket.policy, s->now);
	free(s->public_dir);
	s->public_dir = public_dir_of(s);
	return true;
}

/* Did the branch move since it was walked?  Then what was compared with the mark was not the ledger. */
static bool has_moved(struct session *s)
{
	struct object_id now;
	struct err ignored = {0};

	return ref_read(s->repo, LEDGER_REF, &now, &ignored) && !object_id_equal(&now, &s->tip.commit);
}

static bool read_ledger(struct session *s, ledger_reader *reader, struct err *err)
{
	for (int i = 0; i < TRIES; i++) {
		struct err why = {0};

		if (!read_once(s, reader, err))
			return false;
		if (high_water_check(s->repo, &s->tip, &why))
			return true;
		if (i + 1 == TRIES || !has_moved(s)) {
			*err = why;
			break;
		}
		reader = from_here;
	}
	return false;
}

static bool open_with(struct session *s, ledger_reader *reader, struct err *err)
{
	if (!session_open_repo(s, err))
		return false;
	if (!read_ledger(s, reader, err)) {
		if (err->kind == ERR_NOT_FOUND)
			(void)err_hint(err, "review init starts a ledger; review sync brings one");
		if (err->kind == ERR_DENIED) /* what its signer could have done is nothing that its reader can do */
			err->hint[0] = err->told_hint[0] = '\0';
		return err_hint(err, "review audit names what is wrong");
	}
	return true;
}

bool session_open(struct session *s, struct err *err)
{
	return open_with(s, from_genesis, err);
}

bool session_open_view(struct session *s, struct err *err)
{
	return open_with(s, session_recall, err);
}

bool session_reload(struct session *s, struct err *err)
{
	return read_ledger(s, from_genesis, err);
}

/* What was verified in this run is not verified again in it. */
static bool follow(struct session *s, struct err *err)
{
	return read_ledger(s, from_here, err);
}

bool session_open_rules(struct session *s, struct err *err)
{
	struct rule_files files = {0};

	if (s->scanner != NULL)
		return true;
	for (size_t i = 0; i < s->docket.pack_count; i++)
		rule_files_add(&files, s->docket.packs[i].name, s->docket.packs[i].bytes, s->docket.packs[i].len);
	if (!rules_open(&files, &s->rules, &s->scanner, err)) {
		err_context(err, "rules in force");
		rule_files_release(&files);
		return false;
	}
	if (!digest_equal(&s->rules->digest, &s->docket.rules)) {
		scanner_free(s->scanner);
		s->scanner = NULL; /* or the next call would take them for opened */
		return err_set(err, ERR_MISMATCH, "the rules in force are not the ones the ledger names");
	}
	scanner_set_day(s->scanner, s->today);
	return true;
}

bool session_open_person(struct session *s, struct err *err)
{
	if (s->person != NULL)
		return true;
	if (globals.person != NULL)
		s->person = mem_copy_string(globals.person);
	else if (!repo_config_get(s->repo, "review.person", &s->person, err))
		return false;
	if (s->person == NULL) {
		(void)err_set(err, ERR_INPUT, "who are you: no person is configured");
		return err_hint(err, "git config review.person PERSON, or --person PERSON");
	}
	return true;
}

static bool open_key_file(struct session *s, const char *path, struct err *err)
{
	char *question = mem_format(_("passphrase of %s:"), path), *passphrase = NULL;
	bool ok = false;

	if (!fs_exists(path)) {
		(void)err_set(err, ERR_NOT_FOUND, "%s: there is no key", path);
		if (s->docket.policy != NULL && policy_person(s->docket.policy, s->person) == NULL) {
			const char *near = policy_person_near(s->docket.policy, s->person);

			if (near != NULL)
				(void)err_hint(err, "did you mean %s?", near);
		}
		(void)err_hint(err, "review key new %s, or --key agent:SHA256:...", s->person);
	} else if (prompt_passphrase(question, false, &passphrase, err)) {
		ok = signer_open_file(path, passphrase, &s->signer, err);
		mem_wipe(passphrase, strlen(passphrase));
		free(passphrase);
	}
	free(question);
	return ok;
}

static bool open_agent(struct session *s, const char *fingerprint, struct err *err)
{
	const char *socket = getenv("SSH_AUTH_SOCK");

	if (socket == NULL || socket[0] == '\0') {
		(void)err_set(err, ERR_NOT_FOUND, "no ssh-agent is running");
		return err_hint(err, "eval \"$(ssh-agent)\", then ssh-add your key");
	}
	return signer_open_agent(socket, fingerprint, &s->signer, err);
}

bool session_key_place(struct session *s, char **out, struct err *err)
{
	char *key = NULL;

	if (!session_open_person(s, err))
		return false;
	if (globals.key != NULL)
		key = mem_copy_string(globals.key);
	else if (globals.person == NULL && !repo_config_get(s->repo, "review.key", &key, err))
		return false;
	if (key == NULL && !key_place_file(s->person, &key, err))
		return false;
	*out = key;
	return true;
}

bool session_open_signer(struct session *s, struct err *err)
{
	char *key = NULL;
	bool ok = false;

	if (s->signer != NULL)
		return true;
	if (!session_key_place(s, &key, err))
		return false;
	if (strncmp(key, "agent:", 6) == 0)
		ok = open_agent(s, key + 6, err);
	else
		ok = open_key_file(s, key, err);
	free(key);
	return ok;
}

/* Does ssh-agent hold the key? */
static bool agent_has(const char *fingerprint, struct signer **out)
{
	const char *socket = getenv("SSH_AUTH_SOCK");
	struct err ignored = {0};

	return socket != NULL && socket[0] != '\0' && signer_open_agent(socket, fingerprint, out, &ignored);
}

bool session_become(struct session *s, const char *person, const char *fingerprint, struct err *err)
{
	char *path = NULL;
	bool ok;

	if (s->signer != NULL && s->person != NULL && strcmp(s->person, person) == 0)
		return true;
	signer_free(s->signer);
	s->signer = NULL;
	free(s->person);
	s->person = mem_copy_string(person);
	if (globals.key != NULL)
		return session_open_signer(s, err);
	if (agent_has(fingerprint, &s->signer))
		return true;
	ok = key_place_file(person, &path, err) && open_key_file(s, path, err);
	if (!ok)
		err_context(err, "%s has to sign", person);
	free(path);
	return ok;
}

struct draft session_draft(const struct session *s, unsigned type)
{
	return (struct draft){
		.type = (enum entry_type)type,
		.person = s->person,
		.time = s->now,
		.policy = s->docket.policy_number,
		.rules = s->docket.rules,
	};
}

/* Who was asked may have thought for long, and a page may have been left open: an entry is of the time when it is signed.
 * Duties, terms and what rules allow until a day were looked at for the day of the draft. */
static bool tell_time(const struct session *s, struct draft *draft, struct err *err)
{
	const int64_t now = time_now();

	if (policy_day(s->docket.policy, now) != policy_day(s->docket.policy, draft->time)) {
		(void)err_set(err, ERR_CONFLICT, "another day began while you were deciding; nothing was signed");
		return err_hint(err, "look again, then repeat the command");
	}
	draft->time = now;
	return true;
}

/* A new case takes the next free number; somebody may have taken the one we had in mind. */
static void renumber(struct session *s, struct draft *draft)
{
	if (draft->type != ENTRY_SUBMIT)
		return;
	for (size_t i = 0; i < draft->line_count; i++)
		if (strcmp(draft->lines[i].key, "round") == 0 && strcmp(draft->lines[i].value, "1") != 0)
			return;
	for (size_t i = 0; i < draft->line_count; i++)
		if (strcmp(draft->lines[i].key, "case") == 0) {
			free(draft->lines[i].value);
			draft->lines[i].value = docket_next_case(&s->docket, date_year(s->today));
		}
}

/* The entry is in the ledger; what follows is about this process and this disk. */
static bool appended(struct session *s, struct err *err)
{
	struct err ignored = {0};

	if (!follow(s, err)) {
		err_context(err, "the entry is in the ledger, but");
		return false;
	}
	if (!ledger_tidy(s->repo, &s->tip, &ignored))
		ignored = (struct err){0}; /* next time, then */
	return true;
}

bool session_append(struct session *s, struct draft *draft, struct err *err)
{
	if (!tell_time(s, draft, err))
		return false;
	for (int i = 0; i < TRIES; i++) {
		struct err once = {0};

		if (ledger_append(s->repo, &s->tip, draft, s->signer, docket_check_visit, &s->docket, NULL, &once))
			return appended(s, err);
		if (once.kind != ERR_CONFLICT || i + 1 == TRIES) {
			*err = once;
			return false;
		}
		if (!follow(s, err))
			return false;
		if (s->docket.policy_number != draft->policy || !digest_equal(&s->docket.rules, &draft->rules)) {
			(void)err_set(err, ERR_CONFLICT, "policy or rules changed while you were deciding; nothing was signed");
			return err_hint(err, "look again, then repeat the command");
		}
		renumber(s, draft);
	}
	return false;
}

bool session_case(const struct session *s, const char *id, const struct review_case **out, struct err *err)
{
	const char *names[64] = {0};
	const char *near;
	const struct review_case *c = docket_case(&s->docket, id);

	if (!docket_is_whole(&s->docket, err))
		return false;
	if (c != NULL) {
		*out = c;
		return true;
	}
	for (size_t i = 0; i < s->docket.case_count && i < 63; i++)
		names[i] = docket_case_at(&s->docket, s->docket.case_count - 1 - i)->id;
	near = word_nearest(id, names);
	if (!docket_is_whole(&s->docket, err))
		return false;
	(void)err_set(err, ERR_NOT_FOUND, "there is no case '%s'", id);
	return near != NULL ? err_hint(err, "did you mean %s?", near) : err_hint(err, "review inbox lists them");
}

bool session_round_is(const struct review_case *c, const char *wanted, struct err *err)
{
	const uint32_t newest = case_round(c)->number;
	char *end = NULL;
	const unsigned long number = wanted != NULL && wanted[0] >= '1' && wanted[0] <= '9' ? strtoul(wanted, &end, 10) : 0;

	if (wanted == NULL || (number == newest && *end == '\0'))
		return true;
	if (number == 0 || *end != '\0' || number > UINT32_MAX)
		return err_set(err, ERR_USAGE, "'%s' is not the number of a round", wanted);
	(void)err_set(err, ERR_CONFLICT, "the newest round of case %s is %u, not %s; nothing was signed", c->id, (unsigned)newest, wanted);
	return err_hint(err, "review show %s", c->id);
}

const char *session_stage_words(const struct session *s, const char *id)
{
	const struct stage *stage = s->docket.policy != NULL ? policy_stage(s->docket.policy, id, NULL) : NULL;

	return stage != NULL && language_is_chinese() ? stage_title(stage) : id;
}

bool session_scan_case(struct session *s, const struct review_case *c, struct scan *out, struct err *err)
{
	const struct round *round = case_round(c);
	struct scan scan = {0};
	struct scan_many *many;
	bool ok = true;

	if (!session_open_rules(s, err))
		return false;
	scan.rules = s->docket.rules;
	many = scan_many_begin(s->scanner);
	for (size_t i = 0; ok && i < round->files->count; i++) {
		const struct file_ref *file = &round->files->items[i];
		struct buf bytes = {0};

		ok = documents_read(s->repo, c->id, round->number, file, &bytes, err);
		if (ok)
			scan_many_add(many, file->path, file->mode, &bytes);
		buf_release(&bytes);
	}
	scan_many_end(many, &scan);
	if (ok)
		*out = scan;
	else
		scan_release(&scan);
	return ok;
}

void session_close(struct session *s)
{
	scanner_free(s->scanner);
	ruleset_free(s->rules);
	signer_free(s->signer);
	docket_release(&s->docket);
	public_memory_close(s->public_memory);
	free(s->person);
	free(s->public_dir);
	repo_free(s->repo);
	*s = (struct session){0};
}
