#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/* A refusal and the reason for it, owned by the caller and filled in by the callee.
 *
 * Every function that can fail takes one as its last parameter and returns bool: true means done,
 * false means not done and `why` says what stopped it.  The first reason is kept; callers on the
 * way out put their own context in front of it, so the user reads "release a.txt: open: ...".
 * `hint` is the next command to type, or empty.  An err starts zeroed: `struct err err = {0};`
 *
 * Both are kept twice.  `why` and `hint` are in the language of the source: what may be recorded,
 * signed or compared is the same on every machine.  `told` and `told_hint` are in the reader's
 * (base/language.h): what is shown. */
enum err_kind {
	ERR_NONE = 0,
	ERR_SYSTEM,    /* the operating system said no: status 3 */
	ERR_INPUT,     /* what we were given is malformed: status 3, or 2 on the command line */
	ERR_LIMIT,     /* larger than we are willing to look at: status 3 */
	ERR_NOT_FOUND, /* the thing named does not exist: status 3 */
	ERR_ELSEWHERE, /* it may well exist, where this machine cannot look: status 3 */
	ERR_UNKNOWN,   /* of a kind that only a newer program knows: status 3 */
	ERR_CONFLICT,  /* somebody else was faster; start over: status 3 */
	ERR_MISMATCH,  /* bytes, digest or signature are not what was approved: status 1 */
	ERR_DENIED,    /* understood, and the policy says no: status 1 */
	ERR_USAGE,     /* the command line is wrong: status 2 */
};

struct err {
	enum err_kind kind;
	char why[1024];
	char hint[256];
	char told[1024];
	char told_hint[256];
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* Record the first reason; later calls are ignored.  Always returns false. */
bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Record a reason that was put together elsewhere, or is one of several texts of the source: shown as far as
 * language_pieces() knows it. */
bool err_reason(struct err *err, enum err_kind kind, const char *reason);

/* Like err_set(ERR_SYSTEM), with the text of errno appended.  ENOENT and ENOTDIR become
 * ERR_NOT_FOUND, so that callers can tell "not there" from "cannot look". */
bool err_errno(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Put "what we were doing: " in front of the recorded reason. */
void err_context(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Record what the reader should do next, unless somebody nearer to the cause already did.
 * Always returns false, so that `return err_hint(...)` closes a refusal. */
bool err_hint(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* What another function recorded in `from`, unless `err` has a reason already.  Always returns false. */
bool err_pass(struct err *err, const struct err *from);

#endif
