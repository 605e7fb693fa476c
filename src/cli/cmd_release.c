/* cmd_release.c - making public and taking down: the commands around the release room. */
#include "command.h"

#include "base/calendar.h"
#include "base/language.h"
#include "deed.h"
#include "ledger/entry.h"
#include "options.h"
#include "publishing.h"
#include "release/release.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct release_args {
	const char *round;
	bool resume, offline;
};

const struct option release_options[] = {
	{"round", OPTION_VALUE, offsetof(struct release_args, round), "NUMBER", "only if this is still the newest round"},
	{"resume", OPTION_FLAG, offsetof(struct release_args, resume), NULL, "finish a release that was interrupted"},
	{"offline", OPTION_FLAG, offsetof(struct release_args, offline), NULL, "though nobody can say whether this ledger is the newest: recorded in it"},
	{NULL, 0, 0, NULL, NULL},
};

struct withdraw_args {
	const char *reason, *ground;
	bool incident;
};

const struct option withdraw_options[] = {
	{"reason", OPTION_VALUE, offsetof(struct withdraw_args, reason), "TEXT", "why, for the ledger"},
	{"ground", OPTION_VALUE, offsetof(struct withdraw_args, ground), "GROUND", "the legal ground, where there is one"},
	{"incident", OPTION_FLAG, offsetof(struct withdraw_args, incident), NULL, "protected material was public: starts the 24-hour reporting clock"},
	{NULL, 0, 0, NULL, NULL},
};

static void print_public(const struct session *s, const char *id)
{
	const struct review_case *c = docket_case(&s->docket, id);
	const struct publication *p = &c->publications[c->publication_count - 1];

	printf(_("released: case %s, round %u, ledger entry %u\n"), id, (unsigned)p->round, (unsigned)s->tip.seq);
	for (size_t i = 0; i < p->files->count; i++)
		printf("  %s%s\n", s->docket.policy->public_dir, p->files->items[i].path);
}

static bool release(struct session *s, const struct call *call, struct err *err)
{
	const struct release_args *args = call->args;
	const struct review_case *c = NULL;

	if (call->count != 1)
		return err_set(err, ERR_USAGE, "release which case: review release CASE");
	if (!session_open(s, err) || !session_case(s, call->words[0], &c, err) || !session_round_is(c, args->round, err) ||
	    !publishing_release(s, call->words[0], args->resume, args->offline, err))
		return false;
	print_public(s, call->words[0]);
	return true;
}

int run_release(const struct command *self, int argc, char **argv)
{
	struct release_args args = {0};

	return deed_run(self, argc, argv, &args, release);
}

static bool withdraw(struct session *s, const struct call *call, struct err *err)
{
	const struct withdraw_args *args = call->args;
	const struct withdrawal why = {
		.reason = args->reason,
		.ground = args->ground != NULL ? args->ground : "",
		.incident = args->incident,
	};
	char by[CLOCK_TEXT_SIZE];
	const char *id;
	bool again = false;

	if (call->count != 1 || args->reason == NULL)
		return err_set(err, ERR_USAGE, "withdraw which case and why: review withdraw CASE --reason TEXT");
	id = call->words[0];
	if (!session_open(s, err) || !publishing_withdraw(s, id, &why, &again, err))
		return false;
	if (again) {
		printf(_("case %s was withdrawn before; nothing of it is left in the public directory\n"), id);
		return true;
	}
	printf(_("withdrawn: case %s, ledger entry %u\n"), id, (unsigned)s->tip.seq);
	if (args->incident)
		printf(_("to be reported to the secrecy administration and the superior department by %s\n"),
		       policy_clock(s->docket.policy, s->now + (int64_t)24 * 3600, by));
	return true;
}

int run_withdraw(const struct command *self, int argc, char **argv)
{
	struct withdraw_args args = {0};

	return deed_run(self, argc, argv, &args, withdraw);
}
