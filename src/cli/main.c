/* main.c - find the command and run it.  The answer starts at "could not decide" and only a
 * command that finished changes it; output that could not be written is no answer either. */
#include "command.h"

#include "base/language.h"
#include "base/mem.h"
#include "extract/worker.h"
#include "reader_program.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	const struct command *command;
	const char *word = argc > 1 ? argv[1] : NULL;
	int status = STATUS_UNDECIDED;

	mem_keep();
	(void)setlocale(LC_CTYPE, ""); /* messages of the C library stay in English: some are recorded */
	language_choose(&(struct language_wish){getenv("LANGUAGE"), getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")});
	(void)signal(SIGPIPE, SIG_IGN);
	if (word != NULL && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0))
		word = "help";
	if (word != NULL && strcmp(word, "--version") == 0)
		word = "version";
	command = word != NULL ? command_find(word) : NULL;
	if (command == NULL)
		return help_unknown(word);
	use_reader_programs();
	if (argc > 2 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0))
		status = run_help(command, 1, &argv[1]);
	else
		status = command->run(command, argc - 2, argv + 2);
	extract_stop_worker();
	if ((fflush(stdout) != 0 || ferror(stdout) != 0) && status == STATUS_DONE) {
		(void)fputs(_("review: error: the output could not be written\n"), stderr);
		status = STATUS_UNDECIDED;
	}
	return status;
}
