/* cmd_log.c - the ledger, entry by entry.
 *
 * Read from its end, where it was verified, back as far as is wanted; shown as it was written, the oldest first. */
#include "command.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "deed.h"
#include "ledger/entry.h"
#include "options.h"
#include "policy/policy.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEWEST = 100 };

struct log_args {
	bool all;
};

const struct option log_options[] = {
	{"all", OPTION_FLAG, offsetof(struct log_args, all), NULL, "from the first entry on, not only the newest hundred"},
	{NULL, 0, 0, NULL, NULL},
};

struct log {
	const struct policy *policy;
	const char *case_id; /* NULL: everything */
	char **lines;        /* the newest first */
	size_t count;
};

/* A value of the ledger as people read it: its words translated, and in Chinese a stage by its title. */
static const char *in_words(const struct policy *policy, const char *key, const char *value)
{
	const struct stage *stage = strcmp(key, "stage") == 0 ? policy_stage(policy, value, NULL) : NULL;

	if (strcmp(key, "decision") == 0 || strcmp(key, "outcome") == 0)
		return _(value);
	return stage != NULL && language_is_chinese() ? stage_title(stage) : value;
}

static void add_summary(const struct policy *policy, const struct entry *e, struct buf *line)
{
	static const char *const keys[] = {N_("case"), N_("round"), N_("stage"), N_("decision"), N_("title"), N_("opinion"),
	                                   N_("number"), N_("register"), N_("outcome"), N_("owner"), N_("since"),
	                                   N_("reason"), N_("note")};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *value = entry_get(e, keys[i]);

		if (value != NULL && value[0] != '\0') {
			buf_addf(line, "  %s ", _(keys[i]));
			value = in_words(policy, keys[i], value);
			utf8_add_printable(line, value, strlen(value));
		}
	}
}

static bool log_entry(const struct entry *e, void *context, struct err *err)
{
	struct log *log = context;
	char when[CLOCK_TEXT_SIZE], hex[DIGEST_HEX_SIZE];
	const char *case_id = entry_get(e, "case"), *type = _(entry_type_name(e->type));
	struct buf line = {0};

	(void)err;
	if (log->case_id != NULL && (case_id == NULL || strcmp(case_id, log->case_id) != 0))
		return true;
	buf_addf(&line, "%4u  %.12s  %s  %s%*s %s", (unsigned)e->seq, digest_to_hex(&e->id, hex), policy_clock(log->policy, e->time, when),
	         type, utf8_padding(type, 14), "", e->person);
	add_summary(log->policy, e, &line);
	log->lines = mem_grow(log->lines, log->count, sizeof(*log->lines));
	log->lines[log->count++] = buf_take(&line);
	return true;
}

/* Where to begin: with the first submission of the case, or as far back as is wanted. */
static bool first_of(const struct session *s, const struct log_args *args, const char *case_id, uint32_t *first, struct err *err)
{
	const struct review_case *c = NULL;

	*first = args->all || s->tip.seq <= NEWEST ? 1 : s->tip.seq - NEWEST + 1;
	if (case_id == NULL)
		return true;
	if (!session_case(s, case_id, &c, err))
		return false;
	*first = c->rounds[0].seq;
	return true;
}

static bool show_log(struct session *s, const struct call *call, struct err *err)
{
	const char *case_id = call->count > 0 ? call->words[0] : NULL;
	struct log log = {.case_id = case_id};
	uint32_t first;
	bool ok;

	if (call->count > 1)
		return err_set(err, ERR_USAGE, "log of which case: review log [CASE]");
	ok = session_open_view(s, err) && first_of(s, call->args, case_id, &first, err);
	log.policy = s->docket.policy;
	ok = ok && (ledger_look_back(s->repo, &s->tip, first, log_entry, &log, err) || err_hint(err, "review audit names what is wrong"));

	if (ok && case_id == NULL && first > 1)
		printf(_("%u earlier entries: review log --all\n"), (unsigned)first - 1);
	for (size_t i = log.count; i > 0; i--) {
		if (ok)
			(void)puts(log.lines[i - 1]);
		free(log.lines[i - 1]);
	}
	free(log.lines);
	return ok;
}

int run_log(const struct command *self, int argc, char **argv)
{
	struct log_args args = {0};

	return deed_run(self, argc, argv, &args, show_log);
}
