/* keep.c - a ruleset as it was parsed, to a cache and back.  Strict reading happens once; what comes back
 * here was read strictly, by the same build, from files of the same digest. */
#include "rules_inside.h"

#include "base/buf.h"
#include "base/kept.h"
#include "base/mem.h"

#include <string.h>

static void carry_texts(struct kept *k, struct texts *texts)
{
	const uint64_t count = kept_number(k, texts->count);

	k->broken = k->broken || (k->out == NULL && count > k->len);
	if (k->out == NULL && count > 0 && !k->broken)
		texts->items = mem_alloc(count, sizeof(*texts->items));
	for (texts->count = 0; texts->count < count && !k->broken; texts->count++)
		texts->items[texts->count] = kept_text(k, texts->items[texts->count]);
}

static void carry_unsigned(struct kept *k, unsigned *value)
{
	*value = (unsigned)kept_number(k, *value);
}

static void carry_places(struct kept *k, const struct rule_files *files, struct rule *r)
{
	uint64_t file = 0;

	while (k->out != NULL && strcmp(files->items[file].name, r->file) != 0)
		file++;
	file = kept_number(k, file);
	k->broken = k->broken || file >= files->count;
	r->file = k->broken ? "" : files->items[file].name;
	carry_unsigned(k, &r->line);
	carry_unsigned(k, &r->column);
	carry_unsigned(k, &r->pattern_line);
	carry_unsigned(k, &r->pattern_column);
	carry_unsigned(k, &r->unless_line);
	carry_unsigned(k, &r->unless_column);
}

static void carry_rule(struct kept *k, const struct rule_files *files, struct rule *r)
{
	r->id = kept_text(k, r->id);
	r->pack = kept_text(k, r->pack);
	r->title_en = kept_text(k, r->title_en);
	r->title_zh = kept_text(k, r->title_zh);
	r->ground = (enum ground)kept_number(k, r->ground);
	r->action = (enum rule_action)kept_number(k, r->action);
	r->clearance = kept_text(k, r->clearance);
	r->evidence = kept_number(k, r->evidence) != 0;
	r->kind = (enum rule_kind)kept_number(k, r->kind);
	carry_texts(k, &r->keywords);
	r->keywords_file = kept_text(k, r->keywords_file);
	r->pattern = kept_text(k, r->pattern);
	r->structure = (enum rule_structure)kept_number(k, r->structure);
	r->observed = (enum observation)kept_number(k, r->observed);
	carry_unsigned(k, &r->where);
	r->view = (enum rule_view)kept_number(k, r->view);
	carry_texts(k, &r->near);
	carry_unsigned(k, &r->within);
	r->unless = kept_text(k, r->unless);
	r->validate = (enum validator)kept_number(k, r->validate);
	carry_unsigned(k, &r->min_count);
	carry_texts(k, &r->examples_match);
	carry_texts(k, &r->examples_pass);
	carry_places(k, files, r);
}

static void carry_allowance(struct kept *k, struct allowance *a)
{
	a->rule = kept_text(k, a->rule);
	for (size_t i = 0; i < sizeof(a->text.byte); i++)
		a->text.byte[i] = (unsigned char)kept_number(k, a->text.byte[i]);
	a->reason = kept_text(k, a->reason);
	a->person = kept_text(k, a->person);
	a->until = (int32_t)kept_number(k, (uint64_t)a->until);
	a->path = kept_text(k, a->path);
	carry_unsigned(k, &a->line);
	carry_unsigned(k, &a->column);
}

static void carry_set(struct kept *k, struct ruleset *set)
{
	const uint64_t count = kept_number(k, set->count), allowances = kept_number(k, set->allowance_count);

	k->broken = k->broken || (k->out == NULL && (count > k->len || allowances > k->len));
	if (k->out == NULL && !k->broken) {
		set->rules = mem_alloc(count, sizeof(*set->rules));
		set->allowances = mem_alloc(allowances, sizeof(*set->allowances));
	}
	for (set->count = 0; set->count < count && !k->broken; set->count++)
		carry_rule(k, &set->files, &set->rules[set->count]);
	for (set->allowance_count = 0; set->allowance_count < allowances && !k->broken; set->allowance_count++)
		carry_allowance(k, &set->allowances[set->allowance_count]);
}

void ruleset_keep(const struct ruleset *set, struct buf *out)
{
	struct kept k = {.out = out};
	struct ruleset same = *set; /* read, and given back what was read */

	carry_set(&k, &same);
}

bool ruleset_recall(struct rule_files *files, const struct digest *digest, struct kept *from, struct ruleset **out)
{
	struct ruleset *set = mem_alloc(1, sizeof(*set));

	set->files = *files;
	set->digest = *digest;
	carry_set(from, set);
	if (from->broken || set->count == 0) {
		set->files = (struct rule_files){0}; /* still the caller's */
		ruleset_free(set);
		return false;
	}
	*files = (struct rule_files){0}; /* transferred */
	*out = set;
	return true;
}
