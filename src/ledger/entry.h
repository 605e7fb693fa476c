#ifndef LEDGER_ENTRY_H
#define LEDGER_ENTRY_H

#include "base/digest.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct public_key;

/* One commit of the ledger, parsed.  FORMAT.md beside this file is the specification. */
enum entry_type {
	ENTRY_NONE = 0,
	ENTRY_GENESIS,
	ENTRY_POLICY_PROPOSE,
	ENTRY_POLICY_ENDORSE,
	ENTRY_RULES,
	ENTRY_SUBMIT,
	ENTRY_SIGN_OFF,
	ENTRY_EVIDENCE,
	ENTRY_FILE_RECORD,
	ENTRY_RELEASE,
	ENTRY_RELEASED,
	ENTRY_WITHDRAW,
	ENTRY_KEY_COMPROMISE,
	ENTRY_TYPES
};
const char *entry_type_name(enum entry_type type); /* "sign-off" */

/* One `key: value` line of the type's own part; the value decoded ("-" is none and gives ""). */
struct entry_line {
	const char *key; /* static */
	char *value;
};

/* A blob that travels in the entry's tree, bound by a line of the message. */
struct entry_body {
	struct digest digest;
	char *name;  /* "" or the plain file name the line gives */
	char *bytes;
	size_t len;
};

struct entry {
	struct digest id;     /* SHA-256 of "commit <len>\0" and the raw bytes */
	struct digest ledger; /* id of the genesis entry; in the genesis itself, zero */
	struct digest prev;   /* id of the entry before; in the genesis, zero */
	struct digest rules;  /* ruleset in force when it was written (genesis: that it brings) */
	uint32_t seq;         /* 1, 2, 3, ... */
	uint32_t policy;      /* number of the policy in force when it was written */
	int64_t time;         /* as the signer's machine had it: informational */
	enum entry_type type;
	char *text; /* of one that was read: what its person and values stand in; NULL: each is its own */
	char *person;
	struct public_key *key; /* the key that signed it; the signature is good */
	bool pin;               /* a security key, and it asked for a PIN or a finger */
	struct entry_line *lines;
	size_t line_count;
	struct entry_body *bodies;
	size_t body_count;
};
void entry_release(struct entry *entry);

/* The value of the first line with this key, "" for none; NULL when the type has no such line. */
const char *entry_get(const struct entry *entry, const char *key);
/* The digest or the number such a line holds; zero for none.  The grammar made sure it is one. */
struct digest entry_get_digest(const struct entry *entry, const char *key);
uint32_t entry_get_number(const struct entry *entry, const char *key);
/* The body bound by the first line with this key, or NULL. */
const struct entry_body *entry_get_body(const struct entry *entry, const char *key);

/* "<sha-256> <size> <mode> <path>": a file as submit, sign-off, release, released and withdraw name it. */
struct file_ref {
	struct digest digest;
	uint64_t size;
	unsigned mode; /* 0100644 or 0100755 */
	char *path;
};
struct file_refs {
	struct file_ref *items; /* sorted by path, unique */
	size_t count;
};
void file_refs_release(struct file_refs *refs);
void file_refs_add(struct file_refs *refs, const struct digest *digest, uint64_t size, unsigned mode, const char *path);
bool file_refs_equal(const struct file_refs *a, const struct file_refs *b);
void entry_files(const struct entry *entry, struct file_refs *out); /* its `file:` lines */

/* "<finding id> <evidence sha-256 or -> <reason>": a `clear:` line of a sign-off. */
struct clearance {
	struct digest finding;
	struct digest evidence; /* zero: none */
	char *reason;
};
/* True when `value` (of a line "clear") is one; `reason` is owned by the caller. */
bool clearance_read(const char *value, struct clearance *out) MUST_CHECK;

/* An entry being written.  Lines in any order; the grammar puts them in theirs. */
struct draft {
	enum entry_type type;
	const char *person;
	int64_t time;
	uint32_t policy;
	struct digest rules;
	struct entry_line *lines;
	size_t line_count;
	struct entry_body *bodies;
	size_t body_count;
};
void draft_release(struct draft *draft);
/* What an entry says, to be said again at another position; `person` is left to the caller. */
void draft_from_entry(const struct entry *entry, struct draft *out);
void draft_add(struct draft *draft, const char *key, const char *value); /* value as people wrote it; "" is none */
void draft_add_number(struct draft *draft, const char *key, uint32_t value);
void draft_add_digest(struct draft *draft, const char *key, const struct digest *value); /* zero is none */
void draft_add_files(struct draft *draft, const struct file_refs *files);
void draft_add_clearance(struct draft *draft, const struct clearance *clearance);
/* Adds the line and the blob it binds; `name` may be "" for lines without one. */
void draft_add_body(struct draft *draft, const char *key, const char *name, const void *bytes, size_t len);

/* A path that may be in a ledger and in the public directory: relative, '/'-separated, UTF-8, at
 * most 4000 bytes, no empty, ".", ".." component, none that starts with ".git" in any case, no
 * backslash, control or bidi character, no component that ends in a dot or a space or that is a
 * DOS device name (con, nul, com1...).  ERR_INPUT says which. */
bool path_check(const char *path, size_t len, struct err *err) MUST_CHECK;

#endif
