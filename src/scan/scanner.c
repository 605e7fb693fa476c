/* scanner.c - a ruleset, compiled; a file, scanned.
 *
 * A file ends up with findings, or undecided, or both: a rule that could not be decided never hides
 * what the others found. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "extract/document.h"
#include "finding_inside.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

static enum text_view view_of(const struct rule *rule)
{
	return rule->view == RULE_VIEW_RUNNING    ? VIEW_RUNNING
	       : rule->view == RULE_VIEW_VERBATIM ? VIEW_VERBATIM
	                                          : VIEW_LINE;
}

static char *fold_word(const char *word, enum text_view view)
{
	struct folded folded = {0};
	char *text;

	fold_text(word, strlen(word), view, &folded);
	text = mem_copy_bytes(folded.text, folded.len);
	folded_release(&folded);
	return text;
}

static bool compile_patterns(const struct rule *rule, struct compiled *c, struct err *err)
{
	const struct pattern_place pattern = {rule->file, rule->pattern_line, rule->pattern_column,
	                                      rule->view == RULE_VIEW_VERBATIM};
	const struct pattern_place unless = {rule->file, rule->unless_line, rule->unless_column,
	                                     rule->view == RULE_VIEW_VERBATIM};

	if (rule->pattern != NULL && !matcher_new(rule->pattern, &pattern, &c->pattern, err))
		return false;
	return rule->unless == NULL || matcher_new(rule->unless, &unless, &c->unless, err);
}

static bool add_keywords(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];
	const enum text_view view = view_of(rule);

	for (size_t i = 0; i < rule->keywords.count; i++) {
		char *word = fold_word(rule->keywords.items[i], view);

		if (word[0] == '\0') {
			free(word);
			return err_set(err, ERR_INPUT, "%s:%u:%u: a keyword of rule %s is nothing once folded", rule->file,
			               rule->line, rule->column, rule->id);
		}
		if (s->words[view] == NULL)
			s->words[view] = words_new();
		words_add(s->words[view], word, index);
		free(word);
	}
	return true;
}

static bool compile_rule(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];
	struct compiled *c = &s->compiled[index];

	for (size_t i = 0; i < rule->near.count; i++) {
		c->near.items = mem_grow(c->near.items, c->near.count, sizeof(*c->near.items));
		c->near.items[c->near.count++] = fold_word(rule->near.items[i], view_of(rule));
	}
	return compile_patterns(rule, c, err) && add_keywords(s, index, err);
}

bool scanner_new(const struct ruleset *set, struct scanner **out, struct err *err)
{
	struct scanner *s = mem_alloc(1, sizeof(*s));

	s->set = set;
	s->compiled = mem_alloc(set->count, sizeof(*s->compiled));
	for (uint32_t i = 0; i < set->count; i++)
		if (!compile_rule(s, i, err)) {
			scanner_free(s);
			return false;
		}
	for (int view = 0; view < VIEW_COUNT; view++)
		if (s->words[view] != NULL)
			words_build(s->words[view]);
	*out = s;
	return true;
}

void scanner_free(struct scanner *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->set->count; i++) {
		matcher_free(s->compiled[i].pattern);
		matcher_free(s->compiled[i].unless);
		for (size_t k = 0; k < s->compiled[i].near.count; k++)
			free(s->compiled[i].near.items[k]);
		free(s->compiled[i].near.items);
	}
	for (int view = 0; view < VIEW_COUNT; view++)
		words_free(s->words[view]);
	free(s->compiled);
	free(s);
}

static char *explanation(const struct rule *rule, const struct flow *flow, const struct hit *hit)
{
	static const char *const views[] = {"line", "running", "verbatim"};
	static const char *const means[] = {"", "a keyword", "its pattern", "the way the text is hidden"};

	return mem_format("%s (%s:%u) matched by %s, view %s, in %s%s%s, %zu bytes once folded, check %s",
	                  rule->id, rule->file, rule->line, means[rule->kind], views[rule->view],
	                  flow_kind_name(flow->kind), flow->place[0] != '\0' ? " " : "", flow->place, hit->folded_len,
	                  validator_name(rule->validate));
}

/* The HTML view finds again what the raw one found: once is enough. */
static bool is_known(const struct scanned_file *file, const struct finding *f)
{
	for (size_t i = 0; i < file->count; i++)
		if (strcmp(file->findings[i].rule, f->rule) == 0 && strcmp(file->findings[i].kind, f->kind) == 0 &&
		    file->findings[i].start == f->start && file->findings[i].end == f->end)
			return true;
	return false;
}

/* Where a flow's lines are counted: in the text itself, or, for a flow made from another one (HTML
 * without its tags), in that one, which is what an editor shows. */
struct ruler {
	const struct flow *flow;
	struct line_index lines;
	uint32_t shift; /* document offset of the ruler's first byte, where the flow is made from it */
};

static void place_finding(const struct ruler *ruler, const struct flow *flow, const struct hit *hit, struct finding *f)
{
	const size_t at = ruler->flow == flow ? hit->start : flow->origin[hit->start] - ruler->shift;

	line_index_find(&ruler->lines, ruler->flow->text, at, &f->line, &f->column);
}

static void add_finding(const struct scanner *s, const struct flow *flow, const struct ruler *ruler,
                        const struct hits *hits, const struct hit *hit, struct scanned_file *file)
{
	const struct rule *rule = &s->set->rules[hit->rule];
	struct finding f = {.action = rule->action, .ground = rule->ground, .evidence = rule->evidence};

	f.start = flow->origin != NULL ? flow->origin[hit->start] : (uint32_t)hit->start;
	f.end = flow->origin != NULL ? flow->origin[hit->end] : (uint32_t)hit->end;
	f.rule = mem_copy_string(rule->id);
	f.kind = mem_copy_string(flow_kind_name(flow->kind));
	if (is_known(file, &f)) {
		finding_release(&f);
		return;
	}
	f.place = mem_copy_string(flow->place);
	f.clearance = mem_copy_string(rule->clearance);
	f.title_en = mem_copy_string(rule->title_en);
	f.title_zh = mem_copy_string(rule->title_zh);
	f.why = explanation(rule, flow, hit);
	place_finding(ruler, flow, hit, &f);
	f.excerpt = excerpt_of(flow, hits, hit, &f.mark, &f.mark_width);
	finding_name(&f, file);
	file->findings = mem_grow(file->findings, file->count, sizeof(*file->findings));
	file->findings[file->count++] = f;
}

/* `made_from` (may be NULL): the flow whose text this one was made from. */
static void scan_flow(const struct scanner *s, const struct flow *flow, const struct flow *made_from, uint32_t only,
                      struct scanned_file *file)
{
	struct ruler ruler = {.flow = made_from != NULL ? made_from : flow};
	struct hits hits = {0};

	find_hits(s, flow, only, &hits);
	if (made_from != NULL && made_from->origin != NULL)
		ruler.shift = made_from->origin[0];
	line_index_build(ruler.flow->text, ruler.flow->len, &ruler.lines);
	for (size_t i = 0; i < hits.count; i++)
		add_finding(s, flow, &ruler, &hits, &hits.items[i], file);
	if (hits.undecided != NULL && file->undecided == NULL)
		file->undecided = mem_format("rule %s could not be decided: it met a match limit", hits.undecided);
	line_index_release(&ruler.lines);
	free(hits.items);
}

static size_t count_of(const struct scanned_file *file, const char *rule)
{
	size_t count = 0;

	for (size_t i = 0; i < file->count; i++)
		count += strcmp(file->findings[i].rule, rule) == 0 ? 1 : 0;
	return count;
}

/* One telephone number is an address, a column of them is a leak. */
static void drop_below_count(const struct scanner *s, struct scanned_file *file)
{
	for (size_t r = 0; r < s->set->count; r++) {
		const struct rule *rule = &s->set->rules[r];
		size_t kept = 0;

		if (rule->min_count < 2 || count_of(file, rule->id) >= rule->min_count)
			continue;
		for (size_t i = 0; i < file->count; i++) {
			if (strcmp(file->findings[i].rule, rule->id) == 0)
				finding_release(&file->findings[i]);
			else
				file->findings[kept++] = file->findings[i];
		}
		file->count = kept;
	}
}

static void scan_flows(const struct scanner *s, const struct document *doc, struct scanned_file *file)
{
	if (doc->undecided != NULL)
		file->undecided = mem_copy_string(doc->undecided);
	for (size_t i = 0; i < doc->flow_count; i++)
		scan_flow(s, &doc->flows[i], doc->flows[i].derived && i > 0 ? &doc->flows[i - 1] : NULL, UINT32_MAX, file);
	drop_below_count(s, file);
	findings_sort(file->findings, file->count);
}

void scan_document(const struct scanner *s, const char *path, const struct document *doc, struct scanned_file *out)
{
	*out = (struct scanned_file){.path = mem_copy_string(path)};
	scan_flows(s, doc, out);
}

void scan_bytes(const struct scanner *s, const char *path, unsigned mode, const void *bytes, size_t len,
                struct scanned_file *out)
{
	struct document doc = {0};

	*out = (struct scanned_file){.path = mem_copy_string(path), .size = len, .mode = mode};
	hash_bytes(bytes, len, &out->digest);
	document_read(path, bytes, len, &doc);
	scan_flows(s, &doc, out);
	document_release(&doc);
}

/* An example stands where its rule looks: in the body, or in the first place the rule names. */
static size_t findings_in(const struct scanner *s, uint32_t index, const char *example)
{
	struct scanned_file file = {.path = mem_copy_string("example")};
	struct flow flow = {.kind = FLOW_BODY, .place = mem_copy_string(""), .text = mem_copy_string(example),
	                    .len = strlen(example)};
	size_t count;

	for (int kind = 0; kind < FLOW_KINDS; kind++)
		if ((s->set->rules[index].where & 1u << kind) != 0) {
			flow.kind = (enum flow_kind)kind;
			break;
		}
	scan_flow(s, &flow, NULL, index, &file);
	count = file.count + (file.undecided != NULL ? 1000 : 0);
	scanned_file_release(&file);
	free(flow.place);
	free(flow.text);
	return count;
}

size_t scan_examples(const struct scanner *s, const struct ruleset *set, struct buf *out)
{
	size_t failed = 0;

	for (uint32_t i = 0; i < set->count; i++) {
		const struct rule *rule = &set->rules[i];

		for (size_t k = 0; k < rule->examples_match.count + rule->examples_pass.count; k++) {
			const bool match = k < rule->examples_match.count;
			const char *example = match ? rule->examples_match.items[k]
			                            : rule->examples_pass.items[k - rule->examples_match.count];
			const size_t found = findings_in(s, i, example);

			if (found < 1000 && match == (found > 0))
				continue;
			failed++;
			buf_addf(out, "%s:%u:%u: %s: example '%s' %s\n", rule->file, rule->line, rule->column, rule->id, example,
			         found >= 1000 ? "cannot be decided" : match ? "does not match" : "matches and should pass");
		}
	}
	return failed;
}
