/* elsewhere.c - is an object that is not here lost, or only somewhere else?
 *
 * A partial clone leaves objects with its remote, and git would fetch them when asked; a repository that borrows objects
 * (objects/info/alternates) has them on a disk that may not be mounted.  Neither shows that anything is wrong with what
 * is missing: nothing is known of it.  Nobody is spoken to from here. */
#include "repo_inside.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACES_MOST = 100 }; /* who borrows may borrow from one who borrows, and that one in a circle */
static const size_t LIST_LIMIT = (size_t)64 * 1024;

static bool is_promise(const char *name)
{
	static const char front[] = "remote.", end[] = ".promisor";
	const size_t len = strlen(name);

	return strcmp(name, "extensions.partialclone") == 0 ||
	       (len > sizeof(front) + sizeof(end) && strncmp(name, front, sizeof(front) - 1) == 0 &&
	        strcmp(name + len - (sizeof(end) - 1), end) == 0);
}

static bool is_partial(struct repo *repo)
{
	git_config *config = NULL;
	git_config_iterator *at = NULL;
	git_config_entry *entry = NULL;
	bool partial = false;

	if (git_repository_config_snapshot(&config, repo->git) == 0 && git_config_iterator_new(&at, config) == 0)
		while (!partial && git_config_next(&entry, at) == 0)
			partial = is_promise(entry->name);
	git_config_iterator_free(at);
	git_config_free(config);
	return partial;
}

static void add_place(struct places *places, char *path)
{
	for (size_t i = 0; i < places->count; i++)
		if (strcmp(places->path[i], path) == 0) {
			free(path);
			return;
		}
	places->path = mem_grow(places->path, places->count, sizeof(*places->path));
	places->path[places->count++] = path;
}

static void add_lenders(struct places *places, const char *objects)
{
	char *list = fs_join(objects, "info/alternates"), *rest = NULL;
	struct buf text = {0};
	struct err ignored = {0};
	const bool has = fs_read_file(list, LIST_LIMIT, &text, &ignored);

	for (char *line = has ? strtok_r(text.data, "\n", &rest) : NULL; line != NULL && places->count < PLACES_MOST; line = strtok_r(NULL, "\n", &rest))
		if (line[0] != '#')
			add_place(places, line[0] == '/' ? mem_copy_string(line) : fs_join(objects, line));
	buf_release(&text);
	free(list);
}

void places_of(git_repository *git, struct places *out)
{
	*out = (struct places){0};
	add_place(out, fs_join(git_repository_commondir(git), "objects"));
	for (size_t i = 0; i < out->count; i++)
		add_lenders(out, out->path[i]);
}

void places_release(struct places *places)
{
	for (size_t i = 0; i < places->count; i++)
		free(places->path[i]);
	free(places->path);
}

void object_elsewhere(struct repo *repo, struct err *err)
{
	struct places places;

	if (err->kind != ERR_NOT_FOUND)
		return;
	if (is_partial(repo)) {
		err->kind = ERR_ELSEWHERE;
		(void)err_hint(err, "a partial clone has not all of it: git fetch --refetch --no-filter");
		return;
	}
	places_of(repo->git, &places);
	for (size_t i = 1; i < places.count && err->kind == ERR_NOT_FOUND; i++)
		if (access(places.path[i], R_OK | X_OK) != 0) {
			err->kind = ERR_ELSEWHERE;
			(void)err_hint(err, "objects are borrowed from %s, which is not there: mount it, or clone again without --shared", places.path[i]);
		}
	places_release(&places);
}
