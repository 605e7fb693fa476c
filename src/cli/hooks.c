/* hooks.c - installing the scripts of hooks/, that are compiled in. */
#include "hooks.h"

#include "base/buf.h"
#include "base/embedded.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "repo/repo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct embedded builtin_hooks[];

static const struct embedded *find(const char *name)
{
	for (const struct embedded *h = builtin_hooks; h->name != NULL; h++)
		if (strcmp(h->name, name) == 0)
			return h;
	return NULL;
}

/* What a hook of somebody's own has to say as well.  A pre-push is told what is pushed on its standard input, once, and
 * what stands behind this line wants to read it too. */
static const char *line_of(const struct embedded *hook)
{
	static const struct {
		const char *name, *line;
	} lines[] = {
		{"commit-msg", "review hook commit-msg \"$1\" || exit"},
		{"pre-push", "t=$(mktemp) && cat >\"$t\" && review hook pre-push \"$1\" <\"$t\" || exit; exec <\"$t\"; rm \"$t\""},
		{"pre-receive", "review hook pre-receive || exit"},
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (strcmp(lines[i].name, hook->name) == 0)
			return lines[i].line;
	return "review hook pre-commit || exit"; /* pre-merge-commit asks the same */
}

/* Does a hook of somebody's own ask us, in a line that is no comment? */
static bool asks_us(const struct buf *script, const struct embedded *hook)
{
	static const char front[] = "review hook ";
	const char *words = strstr(line_of(hook), front);
	char *wanted = mem_copy_bytes(words, sizeof(front) - 1 + strcspn(words + sizeof(front) - 1, " "));
	bool asks = false;

	for (const char *at = script->data; at != NULL && !asks; at = strchr(at, '\n') != NULL ? strchr(at, '\n') + 1 : NULL) {
		const char *found = at[strspn(at, " \t")] != '#' ? strstr(at, wanted) : NULL;

		asks = found != NULL && found < at + strcspn(at, "\n");
	}
	free(wanted);
	return asks;
}

/* There already, to the byte or by what somebody added to their own: nothing to do.  Anything else stays as it is. */
static bool is_installed(const char *path, const struct embedded *hook, bool *same, struct err *err)
{
	struct buf there = {0};

	*same = false;
	if (!fs_exists(path))
		return true;
	if (!fs_read_file(path, 1024 * 1024, &there, err))
		return false;
	*same = (there.len == hook->len && memcmp(there.data, hook->bytes, hook->len) == 0) || asks_us(&there, hook);
	buf_release(&there);
	if (*same)
		return true;
	(void)err_set(err, ERR_CONFLICT, "%s: there is another hook, and it stays", path);
	return err_hint(err, "add this line to it: %s", line_of(hook));
}

static bool install(const char *dir, const char *name, struct err *err)
{
	const struct embedded *hook = find(name);
	char *path = fs_join(dir, name);
	bool same = false, ok;

	ok = is_installed(path, hook, &same, err) &&
	     (same || fs_create_file(path, hook->bytes, hook->len, 0755, err));
	if (ok)
		printf(same ? _("hook already there: %s\n") : _("hook installed: %s\n"), path);
	free(path);
	return ok;
}

/* What a bare repository has to be told so that nothing of the ledger is lost: git keeps no reflog
 * in one, leaves small pushes to the kernel to write down, lets refs be deleted and rewritten, and forgets reflogs
 * after 90 days. */
static const struct {
	const char *key, *value;
} server_config[] = {
	{"core.logAllRefUpdates", "always"},
	{"core.fsync", "committed"},
	{"receive.fsckObjects", "true"},
	{"receive.denyDeletes", "true"},
	{"receive.denyNonFastForwards", "true"},
	{"gc.refs/heads/review/ledger.reflogExpire", "never"},
	{"gc.refs/heads/review/ledger.reflogExpireUnreachable", "never"},
	{"gc.refs/review/*.reflogExpire", "never"},
	{"gc.refs/review/*.reflogExpireUnreachable", "never"},
};

static bool configure_server(struct repo *repo, struct err *err)
{
	for (size_t i = 0; i < sizeof(server_config) / sizeof(server_config[0]); i++) {
		char *was = NULL;

		if (!repo_config_get(repo, server_config[i].key, &was, err))
			return false;
		if (was == NULL || strcmp(was, server_config[i].value) != 0) {
			if (!repo_config_set(repo, server_config[i].key, server_config[i].value, err)) {
				free(was);
				return false;
			}
			printf(_("set: %s = %s%s%s\n"), server_config[i].key, server_config[i].value, was != NULL ? _(", was ") : "",
			       was != NULL ? was : "");
		}
		free(was);
	}
	return true;
}

static bool install_server(struct repo *repo, const char *dir, struct err *err)
{
	if (repo_work_dir(repo) != NULL) {
		(void)err_set(err, ERR_USAGE, "a repository with a work tree is no server");
		return err_hint(err, "run it inside the bare repository that everybody pushes to");
	}
	return install(dir, "pre-receive", err) && configure_server(repo, err);
}

static const char *const desk_hooks[] = {"pre-commit", "pre-merge-commit", "commit-msg", "pre-push"};

bool hooks_install(struct repo *repo, bool server, const char *into, struct err *err)
{
	char *dir = NULL;
	bool ok;

	if (into != NULL)
		dir = mem_copy_string(into);
	else if (!repo_hooks_dir(repo, &dir, err))
		return false;
	ok = fs_make_dirs(dir, 0755, err);
	if (server)
		ok = ok && install_server(repo, dir, err);
	else if (repo_work_dir(repo) == NULL)
		ok = ok && install(dir, "pre-receive", err);
	else
		for (size_t i = 0; ok && i < sizeof(desk_hooks) / sizeof(desk_hooks[0]); i++)
			ok = install(dir, desk_hooks[i], err);
	free(dir);
	return ok;
}
