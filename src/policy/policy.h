#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "base/calendar.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct public_key;

/* review-policy(5), parsed.  Pure: the same bytes give the same policy on every machine. */
enum scope { SCOPE_SECTION = 0, SCOPE_OFFICE };

enum decision {
	DECISION_NONE = 0,
	DECISION_APPROVE,
	DECISION_REDACT,
	DECISION_ON_REQUEST,
	DECISION_REFUSE,
	DECISION_POSTPONE,
	DECISION_RETURN,
	DECISION_REFER,
	DECISION_CONSULT,
	DECISIONS
};
const char *decision_name(enum decision decision); /* "approve" */
enum decision decision_from_name(const char *name);

struct names {
	char **items;
	size_t count;
};

struct section {
	char *id, *title_en, *title_zh;
	struct names paths; /* patterns: * within a component, ** across */
};

struct stage {
	char *id, *title_en, *title_zh;
	uint32_t people;          /* distinct persons wanted; 1 or more */
	enum scope scope;
	bool may_clear;           /* default true */
	uint32_t within;          /* working days until overdue; 0 is none */
	unsigned decisions;       /* bit (1u << enum decision); default all */
	unsigned when_grounds;    /* bit (1u << enum ground): wanted only if a finding has one; */
	struct names when_origins;/* or the origin is one of these.  Both empty: always wanted */
	struct names asks;        /* questions whose answers are signed */
};

/* One thing a person may do. */
struct duty {
	enum { DUTY_SUBMIT = 1, DUTY_STAGE } kind;
	char *stage;           /* DUTY_STAGE */
	struct names sections; /* empty: all */
	bool acting;           /* an acting appointment, with dates */
	int32_t from, until;   /* days since 1970, inclusive; 0: open */
};

struct person {
	char *id, *name;
	struct public_key **keys;
	size_t key_count;
	bool keyless; /* each of the keys was declared compromised since (docket.h): nothing they sign is taken */
	struct duty *duties;
	size_t duty_count;
};

/* How old what this machine knows of the ledger may be when it releases. */
struct witness {
	char *name;
	struct public_key *key; /* Ed25519 */
};
struct freshness {
	uint32_t hours;  /* 0: any age */
	uint32_t quorum; /* witnesses whose checkpoint must be younger; 0: hearing from a remote is enough */
	struct witness *witnesses;
	size_t count;
};

struct policy {
	char *office_en, *office_zh;
	char *public_dir;         /* "public/" or an absolute path; ends in '/' */
	char *strip;              /* removed from the front of a candidate's path to give its public path */
	struct names candidates, ignore;
	struct section *sections;
	size_t section_count;
	struct stage *stages;
	size_t stage_count;
	bool distinct_people, submitter_may_sign;
	bool hardware_only;       /* keys: every key is a security key, */
	bool pin_wanted;          /* and asks for a PIN or a finger, not for a touch alone; */
	bool proof_wanted;        /* and each new one comes with a proof that its owner holds it */
	int32_t utc_offset;       /* the office's clock, seconds ahead of UTC; 0 where the policy does not say */
	uint32_t deadline_days;   /* working days; 0: none */
	char *deadline_from;      /* "formed" or "changed" */
	char *calendar;           /* "" or a name: .review/calendar/<name>.yaml */
	struct person *people;
	size_t person_count;
	struct names root;        /* person ids */
	uint32_t root_threshold;
	struct names rule_keepers, registrars;
	struct freshness freshness;
	char *text;               /* what it was parsed from */
	size_t text_len;
	struct names warnings;    /* things a policy may do but hardly means, one sentence each */
};

/* The day it is, or was, in the office: an offset of the policy and no time zone of the machine, so that two machines
 * say the same.  NULL: by UTC. */
int32_t policy_day(const struct policy *policy, int64_t time);

/* A time for people, by the office's clock (time_to_clock()).  NULL: in UTC. */
char *policy_clock(const struct policy *policy, int64_t time, char text[CLOCK_TEXT_SIZE]);

/* In the reader's language. */
const char *stage_title(const struct stage *stage);
const char *section_title(const struct section *section);

/* Strict: unknown keys, unknown names, a threshold below 1 or above the people who could meet it, a
 * key under two persons, a stage without id... are ERR_INPUT at "name:line:column". */
bool policy_parse(const char *name, const char *text, size_t len, struct policy **out, struct err *err) MUST_CHECK;
void policy_free(struct policy *policy);

const struct person *policy_person(const struct policy *policy, const char *id);
const char *policy_person_near(const struct policy *policy, const char *id); /* an id that was perhaps meant; NULL: none */
const struct stage *policy_stage(const struct policy *policy, const char *id, size_t *rank); /* rank may be NULL */
const struct section *policy_section(const struct policy *policy, const char *id);
bool names_have(const struct names *names, const char *name);

/* May this person do it on that day, in that section?  Answers that grant are never the zero. */
enum entitlement { NOT_ENTITLED = 0, ENTITLED };
enum entitlement person_may_submit(const struct person *person, const char *section, int32_t day);
enum entitlement person_may_sign(const struct policy *policy, const struct person *person, const char *stage, const char *section, int32_t day);
enum entitlement person_has_key(const struct person *person, const struct public_key *key);

/* Public: in the public directory, or in the place of it or of a folder above it; ASCII letters of either
 * case, because some desks fold them.  Is this path a candidate, and in which section (NULL: none claims it)?  And where would it be
 * published, relative to the public directory (owned by the caller)? */
bool policy_path_is_public(const struct policy *policy, const char *path);
bool policy_path_is_candidate(const struct policy *policy, const char *path);
const struct section *policy_path_section(const struct policy *policy, const char *path);
char *policy_public_path(const struct policy *policy, const char *path);

/* `pattern` with * (no '/'), ** (anything) and ? against a path. */
bool path_matches(const char *pattern, const char *path);

/* The skeleton `review init` writes for a founder: office, three stages, the founder as root,
 * keeper of rules and registrar; `public_key_line` as "ssh-ed25519 AAAA...".  Caller frees. */
char *policy_skeleton(const char *office, const char *person, const char *name, const char *public_key_line);

#endif
