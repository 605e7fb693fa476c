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

/* Whether `git config NAME` is VALUE here. */
static bool is_configured(const char *name, const char *value)
{
	struct repo *repo = NULL;
	struct err err = {0};
	char *said = NULL;
	const bool is = repo_open(globals.directory, &repo, &err) && repo_config_get(repo, name, &said, &err) && said != NULL &&
	                strcmp(said, value) == 0;

	free(said);
	repo_free(repo);
	return is;
}

/* The office accepts a sandbox this machine's kernel cannot make whole. */
static bool accepts_reduced(void)
{
	return is_configured("review.sandbox", "reduced");
}

/* The office accepts that PDFs are read by one reader where there is no second one. */
static bool does_without_second(void)
{
	return is_configured("review.second-reader", "none");
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

char *find_program(const char *name)
{
	char own[PATH_MAX], *slash, *libexec, *program = NULL;
	const ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);

	own[n > 0 ? n : 0] = '\0';
	slash = strrchr(own, '/');
	if (slash != NULL) {
		*slash = '\0';
		libexec = fs_join("../libexec/review", name);
		program = program_in(own, name);
		if (program == NULL)
			program = program_in(own, libexec);
		free(libexec);
	}
	return program != NULL ? program : fs_join(REVIEW_LIBEXEC, name);
}

void use_reader_programs(void)
{
	char *reader = find_program("review-extract"), *second = find_program("review-witness");

	extract_use_worker(reader, accepts_reduced);
	extract_use_second(second, does_without_second);
	free(reader);
	free(second);
}

void use_picture_reader(void)
{
	char *program = find_program("review-ocr");

	extract_use_ocr(program);
	free(program);
}
