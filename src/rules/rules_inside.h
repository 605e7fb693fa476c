#ifndef RULES_RULES_INSIDE_H
#define RULES_RULES_INSIDE_H

#include "rules/ruleset.h"
#include "rules/validate.h"

struct yaml;
struct yaml_node;

/* One rule of a pack, strictly. */
bool rule_parse(const struct yaml *doc, const struct yaml_node *node, const struct rule_files *files,
                struct rule *out, struct err *err) MUST_CHECK;
void rule_release(struct rule *rule);

/* One keyword a line; '#' comments and blank lines are skipped. */
bool keywords_parse(const struct rule_file *file, struct texts *out, struct err *err) MUST_CHECK;

const struct rule_file *rule_files_find(const struct rule_files *files, const char *name);
void texts_add(struct texts *texts, char *taken);

#endif
