/* err.c - refusals that can be read aloud.
 *
 * The first reason wins because it is nearest to the cause; everything later is an echo.  A text
 * that does not fit is cut: a shorter refusal is still a refusal. */
#include "base/err.h"

#include "base/language.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A path and a line are followed by what editors look for, whatever the language. */
static const char *colon_behind(const char *doing)
{
	const size_t len = strlen(doing);

	return len > 0 && (unsigned char)doing[len - 1] >= 0x80 ? language_text(": ") : ": ";
}

bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
	va_list args;

	if (err->kind != ERR_NONE)
		return false;
	err->kind = kind;
	va_start(args, fmt);
	(void)vsnprintf(err->why, sizeof(err->why), fmt, args);
	va_end(args);
	va_start(args, fmt);
	(void)vsnprintf(err->told, sizeof(err->told), language_text(fmt), args);
	va_end(args);
	return false;
}

bool err_reason(struct err *err, enum err_kind kind, const char *reason)
{
	char *told = language_pieces(reason);

	if (err->kind == ERR_NONE) {
		err->kind = kind;
		(void)snprintf(err->why, sizeof(err->why), "%s", reason);
		(void)snprintf(err->told, sizeof(err->told), "%s", told);
	}
	free(told);
	return false;
}

bool err_errno(struct err *err, const char *fmt, ...)
{
	const int saved = errno;
	const bool absent = saved == ENOENT || saved == ENOTDIR;
	const char *system = strerror(saved);
	char what[512];
	va_list args;

	if (err->kind != ERR_NONE)
		return false;
	va_start(args, fmt);
	(void)vsnprintf(what, sizeof(what), language_text(fmt), args);
	va_end(args);
	(void)snprintf(err->told, sizeof(err->told), "%s%s%s", what, colon_behind(what), language_text(system));
	va_start(args, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	(void)snprintf(err->why, sizeof(err->why), "%s: %s", what, system);
	err->kind = absent ? ERR_NOT_FOUND : ERR_SYSTEM;
	return false;
}

/* Put `doing` in front of one of the two texts. */
static void put_before(const char *doing, const char *colon, char *text, size_t size)
{
	char reason[sizeof(((struct err *)NULL)->why)];

	memcpy(reason, text, size);
	if (snprintf(text, size, "%s%s%s", doing, colon, reason) < 0)
		memcpy(text, reason, size);
}

void err_context(struct err *err, const char *fmt, ...)
{
	char doing[256];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(doing, sizeof(doing), fmt, args);
	va_end(args);
	put_before(doing, ": ", err->why, sizeof(err->why));
	va_start(args, fmt);
	(void)vsnprintf(doing, sizeof(doing), language_text(fmt), args);
	va_end(args);
	put_before(doing, colon_behind(doing), err->told, sizeof(err->told));
}

bool err_hint(struct err *err, const char *fmt, ...)
{
	va_list args;

	if (err->hint[0] != '\0')
		return false;
	va_start(args, fmt);
	(void)vsnprintf(err->hint, sizeof(err->hint), fmt, args);
	va_end(args);
	va_start(args, fmt);
	(void)vsnprintf(err->told_hint, sizeof(err->told_hint), language_text(fmt), args);
	va_end(args);
	return false;
}

bool err_pass(struct err *err, const struct err *from)
{
	if (err->kind == ERR_NONE)
		*err = *from;
	return false;
}
