#ifndef RULES_RULES_INSIDE_H
#define RULES_RULES_INSIDE_H

#include "rules/allow.h"
#include "rules/ruleset.h"
#include "rules/validate.h"

struct yaml;
struct yaml_node;

/* One rule of a pack, strictly. */
bool rule_parse(const struct yaml *doc, const struct yaml_node *node, const struct rule_files *files,
                struct rule *out, struct err *err) MUST_CHECK;
void rule_release(struct rule *rule);

/* {en: ..., zh: ...}, both there and one line each. */
bool rule_title_parse(const struct yaml *doc, const struct yaml_node *node, char **en, char **zh, struct err *err) MUST_CHECK;
bool rule_id_is_plain(const char *id); /* [a-z0-9][a-z0-9-]{0,63} */

/* One keyword a line; '#' comments and blank lines are skipped. */
bool keywords_parse(const struct rule_file *file, struct texts *out, struct err *err) MUST_CHECK;
bool keyword_fits(const char *word); /* one line of 1 to 200 characters */

/* Is one of them there twice?  *again is then the first that repeats an earlier one. */
bool texts_repeat(const struct texts *texts, size_t *again);

/* [a-z0-9][a-z0-9._-]*, at most 64 bytes, ending in .yaml or .txt, and not larger than such a file
 * may be; at most RULE_FILES_MOST of them. */
enum { RULE_FILES_MOST = 64 };
bool rule_file_check(const char *name, size_t len, struct err *err) MUST_CHECK;
bool rule_file_is_pack(const char *name);     /* *.yaml, but not ALLOW_FILE */
bool rule_file_is_keywords(const char *name); /* *.txt */

/* ALLOW_FILE, once every rule of the set is there. */
bool allowances_parse(const struct rule_file *file, struct ruleset *set, struct err *err) MUST_CHECK;
void allowances_free(struct allowance *items, size_t count);

const struct rule_file *rule_files_find(const struct rule_files *files, const char *name);
void texts_add(struct texts *texts, char *taken);

#endif
