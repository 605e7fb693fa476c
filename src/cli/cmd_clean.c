/* cmd_clean.c - a copy of a document without what is hidden in it, and the account of what was taken out.
 * The original is only read; a copy that is there already is left alone. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/word.h"
#include "extract/clean.h"
#include "extract/document.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct clean_args {
	const char *output;
};

const struct option clean_options[] = {
	{"output", OPTION_VALUE, offsetof(struct clean_args, output), "FILE", "where the copy goes (default: NAME.clean.EXT beside it)"},
	{NULL, 0, 0, NULL, NULL},
};

static const size_t LARGEST = (size_t)512 * 1024 * 1024;

/* "a/notice.docx" -> "a/notice.clean.docx".  Caller frees. */
static char *copy_name(const char *path)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');

	if (dot == NULL || dot == path || (slash != NULL && dot < slash + 2))
		return mem_format("%s.clean", path);
	return mem_format("%.*s.clean%s", (int)(dot - path), path, dot);
}

static void print_lines(const char *word, char **lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buf shown = {0};

		language_add_pieces(&shown, lines[i]);
		printf("  %s %s\n", word, shown.data);
		buf_release(&shown);
	}
}

/* What a reader still finds in the copy that is not its text; how much. */
static size_t print_left(const char *path, const struct buf *bytes)
{
	struct document doc = {0};
	size_t left = 0;

	document_read(path, bytes->data, bytes->len, &doc);
	for (size_t i = 0; i < doc.observed_count; i++) {
		struct buf shown = {0};

		language_add_pieces(&shown, doc.observed[i].place);
		printf(_("  left:    %s%s%s\n"), _(observation_title(doc.observed[i].what)), shown.len > 0 ? _(": ") : "",
		       shown.data != NULL ? shown.data : "");
		buf_release(&shown);
		left++;
	}
	if (doc.undecided != NULL) {
		print_lines(_("left:    not everything in it can be read:"), &doc.undecided, 1);
		left++;
	}
	document_release(&doc);
	return left;
}

static void print_copied(const char *target, const char *path)
{
	struct buf to = {0}, from = {0};

	utf8_add_printable(&to, target, strlen(target));
	utf8_add_printable(&from, path, strlen(path));
	printf(_("%s: cleaned copy of %s\n"), to.data, from.data);
	buf_release(&to);
	buf_release(&from);
}

static int clean_one(const char *path, const char *output)
{
	char *target = output != NULL ? mem_copy_string(output) : copy_name(path), *typed = word_argument(path);
	struct cleaned cleaned = {0};
	struct buf bytes = {0};
	struct err err = {0};
	int status = STATUS_UNDECIDED;

	if (!fs_read_file(path, LARGEST, &bytes, &err) || !extract_clean(path, bytes.data, bytes.len, &cleaned, &err)) {
		status = complain(&err);
	} else if (!fs_create_file(target, cleaned.bytes.data, cleaned.bytes.len, 0644, &err)) {
		(void)err_hint(&err, "review clean %s --output ANOTHER-NAME", typed);
		status = complain(&err);
	} else {
		print_copied(target, path);
		print_lines(_("removed:"), cleaned.removed, cleaned.removed_count);
		print_lines(_("kept:   "), cleaned.kept, cleaned.kept_count);
		status = print_left(target, &cleaned.bytes) + cleaned.kept_count > 0 ? STATUS_BLOCKED : STATUS_DONE;
	}
	cleaned_release(&cleaned);
	buf_release(&bytes);
	free(target);
	free(typed);
	return status == STATUS_USAGE ? STATUS_UNDECIDED : status;
}

int run_clean(const struct command *self, int argc, char **argv)
{
	struct clean_args args = {0};
	struct option_list paths = {0};
	struct err err = {0};
	int status = STATUS_DONE;

	if (options_parse(self->options, &args, argc, argv, &paths, &err)) {
		if (paths.count == 0) {
			(void)err_set(&err, ERR_USAGE, "which file?");
			(void)err_hint(&err, "review clean FILE");
		} else if (args.output != NULL && paths.count > 1) {
			(void)err_set(&err, ERR_USAGE, "--output is for one file");
		}
	}
	if (err.kind != ERR_NONE)
		status = complain(&err);
	for (size_t i = 0; err.kind == ERR_NONE && i < paths.count; i++) {
		const int one = clean_one(paths.items[i], args.output);

		status = one > status ? one : status;
	}
	free(paths.items);
	return status;
}
