#ifndef LEDGER_GRAMMAR_H
#define LEDGER_GRAMMAR_H

#include "ledger/entry.h"
#include "value.h"

/* The lines of each type of entry, in their order (FORMAT.md, "Types"). */
enum repeat { ONCE = 0, ANY, SOME, AT_MOST_ONCE };

struct line_rule {
	const char *key; /* NULL ends the list */
	enum value_kind kind;
	enum repeat repeat;
	const char *const *words;
	bool sorted; /* repeated lines ascend strictly: files by path, clearances by finding, packs by name */
};

const struct line_rule *grammar_of(enum entry_type type); /* NULL for no type */
enum entry_type grammar_type(const char *name, size_t len);
/* The rule of a line, this one or one behind it: an entry's lines stand in the order of their rules.  Nowhere: the end. */
const struct line_rule *grammar_from(const struct line_rule *rule, const char *key);

/* The free text behind a value's words: a file's path, a body's name. */
const char *grammar_tail(const struct line_rule *rule, const char *value);

/* The order of two values of a sorted line, by path, name or finding; 0 is a line given twice. */
int grammar_compare(const struct line_rule *rule, const char *a, const char *b);

#endif
