/* reader_program.c - which program reads documents. */
#include "reader_program.h"

#include "base/fs.h"
#include "base/mem.h"
#include "extract/worker.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* REVIEW_SANDBOX=reduced: whoever runs this accepts a sandbox the kernel cannot make whole. */
static bool is_reduced(void)
{
	const char *said = getenv("REVIEW_SANDBOX");

	return said != NULL && strcmp(said, "reduced") == 0;
}

void use_reader_program(void)
{
	char own[PATH_MAX];
	const ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
	char *slash, *beside = NULL;

	if (n > 0) {
		own[n] = '\0';
		slash = strrchr(own, '/');
		if (slash != NULL)
			*slash = '\0';
		beside = fs_join(own, "review-extract");
	}
	extract_use_worker(beside != NULL && access(beside, X_OK) == 0 ? beside : REVIEW_LIBEXEC "/review-extract", is_reduced());
	free(beside);
}
