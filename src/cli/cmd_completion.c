/* cmd_completion.c - what may come next on a command line that is not finished, for the shells.
 *
 * The scripts in completions/ ask and show; everything is known here, from the table that also makes
 * the help, so that no script can fall behind.  What a word may be follows from what the help calls
 * it: FILE, CASE, PERSON.  Printed is one answer a line, with what it means behind a tab; or one of
 * ":files" and ":folders", which a shell knows better. */
#include "command.h"

#include "base/language.h"
#include "base/buf.h"
#include "base/ground.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "gate.h"
#include "options.h"
#include "rules/ruleset.h"
#include "session.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The line so far, up to the word that is being typed. */
struct unfinished {
	const struct command *command;
	const struct option *option;    /* its value is being typed; NULL: a word of the command */
	const char *front, *typed;      /* "--stage=" where that is part of the word, and what was typed */
	size_t position;                /* of a word of the command, from 0 */
	bool words_only;                /* behind -- */
	const struct option *given[64];
	size_t given_count;
};

static bool begins(const char *word, const char *typed)
{
	return strncmp(word, typed, strlen(typed)) == 0;
}

static void offer(const struct unfinished *u, const char *word, const char *meaning)
{
	struct buf text = {0};

	if (!begins(word, u->typed))
		return;
	utf8_add_printable(&text, meaning, strlen(meaning));
	printf("%s%s%s%s\n", u->front, word, text.len > 0 ? "\t" : "", text.len > 0 ? text.data : "");
	buf_release(&text);
}

/* "check|test|list [ID]": the words before the first space. */
static void offer_choices(const struct unfinished *u, const char *choices, size_t len)
{
	while (len > 0) {
		const char *bar = memchr(choices, '|', len);
		const size_t n = bar != NULL ? (size_t)(bar - choices) : len;
		char *word = mem_copy_bytes(choices, n);

		offer(u, word, "");
		free(word);
		choices += bar != NULL ? n + 1 : n;
		len -= bar != NULL ? n + 1 : n;
	}
}

static void offer_commands(const struct unfinished *u)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		offer(u, c->name, _(c->summary));
}

static void offer_grounds(const struct unfinished *u)
{
	for (int g = GROUND_STATE_SECRET; g <= GROUND_INQUIRY; g++)
		offer(u, ground_name((enum ground)g),
		       ground_title((enum ground)g));
}

static void offer_rules(const struct unfinished *u, struct session *s)
{
	struct err ignored = {0};

	if (!gate_open(s, NULL, &ignored))
		return;
	for (size_t i = 0; i < s->rules->count; i++)
		offer(u, s->rules->rules[i].id, language_is_chinese() ? s->rules->rules[i].title_zh : s->rules->rules[i].title_en);
}

static void offer_cases(const struct unfinished *u, struct session *s)
{
	struct err ignored = {0};

	if (!session_open_view(s, &ignored))
		return;
	for (size_t i = s->docket.case_count; i > 0; i--) {
		const struct review_case *c = docket_case_at(&s->docket, i - 1);

		if (!docket_is_whole(&s->docket, &ignored))
			return;
		offer(u, c->id, round_field(case_round(c), "title"));
	}
}

static void offer_people(const struct unfinished *u, struct session *s)
{
	struct err ignored = {0};

	if (!session_open_view(s, &ignored))
		return;
	for (size_t i = 0; i < s->docket.policy->person_count; i++)
		offer(u, s->docket.policy->people[i].id, s->docket.policy->people[i].name);
}

static void offer_stages(const struct unfinished *u, struct session *s)
{
	struct err ignored = {0};

	if (!session_open_view(s, &ignored))
		return;
	for (size_t i = 0; i < s->docket.policy->stage_count; i++) {
		const struct stage *stage = &s->docket.policy->stages[i];

		offer(u, stage->id, language_is_chinese() ? stage->title_zh : stage->title_en);
	}
}

/* What the help calls a word: "FILE", "CASE", "DATE|SEQ" (the first counts), "json|csv". */
static void offer_named(const struct unfinished *u, const char *name, size_t len)
{
	static const struct { const char *name; void (*all)(const struct unfinished *, struct session *); } asked[] = {
		{"CASE", offer_cases}, {"PERSON", offer_people}, {"RULE", offer_rules}, {"STAGE", offer_stages},
	};
	const char *bar = memchr(name, '|', len);
	const size_t first = bar != NULL ? (size_t)(bar - name) : len;
	struct session s = {0};

	if (first > 0 && islower((unsigned char)name[0]))
		offer_choices(u, name, len);
	else if ((first == 4 && memcmp(name, "FILE", 4) == 0) || (first == 4 && memcmp(name, "PATH", 4) == 0) ||
	         (first == 3 && memcmp(name, "KEY", 3) == 0))
		printf(":files\n");
	else if (first == 3 && memcmp(name, "DIR", 3) == 0)
		printf(":folders\n");
	else if (first == 7 && memcmp(name, "COMMAND", 7) == 0)
		offer_commands(u);
	else if (first == 6 && memcmp(name, "GROUND", 6) == 0)
		offer_grounds(u);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		if (strlen(asked[i].name) == first && memcmp(asked[i].name, name, first) == 0)
			asked[i].all(u, &s);
	session_close(&s);
}

/* The place of a synopsis this word stands at; options and what they take are no places. */
static void offer_position(const struct unfinished *u)
{
	const char *p = u->command->synopsis;

	for (size_t n = 0;; n++) {
		size_t len = 0;

		for (p += strspn(p, " ["); begins(p, "--"); p += strspn(p, " [")) {
			len = strcspn(p, " ");
			p += len;
			if (p[-1] != ']' && p[-1] != '.')
				p += strspn(p, " "), p += strcspn(p, " ");
		}
		len = strcspn(p, " ].");
		if (len == 0)
			return;
		if (n == u->position || begins(p + len, "...")) {
			offer_named(u, p, len);
			return;
		}
		p += strcspn(p, " ");
	}
}

static bool is_given(const struct unfinished *u, const struct option *option)
{
	for (size_t i = 0; i < u->given_count; i++)
		if (u->given[i] == option && option->kind != OPTION_LIST)
			return true;
	return false;
}

static void offer_options(const struct unfinished *u, const struct option *options)
{
	for (; options != NULL && options->name != NULL; options++) {
		char *word = mem_format("--%s", options->name);

		if (!is_given(u, options))
			offer(u, word, _(options->help));
		free(word);
	}
}

static const struct option *named(const struct command *c, const char *word)
{
	const struct option *tables[] = {c->options, global_options};
	const size_t len = strcspn(word, "=");

	for (size_t i = 0; i < 2; i++)
		for (const struct option *o = tables[i]; o != NULL && o->name != NULL; o++)
			if (len == strlen(o->name) + 2 && memcmp(word + 2, o->name, len - 2) == 0)
				return o;
	return NULL;
}

/* One finished word.  bash takes words apart at = and at :, the others do not. */
static void take_word(struct unfinished *u, const char *before, const char *word)
{
	const char *equals = strchr(word, '=');

	if (strcmp(word, ":") == 0 || strcmp(before, ":") == 0 || (u->option != NULL && strcmp(word, "=") == 0))
		return;
	if (u->option != NULL) {
		if (strcmp(u->option->name, "directory") == 0)
			globals.directory = word;
		u->option = NULL;
	} else if (!u->words_only && strcmp(word, "--") == 0) {
		u->words_only = true;
	} else if (!u->words_only && begins(word, "--")) {
		const struct option *o = named(u->command, word);

		if (o != NULL && u->given_count < sizeof(u->given) / sizeof(u->given[0]))
			u->given[u->given_count++] = o;
		if (o != NULL && o->kind != OPTION_FLAG && equals == NULL)
			u->option = o;
	} else {
		u->position++;
	}
}

static void offer_last(struct unfinished *u, const char *last)
{
	const char *equals = begins(last, "--") && !u->words_only ? strchr(last, '=') : NULL;
	char *front = NULL;

	u->typed = last;
	if (u->option != NULL && strcmp(last, "=") == 0) {
		u->typed = "";
	} else if (u->option == NULL && equals != NULL) {
		u->option = named(u->command, last);
		if (u->option == NULL || u->option->kind == OPTION_FLAG)
			return;
		u->typed = equals + 1;
		u->front = front = mem_copy_bytes(last, (size_t)(equals + 1 - last));
	}
	if (u->option != NULL) {
		offer_named(u, u->option->argument, strlen(u->option->argument));
	} else if (!u->words_only && last[0] == '-') {
		offer_options(u, u->command->options);
		offer_options(u, global_options);
		offer(u, "--help", _("this command in full"));
	} else {
		offer_position(u);
	}
	free(front);
}

int run_completion(const struct command *self, int argc, char **argv)
{
	struct unfinished u = {.front = "", .typed = ""};

	(void)self;
	if (argc < 2 || strcmp(argv[0], "--") != 0) {
		struct err err = {0};

		(void)err_set(&err, ERR_USAGE, "completion of which words: review completion -- WORD...");
		(void)err_hint(&err, "the scripts in completions/ ask; man review says where they go");
		return complain(&err);
	}
	if (argc == 2) {
		u.typed = argv[1];
		offer_commands(&u);
		offer(&u, "--help", _("all commands"));
		offer(&u, "--version", _("the version"));
		return STATUS_DONE;
	}
	u.command = command_find(argv[1]);
	if (u.command == NULL)
		return STATUS_DONE;
	for (int i = 2; i < argc - 1; i++)
		take_word(&u, argv[i - 1], argv[i]);
	offer_last(&u, argv[argc - 1]);
	return STATUS_DONE;
}
