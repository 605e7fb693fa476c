/* collision.c - two names, one file: what a case-blind or normalising file system makes of paths. */
#include "collision.h"

#include "base/fs.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "staging.h"
#include "text/fold.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Same name, or one is a folder on the way to the other, though they are spelled differently. */
static bool collide(const char *a, const char *b)
{
	char *x = text_name_key(a, strlen(a)), *y = text_name_key(b, strlen(b));
	const size_t la = strlen(x), lb = strlen(y);
	const size_t least = la < lb ? la : lb;
	const bool same = strncmp(x, y, least) == 0 && (la == lb || (la > lb ? x[lb] : y[la]) == '/');

	free(x);
	free(y);
	return same && strcmp(a, b) != 0;
}

static bool complain(const char *path, const char *other, struct err *err)
{
	(void)err_set(err, ERR_DENIED, "%s would be taken for %s, which is public or about to be", path, other);
	return err_hint(err, "rename one of them and submit a new round");
}

static bool against_each_other(const struct file_refs *files, struct err *err)
{
	for (size_t i = 0; i < files->count; i++) {
		char *key = text_name_key(files->items[i].path, strlen(files->items[i].path));
		char *receipt = text_name_key(RECEIPT_NAME, strlen(RECEIPT_NAME));
		const bool reserved = strcmp(key, receipt) == 0;

		free(key);
		free(receipt);
		if (reserved)
			return err_set(err, ERR_DENIED, "%s is the name of the receipt", files->items[i].path);
		for (size_t k = 0; k < i; k++)
			if (collide(files->items[i].path, files->items[k].path))
				return complain(files->items[i].path, files->items[k].path, err);
	}
	return true;
}

static const struct publication *in_force(const struct review_case *c)
{
	for (size_t i = c->publication_count; i > 0; i--)
		if (!c->publications[i - 1].withdrawn && !c->publications[i - 1].superseded)
			return &c->publications[i - 1];
	return NULL;
}

static bool against_docket(const struct docket *docket, const char *case_id, const struct file_refs *files, struct err *err)
{
	for (size_t i = 0; i < docket->case_count; i++) {
		const struct review_case *c = docket_case_at(docket, i);
		const struct publication *p = in_force(c);

		if (p == NULL || strcmp(c->id, case_id) == 0)
			continue;
		for (size_t k = 0; k < p->files->count; k++)
			for (size_t n = 0; n < files->count; n++)
				if (collide(files->items[n].path, p->files->items[k].path))
					return complain(files->items[n].path, p->files->items[k].path, err);
	}
	return true;
}

/* Each name on the way, against what lies in its folder now. */
static bool against_folder(int open, const char *path, struct err *err)
{
	char *walk = mem_copy_string(path);
	bool ok = true;

	for (char *at = walk; ok && at != NULL;) {
		char *slash = strchr(at, '/');
		int fd;
		DIR *dir;
		struct dirent *entry;

		if (at != walk)
			at[-1] = '\0';
		fd = fs_open_beneath(open, at == walk ? "." : walk, O_RDONLY | O_DIRECTORY, 0);
		if (at != walk)
			at[-1] = '/';
		dir = fd >= 0 ? fdopendir(fd) : NULL;
		if (dir == NULL)
			break; /* no such folder yet: nothing in it */
		if (slash != NULL)
			*slash = '\0';
		while (ok && (entry = readdir(dir)) != NULL)
			if (collide(at, entry->d_name))
				ok = complain(path, entry->d_name, err);
		(void)closedir(dir);
		if (slash != NULL)
			*slash = '/';
		at = slash != NULL ? slash + 1 : NULL;
	}
	free(walk);
	return ok;
}

bool collision_check(const struct docket *docket, const struct staging *staging, const char *case_id,
                     const struct file_refs *files, struct err *err)
{
	if (!against_each_other(files, err) || !against_docket(docket, case_id, files, err))
		return false;
	for (size_t i = 0; i < files->count; i++)
		if (!path_check(files->items[i].path, strlen(files->items[i].path), err) ||
		    !against_folder(staging->open, files->items[i].path, err))
			return false;
	return true;
}
