/* quarantine.c - what git's environment shows a hook on a server, beside what was pushed.
 *
 * Whoever starts receive-pack with variables of their own (a local path, sshd's AcceptEnv) can have it look elsewhere, too. */
#include "quarantine.h"

#include "base/fs.h"
#include "base/mem.h"
#include "repo/repo.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* git shows a client of a namespace other references under these names than are in the repository, where the ledger is. */
static bool is_whole(struct err *err)
{
	const char *namespace = getenv("GIT_NAMESPACE");

	if (namespace == NULL || namespace[0] == '\0')
		return true;
	(void)err_set(err, ERR_DENIED, "GIT_NAMESPACE is set, and a ledger in a namespace would not be guarded");
	return err_hint(err, "a repository of its own for each office");
}

static bool is_same_folder(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

/* git itself names the repository's own objects here, which the pushed ones will join; a name with a colon it quotes. */
static bool borrows_nothing(const struct repo *repo, struct err *err)
{
	const char *named = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	char *list = mem_copy_string(named != NULL ? named : ""), *own = fs_join(repo_common_dir(repo), "objects"), *rest = NULL;
	const bool quoted = list[0] == '"';
	bool ok = true;

	for (char *at = strtok_r(list, quoted ? "\"" : ":", &rest); ok && at != NULL; at = strtok_r(NULL, quoted ? "\"" : ":", &rest)) {
		ok = is_same_folder(at, own);
		if (!ok) {
			(void)err_set(err, ERR_DENIED, "GIT_ALTERNATE_OBJECT_DIRECTORIES names %s: what is there would be missing here later", at);
			(void)err_hint(err, "push without it; objects/info/alternates is where a server says what it borrows");
		}
	}
	free(own);
	free(list);
	return ok;
}

bool quarantine_is_plain(const struct repo *repo, struct err *err)
{
	return is_whole(err) && borrows_nothing(repo, err);
}
