/* case_view.c - a case as an official reads it: what it is, what was found, who said what, what is
 * missing.  Every text that somebody wrote goes through utf8_add_printable(); what matched a rule
 * is masked before it gets here. */
#include "case_view.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "gate.h"
#include "ledger/entry.h"
#include "office_days.h"
#include "policy/deadline.h"
#include "policy/verdict.h"
#include "rules/rule.h"
#include "scan/finding.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


char *person_title(const struct session *s, const char *id)
{
	const struct person *p = s->docket.policy != NULL ? policy_person(s->docket.policy, id) : NULL;

	return p != NULL && strcmp(p->name, id) != 0 ? mem_format("%s (%s)", p->name, id) : mem_copy_string(id);
}

/* A label and a text somebody wrote, safely. */
static void print_line(const char *label, const char *text)
{
	struct buf shown = {0};

	if (text == NULL || text[0] == '\0')
		return;
	utf8_add_printable(&shown, text, strlen(text));
	printf("  %s%*s %s\n", label, utf8_padding(label, 16), "", shown.data);
	buf_release(&shown);
}

static void print_pieces(const char *label, const char *text)
{
	char *shown = language_pieces(text);

	print_line(label, shown);
	free(shown);
}

static void print_terms(const struct session *s, const struct review_case *c)
{
	struct office_days days = {0};
	struct deadlines terms = {0};

	office_days_open(s, &days);
	office_deadlines(s, &days, c, &terms);
	for (size_t i = 0; i < terms.count; i++) {
		char *words = deadline_words(&terms.items[i]);

		print_line(i == 0 ? _("deadline") : "", words);
		free(words);
	}
	if (terms.asking && terms.count > 0)
		print_line("", _("others were asked; the term goes on"));
	office_days_close(&days);
}

static void print_form(const struct session *s, const struct review_case *c, const struct round *round)
{
	char when[CLOCK_TEXT_SIZE], *who = person_title(s, round->submitter);
	char *submitted = mem_format("%s, %s", who, policy_clock(s->docket.policy, round->time, when));
	const struct section *section = s->docket.policy != NULL ? policy_section(s->docket.policy, c->section) : NULL;
	struct buf title = {0};

	utf8_add_printable(&title, round_field(round, "title"), strlen(round_field(round, "title")));
	printf(_("case %s, round %u: %s\n"), c->id, (unsigned)round->number, title.data != NULL ? title.data : "");
	print_line(_("section"), section != NULL && language_is_chinese() ? section_title(section) : c->section);
	print_line(_("submitted by"), submitted);
	for (size_t i = 0; i < round->field_count; i++)
		if (strcmp(round->fields[i].key, "title") != 0)
			print_line(_(round->fields[i].key),
			           strcmp(round->fields[i].key, "attribute") == 0 ? _(round->fields[i].value) : round->fields[i].value);
	for (size_t i = 0; i < c->register_numbers.count; i++)
		print_line(_("filed as"), c->register_numbers.items[i]);
	print_terms(s, c);
	buf_release(&title);
	free(submitted);
	free(who);
}

static void print_files(const struct session *s, const struct round *round)
{
	printf(_("\nfiles\n"));
	for (size_t i = 0; i < round->files->count; i++) {
		const struct file_ref *f = &round->files->items[i];
		char hex[DIGEST_HEX_SIZE], *to = policy_public_path(s->docket.policy, f->path);

		printf("  %.12s %8llu  %s -> %s%s\n", digest_to_hex(&f->digest, hex), (unsigned long long)f->size,
		       f->path, s->docket.policy->public_dir, to);
		free(to);
	}
}

bool case_view_is_cleared(const struct review_case *c, const struct digest *finding)
{
	const struct round *round = case_round(c);

	for (size_t i = 0; i < round->sign_off_count; i++)
		for (size_t k = 0; round->sign_offs[i].decision == DECISION_APPROVE && k < round->sign_offs[i].clear_count; k++)
			if (digest_equal(&round->sign_offs[i].clears[k].finding, finding))
				return true;
	return false;
}

static const char *ground_words(enum ground ground)
{
	return ground_title(ground);
}

static void print_clearance(const struct session *s, const struct finding *f)
{
	if (f->clearance[0] == '\0')
		printf(_("       may be cleared by any stage\n"));
	else
		printf(_("       may be cleared by %s or later\n"), session_stage_words(s, f->clearance));
}

static void print_finding(const struct session *s, const struct review_case *c, const char *path, const struct finding *f, size_t number)
{
	char hex[DIGEST_HEX_SIZE];
	const char *state = f->action != 1 ? "" : case_view_is_cleared(c, &f->id) ? _(", cleared") : _(", not cleared");
	const char *title = language_is_chinese() ? f->title_zh : f->title_en;

	printf("  %zu. %s", number, path);
	if (f->line > 0)
		printf(":%u:%u", (unsigned)f->line, (unsigned)f->column);
	printf(": %s%s: %s [%s] %.8s\n", rule_action_title(f->action < 3 ? (enum rule_action)f->action : ACTION_BLOCK), state, title != NULL ? title : ground_words(f->ground), f->rule,
	       digest_to_hex(&f->id, hex));
	if (f->line == 0 && f->place[0] != '\0')
		print_pieces(_("in"), f->place);
	if (f->excerpt != NULL) {
		printf("       %s\n       %*s", f->excerpt, (int)f->mark, "");
		for (uint32_t i = 0; i < f->mark_width; i++)
			(void)putchar('~');
		(void)putchar('\n');
	}
	if (f->action == 1)
		print_clearance(s, f);
}

static void print_findings(const struct session *s, const struct review_case *c, const struct scan *scan)
{
	size_t number = 0;

	for (size_t i = 0; i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++) {
			if (number == 0)
				printf(_("\nfindings\n"));
			print_finding(s, c, scan->files[i].path, &scan->files[i].findings[k], ++number);
		}
	if (number == 0)
		printf(_("\nno findings\n"));
}

static void print_checks(const char *checks)
{
	const char *line = checks, *end;

	for (bool question = true; line != NULL; line = end != NULL ? end + 1 : NULL, question = !question) {
		char *text = mem_copy_bytes(line, strcspn(line, "\n"));

		end = strchr(line, '\n');
		print_line(question ? _("  asked") : _("  answer"), text);
		free(text);
	}
}

static void print_sign_off(const struct session *s, const struct sign_off *o)
{
	char when[CLOCK_TEXT_SIZE], hex[DIGEST_HEX_SIZE], day[DATE_TEXT_SIZE], *who = person_title(s, o->person);
	const char *stage = session_stage_words(s, o->stage);

	printf("  %s%*s %s: %s, %s\n", stage, utf8_padding(stage, 16), "", who,
	       o->decision != DECISION_NONE ? _(decision_name(o->decision)) : _("no longer counts: its key is compromised"), policy_clock(s->docket.policy, o->time, when));
	print_line("", o->opinion);
	print_checks(o->checks);
	if (o->ground != GROUND_NONE)
		print_line(_("  ground"), ground_words(o->ground));
	if (o->until != 0)
		print_line(_("  until"), date_to_text(o->until, day));
	print_line(_("  to"), o->addressee);
	print_line(_("  answer"), o->answer);
	for (size_t i = 0; i < o->clear_count; i++) {
		char *label = mem_format(_("  clears %.8s"), digest_to_hex(&o->clears[i].finding, hex));

		print_line(label, o->clears[i].reason);
		free(label);
	}
	free(who);
}

void case_view_verdict(const struct session *s, const struct review_case *c, const struct scan *scan)
{
	struct reasons reasons = {0};
	const enum verdict verdict =
		case_decide(s->docket.policy, c, scan, &s->docket.rules, s->today, &reasons);
	const struct publication *last = c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;

	if (last != NULL && last->done && !last->withdrawn && last->round == case_round(c)->number) {
		printf(_("\nreleased by entry %u: public\n"), (unsigned)last->seq);
		if (last->compromised)
			printf(_("  on the strength of a compromised key\n"
			       "  next: review withdraw %s --reason TEXT --incident, or release a new round of it\n"), c->id);
	} else if (last != NULL && !last->done && !last->withdrawn && last->round == case_round(c)->number) {
		printf(_("\nbegun to be released by entry %u, not finished\n  next: review release %s --resume\n"), (unsigned)last->seq, c->id);
	} else if (verdict == VERDICT_CLEAR) {
		printf(_("\nclear: may be released\n  next: review release %s\n"), c->id);
	} else {
		printf(_("\nblocked\n"));
		reasons_condense(&reasons);
		for (size_t i = 0; i < reasons.count; i++) {
			printf("  - %s\n", reasons.items[i].text);
			if (reasons.items[i].next != NULL && reasons.items[i].next[0] != '\0')
				printf("    %s\n", reasons.items[i].next);
		}
	}
	reasons_release(&reasons);
}

void case_view_print(const struct session *s, const struct review_case *c, const struct scan *scan)
{
	const struct round *round = case_round(c);

	print_form(s, c, round);
	print_files(s, round);
	if (scan == NULL)
		printf(_("\nthe documents are not here; findings as recorded when submitted:"));
	print_findings(s, c, scan != NULL ? scan : round->scan);
	if (round->sign_off_count > 0)
		printf(_("\nsign-offs\n"));
	for (size_t i = 0; i < round->sign_off_count; i++)
		print_sign_off(s, &round->sign_offs[i]);
}

void case_view_line(const struct review_case *c)
{
	const struct round *round = case_round(c);
	struct buf title = {0};

	utf8_add_printable(&title, round_field(round, "title"), strlen(round_field(round, "title")));
	printf(_("  %s  round %u  %s  %s\n"), c->id, (unsigned)round->number, c->section, title.data != NULL ? title.data : "");
	buf_release(&title);
}

static const struct finding *by_number(const struct scan *scan, unsigned long number)
{
	size_t n = 0;

	for (size_t i = 0; i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++)
			if (++n == number)
				return &scan->files[i].findings[k];
	return NULL;
}

bool case_view_finding(const struct scan *scan, const char *word, const struct finding **out, struct err *err)
{
	const size_t len = strlen(word);
	const struct finding *found = NULL;
	size_t matches = 0;
	char hex[DIGEST_HEX_SIZE], *end = NULL;

	if (len > 0 && len < 4) {
		const unsigned long number = strtoul(word, &end, 10);

		found = *end == '\0' ? by_number(scan, number) : NULL;
		matches = found != NULL ? 1 : 0;
	}
	for (size_t i = 0; len >= 4 && i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++)
			if (strncmp(digest_to_hex(&scan->files[i].findings[k].id, hex), word, len) == 0) {
				found = &scan->files[i].findings[k];
				matches++;
			}
	if (matches == 1) {
		*out = found;
		return true;
	}
	(void)err_set(err, ERR_USAGE, matches == 0 ? "there is no finding '%s'" : "'%s' means several findings", word);
	return err_hint(err, "review show lists them, with numbers and ids");
}
