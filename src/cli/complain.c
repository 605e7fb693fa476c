/* complain.c - refusals, as a person reads them: one line what, one line what to do. */
#include "command.h"
#include "progress_line.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static int status_of(enum err_kind kind)
{
	switch (kind) {
	case ERR_MISMATCH:
	case ERR_DENIED:
		return STATUS_BLOCKED;
	case ERR_USAGE:
		return STATUS_USAGE;
	case ERR_NONE:
	case ERR_SYSTEM:
	case ERR_INPUT:
	case ERR_LIMIT:
	case ERR_NOT_FOUND:
	case ERR_ELSEWHERE:
	case ERR_UNKNOWN:
	case ERR_CONFLICT:
		break;
	}
	return STATUS_UNDECIDED;
}

int complain(const struct err *err)
{
	struct buf line = {0}, hint = {0};

	utf8_add_printable(&line, err->told, strlen(err->told));
	utf8_add_printable(&hint, err->told_hint, strlen(err->told_hint));
	progress_end();
	(void)fflush(stdout);
	(void)fprintf(stderr, _("review: error: %s\n"), line.data != NULL ? line.data : _("unknown"));
	if (hint.len > 0)
		(void)fprintf(stderr, _("review: hint: %s\n"), hint.data);
	buf_release(&line);
	buf_release(&hint);
	return status_of(err->kind);
}
