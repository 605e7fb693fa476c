/* carry.c - what git is asked to carry, and what its answers mean. */
#define _DEFAULT_SOURCE
#include "carry/carry.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "child.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REFSPECS_MOST = 1000, LOCK_TRIES = 10 };

static bool is_remote(const char *remote, struct err *err)
{
	return remote[0] != '\0' && remote[0] != '-' ? true
	                                             : err_set(err, ERR_USAGE, "'%s' is not the name of a remote", remote);
}

/* Without the frame that ssh draws around what is alarming, and its CR. */
static char *bare(char *line)
{
	static const char frame[] = "@ \t\r";
	size_t len;

	line += strspn(line, frame);
	len = strlen(line);
	while (len > 0 && strchr(frame, line[len - 1]) != NULL)
		len--;
	line[len] = '\0';
	return line;
}

/* What git printed that a person can use: the first line that is not advice. */
static char *said(const struct buf *errors)
{
	char *text = mem_copy_string(errors->data != NULL ? errors->data : ""), *rest = text, *line, *out = NULL;

	while (out == NULL && (line = strsep(&rest, "\n")) != NULL) {
		line = bare(line);
		if (line[0] != '\0' && strncmp(line, "hint:", 5) != 0 && strncmp(line, "warning:", 8) != 0)
			out = mem_copy_string(line);
	}
	free(text);
	return out != NULL ? out : mem_copy_string(_("git gave no reason"));
}

static bool git_said_no(const char *remote, const struct child_answer *answer, struct err *err)
{
	char *why = said(&answer->errors);

	(void)err_set(err, ERR_SYSTEM, "%s: git says: %s", remote, strncmp(why, "fatal: ", 7) == 0 ? why + 7 : why);
	free(why);
	return err_hint(err, "git remote -v shows the remotes; git ls-remote %s shows more", remote);
}

bool carry_list(const struct carry *carry, const char *remote, const char *const *patterns, size_t count,
                struct buf *out, struct err *err)
{
	const char *words[16] = {"ls-remote", "--quiet", "--refs", "--", remote};
	struct child_answer answer = {0};
	size_t n = 5;
	bool ok = is_remote(remote, err);

	for (size_t i = 0; i < count && n < 15; i++)
		words[n++] = patterns[i];
	ok = ok && child_run(carry, words, NULL, &answer, err) && (answer.status == 0 || git_said_no(remote, &answer, err));
	if (ok)
		buf_add(out, answer.output.data, answer.output.len);
	child_answer_release(&answer);
	return ok;
}

static bool nothing_forces(const struct buf *refspecs, struct err *err)
{
	const char *at = refspecs->data;

	while (at != NULL && *at != '\0') {
		if (*at == '+')
			return err_set(err, ERR_INPUT, "a reference of ours is never forced");
		at = strchr(at, '\n');
		at = at != NULL ? at + 1 : NULL;
	}
	return true;
}

bool carry_fetch(const struct carry *carry, const char *remote, const struct buf *refspecs, struct err *err)
{
	static const char *const flags[] = {"fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance",
	                                    "--no-recurse-submodules", "--no-prune", "--no-write-commit-graph", "--refmap=", "--stdin", "--"};
	const char *words[16];
	struct child_answer answer = {0};
	bool ok;

	memcpy(words, flags, sizeof(flags));
	words[sizeof(flags) / sizeof(flags[0])] = remote;
	words[sizeof(flags) / sizeof(flags[0]) + 1] = NULL;
	ok = is_remote(remote, err) && nothing_forces(refspecs, err) && child_run(carry, words, refspecs, &answer, err) &&
	     (answer.status == 0 || git_said_no(remote, &answer, err));
	child_answer_release(&answer);
	return ok;
}

/* The hook's own words, which git hands on behind "remote: ". */
static void add_remote_words(const struct buf *errors, struct buf *out)
{
	const char *at = errors->data;

	while (at != NULL && (at = strstr(at, "remote: ")) != NULL) {
		const size_t len = strcspn(at + 8, "\n");

		if (out->len + len < 400) {
			buf_add_string(out, out->len > 0 ? "; " : "");
			buf_add(out, at + 8, len);
		}
		at += 8 + len;
	}
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

/* The lock of a reference that git found on the other side, or NULL; owned by the caller. */
static char *lock_in_the_way(const struct child_answer *answer)
{
	static const char before[] = "Unable to create '", after[] = ".lock': File exists";
	const char *errors = answer->errors.data, *from = errors != NULL ? strstr(errors, "cannot lock ref") : NULL, *to;

	if (answer->status == 0 || from == NULL || (from = strstr(from, before)) == NULL || (to = strstr(from, after)) == NULL)
		return NULL;
	from += sizeof(before) - 1;
	return mem_format("%.*s.lock", (int)(to - from), from);
}

/* git push --porcelain: "!" begins the line of a reference that did not move. */
static bool push_refused(const char *remote, const struct child_answer *answer, struct err *err)
{
	const char *output = answer->output.data != NULL ? answer->output.data : "";
	struct buf words = {0};
	char *lock;

	if (strstr(output, "hook declined") != NULL) {
		add_remote_words(&answer->errors, &words);
		(void)err_set(err, ERR_DENIED, "%s refused the push: %s", remote, words.len > 0 ? words.data : _("its hook gave no reason"));
		buf_release(&words);
		return err_hint(err, "what was signed is kept here; review sync again when that is settled");
	}
	lock = lock_in_the_way(answer);
	if (lock != NULL) {
		(void)err_set(err, ERR_SYSTEM, "%s did not take the push: %.300s is in the way", remote, lock);
		free(lock);
		return err_hint(err, "if nobody else is pushing, a push was ended on its way: whoever keeps the remote removes that file");
	}
	if (output[0] == '!' || strstr(output, "\n!") != NULL)
		return err_set(err, ERR_CONFLICT, "%s went on while this was being pushed", remote);
	return git_said_no(remote, answer, err);
}

/* Somebody's push is just being written there, or was killed at that: git's lock is a file that stays. */
static bool push_unlocked(const struct carry *carry, const char *remote, const char *const *words, struct err *err)
{
	const struct timespec pause = {.tv_nsec = 200L * 1000 * 1000};
	struct child_answer answer = {0};
	bool ran = child_run(carry, words, NULL, &answer, err), ok;
	char *lock = NULL;

	for (int i = 0; ran && i < LOCK_TRIES && (lock = lock_in_the_way(&answer)) != NULL; i++) {
		free(lock);
		child_answer_release(&answer);
		(void)nanosleep(&pause, NULL);
		ran = child_run(carry, words, NULL, &answer, err);
	}
	ok = ran && (answer.status == 0 || push_refused(remote, &answer, err));
	child_answer_release(&answer);
	return ok;
}

bool carry_push(const struct carry *carry, const char *remote, const char *const *refspecs, size_t count, struct err *err)
{
	static const char *const flags[] = {"push", "--porcelain", "--atomic", "--no-verify", "--no-signed", "--no-follow-tags",
	                                    "--recurse-submodules=no", "--"};
	const size_t flag_count = sizeof(flags) / sizeof(flags[0]);
	const char **words;
	bool ok = is_remote(remote, err);

	if (ok && count > REFSPECS_MOST)
		ok = err_set(err, ERR_LIMIT, "more than %d references to push at once", REFSPECS_MOST);
	for (size_t i = 0; ok && i < count; i++)
		ok = refspecs[i][0] != '+' ? true : err_set(err, ERR_INPUT, "a reference of ours is never forced");
	if (!ok)
		return false;
	words = mem_alloc(flag_count + count + 2, sizeof(*words));
	memcpy(words, flags, sizeof(flags));
	words[flag_count] = remote;
	memcpy(words + flag_count + 1, refspecs, count * sizeof(*words));
	ok = push_unlocked(carry, remote, words, err);
	free(words);
	return ok;
}

bool carry_bundle(const struct carry *carry, const char *file, const struct buf *references, struct err *err)
{
	const char *words[] = {"bundle", "create", "--quiet", file, "--stdin", NULL};
	struct child_answer answer = {0};
	bool ok = is_remote(file, err) && child_run(carry, words, references, &answer, err) &&
	          (answer.status == 0 || git_said_no(file, &answer, err));

	child_answer_release(&answer);
	return ok;
}
