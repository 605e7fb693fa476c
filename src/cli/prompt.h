#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

#include "base/err.h"

/* Talking with the person at the terminal. */

/* Is there somebody to ask: standard input and error are both a terminal. */
bool prompt_possible(void);

/* One line, without its end; owned by the caller.  End of input is ERR_INPUT "nothing was signed". */
bool prompt_line(const char *question, char **out, struct err *err) MUST_CHECK;

/* True only if the answer is y or yes. */
bool prompt_yes(const char *question);
bool prompt_means_yes(const char *answer);

/* The passphrase of a key: the first line of $REVIEW_PASSPHRASE_FILE, or asked for on the terminal
 * with echo off (`twice`: again, and both must agree).  Owned by the caller, who wipes it. */
bool prompt_passphrase(const char *question, bool twice, char **out, struct err *err) MUST_CHECK;

#endif
