/* cmd_key.c - keys of people.  A private key never leaves its file or its agent; what is shown and
 * handed on is the public line, its fingerprint, and a proof that its owner holds it. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "key_loss.h"
#include "key_place.h"
#include "key_status.h"
#include "options.h"
#include "prompt.h"
#include "seal/key.h"
#include "seal/signature.h"
#include "seal/signer.h"
#include "session.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char ENROLMENT[] = "review-enrolment";

struct key_args {
	const char *verify, *since, *reason;
};

const struct option key_options[] = {
	{"verify", OPTION_VALUE, offsetof(struct key_args, verify), "FILE", "enroll: check somebody's enrolment request"},
	{"since", OPTION_VALUE, offsetof(struct key_args, since), "DATE", "compromise: from this day, or from this entry, on"},
	{"reason", OPTION_VALUE, offsetof(struct key_args, reason), "TEXT", "compromise: what happened; without it nothing is signed"},
	{NULL, 0, 0, NULL, NULL},
};

static bool key_new(const char *person, struct err *err)
{
	char *path = NULL, *dir = NULL, *passphrase = NULL;
	struct public_key *key = NULL;
	bool ok = false;

	if (!key_place_file(person, &path, err) || !key_place_dir(&dir, err) || !fs_make_dirs(dir, 0700, err))
		goto out;
	if (fs_exists(path)) {
		(void)err_set(err, ERR_CONFLICT, "%s: there is a key already", path);
		(void)err_hint(err, "review key show %s", person);
		goto out;
	}
	if (!prompt_passphrase(_("passphrase for the new key (8 characters or more):"), true, &passphrase, err) ||
	    !signer_create_file(path, passphrase, person, &key, err))
		goto out;
	printf(_("key of %s: %s\n%s %s\n"), person, path, public_key_line(key), person);
	printf(_("fingerprint %s\n"), public_key_fingerprint(key));
	printf(_("next: git config review.person %s, then review key enroll\n"), person);
	ok = true;
out:
	if (passphrase != NULL)
		mem_wipe(passphrase, strlen(passphrase));
	free(passphrase);
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
	       key->unusable != NULL ? _("  cannot be used: ") : "", key->unusable != NULL ? key->unusable : "");
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

/* What an enrolment signature covers: which ledger, who, which key. */
static char *enrolment_text(const struct session *s, const char *person, const struct public_key *key)
{
	char hex[DIGEST_HEX_SIZE];

	return mem_format("review-enrolment v1\nledger: %s\nperson: %s\nkey: %s\nend: review-enrolment v1\n",
	                  digest_to_hex(&s->tip.ledger, hex), person, public_key_line(key));
}

static bool enroll_request(struct err *err)
{
	struct session s = {0};
	struct buf armor = {0};
	char *text = NULL;
	bool ok = false;

	if (!session_open(&s, err) || !session_open_signer(&s, err))
		goto out;
	text = enrolment_text(&s, s.person, signer_key(s.signer));
	if (!signer_sign(s.signer, ENROLMENT, text, strlen(text), &armor, err))
		goto out;
	printf("%s%s\n", text, armor.data);
	(void)fprintf(stderr, _("give this to a root person; they check it with: review key enroll --verify FILE\n"));
	ok = true;
out:
	free(text);
	buf_release(&armor);
	session_close(&s);
	return ok;
}

/* The request is its own text and signature; the text is rebuilt from what it claims and compared. */
static bool request_is_good(const struct session *s, const char *text, size_t len, struct err *err)
{
	static const char begin[] = "-----BEGIN SSH SIGNATURE-----";
	const char *armor = strstr(text, begin), *person = strstr(text, "\nperson: ");
	struct public_key *key = NULL;
	char *want = NULL, *name = NULL;
	bool ok = false;

	while (len > 0 && text[len - 1] == '\n')
		len--;
	if (armor == NULL || person == NULL || person > armor)
		return err_set(err, ERR_INPUT, "not an enrolment request");
	name = mem_copy_bytes(person + 9, strcspn(person + 9, "\n"));
	if (!person_id_check(name, err) ||
	    !signature_verify(armor, len - (size_t)(armor - text), ENROLMENT, text, (size_t)(armor - text), &key, err))
		goto out;
	want = enrolment_text(s, name, key);
	if (strlen(want) != (size_t)(armor - text) || memcmp(want, text, strlen(want)) != 0) {
		(void)err_set(err, ERR_MISMATCH, "the request is for another ledger, or its lines were changed");
		goto out;
	}
	printf(_("good: %s holds the key %s\nfor .review/policy.yaml, under people:\n\n  %s:\n    name: ...\n"
	       "    keys: [\"%s\"]\n    may: [...]\n\nnext: review policy propose .review/policy.yaml\n"),
	       name, public_key_fingerprint(key), name, public_key_line(key));
	ok = true;
out:
	free(want);
	free(name);
	public_key_free(key);
	return ok;
}

static bool enroll_verify(const char *path, struct err *err)
{
	struct session s = {0};
	struct buf text = {0};
	const bool ok = session_open(&s, err) && fs_read_file(path, 65536, &text, err) &&
	                request_is_good(&s, text.data, text.len, err);

	buf_release(&text);
	session_close(&s);
	return ok;
}

int run_key(const struct command *self, int argc, char **argv)
{
	struct key_args args = {0};
	struct option_list words = {0};
	struct err err = {0};
	const char *what, *person;
	bool ok = false;

	if (!options_parse(self->options, &args, argc, argv, &words, &err))
		return complain(&err);
	what = words.count > 0 ? words.items[0] : "";
	person = words.count > 1 ? words.items[1] : globals.person;
	if (words.count > 2)
		(void)err_set(&err, ERR_USAGE, "too many words after '%s'", what);
	else if (what[0] == '\0')
		ok = key_status_print(&err);
	else if (strcmp(what, "list") == 0)
		ok = key_list(&err);
	else if (strcmp(what, "compromise") == 0)
		ok = key_loss_declare(words.count > 1 ? words.items[1] : NULL, args.since, args.reason, &err);
	else if (strcmp(what, "enroll") == 0)
		ok = args.verify != NULL ? enroll_verify(args.verify, &err) : enroll_request(&err);
	else if (strcmp(what, "new") != 0 && strcmp(what, "show") != 0)
		(void)err_set(&err, ERR_USAGE, "review key wants one of: new, list, show, enroll, compromise");
	else if (person == NULL)
		(void)err_set(&err, ERR_USAGE, "review key %s wants a person: review key %s wang.wei", what, what);
	else
		ok = strcmp(what, "new") == 0 ? key_new(person, &err) : key_show(person, &err);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}
