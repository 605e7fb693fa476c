/* history.c - collecting what happened, entry by entry, while it is replayed.
 *
 * Only entries that the docket has taken in get here, so what is told was valid at its position.
 * Texts are kept as they were signed, and masked in one place (mask.c) before anybody prints them. */
#include "history_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "scan/finding.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

const char *audit_state_name(enum audit_state state)
{
	static const char *const names[] = {"unfinished", "public", "superseded", "withdrawn"};

	return names[state];
}

static char *copy(const struct entry *e, const char *key)
{
	const char *value = entry_get(e, key);

	return mem_copy_string(value != NULL ? value : "");
}

static enum ground ground_of(const struct entry *e)
{
	const char *value = entry_get(e, "ground");

	return value != NULL ? ground_from_name(value, strlen(value)) : GROUND_NONE;
}

static bool is_approval(const struct entry *e)
{
	return strcmp(entry_get(e, "decision"), "approve") == 0;
}

/* What the signer wrote, without what has a column of its own. */
static char *words_of(const struct entry *e)
{
	static const char *const keys[] = {"office", "title", "opinion", "addressee", "until", "outcome",
	                                   "register", "reason", "note"};
	struct buf text = {0};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *value = entry_get(e, keys[i]);

		if (value != NULL && value[0] != '\0')
			buf_addf(&text, "%s%s: %s", text.len > 0 ? "; " : "", _(keys[i]), value);
	}
	return buf_take(&text);
}

static size_t count_lines(const struct entry *e, const char *key)
{
	size_t n = 0;

	for (size_t i = 0; i < e->line_count; i++)
		n += strcmp(e->lines[i].key, key) == 0 ? 1 : 0;
	return n;
}

static void add_event(struct audit_history *h, const struct entry *e, const struct review_case *c)
{
	h->events = mem_grow(h->events, h->event_count, sizeof(*h->events));
	h->events[h->event_count++] = (struct audit_event){
		.seq = e->seq,
		.round = c != NULL ? entry_get_number(e, "round") : 0,
		.time = e->time,
		.id = e->id,
		.type = entry_type_name(e->type),
		.person = mem_copy_string(e->person),
		.key = mem_copy_string(public_key_fingerprint(e->key)),
		.case_id = copy(e, "case"),
		.section = mem_copy_string(c != NULL ? c->section : ""),
		.stage = copy(e, "stage"),
		.decision = copy(e, "decision"),
		.ground = ground_of(e),
		.files = count_lines(e, "file"),
		.text = words_of(e),
	};
}

static const struct finding *find(const struct scan *scan, const struct digest *id, const char **path)
{
	for (size_t i = 0; scan != NULL && i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++)
			if (digest_equal(&scan->files[i].findings[k].id, id)) {
				*path = scan->files[i].path;
				return &scan->files[i].findings[k];
			}
	return NULL;
}

static void add_clearance(struct history_order *o, const struct entry *e, const struct review_case *c,
                          struct clearance *clear)
{
	struct audit_history *h = o->into;
	const char *path = "";
	const struct finding *f = find(case_round(c)->scan, &clear->finding, &path);

	if (f != NULL)
		audit_figure(&h->grounds, ground_name(f->ground))->counts[COUNT_CLEARED]++;
	if (!o->events)
		return;
	h->clearances = mem_grow(h->clearances, h->clearance_count, sizeof(*h->clearances));
	h->clearances[h->clearance_count++] = (struct audit_clearance){
		.seq = e->seq,
		.time = e->time,
		.person = mem_copy_string(e->person),
		.stage = copy(e, "stage"),
		.case_id = mem_copy_string(c->id),
		.finding = clear->finding,
		.evidence = clear->evidence,
		.rule = mem_copy_string(f != NULL ? f->rule : ""),
		.path = mem_copy_string(path),
		.place = mem_copy_string(f != NULL ? f->place : ""),
		.ground = f != NULL ? f->ground : GROUND_NONE,
		.line = f != NULL ? f->line : 0,
		.column = f != NULL ? f->column : 0,
		.reason = mem_copy_string(clear->reason),
	};
}

struct audit_figure *audit_figure(struct audit_figures *figures, const char *name)
{
	for (size_t i = figures->count; i > 0; i--) /* the last month is the likely one */
		if (strcmp(figures->rows[i - 1].name, name) == 0)
			return &figures->rows[i - 1];
	figures->rows = mem_grow(figures->rows, figures->count, sizeof(*figures->rows));
	figures->rows[figures->count].name = mem_copy_string(name);
	return &figures->rows[figures->count++];
}

/* Findings of a new round, by ground; how many there are. */
static size_t count_findings(struct audit_history *h, const struct scan *scan)
{
	size_t n = 0;

	for (size_t i = 0; scan != NULL && i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++, n++)
			audit_figure(&h->grounds, ground_name(scan->files[i].findings[k].ground))->counts[COUNT_FINDINGS]++;
	return n;
}

static void count_otherwise(struct audit_history *h, const struct entry *e, enum audit_count what)
{
	if (ground_of(e) != GROUND_NONE)
		audit_figure(&h->grounds, ground_name(ground_of(e)))->counts[what]++;
}

/* What this entry adds to the rows of its section and its month. */
static void count_entry(struct audit_history *h, const struct docket *docket, const struct entry *e, const struct review_case *c)
{
	size_t add[AUDIT_COUNTS] = {0};
	char month[DATE_TEXT_SIZE];

	if (e->type == ENTRY_SUBMIT) {
		add[COUNT_SUBMITTED] = 1;
		add[COUNT_FINDINGS] = count_findings(h, case_round(c)->scan);
	} else if (e->type == ENTRY_SIGN_OFF) {
		add[is_approval(e) ? COUNT_APPROVED : COUNT_OTHERWISE] = 1;
		add[COUNT_CLEARED] = count_lines(e, "clear");
		count_otherwise(h, e, COUNT_OTHERWISE);
	} else if (e->type == ENTRY_RELEASE) {
		add[COUNT_RELEASED] = 1;
	} else if (e->type == ENTRY_WITHDRAW) {
		add[COUNT_WITHDRAWN] = 1;
		count_otherwise(h, e, COUNT_WITHDRAWN);
	}
	(void)date_to_text(policy_day(docket->policy, e->time), month);
	month[7] = '\0';
	for (size_t i = 0; i < AUDIT_COUNTS; i++)
		if (add[i] > 0) {
			audit_figure(&h->sections, c->section)->counts[i] += add[i];
			audit_figure(&h->months, month)->counts[i] += add[i];
		}
}

void history_add(struct history_order *o, const struct docket *docket, const struct entry *e)
{
	const char *case_id = entry_get(e, "case");
	const struct review_case *c = case_id != NULL ? docket_case(docket, case_id) : NULL;

	if (o->case_id != NULL && (case_id == NULL || strcmp(case_id, o->case_id) != 0))
		return;
	if (o->events)
		add_event(o->into, e, c);
	if (c == NULL)
		return;
	for (size_t i = 0; i < e->line_count; i++) {
		struct clearance clear = {0};

		if (strcmp(e->lines[i].key, "clear") != 0 || !clearance_read(e->lines[i].value, &clear))
			continue;
		add_clearance(o, e, c, &clear);
		free(clear.reason);
	}
	count_entry(o->into, docket, e, c);
}

static void add_publication(struct audit_history *h, const struct review_case *c, const struct publication *p)
{
	struct file_refs *files = mem_alloc(1, sizeof(*files));

	for (size_t i = 0; i < p->files->count; i++)
		file_refs_add(files, &p->files->items[i].digest, p->files->items[i].size, p->files->items[i].mode,
		              p->files->items[i].path);
	h->publications = mem_grow(h->publications, h->publication_count, sizeof(*h->publications));
	h->publications[h->publication_count++] = (struct audit_publication){
		.seq = p->seq,
		.round = p->round,
		.time = p->time,
		.case_id = mem_copy_string(c->id),
		.section = mem_copy_string(c->section),
		.person = mem_copy_string(p->person),
		.state = p->withdrawn    ? PUBLICATION_WITHDRAWN
		         : p->superseded ? PUBLICATION_SUPERSEDED
		         : p->done       ? PUBLICATION_PUBLIC
		                         : PUBLICATION_UNFINISHED,
		.incident = p->incident,
		.why = mem_copy_string(p->withdrawn_why != NULL ? p->withdrawn_why : ""),
		.files = files,
	};
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct audit_figure *)a)->name, ((const struct audit_figure *)b)->name);
}

static void sort_figures(struct audit_figures *figures)
{
	if (figures->count > 1)
		qsort(figures->rows, figures->count, sizeof(*figures->rows), by_name);
}

static int by_seq(const void *a, const void *b)
{
	const struct audit_publication *p = a, *q = b;

	return p->seq < q->seq ? -1 : p->seq > q->seq ? 1 : 0;
}

static void add_name(struct audit_names *names, const char *id, const char *name)
{
	names->items = mem_grow(names->items, names->count, sizeof(*names->items));
	names->items[names->count++] = (struct audit_name){.id = mem_copy_string(id), .name = mem_copy_string(name)};
}

static void add_names(struct audit_history *h, const struct policy *policy)
{
	for (size_t i = 0; i < policy->person_count; i++)
		add_name(&h->people, policy->people[i].id, policy->people[i].name);
	for (size_t i = 0; language_is_chinese() && i < policy->stage_count; i++)
		add_name(&h->stage_titles, policy->stages[i].id, stage_title(&policy->stages[i]));
	for (size_t i = 0; language_is_chinese() && i < policy->section_count; i++)
		add_name(&h->section_titles, policy->sections[i].id, section_title(&policy->sections[i]));
}

const char *audit_name(const struct audit_names *names, const char *id)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i].id, id) == 0)
			return names->items[i].name;
	return id;
}

void history_finish(struct history_order *o, const struct docket *docket, int32_t day)
{
	struct audit_history *h = o->into;

	for (size_t i = 0; i < docket->case_count; i++) {
		const struct review_case *c = docket_case_at(docket, i);

		if (o->case_id != NULL && strcmp(c->id, o->case_id) != 0)
			continue;
		for (size_t k = 0; k < c->publication_count; k++)
			add_publication(h, c, &c->publications[k]);
	}
	history_deadlines(o, docket, day);
	if (h->publication_count > 1)
		qsort(h->publications, h->publication_count, sizeof(*h->publications), by_seq);
	if (docket->policy != NULL)
		add_names(h, docket->policy);
	sort_figures(&h->sections);
	sort_figures(&h->grounds);
	sort_figures(&h->months);
}
