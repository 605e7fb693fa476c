/* repo.c - the repository, opened the way git means it.
 *
 * In a hook git points at an index and at object directories that are not the ordinary ones; only
 * an open from the environment sees what is about to be committed or received. */
#include "repo_inside.h"

#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* libgit2 built with mbed TLS reads all certificates of the system when it starts, in case somebody fetches
 * over https: most of what a hook would cost.  Nobody is spoken to from here (git does that, in a process of
 * its own), so it is told that there are none, and would trust nobody.  The name is mbed TLS's, which libgit2
 * finds here first; weak, so that a build that holds mbed TLS itself keeps its own. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

__attribute__((weak)) int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	enum { FILE_IO_ERROR = -0x2900 }; /* MBEDTLS_ERR_X509_FILE_IO_ERROR */

	(void)chain;
	(void)path;
	return FILE_IO_ERROR;
}

bool git_failed(struct err *err, int code, const char *doing)
{
	const git_error *last = git_error_last();

	(void)err_reason(err, code == GIT_ENOTFOUND ? ERR_NOT_FOUND : code == GIT_EMISMATCH ? ERR_MISMATCH : ERR_SYSTEM,
	                 last != NULL ? last->message : N_("git gave no reason"));
	err_context(err, "%s", _(doing));
	return false;
}

/* What a newer git may be told at `git init`, and libgit2 does not read. */
static bool open_failed(struct err *err, int code)
{
	const git_error *last = git_error_last();

	if (last == NULL || strstr(last->message, "unsupported") == NULL)
		return git_failed(err, code, "repository");
	if (strstr(last->message, "extensions.objectformat") == NULL) {
		(void)err_set(err, ERR_INPUT, "this repository has a format that is not known here: %s", last->message);
		return err_hint(err, "git clone it, which makes one without that; review sync brings the ledger there");
	}
	(void)err_set(err, ERR_INPUT, "this repository names its objects by SHA-256, and only SHA-1 names are read here");
	return err_hint(err, "git init --object-format=sha1 elsewhere; what is signed is bound by SHA-256 in both");
}

static char *without_slash(const char *path)
{
	size_t len = path != NULL ? strlen(path) : 0;

	while (len > 1 && path[len - 1] == '/')
		len--;
	return path != NULL ? mem_copy_bytes(path, len) : NULL;
}

static bool adopt(git_repository *git, const char *start, struct repo **out, struct err *err)
{
	struct repo *repo;
	int code;

	if (git_repository_is_shallow(git) != 0) {
		git_repository_free(git);
		(void)err_set(err, ERR_INPUT, "a shallow clone cannot prove its history");
		return err_hint(err, "git fetch --unshallow");
	}
	code = refs_flushed(git, true);
	if (code == 0)
		code = guard_objects(git);
	if (code != 0) {
		git_repository_free(git);
		return git_failed(err, code, "references");
	}
	repo = mem_alloc(1, sizeof(*repo));
	repo->git = git;
	repo->git_dir = without_slash(git_repository_path(git));
	repo->common_dir = without_slash(git_repository_commondir(git));
	repo->work_dir = without_slash(git_repository_workdir(git));
	repo->start = mem_copy_string(start);
	*out = repo;
	return true;
}

/* A partial clone may say so in a way that libgit2 leaves to its callers; object_elsewhere() is about it.  Told once, while
 * nobody else can be reading it. */
static bool start_library(struct err *err)
{
	const char *known[] = {"partialclone"};
	const int users = git_libgit2_init();

	if (users < 1)
		return err_set(err, ERR_SYSTEM, "libgit2 cannot start");
	if (users == 1)
		(void)git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known, sizeof(known) / sizeof(known[0]));
	return true;
}

/* libgit2 1.5 says of a foreign repository that it looked for safe.directory and did not find it: which must not be
 * taken for "there is none", where another door opens. */
static bool is_foreign(int code)
{
	const git_error *last = git_error_last();

	return code == GIT_EOWNER || (code == GIT_ENOTFOUND && last != NULL && strstr(last->message, "safe.directory") != NULL);
}

bool repo_open(const char *start, struct repo **out, struct err *err)
{
	git_repository *git = NULL;
	int code;

	ceiling_install();
	if (!start_library(err))
		return false;
	(void)git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
	(void)git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0); /* objects are read once, and copied out */
	if (start == NULL)
		code = git_repository_open_ext(&git, NULL, GIT_REPOSITORY_OPEN_FROM_ENV, NULL);
	else
		code = git_repository_open_ext(&git, start, 0, NULL);
	if (is_foreign(code)) {
		(void)err_set(err, ERR_INPUT, "this repository belongs to somebody else");
		(void)err_hint(err, "git config --global --add safe.directory DIRECTORY");
	} else if (code == GIT_ENOTFOUND)
		(void)err_set(err, ERR_NOT_FOUND, "there is no git repository here");
	else if (code != 0)
		(void)open_failed(err, code);
	else if (adopt(git, start, out, err))
		return true;
	(void)git_libgit2_shutdown();
	return false;
}

bool repo_init(const char *path, bool bare, struct repo **out, struct err *err)
{
	git_repository *git = NULL;
	int code;

	if (!start_library(err))
		return false;
	code = git_repository_init(&git, path, bare ? 1 : 0);
	if (code != 0)
		(void)git_failed(err, code, path);
	else if (adopt(git, path, out, err))
		return true;
	(void)git_libgit2_shutdown();
	return false;
}

bool repo_again(const struct repo *repo, struct repo **out, struct err *err)
{
	return repo_open(repo->start, out, err);
}

void repo_free(struct repo *repo)
{
	if (repo == NULL)
		return;
	git_repository_free(repo->git);
	free(repo->git_dir);
	free(repo->common_dir);
	free(repo->work_dir);
	free(repo->start);
	free(repo->fresh);
	free(repo);
	(void)git_libgit2_shutdown();
}

const char *repo_git_dir(const struct repo *repo)
{
	return repo->git_dir;
}

const char *repo_common_dir(const struct repo *repo)
{
	return repo->common_dir;
}

const char *repo_work_dir(const struct repo *repo)
{
	return repo->work_dir;
}

bool repo_hooks_dir(struct repo *repo, char **out, struct err *err)
{
	git_config *config = NULL;
	git_buf path = {0};
	int code = git_repository_config_snapshot(&config, repo->git);

	if (code == 0)
		code = git_config_get_path(&path, config, "core.hooksPath");
	if (code == 0 && path.ptr[0] == '/')
		*out = mem_copy_string(path.ptr);
	else if (code == 0)
		*out = fs_join(repo->work_dir != NULL ? repo->work_dir : repo->git_dir, path.ptr);
	else if (code == GIT_ENOTFOUND)
		*out = fs_join(repo->common_dir, "hooks");
	else
		(void)git_failed(err, code, "core.hooksPath");
	git_buf_dispose(&path);
	git_config_free(config);
	return code == 0 || code == GIT_ENOTFOUND;
}
