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
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ENCODINGS_MOST = 2 }; /* git writes one, and programs differ in which of several they take */

struct piece {
	const char *bytes;
	size_t len;
};

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

static void scan_header(struct session *s, const char *name, struct piece header, struct scan *out)
{
	struct buf text = {0}, signature = {0};
	bool is_signature = false;

	for (const char *at = header.bytes, *end = at + header.len; at < end;) {
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
	buf_release(&text);
	buf_release(&signature);
}

static void add_undecided(const char *name, const char *why, struct scan *out)
{
	struct scanned_file file = {.path = mem_copy_string(name), .undecided = mem_copy_string(why)};

	scan_add(out, &file);
}

/* git shows a message as the header says it is encoded: so it is scanned as that, too.  What cannot be is undecided. */
static void scan_encoded(struct session *s, const char *name, struct piece label, struct piece message, struct scan *out)
{
	const char *charset = charset_of_label(label.bytes, label.len);
	size_t len = 0;
	char *text = charset != NULL ? charset_convert(charset, message.bytes, message.len, &len) : NULL;

	if (text != NULL)
		pushed_text_scan(s, name, text, len, out);
	else
		add_undecided(name, N_("in a charset that cannot be read"), out);
	free(text);
}

static bool is_utf8(struct piece label)
{
	return (label.len == 5 && strncasecmp(label.bytes, "utf-8", 5) == 0) || (label.len == 4 && strncasecmp(label.bytes, "utf8", 4) == 0);
}

static void scan_encodings(struct session *s, const char *name, struct piece header, struct piece message, struct scan *out)
{
	static const char key[] = "encoding ";
	size_t count = 0;

	for (const char *at = header.bytes, *end = at + header.len; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const size_t line = stop != NULL ? (size_t)(stop - at) : (size_t)(end - at), front = sizeof(key) - 1;

		if (line > front && memcmp(at, key, front) == 0) {
			const struct piece label = {at + front, line - front};

			if (++count > ENCODINGS_MOST) {
				add_undecided(name, N_("its header names several charsets"), out);
				return;
			}
			if (!is_utf8(label))
				scan_encoded(s, name, label, message, out);
		}
		at += line + 1;
	}
}

void pushed_commit_scan(struct session *s, const struct object_id *commit, const struct buf *raw, struct scan *out)
{
	char hex[OBJECT_HEX_SIZE], *name = mem_format(_("header of commit %.12s"), object_id_to_hex(commit, hex));
	const char *text = raw->data != NULL ? raw->data : "", *end = strstr(text, "\n\n");
	const struct piece header = {text, end != NULL ? (size_t)(end - text) + 2 : 0};
	const struct piece message = {text + header.len, raw->len - header.len};

	scan_header(s, name, header, out);
	free(name);
	name = mem_format(_("message of commit %.12s"), hex);
	pushed_text_scan(s, name, message.bytes, message.len, out);
	scan_encodings(s, name, header, message, out);
	free(name);
}
