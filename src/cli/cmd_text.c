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

static void add_document(struct buf *out, const char *path, const struct document *doc)
{
	utf8_add_printable(out, path, strlen(path));
	buf_add_byte(out, '\n');
	for (size_t i = 0; i < doc->flow_count; i++)
		if (doc->flows[i].again != AGAIN_ACROSS) /* all of it was printed, piece by piece */
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
