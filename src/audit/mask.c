/* mask.c - what people wrote, fit to be shown to whoever reads a report.
 *
 * An opinion or a title can quote what must not be published, and a report travels further than the
 * ledger.  So each text is looked through by the rules in force, and what they find is stars.  When
 * that cannot be done for a text, all of it is stars. */
#include "history_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "extract/document.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "rules/ruleset.h"
#include "scan/finding.h"
#include "scan/scanner.h"

#include <stdlib.h>
#include <string.h>

static bool is_inside(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; } /* a character goes on */

/* One star for each character with a byte in `covered`; NULL: all of them. */
static void star(char *text, const bool *covered)
{
	const size_t len = strlen(text);
	size_t to = 0;

	for (size_t i = 0; i < len;) {
		size_t end = i + 1;
		bool hide = covered == NULL || covered[i];

		for (; end < len && is_inside(text[end]); end++)
			hide = hide || (covered != NULL && covered[end]);
		if (hide)
			text[to++] = '*';
		else
			for (size_t k = i; k < end; k++)
				text[to++] = text[k];
		i = end;
	}
	text[to] = '\0';
}

static bool is_hidden(const struct finding *f) { return f->action <= 1; } /* a note is information, or allowed */

/* Are all findings at places of this very text, so that stars can stand there? */
static bool is_placed(const struct scanned_file *file, size_t len)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct finding *f = &file->findings[i];

		if (is_hidden(f) && (f->place[0] != '\0' || f->end > len || f->start >= f->end))
			return false;
	}
	return true;
}

static void star_findings(char *text, const struct scanned_file *file)
{
	bool *covered = mem_alloc(strlen(text) + 1, sizeof(*covered));

	for (size_t i = 0; i < file->count; i++)
		for (uint64_t k = file->findings[i].start; is_hidden(&file->findings[i]) && k < file->findings[i].end; k++)
			covered[k] = true;
	star(text, covered);
	free(covered);
}

static void mask_text(struct scanner *scanner, char **text)
{
	struct document doc = {0};
	struct scanned_file file = {0};

	if (*text == NULL || (*text)[0] == '\0')
		return;
	if (scanner == NULL) {
		star(*text, NULL);
		return;
	}
	document_from_message(*text, strlen(*text), &doc);
	scan_document(scanner, "", &doc, &file);
	if (file.undecided != NULL || !is_placed(&file, strlen(*text)))
		star(*text, NULL);
	else if (file.count > 0)
		star_findings(*text, &file);
	scanned_file_release(&file);
	document_release(&doc);
}

static void mask_all(struct audit_history *h, struct scanner *scanner)
{
	for (size_t i = 0; i < h->event_count; i++)
		mask_text(scanner, &h->events[i].text);
	for (size_t i = 0; i < h->clearance_count; i++) {
		mask_text(scanner, &h->clearances[i].reason);
		mask_text(scanner, &h->clearances[i].path);
		mask_text(scanner, &h->clearances[i].place);
	}
	for (size_t i = 0; i < h->publication_count; i++) {
		mask_text(scanner, &h->publications[i].why);
		for (size_t k = 0; k < h->publications[i].files->count; k++)
			mask_text(scanner, &h->publications[i].files->items[k].path);
	}
}

void history_mask(struct audit_history *history, const struct docket *docket)
{
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct scanner *scanner = NULL;
	struct err err = {0};

	for (size_t i = 0; i < docket->pack_count; i++)
		rule_files_add(&files, docket->packs[i].name, docket->packs[i].bytes, docket->packs[i].len);
	if (docket->pack_count > 0 && ruleset_load(&files, &set, &err) && !scanner_new(set, &scanner, &err))
		scanner = NULL;
	history->masked_all = scanner == NULL;
	mask_all(history, scanner);
	scanner_free(scanner);
	ruleset_free(set);
	if (set == NULL)
		rule_files_release(&files);
}

static void release_figures(struct audit_figures *figures)
{
	for (size_t i = 0; i < figures->count; i++)
		free(figures->rows[i].name);
	free(figures->rows);
}

static void release_events(struct audit_history *h)
{
	for (size_t i = 0; i < h->event_count; i++) {
		const struct audit_event *e = &h->events[i];
		char *const owned[] = {e->person, e->key, e->case_id, e->section, e->stage, e->decision, e->text};

		for (size_t k = 0; k < sizeof(owned) / sizeof(owned[0]); k++)
			free(owned[k]);
	}
	for (size_t i = 0; i < h->clearance_count; i++) {
		const struct audit_clearance *c = &h->clearances[i];
		char *const owned[] = {c->person, c->stage, c->case_id, c->rule, c->path, c->place, c->reason};

		for (size_t k = 0; k < sizeof(owned) / sizeof(owned[0]); k++)
			free(owned[k]);
	}
	free(h->events);
	free(h->clearances);
}

static void audit_names_release(struct audit_names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		free(names->items[i].id);
		free(names->items[i].name);
	}
	free(names->items);
}

void history_release(struct audit_history *h)
{
	release_events(h);
	for (size_t i = 0; i < h->publication_count; i++) {
		free(h->publications[i].case_id);
		free(h->publications[i].section);
		free(h->publications[i].person);
		free(h->publications[i].why);
		file_refs_release(h->publications[i].files);
		free(h->publications[i].files);
	}
	for (size_t i = 0; i < h->deadline_count; i++) {
		free(h->deadlines[i].case_id);
		free(h->deadlines[i].section);
		free(h->deadlines[i].stage);
	}
	audit_names_release(&h->people);
	audit_names_release(&h->stage_titles);
	audit_names_release(&h->section_titles);
	free(h->publications);
	free(h->deadlines);
	free(h->calendar);
	free(h->calendar_missing);
	release_figures(&h->sections);
	release_figures(&h->grounds);
	release_figures(&h->months);
	*h = (struct audit_history){0};
}
