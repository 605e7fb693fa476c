/* cmd_desk.c - the desk in the browser.  It is a program of its own, review-desk, because the library that
 * speaks HTTP brings others whose start every hook would pay for. */
#include "command.h"

#include "base/mem.h"
#include "options.h"
#include "reader_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option desk_options[] = {
	{"idle", OPTION_VALUE, offsetof(struct desk_args, idle), "MINUTES", "stop after so many minutes without a request (default 30)"},
	{NULL, 0, 0, NULL, NULL},
};

enum { MINUTES_MOST = 24 * 60 };

bool desk_idle(const struct desk_args *args, const struct option_list *words, unsigned *seconds, struct err *err)
{
	char *end = NULL;
	const unsigned long minutes = args->idle != NULL ? strtoul(args->idle, &end, 10) : 30;

	if (words->count > 0)
		return err_set(err, ERR_USAGE, "unexpected word '%s'", words->items[0]);
	if (args->idle != NULL && (args->idle[0] < '1' || args->idle[0] > '9' || *end != '\0' || minutes > MINUTES_MOST))
		return err_set(err, ERR_USAGE, "--idle is a number of minutes from 1 to %d", MINUTES_MOST);
	*seconds = (unsigned)minutes * 60;
	return true;
}

/* Becomes the other program, with the words as they were given; returns only when that fails. */
static void become(int argc, char **argv, struct err *err)
{
	char *program = find_program("review-desk"), **words = mem_alloc((size_t)argc + 2, sizeof(*words));

	words[0] = program;
	for (int i = 0; i < argc; i++)
		words[i + 1] = argv[i];
	(void)fflush(stdout);
	(void)execv(program, words);
	(void)err_errno(err, "%s", program);
	if (err->kind == ERR_NOT_FOUND)
		(void)err_hint(err, "the desk is a package of its own: apt install review-desk");
	free(words);
	free(program);
}

int run_desk(const struct command *self, int argc, char **argv)
{
	struct desk_args args = {0};
	struct option_list words = {0};
	struct err err = {0};
	unsigned seconds = 0;

	if (options_parse(self->options, &args, argc, argv, &words, &err) && desk_idle(&args, &words, &seconds, &err))
		become(argc, argv, &err);
	free(words.items);
	return complain(&err);
}
