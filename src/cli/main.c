/* main.c - find the command and run it.  The answer starts at "could not decide" and only a
 * command that finished changes it; output that could not be written is no answer either. */
#include "command.h"

#include "base/language.h"
#include "base/mem.h"
#include "extract/worker.h"
#include "options.h"
#include "reader_program.h"
#include "seal/hash.h"
#include "speech.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Anywhere but behind --: whoever asks for help wants nothing done. */
static bool asks_for_help(int argc, char **argv)
{
	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	const struct command *command;
	const char *word = argc > 1 ? argv[1] : NULL;
	int status = STATUS_UNDECIDED;

	mem_keep();
	crypto_begin();
	speak_as_wished();
	(void)signal(SIGPIPE, SIG_IGN);
	if (word != NULL && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0))
		word = "help";
	if (word != NULL && strcmp(word, "--version") == 0)
		word = "version";
	command = word != NULL ? command_find(word) : NULL;
	if (command == NULL)
		return help_unknown(word);
	use_reader_programs();
	globals.command = command->name;
	if (asks_for_help(argc, argv))
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
