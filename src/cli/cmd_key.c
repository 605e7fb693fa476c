/* cmd_key.c - keys of people.  A private key never leaves its file or its agent; what is shown and
 * handed on is the public line, its fingerprint, and a proof that its owner holds it. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "choices.h"
#include "deed.h"
#include "enrolment_file.h"
#include "key_loss.h"
#include "key_place.h"
#include "key_status.h"
#include "options.h"
#include "policy/enrolment.h"
#include "prompt.h"
#include "seal/key.h"
#include "seal/signer.h"
#include "session.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


struct key_args {
	const char *verify, *since, *reason;
};

const struct option key_options[] = {
	{"verify", OPTION_VALUE, offsetof(struct key_args, verify), "FILE", "enroll: check somebody's enrolment request"},
	{"since", OPTION_VALUE, offsetof(struct key_args, since), "DATE", "compromise: from this day, or from this entry, on"},
	{"reason", OPTION_VALUE, offsetof(struct key_args, reason), "TEXT", "compromise: what happened; without it nothing is signed"},
	{NULL, 0, 0, NULL, NULL},
};

/* A key whose maker was stopped before its public half was written: it is good, and gets that. */
static bool finish_key(const char *path, const char *person, struct public_key **out, struct err *err)
{
	char *question = mem_format(_("passphrase of %s:"), path), *passphrase = NULL;
	char *public_path = mem_format("%s.pub", path), *line = NULL;
	struct signer *signer = NULL;
	bool ok = prompt_passphrase(question, false, &passphrase, err) && signer_open_file(path, passphrase, &signer, err);

	if (ok) {
		line = mem_format("%s %s\n", public_key_line(signer_key(signer)), person);
		ok = fs_create_file(public_path, line, strlen(line), 0644, err) && key_place_public(path, out, err);
	}
	if (passphrase != NULL)
		mem_wipe(passphrase, strlen(passphrase));
	signer_free(signer);
	free(passphrase);
	free(question);
	free(public_path);
	free(line);
	return ok;
}

static bool key_is_whole(const char *path)
{
	char *public_path = mem_format("%s.pub", path);
	const bool whole = fs_exists(public_path);

	free(public_path);
	return whole;
}

static bool make_key(const char *path, const char *person, struct public_key **out, struct err *err)
{
	char *passphrase = NULL;
	const bool ok = prompt_passphrase(_("passphrase for the new key (8 characters or more):"), true, &passphrase, err) &&
	                signer_create_file(path, passphrase, person, out, err);

	if (passphrase != NULL)
		mem_wipe(passphrase, strlen(passphrase));
	free(passphrase);
	return ok;
}

static bool key_new(const char *person, struct err *err)
{
	char *path = NULL, *dir = NULL;
	struct public_key *key = NULL;
	bool ok = false;

	if (!key_place_file(person, &path, err) || !key_place_dir(&dir, err) || !fs_make_dirs(dir, 0700, err))
		goto out;
	if (fs_exists(path) && key_is_whole(path)) {
		(void)err_set(err, ERR_CONFLICT, "%s: there is a key already", path);
		(void)err_hint(err, "review key show %s", person);
		goto out;
	}
	if (!(fs_exists(path) ? finish_key(path, person, &key, err) : make_key(path, person, &key, err)))
		goto out;
	printf(_("key of %s: %s\n%s %s\n"), person, path, public_key_line(key), person);
	printf(_("fingerprint %s\n"), public_key_fingerprint(key));
	printf(_("next: git config review.person %s, then review key enroll\n"), person);
	ok = true;
out:
	free(path);
	free(dir);
	public_key_free(key);
	return ok;
}

/* The public half beside a key file. */
static bool read_public(const char *person, struct public_key **out, struct err *err)
{
	char *path = NULL;
	bool ok;

	if (!key_place_file(person, &path, err))
		return false;
	ok = key_place_public(path, out, err);
	if (!ok)
		(void)err_hint(err, "review key new %s", person);
	free(path);
	return ok;
}

static bool key_show(const char *person, struct err *err)
{
	struct public_key *key = NULL;

	if (!read_public(person, &key, err))
		return false;
	printf("%s\n", public_key_line(key));
	(void)fprintf(stderr, _("fingerprint %s\n"), public_key_fingerprint(key));
	public_key_free(key);
	return true;
}

static bool print_agent_key(const struct agent_key *key, void *context, struct err *err)
{
	struct buf shown = {0};

	(void)err;
	++*(size_t *)context;
	utf8_add_printable(&shown, key->comment, strlen(key->comment));
	printf("%-14s agent:%s%s%s\n", shown.data != NULL ? shown.data : "", key->fingerprint,
	       key->unusable != NULL ? _("  cannot be used: ") : "", key->unusable != NULL ? key->unusable->told : "");
	buf_release(&shown);
	return true;
}

static bool key_list(struct err *err)
{
	const char *socket = getenv("SSH_AUTH_SOCK");
	char *dir = NULL;
	size_t count = 0;
	struct dirent **names = NULL;
	int n;

	if (!key_place_dir(&dir, err))
		return false;
	n = scandir(dir, &names, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char *name = names[i]->d_name, *end = strstr(name, ".pem.pub");
		struct public_key *key = NULL;
		struct err skip = {0};

		if (end != NULL && end[8] == '\0') {
			*end = '\0';
			if (read_public(name, &key, &skip))
				printf("%-14s %s  %s/%s.pem\n", name, public_key_fingerprint(key), dir, name);
			else
				printf(_("%-14s unusable: %s\n"), name, skip.told);
			public_key_free(key);
			count++;
		}
		free(names[i]);
	}
	free(names);
	free(dir);
	if (socket != NULL && socket[0] != '\0' && !agent_list(socket, print_agent_key, &count, err))
		return false;
	if (count == 0)
		printf(_("no keys here; review key new PERSON makes one\n"));
	return true;
}

static bool enroll_request(struct err *err)
{
	struct session s = {0};
	struct buf text = {0}, armor = {0};
	bool ok = false;

	if (!session_open(&s, err) || !session_open_signer(&s, err))
		goto out;
	enrolment_write(&s.tip.ledger, s.person, signer_key(s.signer), &text);
	if (!signer_sign(s.signer, ENROLMENT_NAMESPACE, text.data, text.len, &armor, err))
		goto out;
	printf("%s%s\n", text.data, armor.data);
	(void)fprintf(stderr, _("give this to a root person; they check it with: review key enroll --verify FILE\n"));
	ok = true;
out:
	buf_release(&text);
	buf_release(&armor);
	session_close(&s);
	return ok;
}

static void print_request(const char *name, const struct public_key *key)
{
	printf(_("good: %s holds the key %s\nfor .review/policy.yaml, under people:\n\n  %s:\n    name: ...\n"
	       "    keys: [\"%s\"]\n    may: [...]\n\nnext: review policy propose .review/policy.yaml\n"),
	       name, public_key_fingerprint(key), name, public_key_line(key));
}

static bool enroll_verify(const char *path, struct err *err)
{
	struct session s = {0};
	struct buf text = {0};
	struct public_key *key = NULL;
	char *name = NULL;
	const bool ok = session_open(&s, err) && enrolment_file(path, &text, err) &&
	                enrolment_read(text.data, text.len, &s.tip.ledger, &name, &key, err);

	if (ok)
		print_request(name, key);
	public_key_free(key);
	free(name);
	buf_release(&text);
	session_close(&s);
	return ok;
}

/* No session: keys are made and asked for where there is no repository yet. */
static bool key(struct session *s, const struct call *call, struct err *err)
{
	const struct key_args *args = call->args;
	const char *what = call->count > 0 ? call->words[0] : "", *person = call->count > 1 ? call->words[1] : globals.person;

	(void)s;
	if (call->count > (strcmp(what, "list") == 0 || strcmp(what, "enroll") == 0 ? 1 : 2))
		return err_set(err, ERR_USAGE, "too many words after '%s'", what);
	if (what[0] == '\0')
		return key_status_print(err);
	if (strcmp(what, "list") == 0)
		return key_list(err);
	if (strcmp(what, "compromise") == 0)
		return key_loss_declare(call->count > 1 ? call->words[1] : NULL, args->since, args->reason, err);
	if (strcmp(what, "enroll") == 0)
		return args->verify != NULL ? enroll_verify(args->verify, err) : enroll_request(err);
	if (!choices_have(call->command->synopsis, what, "review key", err))
		return false;
	if (person == NULL)
		return err_set(err, ERR_USAGE, "review key %s wants a person: review key %s wang.wei", what, what);
	return strcmp(what, "new") == 0 ? key_new(person, err) : key_show(person, err);
}

int run_key(const struct command *self, int argc, char **argv)
{
	struct key_args args = {0};

	return deed_run(self, argc, argv, &args, key);
}
