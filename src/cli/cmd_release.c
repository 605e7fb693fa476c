/* cmd_release.c - making public and taking down: the commands around the release room. */
#include "command.h"

#include "base/calendar.h"
#include "base/language.h"
#include "case_view.h"
#include "freshness.h"
#include "ledger/entry.h"
#include "options.h"
#include "prompt.h"
#include "release/release.h"
#include "scan/finding.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct release_args {
	bool resume, offline;
};

const struct option release_options[] = {
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

static struct release_order order_of(struct session *s, const char *id)
{
	return (struct release_order){
		.repo = s->repo,
		.docket = &s->docket,
		.tip = &s->tip,
		.case_id = id,
		.public_dir = s->public_dir,
		.person = s->person,
		.signer = s->signer,
		.time = s->now,
	};
}

static bool has_public_dir(const struct session *s, struct err *err)
{
	if (s->public_dir != NULL)
		return true;
	(void)err_set(err, ERR_INPUT, "a bare repository has no public directory");
	return err_hint(err, "release from a clone, or name an absolute directory in the policy");
}

static void print_public(const struct session *s, const char *id)
{
	const struct review_case *c = docket_case(&s->docket, id);
	const struct publication *p = &c->publications[c->publication_count - 1];

	printf(_("released: case %s, round %u, ledger entry %u\n"), id, (unsigned)p->round, (unsigned)s->tip.seq);
	for (size_t i = 0; i < p->files->count; i++)
		printf("  %s%s\n", s->docket.policy->public_dir, p->files->items[i].path);
}

static bool release(struct session *s, const char *id, const struct release_args *args, struct err *err)
{
	const struct review_case *c = NULL;
	struct release_order order;
	struct scan scan = {0};
	const char *freshness = "";
	bool ok;

	if (!session_open(s, err) || !has_public_dir(s, err) || !session_case(s, id, &c, err))
		return false;
	if (!args->resume && !freshness_word(s, args->offline, &freshness, err))
		return false;
	if (!args->resume && !session_scan_case(s, c, &scan, err))
		return err_hint(err, "review sync brings the documents");
	if (!session_open_signer(s, err)) {
		scan_release(&scan);
		return false;
	}
	order = order_of(s, id);
	order.freshness = freshness;
	ok = args->resume ? release_resume(&order, err) : release_publish(&order, &scan, err);
	scan_release(&scan);
	if (ok)
		print_public(s, id);
	return ok ? true : err_hint(err, "review show %s says what is missing", id);
}

int run_release(const struct command *self, int argc, char **argv)
{
	struct release_args args = {0};
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, &args, argc, argv, &words, &err)) {
		if (words.count != 1)
			(void)err_set(&err, ERR_USAGE, "release which case: review release CASE");
		else
			ok = release(&s, words.items[0], &args, &err);
	}
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}

static bool withdraw(struct session *s, const char *id, const struct withdraw_args *args, struct err *err)
{
	const struct withdrawal why = {
		.reason = args->reason,
		.ground = args->ground != NULL ? args->ground : "",
		.incident = args->incident,
	};
	const struct review_case *c = NULL;
	struct release_order order;
	char by[TIME_TEXT_SIZE];
	bool again;

	if (!session_open(s, err) || !has_public_dir(s, err) || !session_case(s, id, &c, err) ||
	    !session_open_signer(s, err))
		return false;
	again = c->publication_count > 0 && c->publications[c->publication_count - 1].withdrawn;
	order = order_of(s, id);
	if (!release_withdraw(&order, &why, err))
		return false;
	if (again) {
		printf(_("case %s was withdrawn before; nothing of it is left in the public directory\n"), id);
		return true;
	}
	printf(_("withdrawn: case %s, ledger entry %u\n"), id, (unsigned)s->tip.seq);
	if (args->incident)
		printf(_("to be reported to the secrecy administration and the superior department by %s\n"),
		       time_to_text(s->now + (int64_t)24 * 3600, by));
	return true;
}

int run_withdraw(const struct command *self, int argc, char **argv)
{
	struct withdraw_args args = {0};
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, &args, argc, argv, &words, &err)) {
		if (words.count != 1 || args.reason == NULL)
			(void)err_set(&err, ERR_USAGE, "withdraw which case and why: review withdraw CASE --reason TEXT");
		else
			ok = withdraw(&s, words.items[0], &args, &err);
	}
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}
