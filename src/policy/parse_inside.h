#ifndef POLICY_PARSE_INSIDE_H
#define POLICY_PARSE_INSIDE_H

#include "policy/policy.h"

struct yaml;
struct yaml_node;

/* Far more than an office has, few enough to look at each with each. */
enum { MOST_NAMES = 10000, MOST_SECTIONS = 500, MOST_STAGES = 20, MOST_PEOPLE = 2000, MOST_KEYS = 20, MOST_DUTIES = 100, MOST_WITNESSES = 50 };

/* Shared by the parts of the policy parser. */
bool parse_names(const struct yaml *doc, const struct yaml_node *node, struct names *out, struct err *err) MUST_CHECK;
bool parse_titles(const struct yaml *doc, const struct yaml_node *node, char **en, char **zh, struct err *err) MUST_CHECK;
bool parse_count(const struct yaml *doc, const struct yaml_node *node, size_t most, struct err *err) MUST_CHECK;
bool parse_text(const struct yaml *doc, const struct yaml_node *map, const char *key, char **out, struct err *err) MUST_CHECK;
bool parse_people(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err) MUST_CHECK;
bool parse_stages(const struct yaml *doc, const struct yaml_node *node, struct policy *p, struct err *err) MUST_CHECK;
bool parse_freshness(const struct yaml *doc, const struct yaml_node *node, struct freshness *out, struct err *err) MUST_CHECK;
bool id_is_plain(const char *text);
void add_name(struct names *names, char *taken);
void policy_warn(struct policy *p);

#endif
