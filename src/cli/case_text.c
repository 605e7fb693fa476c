/* case_text.c - the documents of a case on the screen. */
#include "case_text.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/utf8.h"
#include "case_view.h"
#include "gate.h"
#include "ledger/entry.h"
#include "marked.h"
#include "pager.h"
#include "policy/docket.h"
#include "repo/repo.h"
#include "seal/hash.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_title(struct buf *out, const char *what, const char *path)
{
	buf_addf(out, "\n%s ", what);
	utf8_add_printable(out, path, strlen(path));
	buf_add_byte(out, '\n');
}

static const struct file_ref *before_of(const struct review_case *c, const struct file_ref *file)
{
	const struct round *round = case_round(c), *before = c->round_count > 1 ? round - 1 : NULL;

	for (size_t i = 0; before != NULL && i < before->files->count; i++)
		if (strcmp(before->files->items[i].path, file->path) == 0)
			return &before->files->items[i];
	return NULL;
}

static void add_changes(struct session *s, const struct review_case *c, const struct marked *now, const struct file_ref *old,
                        const struct marked_view *view, struct buf *out)
{
	struct marked then = {0};
	struct err err = {0};

	add_title(out, _("changed since the round before:"), now->path);
	if (!marked_open(s, c, case_round(c)->number - 1, old, &then, &err))
		buf_add_string(out, _("  the earlier document is not here\n"));
	else if (!marked_add_changes(&then, now, view, out))
		buf_add_string(out, _("  the bytes changed, the text did not\n"));
	marked_release(&then);
}

static void print_documents(struct session *s, const struct review_case *c, bool color, bool reveal)
{
	const struct round *round = case_round(c);
	struct marked_view view = {.style = color ? MARK_COLOR : MARK_PLAIN, .reveal = reveal};
	struct buf out = {0};

	for (size_t i = 0; i < round->files->count; i++) {
		const struct file_ref *file = &round->files->items[i], *old = before_of(c, file);
		struct marked m = {0};
		struct err err = {0};

		if (!marked_open(s, c, round->number, file, &m, &err))
			continue; /* case_view_print() said that it is not here */
		add_title(&out, _("text of"), file->path);
		marked_add_text(&m, &view, &out);
		if (old == NULL && c->round_count > 1)
			add_title(&out, _("new in this round:"), file->path);
		else if (old != NULL && !digest_equal(&old->digest, &file->digest))
			add_changes(s, c, &m, old, &view, &out);
		view.numbered += m.scanned.count;
		marked_release(&m);
	}
	(void)fwrite(out.data != NULL ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
}

/* Somebody went on writing, or has another branch out: what is signed and released is what was submitted. */
static bool draft_differs(const struct session *s, const struct file_ref *file)
{
	char *path = fs_join(repo_work_dir(s->repo), file->path);
	struct buf bytes = {0};
	struct err err = {0};
	struct digest digest;
	const bool read = fs_read_file(path, (size_t)file->size, &bytes, &err);

	hash_bytes(bytes.data, bytes.len, &digest);
	buf_release(&bytes);
	free(path);
	return read ? !digest_equal(&digest, &file->digest) : err.kind == ERR_LIMIT;
}

static void print_drafts(const struct session *s, const struct review_case *c)
{
	const struct round *round = case_round(c);
	struct buf path = {0};

	for (size_t i = 0; repo_work_dir(s->repo) != NULL && c->publication_count == 0 && i < round->files->count; i++) {
		if (!draft_differs(s, &round->files->items[i]))
			continue;
		buf_clear(&path);
		utf8_add_printable(&path, round->files->items[i].path, strlen(round->files->items[i].path));
		printf(_("the file here is not the one that was submitted: %s\n"), path.data);
	}
	buf_release(&path);
}

void case_show(struct session *s, const struct review_case *c, const struct scan *scan, bool reveal)
{
	const bool color = terminal_has_color(STDOUT_FILENO);
	struct pager pager;

	pager_start(&pager);
	case_view_print(s, c, scan);
	print_drafts(s, c);
	if (scan != NULL)
		print_documents(s, c, color, reveal);
	case_view_verdict(s, c, scan != NULL ? scan : case_round(c)->scan);
	pager_end(&pager);
}
