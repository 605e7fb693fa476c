/* files.c - the files a ruleset is made of. */
#define _DEFAULT_SOURCE
#include "rules_inside.h"

#include "base/buf.h"
#include "base/embedded.h"
#include "base/fs.h"
#include "base/mem.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

extern const struct embedded builtin_packs[];

static const size_t PACK_LIMIT = (size_t)1024 * 1024, WORDS_LIMIT = (size_t)16 * 1024 * 1024;

void rule_files_add(struct rule_files *files, const char *name, const void *bytes, size_t len)
{
	struct rule_file *file;

	files->items = mem_grow(files->items, files->count, sizeof(*files->items));
	file = &files->items[files->count++];
	file->name = mem_copy_string(name);
	file->bytes = mem_copy_bytes(bytes, len);
	file->len = len;
	file->digest = (struct digest){0};
}

void rule_files_release(struct rule_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->items[i].name);
		free(files->items[i].bytes);
	}
	free(files->items);
	*files = (struct rule_files){0};
}

void rule_files_builtin(struct rule_files *out)
{
	for (const struct embedded *e = builtin_packs; e->name != NULL; e++)
		rule_files_add(out, e->name, e->bytes, e->len);
}

const struct rule_file *rule_files_find(const struct rule_files *files, const char *name)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i].name, name) == 0)
			return &files->items[i];
	return NULL;
}

static bool ends_in(const char *name, const char *ending)
{
	const size_t a = strlen(name), b = strlen(ending);

	return a > b && strcmp(name + a - b, ending) == 0;
}

bool rule_file_is_pack(const char *name)
{
	return ends_in(name, ".yaml") && strcmp(name, ALLOW_FILE) != 0;
}

bool rule_file_is_keywords(const char *name)
{
	return ends_in(name, ".txt");
}

static size_t size_limit(const char *name)
{
	return rule_file_is_keywords(name) ? WORDS_LIMIT : PACK_LIMIT;
}

bool rule_file_check(const char *name, size_t len, struct err *err)
{
	const size_t most = size_limit(name);
	const bool plain = strlen(name) <= 64 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(name) &&
	                   strchr("._-", name[0]) == NULL;

	if (!plain || (!ends_in(name, ".yaml") && !rule_file_is_keywords(name)))
		return err_set(err, ERR_INPUT, "%s: not the name of a pack (*.yaml) or a keyword file (*.txt)", name);
	if (len > most)
		return err_set(err, ERR_LIMIT, "%s: larger than %zu bytes", name, most);
	return true;
}

bool rule_files_read_file(const char *path, const char *name, struct rule_files *out, struct err *err)
{
	struct buf bytes = {0};
	struct stat sb;
	bool ok = false;

	if (lstat(path, &sb) == 0 && S_ISLNK(sb.st_mode))
		(void)err_set(err, ERR_INPUT, "%s: a symbolic link", path);
	else
		ok = fs_read_file(path, size_limit(name), &bytes, err);
	if (ok)
		rule_files_add(out, name, bytes.data, bytes.len);
	buf_release(&bytes);
	return ok;
}

static bool read_one(const char *dir, const char *name, struct rule_files *out, struct err *err)
{
	char *path = fs_join(dir, name);
	bool ok = false;

	if (!rule_file_check(name, 0, err))
		err_context(err, "%s", dir);
	else if (out->count >= RULE_FILES_MOST)
		(void)err_set(err, ERR_LIMIT, "%s: more than %d files", dir, RULE_FILES_MOST);
	else
		ok = rule_files_read_file(path, name, out, err);
	free(path);
	return ok;
}

/* Not alphasort(3), which asks the locale. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

bool rule_files_read_dir(const char *dir, struct rule_files *out, struct err *err)
{
	struct rule_files files = {0};
	struct dirent **names = NULL;
	const int n = scandir(dir, &names, NULL, by_bytes);
	bool ok = n >= 0 || err_errno(err, "%s", dir);

	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;

		if (ok && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
			ok = read_one(dir, name, &files, err);
		free(names[i]);
	}
	free(names);
	if (!ok)
		rule_files_release(&files);
	else
		*out = files;
	return ok;
}
