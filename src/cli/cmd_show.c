/* cmd_show.c - looking: one case, what waits, and the ledger entry by entry.  Nothing here signs. */
#include "command.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/buf.h"
#include "case_view.h"
#include "ledger/entry.h"
#include "office_days.h"
#include "options.h"
#include "policy/deadline.h"
#include "policy/verdict.h"
#include "scan/finding.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option show_options[] = {{NULL, 0, 0, NULL, NULL}};

static bool show(struct session *s, const char *id, struct err *err)
{
	const struct review_case *c = NULL;
	struct scan scan = {0};
	struct err why = {0};
	bool scanned;

	if (!session_open(s, err) || !session_case(s, id, &c, err))
		return false;
	scanned = session_scan_case(s, c, &scan, &why);
	if (!scanned && why.kind != ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	case_view_print(s, c, scanned ? &scan : NULL);
	scan_release(&scan);
	return true;
}

int run_show(const struct command *self, int argc, char **argv)
{
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, NULL, argc, argv, &words, &err)) {
		if (words.count != 1)
			(void)err_set(&err, ERR_USAGE, "show which case: review show CASE");
		else
			ok = show(&s, words.items[0], &err);
	}
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}

/* What the case waits for, in three or four words. */
static char *waiting_for(const struct session *s, const struct review_case *c, bool *mine)
{
	const struct round *round = case_round(c);
	const struct publication *last = c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;
	struct reasons reasons = {0};
	const struct stage *stage;
	uint32_t missing = 0;
	char *text;

	if (last != NULL && last->round == round->number && !last->done)
		return mem_copy_string("release begun, not finished: review release --resume");
	if (last != NULL && last->round == round->number)
		return mem_copy_string(last->withdrawn ? "withdrawn" : "released");
	if (case_decide(s->docket.policy, c, round->scan, &s->docket.rules, s->today, &reasons) == VERDICT_CLEAR) {
		reasons_release(&reasons);
		return mem_copy_string("clear: review release");
	}
	stage = case_current_stage(s->docket.policy, c, &missing);
	*mine = stage != NULL && s->person != NULL && policy_person(s->docket.policy, s->person) != NULL &&
	        person_may_sign(s->docket.policy, policy_person(s->docket.policy, s->person), stage->id, c->section,
	                        s->today) == ENTITLED;
	for (size_t i = 0; i < reasons.count; i++)
		if (reasons.items[i].code >= REASON_RETURNED && reasons.items[i].code <= REASON_KEY_COMPROMISED) {
			text = mem_copy_string(reasons.items[i].text);
			reasons_release(&reasons);
			*mine = false;
			return text;
		}
	text = stage != NULL ? mem_format("waits for %s", stage->id) : mem_copy_string("findings to be cleared");
	reasons_release(&reasons);
	return text;
}

/* A case of the inbox and its terms. */
struct waiting {
	const struct review_case *item;
	struct deadlines deadlines;
	size_t place; /* in order of submission */
};

/* Overdue first, then by the day they are due; those without a term last, in order of submission. */
static int by_term(const void *a, const void *b)
{
	const struct waiting *first = a, *second = b;
	const int order = deadlines_order(&first->deadlines, &second->deadlines);

	return order != 0 ? order : first->place < second->place ? -1 : 1;
}

static void print_waiting(struct session *s, const struct waiting *w)
{
	const struct review_case *c = w->item;
	const struct round *round = case_round(c);
	char day[DATE_TEXT_SIZE];
	struct buf title = {0};
	bool mine = false;
	char *state = waiting_for(s, c, &mine);
	char *term = w->deadlines.count > 0 ? deadline_words(&w->deadlines.items[0]) : NULL;

	utf8_add_printable(&title, round_field(round, "title"), strlen(round_field(round, "title")));
	printf("%s %s  %s  %-12s %s: %s%s%s\n", mine ? "*" : " ", c->id, date_to_text(date_of_time(round->time), day),
	       c->section, title.data != NULL ? title.data : "", state, term != NULL ? "; " : "", term != NULL ? term : "");
	buf_release(&title);
	free(state);
	free(term);
}

/* Why a day or a distance is not known; NULL: all are. */
static const struct err *first_unknown(const struct waiting *waiting, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < waiting[i].deadlines.count; k++)
			if (waiting[i].deadlines.items[k].why.kind != ERR_NONE)
				return &waiting[i].deadlines.items[k].why;
	return NULL;
}

/* Once for all cases. */
static void print_unknown_days(const struct waiting *waiting, size_t count)
{
	const struct err *why = first_unknown(waiting, count);

	if (why == NULL)
		return;
	printf("%s\n", why->why);
	if (why->hint[0] != '\0')
		printf("  %s\n", why->hint);
}

static bool inbox(struct session *s, struct err *err)
{
	struct err nobody = {0};
	struct office_days days = {0};
	struct waiting *waiting;

	if (!session_open(s, err))
		return false;
	if (!session_open_person(s, &nobody)) /* it only marks the lines that are one's own */
		nobody = (struct err){0};
	office_days_open(s, &days);
	waiting = mem_alloc(s->docket.case_count + 1, sizeof(*waiting));
	for (size_t i = 0; i < s->docket.case_count; i++) {
		waiting[i] = (struct waiting){.item = &s->docket.cases[i], .place = i};
		office_deadlines(s, &days, waiting[i].item, &waiting[i].deadlines);
	}
	qsort(waiting, s->docket.case_count, sizeof(*waiting), by_term);
	for (size_t i = 0; i < s->docket.case_count; i++)
		print_waiting(s, &waiting[i]);
	print_unknown_days(waiting, s->docket.case_count);
	if (s->docket.case_count == 0)
		printf("no cases; review submit FILE... --title TEXT starts one\n");
	else if (s->person != NULL)
		printf("* waits for %s\n", s->person);
	free(waiting);
	office_days_close(&days);
	return true;
}

int run_inbox(const struct command *self, int argc, char **argv)
{
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, NULL, argc, argv, &words, &err)) {
		if (words.count > 0)
			(void)err_set(&err, ERR_USAGE, "inbox takes no words");
		else
			ok = inbox(&s, &err);
	}
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}

struct log_filter {
	const char *case_id; /* NULL: everything */
	size_t shown;
};

static void print_summary(const struct entry *e)
{
	static const char *const keys[] = {"case", "round", "stage", "decision", "title", "opinion", "number",
	                                   "register", "outcome", "owner", "since", "reason", "note"};
	struct buf line = {0};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *value = entry_get(e, keys[i]);

		if (value != NULL && value[0] != '\0') {
			buf_addf(&line, "  %s ", keys[i]);
			utf8_add_printable(&line, value, strlen(value));
		}
	}
	printf("%s\n", line.data != NULL ? line.data : "");
	buf_release(&line);
}

static bool log_entry(const struct entry *e, void *context, struct err *err)
{
	struct log_filter *filter = context;
	char when[TIME_TEXT_SIZE], hex[DIGEST_HEX_SIZE];
	const char *case_id = entry_get(e, "case");

	(void)err;
	if (filter->case_id != NULL && (case_id == NULL || strcmp(case_id, filter->case_id) != 0))
		return true;
	filter->shown++;
	printf("%4u  %.12s  %s  %-14s %s", (unsigned)e->seq, digest_to_hex(&e->id, hex), time_to_text(e->time, when),
	       entry_type_name(e->type), e->person);
	print_summary(e);
	return true;
}

int run_log(const struct command *self, int argc, char **argv)
{
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	struct log_filter filter = {0};
	bool ok = false;

	if (!options_parse(self->options, NULL, argc, argv, &words, &err))
		goto out;
	if (words.count > 1) {
		(void)err_set(&err, ERR_USAGE, "log of which case: review log [CASE]");
		goto out;
	}
	filter.case_id = words.count > 0 ? words.items[0] : NULL;
	if (!session_open(&s, &err) || !ledger_walk(s.repo, &s.tip.commit, log_entry, &filter, NULL, &err))
		goto out;
	if (filter.shown == 0)
		(void)err_set(&err, ERR_NOT_FOUND, "there is no case '%s'", filter.case_id);
	else
		ok = true;
out:
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}
