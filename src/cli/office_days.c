/* office_days.c - the working days of this office, and terms in words. */
#include "office_days.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "policy/calendar.h"
#include "policy/deadline.h"
#include "repo/repo.h"
#include "session.h"

#include <stdlib.h>

enum { MOST_CALENDAR_BYTES = 1024 * 1024 };

bool office_calendar(void *repo, const char *id, struct calendar **out, struct err *err)
{
	const char *top = repo != NULL ? repo_work_dir(repo) : NULL;
	char *inside = mem_format(".review/calendar/%s.yaml", id), *path = top != NULL ? fs_join(top, inside) : NULL;
	struct buf text = {0};
	bool ok;

	if (path == NULL || id[0] == '\0' || !fs_exists(path))
		ok = calendar_built_in(id, out, err);
	else
		ok = fs_read_file(path, MOST_CALENDAR_BYTES, &text, err) && calendar_parse(inside, text.data, text.len, out, err);
	buf_release(&text);
	free(path);
	free(inside);
	return ok;
}

void office_days_open(const struct session *s, struct office_days *out)
{
	*out = (struct office_days){0};
	if (!office_calendar(s->repo, s->docket.policy->calendar, &out->calendar, &out->missing))
		out->calendar = NULL;
}

void office_days_close(struct office_days *days)
{
	calendar_free(days->calendar);
	days->calendar = NULL;
}

void office_deadlines(const struct session *s, const struct office_days *days, const struct review_case *c, struct deadlines *out)
{
	case_deadlines(s->docket.policy, days->calendar, &days->missing, c, s->today, out);
}

char *deadline_words(const struct deadline *d)
{
	char day[DATE_TEXT_SIZE];

	if (!d->known)
		return mem_copy_string(_("due on a day not known"));
	(void)date_to_text(d->due, day);
	if (d->why.kind != ERR_NONE)
		return mem_format(d->overdue ? _("overdue since %s") : _("due %s"), day);
	if (d->overdue)
		return mem_format(P_("overdue since %s, by %u working day", "overdue since %s, by %u working days", d->left), day,
		                  (unsigned)d->left);
	if (d->left == 0)
		return mem_format(_("due today, %s"), day);
	return mem_format(P_("due %s, %u working day left", "due %s, %u working days left", d->left), day, (unsigned)d->left);
}
