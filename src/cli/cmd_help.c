/* cmd_help.c - help, made from the command table, so that it cannot say something else. */
#include "command.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/word.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a command takes, with the names of words in the reader's language: "CASE [--html FILE]". */
static char *in_words(const char *synopsis)
{
	struct buf out = {0};

	while (*synopsis != '\0') {
		const size_t len = strspn(synopsis, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		char *word = len > 0 ? mem_copy_bytes(synopsis, len) : NULL;

		if (word != NULL)
			buf_add_string(&out, _(word));
		else
			buf_add_byte(&out, *synopsis);
		free(word);
		synopsis += len > 0 ? len : 1;
	}
	return buf_take(&out);
}

enum { LEFT = 26 }; /* columns for the option and what it takes */

static void print_options(const char *title, const struct option *options)
{
	if (options == NULL || options->name == NULL)
		return;
	printf("\n%s:\n", title);
	for (; options->name != NULL; options++) {
		char *argument = in_words(options->argument != NULL ? options->argument : "");
		char *left = mem_format("  --%s%s%s", options->name, argument[0] != '\0' ? " " : "", argument);
		const bool fits = utf8_width(left, strlen(left)) <= LEFT;

		printf("%s%s%*s %s\n", left, fits ? "" : "\n", fits ? utf8_padding(left, LEFT) : LEFT, "", _(options->help));
		free(left);
		free(argument);
	}
}

static int help_one(const struct command *c)
{
	char *synopsis = in_words(c->synopsis);

	printf(_("usage: review %s%s%s\n\n%s\n"), c->name, synopsis[0] != '\0' ? " " : "", synopsis, _(c->summary));
	free(synopsis);
	print_options(_("options"), c->options);
	print_options(_("options of every command"), global_options);
	return STATUS_DONE;
}

int help_unknown(const char *word)
{
	struct err err = {0};
	const char *names[64] = {0};
	const char *near;
	size_t n = 0;

	if (word == NULL) {
		(void)err_set(&err, ERR_USAGE, "no command given");
	} else {
		for (const struct command *c = commands; c->name != NULL && n < 63; c++)
			names[n++] = c->name;
		near = word_nearest(word, names);
		(void)err_set(&err, ERR_USAGE, "unknown command '%s'", word);
		if (near != NULL)
			(void)err_hint(&err, "did you mean 'review %s'?", near);
	}
	(void)err_hint(&err, "review help");
	return complain(&err);
}

int run_help(const struct command *self, int argc, char **argv)
{
	const struct command *one = argc > 0 ? command_find(argv[0]) : NULL;

	(void)self;
	if (one != NULL)
		return help_one(one);
	if (argc > 0)
		return help_unknown(argv[0]);
	printf(_("review - nothing is published before it was scanned and signed off\n\n"
	       "usage: review COMMAND [WORDS] [--options]\n\n"));
	for (const struct command *c = commands; c->name != NULL; c++)
		printf("  %-11s %s\n", c->name, _(c->summary));
	printf(_("\nexit status: 0 clear or done, 1 blocked, 2 usage, 3 could not decide\n"
	       "more: review help COMMAND, man review\n"));
	return STATUS_DONE;
}

int run_version(const struct command *self, int argc, char **argv)
{
	(void)self;
	(void)argc;
	(void)argv;
	printf("review " REVIEW_VERSION "\n");
	return STATUS_DONE;
}
