#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/err.h"

#include <stddef.h>

/* Long options from a table: `--name`, `--name VALUE`, `--name=VALUE`; `--` ends them.  No
 * abbreviations: what a script says today must mean the same tomorrow. */
enum option_kind { OPTION_FLAG = 1, OPTION_VALUE, OPTION_LIST };

/* Values are borrowed from argv. */
struct option_list {
	const char **items;
	size_t count;
};

struct option {
	const char *name;      /* NULL ends the table */
	enum option_kind kind;
	size_t into;           /* offset in the command's struct: bool, const char * or struct option_list */
	const char *argument;  /* for the help: "FILE" */
	const char *help;
};

/* Options every command takes. */
struct global_options {
	const char *person, *key, *directory;
	bool yes;
	const char *command; /* not an option: the command that runs */
};
extern struct global_options globals;
extern const struct option global_options[];

/* The table of each command, beside its code. */
extern const struct option answer_options[], approve_options[], audit_options[], calendar_options[], clean_options[], desk_options[],
	file_options[], postpone_options[], refer_options[], refuse_options[], return_options[],
	hook_options[], inbox_options[], init_options[], key_options[], log_options[], policy_options[], release_options[],
	rules_options[], scan_options[], show_options[], submit_options[], sync_options[], text_options[], withdraw_options[];

/* Fill `args` (zeroed by the caller) and collect what is left in `rest`.  ERR_USAGE names the word
 * that is wrong and the option that was probably meant.  Lists are freed by the caller (options_release()). */
bool options_parse(const struct option *options, void *args, int argc, char **argv,
                   struct option_list *rest, struct err *err) MUST_CHECK;

/* Let go of the lists in `args`. */
void options_release(const struct option *options, void *args);

/* `review desk`, read by review and by review-desk: how many seconds it may be idle. */
struct desk_args {
	const char *idle;
};
bool desk_idle(const struct desk_args *args, const struct option_list *words, unsigned *seconds, struct err *err) MUST_CHECK;

#endif
