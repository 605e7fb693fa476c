/* public.c - what is really in the public directory.  Every file is read and digested; anything that
 * is there and should not be, or should be and is not, is a violation with its path. */
#define _GNU_SOURCE
#include "audit_inside.h"

#include "base/buf.h"
#include "base/crew.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "digests.h"
#include "ledger/entry.h"
#include "policy/docket.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 64 };
static const size_t RECEIPT_LIMIT = (size_t)1024 * 1024 * 1024;

/* What stands under one name. */
struct met {
	char *path;
	bool is_there; /* as a file, or as what stands where one should be */
	enum audit_answer answer;
	char *what; /* is wrong, as far as it is known at once; NULL: nothing */
	const char *consequence;
	struct buf receipt; /* the bytes, when it is that */
	const struct file_ref *want; /* otherwise: what was released under this name */
	const struct review_case *owner;
	const struct publication *publication;
	mode_t mode;
	struct file_digest found;
};

/* The directory being compared.  What was met is told when all of it is known, in the order of the walk. */
struct walk {
	const struct docket *docket;
	struct audit_report *report;
	const char *root;
	const char *case_id; /* look at what this case released and nothing else; NULL: at everything */
	struct crew *digests;
	struct met **met;
	size_t met_count;
	const char **there; /* the paths that are, sorted */
	size_t there_count;
};

static void violation(struct walk *w, const char *path, const char *what, const char *consequence)
{
	add_problem(w->report, AUDIT_VIOLATION, mem_format(_("public file %s"), path), mem_copy_string(what),
	            mem_copy_string(consequence));
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

static void compare_file(struct walk *w, const struct met *m)
{
	w->report->public_files++;
	if (m->found.len != m->want->size || !digest_equal(&m->found.digest, &m->want->digest)) {
		char *what = mem_format(_("its bytes are not those that entry %u released for case %s"), (unsigned)m->publication->seq,
		                        m->owner->id);

		violation(w, m->path, what, _("unreviewed bytes are public"));
		free(what);
	} else if (((m->mode & 0100) != 0) != (m->want->mode == 0100755)) {
		violation(w, m->path, _("its mode is not the released one"), _("it may run where it should only be read"));
	}
}

static struct met *meet(struct walk *w, const char *path)
{
	struct met *m = mem_alloc(1, sizeof(*m));

	m->path = mem_copy_string(path);
	w->met = mem_grow(w->met, w->met_count, sizeof(struct met *));
	w->met[w->met_count++] = m;
	return m;
}

static void is_wrong(struct met *m, const char *what, const char *consequence)
{
	m->answer = AUDIT_VIOLATION;
	m->what = mem_copy_string(what);
	m->consequence = consequence;
}

static void is_unknown(struct met *m, const char *what)
{
	m->answer = AUDIT_UNDECIDED;
	m->what = mem_copy_string(what);
	m->consequence = _("what readers see is not known");
}

static void tell(struct walk *w, struct met *m)
{
	struct err err = {0};

	errno = m->found.failed;
	if (m->what == NULL && m->found.failed != 0 && !err_errno(&err, "read"))
		is_unknown(m, err.told);
	if (m->what != NULL)
		add_problem(w->report, m->answer, mem_format(_("public file %s"), m->path), mem_copy_string(m->what),
		            mem_copy_string(m->consequence));
	else if (m->want != NULL)
		compare_file(w, m);
	else
		compare_receipt(w, &m->receipt);
}

/* What nobody released is not read; of what somebody did, no more than shows that there is more. */
static void look_into(struct walk *w, struct met *m, int fd)
{
	struct err err = {0};

	if (strcmp(m->path, RECEIPT_NAME) == 0) {
		if (!buf_read_fd(&m->receipt, fd, RECEIPT_LIMIT, &err))
			is_unknown(m, err.told);
		(void)close(fd);
		return;
	}
	m->want = docket_public_file(w->docket, m->path, &m->owner, &m->publication);
	if (m->want != NULL) {
		digests_add(w->digests, fd, m->want->size, &m->found);
		return;
	}
	is_wrong(m, _("no release put it there"), _("unreviewed bytes are public"));
	(void)close(fd);
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
	struct met *m;
	struct stat sb;
	int fd;

	if (!is_asked_for(w, path))
		return;
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	m = meet(w, path);
	m->is_there = true;
	if (fd < 0 && errno == ELOOP)
		is_wrong(m, _("it is a symbolic link"), _("it may show anything"));
	else if (fd < 0 || fstat(fd, &sb) != 0)
		is_unknown(m, _("it cannot be read"));
	else if (!S_ISREG(sb.st_mode))
		is_wrong(m, _("it is not a plain file"), _("it may show anything"));
	if (m->what == NULL) {
		m->mode = sb.st_mode;
		look_into(w, m, fd);
	} else if (fd >= 0) {
		(void)close(fd);
	}
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
			is_unknown(meet(w, path), _("this folder cannot be looked into"));
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
		is_unknown(meet(w, prefix[0] != '\0' ? prefix : w->root), _("this folder cannot be listed"));
	for (int i = 0; i < n; i++) {
		if (strcmp(names[i]->d_name, ".") != 0 && strcmp(names[i]->d_name, "..") != 0)
			walk_name(w, dir, names[i], prefix, depth);
		free(names[i]);
	}
	free(names);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_paths(struct walk *w)
{
	for (size_t i = 0; i < w->met_count; i++) {
		if (!w->met[i]->is_there)
			continue;
		w->there = mem_grow(w->there, w->there_count, sizeof(*w->there));
		w->there[w->there_count++] = w->met[i]->path;
	}
	if (w->there_count > 0)
		qsort(w->there, w->there_count, sizeof(*w->there), by_text);
}

static bool is_there(const struct walk *w, const char *path)
{
	return w->there_count > 0 && bsearch(&path, w->there, w->there_count, sizeof(*w->there), by_text) != NULL;
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
				if (!is_there(w, p->files->items[n].path))
					violation(w, p->files->items[n].path, _("it was released and is not there"),
					          _("readers miss what was published"));
		}
	}
	if (any && w->case_id == NULL && !is_there(w, RECEIPT_NAME))
		violation(w, RECEIPT_NAME, _("the receipt is missing"), _("readers cannot compare what they see"));
}

static void walk_release(struct walk *w)
{
	for (size_t i = 0; i < w->met_count; i++) {
		free(w->met[i]->path);
		free(w->met[i]->what);
		buf_release(&w->met[i]->receipt);
		free(w->met[i]);
	}
	free(w->met);
	free(w->there);
}

void audit_public(const struct docket *docket, const char *public_dir, const char *case_id, struct audit_report *report)
{
	struct walk w = {.docket = docket, .report = report, .root = public_dir, .case_id = case_id, .digests = digests_begin()};
	const int dir = open(public_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir >= 0) {
		walk_dir(&w, dir, "", 0);
		(void)close(dir);
	} else if (errno != ENOENT) {
		is_unknown(meet(&w, public_dir), _("the public directory cannot be opened"));
	}
	crew_end(w.digests);
	for (size_t i = 0; i < w.met_count; i++)
		tell(&w, w.met[i]);
	sort_paths(&w);
	find_missing(&w);
	walk_release(&w);
}
