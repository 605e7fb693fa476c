/* pushed_text.c - what a push brings besides files: messages, headers, names.
 *
 * git puts the text of a merged tag and the names of people in front of a message.  A signature is bytes that are no
 * text, which is no news; who writes words there instead is told. */
#include "pushed_text.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/object_id.h"
#include "extract/document.h"
#include "scan/finding.h"
#include "scan/scanner.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

/* `stopping`: only what stops a push is told. */
static void scan_as(struct session *s, const char *name, const char *text, size_t len, bool stopping, struct scan *out)
{
	struct document doc = {0};
	struct scanned_file file = {0};
	struct scan_totals totals = {0};

	document_from_message(text, len, &doc);
	scan_document(s->scanner, name, &doc, &file);
	scan_count_file(&file, &totals);
	if (totals.block + totals.undecided > 0 || (!stopping && file.count > 0))
		scan_add(out, &file);
	else
		scanned_file_release(&file);
	document_release(&doc);
}

void pushed_text_scan(struct session *s, const char *name, const char *text, size_t len, struct scan *out)
{
	scan_as(s, name, text, len, false, out);
}

/* "tree <id>" or "parent <id>", and nothing more. */
static bool names_object(const char *line, size_t len)
{
	const size_t key = len == 46 ? 5 : 7;

	return (len == 46 || len == 48) && memcmp(line, len == 46 ? "tree " : "parent ", key) == 0 &&
	       strspn(line + key, "0123456789abcdef") == 40;
}

void pushed_header_scan(struct session *s, const struct object_id *commit, const char *header, size_t len, struct scan *out)
{
	struct buf text = {0}, signature = {0};
	char hex[OBJECT_HEX_SIZE], *name = mem_format(_("header of commit %.12s"), object_id_to_hex(commit, hex));
	bool is_signature = false;

	for (const char *at = header, *end = header + len; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const size_t line = stop != NULL ? (size_t)(stop - at) + 1 : (size_t)(end - at);

		is_signature = at[0] == ' ' ? is_signature : strncmp(at, "gpgsig", 6) == 0;
		if (!names_object(at, line))
			buf_add(is_signature ? &signature : &text, at, line);
		at += line;
	}
	if (text.len > 0)
		pushed_text_scan(s, name, text.data, text.len, out);
	if (signature.len > 0)
		scan_as(s, name, signature.data, signature.len, true, out);
	free(name);
	buf_release(&text);
	buf_release(&signature);
}
