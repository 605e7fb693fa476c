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

enum { DEEPEST = 5 }; /* as git: who borrows may borrow from one who borrows */
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

/* The first place that `objects` borrows from and that cannot be looked into, to be freed; NULL: there is none. */
static char *lender_gone(const char *objects, int depth)
{
	char *list = fs_join(objects, "info/alternates"), *gone = NULL, *rest = NULL;
	struct buf text = {0};
	struct err ignored = {0};
	const bool has = depth < DEEPEST && fs_read_file(list, LIST_LIMIT, &text, &ignored);

	for (char *line = has ? strtok_r(text.data, "\n", &rest) : NULL; line != NULL && gone == NULL; line = strtok_r(NULL, "\n", &rest)) {
		char *place = line[0] == '/' ? mem_copy_string(line) : fs_join(objects, line);

		if (line[0] == '#') {
			free(place);
		} else if (access(place, R_OK | X_OK) != 0) {
			gone = place;
		} else {
			gone = lender_gone(place, depth + 1);
			free(place);
		}
	}
	buf_release(&text);
	free(list);
	return gone;
}

void object_elsewhere(struct repo *repo, struct err *err)
{
	char *objects, *gone;

	if (err->kind != ERR_NOT_FOUND)
		return;
	if (is_partial(repo)) {
		err->kind = ERR_ELSEWHERE;
		(void)err_hint(err, "a partial clone has not all of it: git fetch --refetch --no-filter");
		return;
	}
	objects = fs_join(repo->common_dir, "objects");
	gone = lender_gone(objects, 0);
	if (gone != NULL) {
		err->kind = ERR_ELSEWHERE;
		(void)err_hint(err, "objects are borrowed from %s, which is not there: mount it, or clone again without --shared", gone);
	}
	free(gone);
	free(objects);
}
