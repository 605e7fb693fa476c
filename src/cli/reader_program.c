/* reader_program.c - which program reads documents. */
#include "reader_program.h"

#include "base/fs.h"
#include "base/mem.h"
#include "extract/worker.h"
#include "options.h"
#include "repo/repo.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* git config review.sandbox reduced: the office accepts a sandbox this machine's kernel cannot make whole. */
static bool accepts_reduced(void)
{
	struct repo *repo = NULL;
	struct err err = {0};
	char *said = NULL;
	const bool accepted = repo_open(globals.directory, &repo, &err) &&
	                      repo_config_get(repo, "review.sandbox", &said, &err) && said != NULL &&
	                      strcmp(said, "reduced") == 0;

	free(said);
	repo_free(repo);
	return accepted;
}

/* "DIR/NAME" where that can be run; NULL where not.  Caller frees. */
static char *program_in(const char *dir, const char *name)
{
	char *path = fs_join(dir, name);

	if (access(path, X_OK) == 0)
		return path;
	free(path);
	return NULL;
}

void use_reader_program(void)
{
	char own[PATH_MAX];
	const ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
	char *slash, *program = NULL;

	if (n > 0) {
		own[n] = '\0';
		slash = strrchr(own, '/');
		if (slash != NULL)
			*slash = '\0';
		program = program_in(own, "review-extract");
		if (program == NULL)
			program = program_in(own, "../libexec/review/review-extract");
	}
	extract_use_worker(program != NULL ? program : REVIEW_LIBEXEC "/review-extract", accepts_reduced);
	free(program);
}
