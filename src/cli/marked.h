#ifndef CLI_MARKED_H
#define CLI_MARKED_H

#include "base/buf.h"
#include "base/err.h"
#include "extract/document.h"
#include "scan/finding.h"

#include <stdint.h>

struct file_ref;
struct review_case;
struct session;

/* A kept document as a person reads it, with what the rules found marked where it stands. */
struct marked {
	const char *path;             /* borrowed from the file_ref */
	struct buf bytes;
	struct document doc;
	struct scanned_file scanned;
	struct marked_hidden {
		struct extent *items;
		size_t count;
	} *hidden;                    /* one for each flow (scan_hidden) */
};

/* The rules are open.  Not kept here: ERR_NOT_FOUND. */
bool marked_open(struct session *s, const struct review_case *c, uint32_t round, const struct file_ref *file,
                 struct marked *out, struct err *err) MUST_CHECK;
void marked_release(struct marked *m);

/* How it is written.  Text of findings to clear or to remove is stars unless `reveal`; control and bidi
 * characters are visible in any case. */
enum mark_style { MARK_PLAIN = 0, MARK_COLOR, MARK_HTML };
struct marked_view {
	enum mark_style style;
	bool reveal;
	size_t numbered;              /* findings of the files before: the first one here is the next number */
	size_t most;                  /* bytes of text to write, then a line that says so; 0: all */
};

/* All of it, flow by flow, with a heading for each place.  In HTML: <h4> and <pre>. */
void marked_add_text(const struct marked *m, const struct marked_view *view, struct buf *out);

/* What changed from one to the other, word by word, with some words around: one line or <p> a place.
 * False: nothing did. */
bool marked_add_changes(const struct marked *before, const struct marked *after, const struct marked_view *view, struct buf *out);

#endif
