#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/err.h"

#include <stddef.h>

/* What the program can be told to do.  One table (commands.c), one cmd_<name>.c each. */

enum status { STATUS_DONE = 0, STATUS_BLOCKED = 1, STATUS_USAGE = 2, STATUS_UNDECIDED = 3 };

struct option;

struct command {
	const char *name, *synopsis, *summary;
	const struct option *options;
	int (*run)(const struct command *self, int argc, char **argv); /* an enum status */
};

extern const struct command commands[]; /* ended by a NULL name */
const struct command *command_find(const char *name);

/* Print "review: error: ..." and, where there is one, "review: hint: ..."; returns the exit status
 * that goes with the kind of refusal. */
int complain(const struct err *err);

/* A command nobody knows (NULL: none at all), and the one that was perhaps meant; an exit status. */
int help_unknown(const char *word);

int run_answer(const struct command *self, int argc, char **argv);
int run_audit(const struct command *self, int argc, char **argv);
int run_calendar(const struct command *self, int argc, char **argv);
int run_checkpoint(const struct command *self, int argc, char **argv);
int run_clean(const struct command *self, int argc, char **argv);
int run_completion(const struct command *self, int argc, char **argv);
int run_decide(const struct command *self, int argc, char **argv); /* approve, return, refuse, ... */
int run_desk(const struct command *self, int argc, char **argv);
int run_file(const struct command *self, int argc, char **argv);
int run_help(const struct command *self, int argc, char **argv);
int run_hook(const struct command *self, int argc, char **argv);
int run_inbox(const struct command *self, int argc, char **argv);
int run_init(const struct command *self, int argc, char **argv);
int run_key(const struct command *self, int argc, char **argv);
int run_log(const struct command *self, int argc, char **argv);
int run_policy(const struct command *self, int argc, char **argv);
int run_release(const struct command *self, int argc, char **argv);
int run_rules(const struct command *self, int argc, char **argv);
int run_scan(const struct command *self, int argc, char **argv);
int run_show(const struct command *self, int argc, char **argv);
int run_submit(const struct command *self, int argc, char **argv);
int run_sync(const struct command *self, int argc, char **argv);
int run_text(const struct command *self, int argc, char **argv);
int run_version(const struct command *self, int argc, char **argv);
int run_witness(const struct command *self, int argc, char **argv);
int run_withdraw(const struct command *self, int argc, char **argv);

#endif
