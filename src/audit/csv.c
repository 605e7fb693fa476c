/* csv.c - the audit as one table, for those who work in a spreadsheet.
 *
 * RFC 4180 with a UTF-8 mark in front, without which the common office programs show Chinese as
 * rubbish.  A text that a spreadsheet could take for a formula gets an apostrophe in front: who wrote
 * a title must not be able to make the auditor's machine do something. */
#include "audit_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ledger/entry.h"

#include <stdlib.h>
#include <string.h>

/* Columns, in this order; a cell left NULL is empty. */
enum column {
	C_RECORD = 0, C_SEQ, C_TIME, C_TYPE, C_PERSON, C_KEY, C_CASE, C_ROUND, C_SECTION, C_STAGE, C_DECISION,
	C_GROUND, C_RULE, C_PLACE, C_DIGEST, C_SIZE, C_PATH, C_TEXT, COLUMNS
};

static const char HEAD[] = "\xEF\xBB\xBFrecord,seq,time,type,person,key,case,round,section,stage,decision,ground,rule,"
                           "place,sha-256,size,path,text\r\n";

static void add_cell(const char *text, struct buf *out)
{
	struct buf safe = {0};

	if (text == NULL || text[0] == '\0')
		return;
	utf8_add_printable(&safe, text, strlen(text));
	buf_add_byte(out, '"');
	if (strchr("=+-@\t\r", safe.data[0]) != NULL)
		buf_add_byte(out, '\'');
	for (size_t i = 0; i < safe.len; i++) {
		if (safe.data[i] == '"')
			buf_add_byte(out, '"');
		buf_add_byte(out, safe.data[i]);
	}
	buf_add_byte(out, '"');
	buf_release(&safe);
}

static void add_row(const char *const cells[COLUMNS], struct buf *out)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (i > 0)
			buf_add_byte(out, ',');
		add_cell(cells[i], out);
	}
	buf_add_string(out, "\r\n");
}

/* A number as a cell; 0 is none. */
static const char *number(unsigned long long n, char text[24])
{
	struct buf digits = {0};

	buf_addf(&digits, "%llu", n);
	memcpy(text, digits.data, digits.len + 1);
	buf_release(&digits);
	return n > 0 ? text : NULL;
}

static const char *ground_cell(enum ground ground)
{
	return ground != GROUND_NONE ? ground_name(ground) : NULL;
}

static void add_answer(const struct audit_report *r, struct buf *out)
{
	static const char *const answers[] = {"undecided", "violation", "good"};
	char seq[24], hex[DIGEST_HEX_SIZE], day[DATE_TEXT_SIZE];

	add_row((const char *const[COLUMNS]){[C_RECORD] = "answer", [C_SEQ] = number(r->entries, seq),
	                                     [C_TIME] = date_to_text(r->day, day), [C_TYPE] = answers[r->answer],
	                                     [C_CASE] = r->case_id, [C_DIGEST] = digest_to_hex(&r->ledger, hex)}, out);
	for (size_t i = 0; i < r->problem_count; i++) {
		char *text = mem_format("%s; so: %s", r->problems[i].what, r->problems[i].consequence);

		add_row((const char *const[COLUMNS]){[C_RECORD] = "problem", [C_TYPE] = answers[r->problems[i].answer],
		                                     [C_PLACE] = r->problems[i].where, [C_TEXT] = text}, out);
		free(text);
	}
	for (size_t i = 0; i < r->remark_count; i++)
		add_row((const char *const[COLUMNS]){[C_RECORD] = "remark", [C_TEXT] = r->remarks[i]}, out);
}

static void add_event(const struct audit_event *e, struct buf *out)
{
	char seq[24], round[24], time[TIME_TEXT_SIZE], hex[DIGEST_HEX_SIZE];

	add_row((const char *const[COLUMNS]){
		[C_RECORD] = "entry", [C_SEQ] = number(e->seq, seq), [C_TIME] = time_to_text(e->time, time),
		[C_TYPE] = e->type, [C_PERSON] = e->person, [C_KEY] = e->key, [C_CASE] = e->case_id,
		[C_ROUND] = number(e->round, round), [C_SECTION] = e->section, [C_STAGE] = e->stage,
		[C_DECISION] = e->decision, [C_GROUND] = ground_cell(e->ground), [C_DIGEST] = digest_to_hex(&e->id, hex),
		[C_TEXT] = e->text}, out);
}

static void add_clearance(const struct audit_clearance *c, struct buf *out)
{
	char seq[24], time[TIME_TEXT_SIZE], hex[DIGEST_HEX_SIZE];
	char *place = c->line > 0 ? mem_format("%u:%u", (unsigned)c->line, (unsigned)c->column) : mem_copy_string(c->place);

	add_row((const char *const[COLUMNS]){
		[C_RECORD] = "clearance", [C_SEQ] = number(c->seq, seq), [C_TIME] = time_to_text(c->time, time),
		[C_PERSON] = c->person, [C_CASE] = c->case_id, [C_STAGE] = c->stage, [C_GROUND] = ground_cell(c->ground),
		[C_RULE] = c->rule, [C_PLACE] = place, [C_DIGEST] = digest_to_hex(&c->finding, hex), [C_PATH] = c->path,
		[C_TEXT] = c->reason}, out);
	free(place);
}

static void add_publication(const struct audit_publication *p, struct buf *out)
{
	for (size_t i = 0; i < p->files->count; i++) {
		const struct file_ref *f = &p->files->items[i];
		char seq[24], round[24], size[24], time[TIME_TEXT_SIZE], hex[DIGEST_HEX_SIZE];

		add_row((const char *const[COLUMNS]){
			[C_RECORD] = "file", [C_SEQ] = number(p->seq, seq), [C_TIME] = time_to_text(p->time, time),
			[C_TYPE] = audit_state_name(p->state), [C_PERSON] = p->person, [C_CASE] = p->case_id,
			[C_ROUND] = number(p->round, round), [C_SECTION] = p->section,
			[C_DECISION] = p->incident ? "incident" : NULL, [C_DIGEST] = digest_to_hex(&f->digest, hex),
			[C_SIZE] = number(f->size, size), [C_PATH] = f->path, [C_TEXT] = p->why}, out);
	}
}

static void add_deadline(const struct audit_deadline *d, struct buf *out)
{
	char day[DATE_TEXT_SIZE], *reckoned = audit_reckoned(d);

	add_row((const char *const[COLUMNS]){
		[C_RECORD] = "deadline", [C_TIME] = d->known ? date_to_text(d->due, day) : NULL, [C_TYPE] = d->what,
		[C_CASE] = d->case_id, [C_SECTION] = d->section, [C_STAGE] = d->stage,
		[C_DECISION] = d->overdue ? "overdue" : "open", [C_TEXT] = reckoned}, out);
	free(reckoned);
}

void audit_csv(const struct audit_report *r, struct buf *out)
{
	const struct audit_history *h = &r->history;

	buf_add_string(out, HEAD);
	add_answer(r, out);
	for (size_t i = 0; i < h->event_count; i++)
		add_event(&h->events[i], out);
	for (size_t i = 0; i < h->clearance_count; i++)
		add_clearance(&h->clearances[i], out);
	for (size_t i = 0; i < h->publication_count; i++)
		add_publication(&h->publications[i], out);
	for (size_t i = 0; i < h->deadline_count; i++)
		add_deadline(&h->deadlines[i], out);
}
