/* public.c - what is really in the public directory.  Every file is read and digested; anything that
 * is there and should not be, or should be and is not, is a violation with its path. */
#define _GNU_SOURCE
#include "audit_inside.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "seal/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 64 };

/* The directory being compared. */
struct walk {
	const struct docket *docket;
	struct audit_report *report;
	const char *root;
	const char *case_id; /* look at what this case released and nothing else; NULL: at everything */
	char **seen; /* public paths found as they should be, or found at all */
	size_t seen_count;
};

static void violation(struct walk *w, const char *path, const char *what, const char *consequence)
{
	add_problem(w->report, AUDIT_VIOLATION, mem_format(_("public file %s"), path), mem_copy_string(what),
	            mem_copy_string(consequence));
}

static void undecided(struct walk *w, const char *path, const char *what)
{
	add_problem(w->report, AUDIT_UNDECIDED, mem_format(_("public file %s"), path), mem_copy_string(what),
	            mem_copy_string(_("what readers see is not known")));
}

/* The entry a line of a receipt names ("<digest> <size> <entry> <entry id> <path>"); 0 for other lines. */
static unsigned long line_reaches(const char *line, size_t len)
{
	struct digest digest;
	char *end = NULL;

	if (len < 70 || !digest_from_hex(&digest, line, 64) || line[64] != ' ')
		return 0;
	(void)strtoull(line + 65, &end, 10);
	return *end == ' ' ? strtoul(end + 1, NULL, 10) : 0;
}

static unsigned long receipt_reaches(const struct buf *bytes)
{
	unsigned long most = 0;

	for (const char *line = bytes->data; line != NULL && *line != '\0';) {
		const size_t len = strcspn(line, "\n");
		const unsigned long entry = line_reaches(line, len);

		most = entry > most ? entry : most;
		line += line[len] == '\n' ? len + 1 : len;
	}
	return most;
}

static void compare_receipt(struct walk *w, const struct buf *bytes)
{
	struct buf want = {0};
	const unsigned long reaches = receipt_reaches(bytes);

	docket_receipt(w->docket, &want);
	if (reaches > w->docket->seq) {
		char *what = mem_format(_("it names entry %lu, and the ledger here ends with entry %u"), reaches, (unsigned)w->docket->seq);

		violation(w, RECEIPT_NAME, what, _("this ledger was cut short, or is not the one that released"));
		free(what);
	} else if (want.len != bytes->len || memcmp(want.data, bytes->data, want.len) != 0)
		violation(w, RECEIPT_NAME, _("the receipt is not the one the ledger gives"), _("readers are told of other releases than there were"));
	buf_release(&want);
}

static void compare_file(struct walk *w, const char *path, const struct stat *sb, const struct buf *bytes)
{
	const struct review_case *owner = NULL;
	const struct publication *p = NULL;
	const struct file_ref *want = docket_public_file(w->docket, path, &owner, &p);
	struct digest digest;

	if (strcmp(path, RECEIPT_NAME) == 0) {
		compare_receipt(w, bytes);
		return;
	}
	if (want == NULL) {
		violation(w, path, _("no release put it there"), _("unreviewed bytes are public"));
		return;
	}
	w->report->public_files++;
	hash_bytes(bytes->data, bytes->len, &digest);
	if (bytes->len != want->size || !digest_equal(&digest, &want->digest)) {
		char *what = mem_format(_("its bytes are not those that entry %u released for case %s"), (unsigned)p->seq, owner->id);

		violation(w, path, what, _("unreviewed bytes are public"));
		free(what);
	} else if (((sb->st_mode & 0100) != 0) != (want->mode == 0100755)) {
		violation(w, path, _("its mode is not the released one"), _("it may run where it should only be read"));
	}
}

/* With one case named, what others released, or nobody, is not looked at. */
static bool is_asked_for(const struct walk *w, const char *path)
{
	const struct review_case *owner = NULL;

	if (w->case_id == NULL)
		return true;
	return docket_public_file(w->docket, path, &owner, NULL) != NULL && strcmp(owner->id, w->case_id) == 0;
}

static void look_at(struct walk *w, int dir, const char *name, const char *path)
{
	struct buf bytes = {0};
	struct err err = {0};
	struct stat sb;
	int fd;

	if (!is_asked_for(w, path))
		return;
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	w->seen = mem_grow(w->seen, w->seen_count, sizeof(*w->seen));
	w->seen[w->seen_count++] = mem_copy_string(path);
	if (fd < 0 && errno == ELOOP)
		violation(w, path, _("it is a symbolic link"), _("it may show anything"));
	else if (fd < 0 || fstat(fd, &sb) != 0)
		undecided(w, path, _("it cannot be read"));
	else if (!S_ISREG(sb.st_mode))
		violation(w, path, _("it is not a plain file"), _("it may show anything"));
	else if (!buf_read_fd(&bytes, fd, (size_t)1024 * 1024 * 1024, &err))
		undecided(w, path, err.told);
	else
		compare_file(w, path, &sb, &bytes);
	buf_release(&bytes);
	if (fd >= 0)
		(void)close(fd);
}

static void walk_dir(struct walk *w, int dir, const char *prefix, int depth);

/* Where the listing does not say it, the system is asked.  What is taken for a file is looked at once it is open. */
static bool is_folder(int dir, const struct dirent *item)
{
	struct stat sb;

	if (item->d_type != DT_UNKNOWN)
		return item->d_type == DT_DIR;
	return fstatat(dir, item->d_name, &sb, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(sb.st_mode);
}

static void walk_name(struct walk *w, int dir, const struct dirent *item, const char *prefix, int depth)
{
	const char *name = item->d_name;
	char *path = mem_format("%s%s%s", prefix, prefix[0] != '\0' ? "/" : "", name);

	if (is_folder(dir, item)) {
		const int inner = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (inner < 0 || depth >= DEEPEST)
			undecided(w, path, _("this folder cannot be looked into"));
		else
			walk_dir(w, inner, path, depth + 1);
		if (inner >= 0)
			(void)close(inner);
	} else {
		look_at(w, dir, name, path);
	}
	free(path);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void walk_dir(struct walk *w, int dir, const char *prefix, int depth)
{
	struct dirent **names = NULL;
	const int n = scandirat(dir, ".", &names, NULL, by_name);

	if (n < 0)
		undecided(w, prefix[0] != '\0' ? prefix : w->root, _("this folder cannot be listed"));
	for (int i = 0; i < n; i++) {
		if (strcmp(names[i]->d_name, ".") != 0 && strcmp(names[i]->d_name, "..") != 0)
			walk_name(w, dir, names[i], prefix, depth);
		free(names[i]);
	}
	free(names);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* `seen` is sorted by then. */
static bool was_seen(const struct walk *w, const char *path)
{
	return w->seen_count > 0 && bsearch(&path, w->seen, w->seen_count, sizeof(*w->seen), by_text) != NULL;
}

/* Everything the ledger says is public, is. */
static void find_missing(struct walk *w)
{
	bool any = false;

	for (size_t i = 0; i < w->docket->case_count; i++) {
		const struct review_case *c = docket_case_at(w->docket, i);

		if (w->case_id != NULL && strcmp(c->id, w->case_id) != 0)
			continue;
		for (size_t k = 0; k < c->publication_count; k++) {
			const struct publication *p = &c->publications[k];

			any = any || p->done;
			for (size_t n = 0; p->done && !p->withdrawn && !p->superseded && n < p->files->count; n++)
				if (!was_seen(w, p->files->items[n].path))
					violation(w, p->files->items[n].path, _("it was released and is not there"),
					          _("readers miss what was published"));
		}
	}
	if (any && w->case_id == NULL && !was_seen(w, RECEIPT_NAME))
		violation(w, RECEIPT_NAME, _("the receipt is missing"), _("readers cannot compare what they see"));
}

void audit_public(const struct docket *docket, const char *public_dir, const char *case_id, struct audit_report *report)
{
	struct walk w = {.docket = docket, .report = report, .root = public_dir, .case_id = case_id};
	const int dir = open(public_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir >= 0) {
		walk_dir(&w, dir, "", 0);
		(void)close(dir);
	} else if (errno != ENOENT) {
		undecided(&w, public_dir, _("the public directory cannot be opened"));
	}
	if (w.seen_count > 0)
		qsort(w.seen, w.seen_count, sizeof(*w.seen), by_text);
	find_missing(&w);
	for (size_t i = 0; i < w.seen_count; i++)
		free(w.seen[i]);
	free(w.seen);
}
