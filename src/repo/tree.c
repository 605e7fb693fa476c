/* tree.c - trees, read strictly and written from paths.
 *
 * git and libgit2 both accept trees that no honest writer makes: two entries of one name, "..",
 * ".git", names with a slash.  What a checkout would show is then anybody's guess, so such a tree
 * is refused. */
#include "repo_inside.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MODE_TREE = 0040000, DEEPEST = 64 };
static const size_t TREE_LIMIT = (size_t)64 * 1024 * 1024, PATHS_LIMIT = (size_t)512 * 1024 * 1024;
enum { FOLDERS_LIMIT = 100000, PATH_LIMIT = 4096 };

void tree_files_release(struct tree_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->items[i].path);
	free(files->items);
	*files = (struct tree_files){0};
}

static bool read_mode(const char *text, size_t len, unsigned *out)
{
	static const struct {
		const char *text;
		unsigned mode;
	} modes[] = {{"100644", MODE_FILE}, {"100755", MODE_EXECUTABLE}, {"120000", MODE_LINK},
	             {"160000", MODE_COMMIT}, {"40000", MODE_TREE}};

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (strlen(modes[i].text) == len && memcmp(modes[i].text, text, len) == 0) {
			*out = modes[i].mode;
			return true;
		}
	return false;
}

static bool name_is_sane(const char *name, size_t len)
{
	if (len == 0 || len > 4096 || memchr(name, '/', len) != NULL)
		return false;
	if ((len == 1 && name[0] == '.') || (len == 2 && name[0] == '.' && name[1] == '.'))
		return false;
	return !(len == 4 && strncasecmp(name, ".git", 4) == 0);
}

bool tree_next(const char **at, const char *end, struct tree_item *out, struct err *err)
{
	const size_t left = (size_t)(end - *at);
	const char *space = memchr(*at, ' ', left < 7 ? left : 7);
	const char *nul = space != NULL ? memchr(space + 1, '\0', (size_t)(end - space - 1)) : NULL;

	if (nul == NULL || end - nul < 21 || !read_mode(*at, (size_t)(space - *at), &out->mode))
		return err_set(err, ERR_INPUT, "a tree is malformed");
	out->name = space + 1;
	out->name_len = (size_t)(nul - space - 1);
	if (!name_is_sane(out->name, out->name_len))
		return err_set(err, ERR_INPUT, "a tree holds a forbidden name");
	memcpy(out->id.byte, nul + 1, sizeof(out->id.byte));
	*at = nul + 21;
	return true;
}

/* git's order: bytewise, a directory as if its name ended in '/'. */
static int compare_items(const struct tree_item *a, const struct tree_item *b)
{
	const size_t least = a->name_len < b->name_len ? a->name_len : b->name_len;
	const int d = memcmp(a->name, b->name, least);
	const unsigned char ca = a->name_len > least ? (unsigned char)a->name[least] : a->mode == MODE_TREE ? '/' : 0;
	const unsigned char cb = b->name_len > least ? (unsigned char)b->name[least] : b->mode == MODE_TREE ? '/' : 0;

	return d != 0 ? d : (int)ca - (int)cb;
}

/* A few hundred bytes of trees that hold each other over and over are as many folders as anybody likes, without one
 * file, or paths without an end: so all three are counted. */
struct walk {
	struct repo *repo;
	size_t limit, folders, path_bytes;
	struct tree_files files;
};

static bool walk_tree(struct walk *walk, const struct object_id *id, const char *prefix, int depth, struct err *err);

static bool walk_item(struct walk *walk, const struct tree_item *item, const char *prefix, int depth, struct err *err)
{
	char *path = mem_format("%s%s%.*s", prefix, prefix[0] != '\0' ? "/" : "", (int)item->name_len, item->name);
	const size_t len = strlen(path);
	bool ok = true;

	walk->path_bytes += len;
	if (len > PATH_LIMIT || walk->path_bytes > PATHS_LIMIT) {
		free(path);
		ok = err_set(err, ERR_LIMIT, "the paths in a tree are too long");
	} else if (item->mode == MODE_TREE) {
		ok = walk_tree(walk, &item->id, path, depth + 1, err);
		free(path);
	} else if (walk->files.count >= walk->limit) {
		free(path);
		ok = err_set(err, ERR_LIMIT, "more than %zu files in a tree", walk->limit);
	} else {
		walk->files.items = mem_grow(walk->files.items, walk->files.count, sizeof(*walk->files.items));
		walk->files.items[walk->files.count++] =
			(struct tree_file){.path = path, .mode = item->mode, .id = item->id};
	}
	return ok;
}

static bool walk_tree(struct walk *walk, const struct object_id *id, const char *prefix, int depth, struct err *err)
{
	struct buf raw = {0};
	struct tree_item item, last = {0};
	const char *at, *end;
	bool ok = depth < DEEPEST || err_set(err, ERR_LIMIT, "a tree is too deep");

	ok = ok && (++walk->folders <= FOLDERS_LIMIT || err_set(err, ERR_LIMIT, "more than %d folders in a tree", FOLDERS_LIMIT));
	ok = ok && object_read(walk->repo, id, OBJECT_TREE, TREE_LIMIT, &raw, err);
	at = raw.data;
	end = raw.data != NULL ? raw.data + raw.len : NULL;
	while (ok && at != end) {
		ok = tree_next(&at, end, &item, err);
		if (ok && last.name != NULL &&
		    (compare_items(&last, &item) >= 0 ||
		     (last.name_len == item.name_len && memcmp(last.name, item.name, item.name_len) == 0)))
			ok = err_set(err, ERR_INPUT, "a tree is out of order or holds a name twice");
		ok = ok && walk_item(walk, &item, prefix, depth, err);
		last = item;
	}
	buf_release(&raw);
	return ok;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

/* Is one of the folders above files[i] also the name of a file?  git's order can keep the two apart
 * ("a", "a-b", "a/x"); a checkout cannot. */
static bool is_shadowed(const struct tree_files *files, size_t i)
{
	char *path = mem_copy_string(files->items[i].path);
	bool shadowed = false;

	for (char *slash = strchr(path, '/'); slash != NULL && !shadowed; slash = strchr(slash + 1, '/')) {
		const struct tree_file folder = {.path = path};

		*slash = '\0';
		shadowed = bsearch(&folder, files->items, files->count, sizeof(folder), by_path) != NULL;
		*slash = '/';
	}
	free(path);
	return shadowed;
}

bool tree_list(struct repo *repo, const struct object_id *tree, size_t limit, struct tree_files *out, struct err *err)
{
	struct walk walk = {.repo = repo, .limit = limit};

	if (!walk_tree(&walk, tree, "", 0, err)) {
		tree_files_release(&walk.files);
		return false;
	}
	if (walk.files.count > 0)
		qsort(walk.files.items, walk.files.count, sizeof(*walk.files.items), by_path);
	for (size_t i = 0; i < walk.files.count; i++)
		if (is_shadowed(&walk.files, i)) {
			tree_files_release(&walk.files);
			return err_set(err, ERR_INPUT, "a tree holds a name twice");
		}
	*out = walk.files;
	return true;
}

/* The tree of files[from, to), whose paths share the first `depth` bytes. */
static bool write_level(struct repo *repo, const struct tree_files *files, size_t from, size_t to, size_t depth,
                        struct object_id *out, struct err *err)
{
	git_treebuilder *builder = NULL;
	git_oid oid;
	int code = git_treebuilder_new(&builder, repo->git, NULL);
	bool ok = code == 0;

	for (size_t i = from; ok && i < to;) {
		const char *name = files->items[i].path + depth, *slash = strchr(name, '/');
		const size_t len = slash != NULL ? (size_t)(slash - name) : strlen(name);
		char *plain = mem_copy_bytes(name, len);
		struct object_id id = files->items[i].id;
		unsigned mode = files->items[i].mode;
		size_t next = i + 1;

		if (slash != NULL) {
			while (next < to && strncmp(files->items[next].path + depth, name, len + 1) == 0)
				next++;
			mode = MODE_TREE;
			ok = write_level(repo, files, i, next, depth + len + 1, &id, err);
		}
		oid_of(&oid, &id);
		if (ok) {
			code = git_treebuilder_insert(NULL, builder, plain, &oid, (git_filemode_t)mode);
			ok = code == 0;
		}
		if (slash == NULL)
			fresh_note(repo, &id); /* git add leaves it to the kernel */
		free(plain);
		i = next;
	}
	if (ok) {
		code = git_treebuilder_write(&oid, builder);
		ok = code == 0;
	}
	git_treebuilder_free(builder);
	if (!ok)
		return err->kind != ERR_NONE ? false : git_failed(err, code, "tree");
	*out = id_of(&oid);
	fresh_note(repo, out);
	return true;
}

bool tree_write(struct repo *repo, const struct tree_files *files, struct object_id *out, struct err *err)
{
	for (size_t i = 1; i < files->count; i++)
		if (strcmp(files->items[i - 1].path, files->items[i].path) >= 0)
			return err_set(err, ERR_INPUT, "files for a tree are not sorted");
	return write_level(repo, files, 0, files->count, 0, out, err);
}
