/* err.c - refusals that can be read aloud.
 *
 * The first reason wins because it is nearest to the cause; everything later is an echo.  A text
 * that does not fit is cut: a shorter refusal is still a refusal. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
	va_list args;

	if (err->kind != ERR_NONE)
		return false;
	err->kind = kind;
	va_start(args, fmt);
	(void)vsnprintf(err->why, sizeof(err->why), fmt, args);
	va_end(args);
	return false;
}

bool err_errno(struct err *err, const char *fmt, ...)
{
	const int saved = errno;
	const bool absent = saved == ENOENT || saved == ENOTDIR;
	char what[512];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	return err_set(err, absent ? ERR_NOT_FOUND : ERR_SYSTEM, "%s: %s", what, strerror(saved));
}

void err_context(struct err *err, const char *fmt, ...)
{
	char doing[256], reason[sizeof(err->why)];
	va_list args;

	memcpy(reason, err->why, sizeof(reason));
	va_start(args, fmt);
	(void)vsnprintf(doing, sizeof(doing), fmt, args);
	va_end(args);
	if (snprintf(err->why, sizeof(err->why), "%s: %s", doing, reason) < 0)
		memcpy(err->why, reason, sizeof(reason));
}

bool err_hint(struct err *err, const char *fmt, ...)
{
	va_list args;

	if (err->hint[0] != '\0')
		return false;
	va_start(args, fmt);
	(void)vsnprintf(err->hint, sizeof(err->hint), fmt, args);
	va_end(args);
	return false;
}
