/* language_choose.c - which of the compiled-in languages the reader wants. */
#include "base/embedded.h"
#include "base/language.h"

#include <string.h>
#include <strings.h>

extern const struct embedded builtin_languages[];

static const char *first_set(const struct language_wish *wish)
{
	const char *const values[] = {wish->lc_all, wish->lc_messages, wish->lang};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (values[i] != NULL && values[i][0] != '\0')
			return values[i];
	return "C";
}

static bool is_other_charset(const char *locale)
{
	const char *dot = strchr(locale, '.');

	return dot != NULL && strncasecmp(dot + 1, "UTF-8", 5) != 0 && strncasecmp(dot + 1, "utf8", 4) != 0;
}

static bool is_language(const char *name, size_t len, const char *code)
{
	const size_t n = strlen(code);

	return len >= n && strncmp(name, code, n) == 0 && (len == n || strchr("_.@-", name[n]) != NULL);
}

/* Take the language of this name, "zh_CN" or "zh"; false: it is none of ours. */
static bool take(const char *name, size_t len)
{
	const size_t code = strcspn(name, "_.@-:");

	if (is_language(name, len, "en") || is_language(name, len, "C") || is_language(name, len, "POSIX")) {
		language_choose_source();
		return true;
	}
	for (const struct embedded *e = builtin_languages; e->name != NULL; e++)
		if (code == strcspn(e->name, "_.") && strncmp(e->name, name, code) == 0)
			return language_use(e->bytes, e->len, is_language(name, len, "zh"));
	return is_language(name, len, "zh") && language_use(NULL, 0, true); /* titles of rules and stages are there all the same */
}

void language_choose(const struct language_wish *wish)
{
	const char *locale = first_set(wish), *list = wish->language != NULL ? wish->language : "";

	language_choose_source();
	if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 || is_other_charset(locale))
		return;
	for (; *list != '\0'; list += strcspn(list, ":"), list += *list == ':' ? 1 : 0)
		if (take(list, strcspn(list, ":")))
			return;
	(void)take(locale, strlen(locale));
}
