#ifndef POLICY_PARSE_INSIDE_H
#define POLICY_PARSE_INSIDE_H

#include "policy/policy.h"

struct yaml;
struct yaml_node;

/* Shared by the parts of the policy parser. */
bool parse_names(const struct yaml *doc, const struct yaml_node *node, struct names *out, struct err *err) MUST_CHECK;
bool parse_titles(const struct yaml *doc, const struct yaml_node *node, char **en, char **zh, struct err *err) MUST_CHECK;
bool parse_text(const struct yaml *doc, const struct yaml_node *map, const char *key, char **out, struct err *err) MUST_CHECK;
bool parse_people(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err) MUST_CHECK;
bool parse_stages(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err) MUST_CHECK;
bool id_is_plain(const char *text);
void add_name(struct names *names, char *taken);
void policy_warn(struct policy *p);

#endif
