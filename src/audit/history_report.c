/* history_report.c - what happened, as text and as JSON. */
#include "audit_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/json.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ledger/entry.h"

#include <stdlib.h>
#include <string.h>

static void add_safe(struct buf *out, const char *text) { utf8_add_printable(out, text, strlen(text)); }

static void add_word(struct buf *out, const char *word)
{
	if (word[0] != '\0')
		buf_add_byte(out, ' ');
	add_safe(out, word);
}

static void add_event_text(const struct audit_report *r, const struct audit_event *e, struct buf *out)
{
	char time[CLOCK_TEXT_SIZE];

	buf_addf(out, _("entry   %u  %s  %s"), (unsigned)e->seq, time_to_clock(e->time, r->utc_offset, time), e->person);
	add_word(out, _(e->type));
	add_word(out, audit_name(&r->history.stage_titles, e->stage));
	add_word(out, _(e->decision));
	if (e->ground != GROUND_NONE)
		add_word(out, ground_title(e->ground));
	buf_add_string(out, e->text[0] != '\0' ? "\n        " : "");
	add_safe(out, e->text);
	buf_add_byte(out, '\n');
}

static void add_clearance_text(const struct audit_clearance *c, struct buf *out)
{
	buf_addf(out, _("        cleared [%s] in "), c->rule);
	add_safe(out, c->path);
	if (c->line > 0)
		buf_addf(out, ":%u:%u", (unsigned)c->line, (unsigned)c->column);
	buf_add_string(out, ": ");
	add_safe(out, c->reason);
	buf_add_byte(out, '\n');
}

char *audit_reckoned(const struct audit_deadline *d)
{
	if (d->days == 0)
		return mem_copy_string("");
	return mem_format(P_("%u working day from %s", "%u working days from %s", d->days), (unsigned)d->days, _(d->from));
}

static void add_deadline_text(const struct audit_history *h, const struct audit_deadline *d, struct buf *out)
{
	char day[DATE_TEXT_SIZE], *reckoned = audit_reckoned(d);

	buf_addf(out, "%s %s %s %s", d->overdue ? _("overdue") : _("open   "), d->known ? date_to_text(d->due, day) : _("not known "),
	         d->case_id, _(d->what));
	if (d->stage[0] != '\0')
		buf_add_byte(out, ' ');
	add_safe(out, audit_name(&h->stage_titles, d->stage));
	buf_addf(out, "%s%s%s\n", reckoned[0] != '\0' ? " (" : "", reckoned, reckoned[0] != '\0' ? ")" : "");
	free(reckoned);
}

void history_text(const struct audit_report *r, struct buf *out)
{
	const struct audit_history *h = &r->history;

	for (size_t i = 0; i < h->event_count; i++) {
		add_event_text(r, &h->events[i], out);
		for (size_t k = 0; k < h->clearance_count; k++)
			if (h->clearances[k].seq == h->events[i].seq)
				add_clearance_text(&h->clearances[k], out);
	}
	for (size_t i = 0; i < h->deadline_count; i++)
		add_deadline_text(h, &h->deadlines[i], out);
	if (h->calendar_missing != NULL)
		buf_addf(out, "         %s\n", h->calendar_missing);
}

/* `"name": "text"`, with a comma in front unless it is the first. */
static void member(struct buf *out, const char *name, const char *text)
{
	buf_addf(out, "%s\"%s\": ", out->data[out->len - 1] == '{' ? "" : ", ", name);
	json_text(out, text);
}

static void number(struct buf *out, const char *name, unsigned long long n) { buf_addf(out, ", \"%s\": %llu", name, n); }

static void member_time(struct buf *out, int64_t time)
{
	char text[TIME_TEXT_SIZE];

	member(out, "time", time_to_text(time, text));
}

static void member_digest(struct buf *out, const char *name, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	member(out, name, digest_is_zero(digest) ? "" : digest_to_hex(digest, hex));
}

static void begin(struct buf *out, const char *name, const char *key, unsigned seq)
{
	buf_addf(out, "%s\n  {\"%s\": %u", name, key, seq);
}

static const char *comma(size_t i) { return i > 0 ? "," : ""; }

static void events_json(const struct audit_history *h, struct buf *out)
{
	buf_add_string(out, " \"events\": [");
	for (size_t i = 0; i < h->event_count; i++) {
		const struct audit_event *e = &h->events[i];

		begin(out, comma(i), "seq", (unsigned)e->seq);
		member_time(out, e->time);
		member(out, "type", e->type);
		member(out, "person", e->person);
		member(out, "key", e->key);
		member(out, "case", e->case_id);
		number(out, "round", e->round);
		member(out, "section", e->section);
		member(out, "stage", e->stage);
		member(out, "decision", e->decision);
		member(out, "ground", e->ground != GROUND_NONE ? ground_name(e->ground) : "");
		number(out, "files", e->files);
		member(out, "text", e->text);
		member_digest(out, "id", &e->id);
		buf_add_byte(out, '}');
	}
	buf_add_string(out, "],\n");
}

static void clearances_json(const struct audit_history *h, struct buf *out)
{
	buf_add_string(out, " \"cleared\": [");
	for (size_t i = 0; i < h->clearance_count; i++) {
		const struct audit_clearance *c = &h->clearances[i];

		begin(out, comma(i), "seq", (unsigned)c->seq);
		member_time(out, c->time);
		member(out, "person", c->person);
		member(out, "case", c->case_id);
		member(out, "stage", c->stage);
		member_digest(out, "finding", &c->finding);
		member(out, "rule", c->rule);
		member(out, "ground", c->ground != GROUND_NONE ? ground_name(c->ground) : "");
		member(out, "path", c->path);
		member(out, "place", c->place);
		number(out, "line", c->line);
		number(out, "column", c->column);
		member(out, "reason", c->reason);
		member_digest(out, "evidence", &c->evidence);
		buf_add_byte(out, '}');
	}
	buf_add_string(out, "],\n");
}

static void publications_json(const struct audit_history *h, struct buf *out)
{
	buf_add_string(out, " \"publications\": [");
	for (size_t i = 0; i < h->publication_count; i++) {
		const struct audit_publication *p = &h->publications[i];

		begin(out, comma(i), "seq", (unsigned)p->seq);
		member_time(out, p->time);
		member(out, "case", p->case_id);
		number(out, "round", p->round);
		member(out, "section", p->section);
		member(out, "person", p->person);
		member(out, "state", audit_state_name(p->state));
		buf_addf(out, ", \"incident\": %s", p->incident ? "true" : "false");
		member(out, "why", p->why);
		buf_add_string(out, ", \"files\": [");
		for (size_t k = 0; k < p->files->count; k++) {
			buf_addf(out, "%s{", k > 0 ? ", " : "");
			member(out, "path", p->files->items[k].path);
			member_digest(out, "sha-256", &p->files->items[k].digest);
			number(out, "size", p->files->items[k].size);
			buf_add_byte(out, '}');
		}
		buf_add_string(out, "]}");
	}
	buf_add_string(out, "],\n");
}

static void figures_json(const char *name, const struct audit_figures *figures, struct buf *out)
{
	static const char *const counts[AUDIT_COUNTS] = {"submitted", "findings", "cleared",  "approved",
	                                                 "otherwise", "released", "withdrawn"};

	buf_addf(out, " \"by-%s\": [", name);
	for (size_t i = 0; i < figures->count; i++) {
		buf_addf(out, "%s\n  {", comma(i));
		member(out, name, figures->rows[i].name);
		for (size_t k = 0; k < AUDIT_COUNTS; k++)
			number(out, counts[k], figures->rows[i].counts[k]);
		buf_add_byte(out, '}');
	}
	buf_add_string(out, "],\n");
}

static void deadlines_json(const struct audit_history *h, struct buf *out)
{
	char day[DATE_TEXT_SIZE], hex[DIGEST_HEX_SIZE];

	buf_add_string(out, " \"deadlines\": [");
	for (size_t i = 0; i < h->deadline_count; i++) {
		const struct audit_deadline *d = &h->deadlines[i];
		char *reckoned = audit_reckoned(d);

		buf_addf(out, "%s\n  {", comma(i));
		member(out, "case", d->case_id);
		member(out, "section", d->section);
		member(out, "what", d->what);
		member(out, "stage", d->stage);
		member(out, "reckoned", reckoned);
		member(out, "due", d->known ? date_to_text(d->due, day) : "");
		buf_addf(out, ", \"overdue\": %s}", d->overdue ? "true" : "false");
		free(reckoned);
	}
	buf_add_string(out, "]");
	member(out, "calendar", h->calendar);
	member(out, "calendar-sha-256", digest_is_zero(&h->calendar_digest) ? "" : digest_to_hex(&h->calendar_digest, hex));
}

void history_json(const struct audit_report *r, struct buf *out)
{
	const struct audit_history *h = &r->history;

	events_json(h, out);
	clearances_json(h, out);
	publications_json(h, out);
	figures_json("section", &h->sections, out);
	figures_json("ground", &h->grounds, out);
	figures_json("month", &h->months, out);
	deadlines_json(h, out);
}
