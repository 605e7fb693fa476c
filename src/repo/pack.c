/* pack.c - many objects in one file.
 *
 * The pack gets its name when it is whole, by libgit2, and is flushed to the disk before anything else is
 * touched.  Only then, and only for what can be read back from it, are the single files removed: as
 * git's own housekeeping does, and beside which this may run. */
#define _DEFAULT_SOURCE
#include "repo/pack.h"

#include "repo_inside.h"

#include "base/mem.h"

#include <dirent.h>
#include <git2/odb_backend.h>
#include <git2/pack.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CROWD = 8, FOLDERS = 256 }; /* CROWD * FOLDERS objects */

char *loose_path(const struct repo *repo, const struct object_id *id)
{
	char hex[OBJECT_HEX_SIZE];

	(void)object_id_to_hex(id, hex);
	return mem_format("%s/objects/%.2s/%s", repo->common_dir, hex, hex + 2);
}

bool repo_is_crowded(struct repo *repo)
{
	char *path = mem_format("%s/objects/%02x", repo->common_dir, FOLDERS / 2);
	DIR *dir = opendir(path);
	size_t count = 0;

	for (const struct dirent *d; dir != NULL && (d = readdir(dir)) != NULL;)
		count += d->d_name[0] != '.' ? 1 : 0;
	if (dir != NULL)
		(void)closedir(dir);
	free(path);
	return count >= CROWD;
}

bool object_is_loose(struct repo *repo, const struct object_id *id)
{
	char *path = loose_path(repo, id);
	struct stat sb;
	const bool is = lstat(path, &sb) == 0 && S_ISREG(sb.st_mode);

	free(path);
	return is;
}

/* *index: the path of the pack's index; owned by the caller. */
static bool write_pack(struct repo *repo, const struct object_id *ids, size_t count, char **index, struct err *err)
{
	char *dir = mem_format("%s/objects/pack", repo->common_dir);
	git_packbuilder *builder = NULL;
	int code = git_packbuilder_new(&builder, repo->git);

	for (size_t i = 0; code == 0 && i < count; i++) {
		git_oid oid;

		oid_of(&oid, &ids[i]);
		code = git_packbuilder_insert(builder, &oid, NULL);
	}
	(void)git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	if (code == 0)
		code = git_packbuilder_write(builder, dir, 0, NULL, NULL);
	(void)git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
	if (code == 0)
		*index = mem_format("%s/pack-%s.idx", dir, git_packbuilder_name(builder));
	else
		(void)git_failed(err, code, "pack");
	git_packbuilder_free(builder);
	free(dir);
	return code == 0;
}

/* The pack alone, so that what is read cannot come from anywhere else. */
static bool open_pack(const char *index, git_odb **out, struct err *err)
{
	git_odb_backend *backend = NULL;
	git_odb *odb = NULL;
	int code = git_odb_new(&odb);

	if (code == 0)
		code = git_odb_backend_one_pack(&backend, index);
	if (code == 0)
		code = git_odb_add_backend(odb, backend, 1);
	if (code == 0) {
		*out = odb;
		return true;
	}
	git_odb_free(odb);
	return git_failed(err, code, "pack");
}

static void remove_file_of(const struct repo *repo, git_odb *pack, const struct object_id *id)
{
	git_odb_object *object = NULL;
	char *path = loose_path(repo, id);
	git_oid oid;

	oid_of(&oid, id);
	if (git_odb_read(&object, pack, &oid) == 0) /* hashed while it is read */
		(void)unlink(path);
	git_odb_object_free(object);
	free(path);
}

bool objects_pack(struct repo *repo, const struct object_id *ids, size_t count, struct err *err)
{
	char *index = NULL;
	git_odb *pack = NULL;
	const bool ok = write_pack(repo, ids, count, &index, err) && open_pack(index, &pack, err);

	for (size_t i = 0; ok && i < count; i++)
		remove_file_of(repo, pack, &ids[i]);
	git_odb_free(pack);
	free(index);
	return ok;
}
