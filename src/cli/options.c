/* options.c - the command line, read strictly: an option nobody knows stops everything, because a
 * misspelt option silently ignored could publish what it was meant to hold back. */
#include "options.h"

#include "base/language.h"
#include "base/mem.h"
#include "base/word.h"
#include "choices.h"
#include "command.h"

#include <stdlib.h>
#include <string.h>

struct global_options globals;

const struct option global_options[] = {
	{"person", OPTION_VALUE, offsetof(struct global_options, person), "PERSON", "who signs (default: git config review.person)"},
	{"key", OPTION_VALUE, offsetof(struct global_options, key), "KEY", "a key file or agent:SHA256:... (default: git config review.key)"},
	{"directory", OPTION_VALUE, offsetof(struct global_options, directory), "DIR", "work there instead of here"},
	{"yes", OPTION_FLAG, offsetof(struct global_options, yes), NULL, "do not ask before signing"},
	{NULL, 0, 0, NULL, NULL},
};

static const struct option *find(const struct option *options, const char *name, size_t len)
{
	for (; options != NULL && options->name != NULL; options++)
		if (strlen(options->name) == len && memcmp(options->name, name, len) == 0)
			return options;
	return NULL;
}

static bool unknown(const struct option *options, const char *word, struct err *err)
{
	const char *names[64] = {0};
	const char *near;
	size_t n = 0;

	for (; options != NULL && options->name != NULL && n < 50; options++)
		names[n++] = options->name;
	for (const struct option *o = global_options; o->name != NULL && n < 60; o++)
		names[n++] = o->name;
	near = word_nearest(word + 2, names);
	(void)err_set(err, ERR_USAGE, "unknown option '%s'", word);
	return near != NULL ? err_hint(err, "did you mean --%s?", near) : false;
}

static void list_add(struct option_list *list, const char *value)
{
	list->items = mem_grow(list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = value;
}

static bool value_is_allowed(const struct option *option, const char *value, struct err *err)
{
	char *what;
	bool ok;

	if (!is_choices(option->argument))
		return true;
	what = mem_format("--%s", option->name);
	ok = choices_have(option->argument, value, what, err);
	free(what);
	return ok;
}

/* Store one option; *i moves on when the value is the next word. */
static bool take(const struct option *option, void *into, const char *equals, int argc, char **argv,
                 int *i, struct err *err)
{
	const char *value = equals != NULL ? equals + 1 : NULL;

	if (option->kind == OPTION_FLAG) {
		if (value != NULL)
			return err_set(err, ERR_USAGE, "--%s takes no value", option->name);
		*(bool *)into = true;
		return true;
	}
	if (value == NULL && *i + 1 < argc)
		value = argv[++*i];
	if (value == NULL)
		return err_set(err, ERR_USAGE, "--%s needs a value: %s", option->name, option->argument);
	if (!value_is_allowed(option, value, err))
		return false;
	if (option->kind == OPTION_LIST) {
		list_add(into, value);
		return true;
	}
	if (*(const char **)into != NULL)
		return err_set(err, ERR_USAGE, "--%s is given twice", option->name);
	*(const char **)into = value;
	if (strcmp(option->name, "format") == 0 && strcmp(value, "text") != 0 && strcmp(value, "html") != 0)
		language_choose_source(); /* what machines read is the same everywhere */
	return true;
}

static bool parse(const struct option *options, void *args, int argc, char **argv, struct option_list *rest,
                  struct err *err)
{
	for (int i = 0; i < argc; i++) {
		const char *word = argv[i], *equals = strchr(word, '=');
		const size_t len = equals != NULL ? (size_t)(equals - word) : strlen(word);
		const struct option *own, *global;

		if (strcmp(word, "--") == 0) {
			while (++i < argc)
				list_add(rest, argv[i]);
			break;
		}
		if (word[0] != '-' || word[1] == '\0') {
			list_add(rest, word);
			continue;
		}
		if (word[1] != '-')
			return err_set(err, ERR_USAGE, "unknown option '%s': options are written out, --like-this", word);
		own = find(options, word + 2, len - 2);
		global = find(global_options, word + 2, len - 2);
		if (own == NULL && global == NULL)
			return unknown(options, word, err);
		if (!take(own != NULL ? own : global,
		          own != NULL ? (char *)args + own->into : (char *)&globals + global->into, equals,
		          argc, argv, &i, err))
			return false;
	}
	return true;
}

bool options_parse(const struct option *options, void *args, int argc, char **argv,
                   struct option_list *rest, struct err *err)
{
	if (parse(options, args, argc, argv, rest, err))
		return true;
	return globals.command != NULL ? err_hint(err, "review help %s", globals.command) : false;
}

void options_release(const struct option *options, void *args)
{
	for (; options != NULL && options->name != NULL; options++)
		if (options->kind == OPTION_LIST) {
			struct option_list *list = (struct option_list *)((char *)args + options->into);

			free(list->items);
			*list = (struct option_list){0};
		}
}
