/* pager.c - long output, a screen at a time. */
#include "pager.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_less(void)
{
	static const char *const places[] = {"/usr/bin/less", "/bin/less", "/usr/local/bin/less"};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (access(places[i], X_OK) == 0)
			return true;
	return false;
}

void pager_start(struct pager *pager)
{
	const char *command = getenv("PAGER"), *term = getenv("TERM");

	*pager = (struct pager){.terminal = -1};
	if (command == NULL && has_less())
		command = "less";
	if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1 || term == NULL || strcmp(term, "dumb") == 0 || command == NULL ||
	    command[0] == '\0' || strcmp(command, "cat") == 0)
		return;
	(void)setenv("LESS", "FRX", 0);
	(void)fflush(stdout);
	pager->to = popen(command, "w");
	if (pager->to == NULL)
		return;
	pager->terminal = dup(STDOUT_FILENO);
	if (pager->terminal < 0 || dup2(fileno(pager->to), STDOUT_FILENO) < 0) {
		(void)pclose(pager->to);
		pager->to = NULL;
	}
}

void pager_end(struct pager *pager)
{
	if (pager->to == NULL)
		return;
	(void)fflush(stdout);
	clearerr(stdout); /* who leaves the pager has seen enough: that is no failure */
	(void)dup2(pager->terminal, STDOUT_FILENO);
	(void)close(pager->terminal);
	(void)pclose(pager->to);
	pager->to = NULL;
}
