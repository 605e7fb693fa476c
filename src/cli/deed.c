/* deed.c - what is the same for each command: its line is read, it is done in a session, and what went wrong is said. */
#include "deed.h"

#include "command.h"
#include "options.h"
#include "session.h"

#include <stdlib.h>

int deed_run(const struct command *self, int argc, char **argv, void *args, deed *run)
{
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = options_parse(self->options, args, argc, argv, &words, &err);

	if (ok) {
		const struct call call = {.command = self, .words = words.items, .count = words.count, .args = args};

		ok = run(&s, &call, &err);
	}
	session_close(&s);
	options_release(self->options, args);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}
