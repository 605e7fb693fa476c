/* observed.c - what a document has besides text, judged by the rules that name it.
 *
 * Nobody can look through a macro or a picture for words; whether it may be published is for the pack
 * to say, and where no rule says anything it may not. */
#include "scanner_inside.h"

#include "base/flow.h"
#include "base/mem.h"
#include "extract/document.h"
#include "finding_inside.h"

#include <stdlib.h>
#include <string.h>

static void undecided(struct scanned_file *file, const char *title, const struct observed *seen, const char *why)
{
	if (file->undecided == NULL)
		file->undecided = mem_format("%s%s%s%s", title, seen->place[0] != '\0' ? ": " : "", seen->place, why);
}

/* It has no text of its own, and so stands behind all texts, in the order it was seen. */
static void add_finding(const struct rule *rule, const struct document *doc, size_t index,
                        struct scanned_file *file)
{
	const struct observed *seen = &doc->observed[index];
	struct finding f = {.action = rule->action, .ground = rule->ground, .evidence = rule->evidence};

	f.rule = mem_copy_string(rule->id);
	f.clearance = mem_copy_string(rule->clearance);
	f.title_en = mem_copy_string(rule->title_en);
	f.title_zh = mem_copy_string(rule->title_zh);
	f.kind = mem_copy_string(flow_kind_name(FLOW_HIDDEN));
	f.place = mem_copy_string(seen->place);
	f.start = doc->extent + index;
	f.end = f.start + 1;
	f.why = mem_format("%s (%s:%u) is for documents with %s", rule->id, rule->file, rule->line, observation_title(seen->what));
	file->findings = mem_grow(file->findings, file->count, sizeof(*file->findings));
	file->findings[file->count++] = f;
}

static size_t count_of(const struct document *doc, enum observation what)
{
	size_t count = 0;

	for (size_t i = 0; i < doc->observed_count; i++)
		count += doc->observed[i].what == what ? 1 : 0;
	return count;
}

static void judge(const struct scanner *s, const struct document *doc, size_t index, struct scanned_file *file)
{
	const struct observed *seen = &doc->observed[index];
	bool named = false;

	for (size_t i = 0; i < s->set->count; i++) {
		const struct rule *rule = &s->set->rules[i];

		if (rule->structure != STRUCTURE_OBSERVED || rule->observed != seen->what)
			continue;
		named = true;
		if (rule->action == ACTION_UNDECIDED)
			undecided(file, rule->title_en, seen, "");
		else if (count_of(doc, seen->what) >= rule->min_count)
			add_finding(rule, doc, index, file);
	}
	if (!named)
		undecided(file, observation_title(seen->what), seen, "; no rule in force says what that means");
}

enum { OBSERVED_MOST = 20000 };

void judge_observed(const struct scanner *s, const struct document *doc, struct scanned_file *file)
{
	if (doc->observed_count > OBSERVED_MOST && file->undecided == NULL)
		file->undecided = mem_format("more than %d things besides text: nobody can review them", OBSERVED_MOST);
	for (size_t i = 0; i < doc->observed_count && i < OBSERVED_MOST; i++)
		judge(s, doc, i, file);
}
