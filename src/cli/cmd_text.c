/* cmd_text.c - what the scanner sees of a file, and where: for whoever wonders what a file would tell. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/language.h"
#include "base/utf8.h"
#include "extract/document.h"
#include "options.h"
#include "reader_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text_args {
	const char *format;
	bool ocr;
};

const struct option text_options[] = {
	{"format", OPTION_VALUE, offsetof(struct text_args, format), "text|json", "how it is printed (default: text)"},
	{"ocr", OPTION_FLAG, offsetof(struct text_args, ocr), NULL, "also what OCR reads in pictures and pages without text"},
	{NULL, 0, 0, NULL, NULL},
};

enum { BESIDE_SEAM = 120 }; /* bytes of text shown on each side of where two pieces meet */

static const size_t LARGEST = (size_t)2 * 1024 * 1024 * 1024;

/* Lines stay lines; nothing in them reaches the terminal as it is. */
static void add_lines(struct buf *out, const char *text, size_t len)
{
	while (len > 0) {
		const char *end = memchr(text, '\n', len);
		const size_t n = end != NULL ? (size_t)(end - text) : len;

		buf_add_string(out, "  ");
		utf8_add_printable(out, text, n);
		buf_add_byte(out, '\n');
		text += end != NULL ? n + 1 : n;
		len -= end != NULL ? n + 1 : n;
	}
}

static void add_heading(struct buf *out, const struct flow *flow, const char *place)
{
	buf_addf(out, "[%s%s", _(flow_kind_name(flow->kind)), place[0] != '\0' ? _(", ") : "");
	language_add_pieces(out, place);
	buf_add_string(out, "]\n");
}

static void add_flow(struct buf *out, const struct flow *flow)
{
	const size_t first = flow->span_count > 0 ? flow->spans[0].start : flow->len;

	if (first > 0) {
		add_heading(out, flow, flow->place);
		add_lines(out, flow->text, first);
	}
	for (size_t i = 0; i < flow->span_count; i++) {
		const size_t end = i + 1 < flow->span_count ? flow->spans[i + 1].start : flow->len;

		if (end == flow->spans[i].start)
			continue;
		add_heading(out, flow, flow->spans[i].place);
		add_lines(out, flow->text + flow->spans[i].start, end - flow->spans[i].start);
	}
}

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* What is shown of a piece before and of one behind a seam: the line at it, not much of that. */
static struct extent line_before(const struct flow *flow, size_t start, size_t end)
{
	struct extent line = {end, end};

	while (line.start > start && flow->text[line.start - 1] != '\n' && (line.end - line.start < BESIDE_SEAM || is_inside(flow->text[line.start])))
		line.start--;
	return line;
}

static struct extent line_behind(const struct flow *flow, size_t start, size_t end)
{
	struct extent line = {start, start};

	while (line.end < end && flow->text[line.end] != '\n' && (line.end - line.start < BESIDE_SEAM || is_inside(flow->text[line.end])))
		line.end++;
	return line;
}

/* "page 3, page 4: " and the two lines, as one is read: words of Latin letters have a space between. */
static void add_seam(struct buf *out, const struct flow *flow, size_t i)
{
	const size_t end = i + 2 < flow->span_count ? flow->spans[i + 2].start : flow->len;
	size_t seam = flow->spans[i + 1].start;
	const struct extent head = line_behind(flow, seam, end);
	struct extent tail;

	while (seam > flow->spans[i].start && flow->text[seam - 1] == '\n')
		seam--;
	tail = line_before(flow, flow->spans[i].start, seam);
	buf_add_string(out, "  ");
	language_add_pieces(out, flow->spans[i].place);
	buf_add_string(out, _(", "));
	language_add_pieces(out, flow->spans[i + 1].place);
	buf_add_string(out, _(": "));
	utf8_add_printable(out, flow->text + tail.start, tail.end - tail.start);
	if (tail.end > tail.start && head.end > head.start && (unsigned char)flow->text[tail.end - 1] < 0x80 &&
	    (unsigned char)flow->text[head.start] < 0x80)
		buf_add_byte(out, ' ');
	utf8_add_printable(out, flow->text + head.start, head.end - head.start);
	buf_add_byte(out, '\n');
}

/* Pieces put side by side, two and two: all of them were printed, each at its place, so only the seams are. */
static void add_seams(struct buf *out, const struct flow *flow)
{
	add_heading(out, flow, flow->place);
	for (size_t i = 0; i + 1 < flow->span_count; i += 2)
		add_seam(out, flow, i);
}

static void add_document(struct buf *out, const char *path, const struct document *doc)
{
	utf8_add_printable(out, path, strlen(path));
	buf_add_byte(out, '\n');
	for (size_t i = 0; i < doc->flow_count; i++)
		if (doc->flows[i].again == AGAIN_ACROSS)
			add_seams(out, &doc->flows[i]);
		else
			add_flow(out, &doc->flows[i]);
	for (size_t i = 0; i < doc->observed_count; i++) {
		buf_addf(out, _("besides text: %s%s"), _(observation_title(doc->observed[i].what)), doc->observed[i].place[0] != '\0' ? _(": ") : "");
		language_add_pieces(out, doc->observed[i].place);
		buf_add_byte(out, '\n');
	}
	if (doc->undecided != NULL) {
		buf_add_string(out, _("undecided: "));
		language_add_pieces(out, doc->undecided);
		buf_add_byte(out, '\n');
	}
}

static void json_bytes(struct buf *out, const char *text, size_t len)
{
	struct buf copy = {0};

	buf_add(&copy, text, len);
	json_text(out, copy.data != NULL ? copy.data : "");
	buf_release(&copy);
}

/* {"path", "undecided", "flows": [{"kind", "place", "derived", "text", "places": [{"start", "place"}]}],
 *  "besides": [{"what", "place"}]}; a line each. */
static void json_document(struct buf *out, const char *path, const struct document *doc)
{
	buf_add_string(out, "{\"review-text-version\": 1, \"path\": ");
	json_text(out, path);
	buf_add_string(out, ", \"undecided\": ");
	json_text(out, doc->undecided);
	buf_add_string(out, ", \"flows\": [");
	for (size_t i = 0; i < doc->flow_count; i++) {
		const struct flow *flow = &doc->flows[i];

		buf_addf(out, "%s{\"kind\": \"%s\", \"place\": ", i > 0 ? ", " : "", flow_kind_name(flow->kind));
		json_text(out, flow->place);
		buf_addf(out, ", \"derived\": %s, \"text\": ", flow->derived ? "true" : "false");
		json_bytes(out, flow->text, flow->len);
		buf_add_string(out, ", \"places\": [");
		for (size_t k = 0; k < flow->span_count; k++) {
			buf_addf(out, "%s{\"start\": %zu, \"place\": ", k > 0 ? ", " : "", flow->spans[k].start);
			json_text(out, flow->spans[k].place);
			buf_add_byte(out, '}');
		}
		buf_add_string(out, "]}");
	}
	buf_add_string(out, "], \"besides\": [");
	for (size_t i = 0; i < doc->observed_count; i++) {
		buf_addf(out, "%s{\"what\": \"%s\", \"place\": ", i > 0 ? ", " : "", observation_name(doc->observed[i].what));
		json_text(out, doc->observed[i].place);
		buf_add_byte(out, '}');
	}
	buf_add_string(out, "]}\n");
}

/* False: it could not be read in full, which was said. */
static int show(const char *path, bool json)
{
	struct buf bytes = {0}, out = {0};
	struct document doc = {0};
	struct err err = {0};
	int status;

	if (!fs_read_file(path, LARGEST, &bytes, &err))
		return complain(&err);
	document_read(path, bytes.data != NULL ? bytes.data : "", bytes.len, &doc);
	if (json)
		json_document(&out, path, &doc);
	else
		add_document(&out, path, &doc);
	(void)fwrite(out.data, 1, out.len, stdout);
	status = doc.undecided != NULL ? STATUS_UNDECIDED : STATUS_DONE;
	document_release(&doc);
	buf_release(&out);
	buf_release(&bytes);
	return status;
}

static bool expect(size_t count, struct err *err)
{
	if (count > 0)
		return true;
	(void)err_set(err, ERR_USAGE, "which file?");
	return err_hint(err, "review text FILE");
}

int run_text(const struct command *self, int argc, char **argv)
{
	struct text_args args = {0};
	struct option_list paths = {0};
	struct err err = {0};
	int status = STATUS_DONE;

	if (!options_parse(self->options, &args, argc, argv, &paths, &err) || !expect(paths.count, &err)) {
		free(paths.items);
		return complain(&err);
	}
	if (args.ocr)
		use_picture_reader();
	for (size_t i = 0; i < paths.count; i++) {
		const int one = show(paths.items[i], args.format != NULL && strcmp(args.format, "json") == 0);

		status = one > status ? one : status;
	}
	free(paths.items);
	return status;
}
