/* pushed_commits.c - what a push brings, reference by reference.
 *
 * A thousand references to the same few commits are a small push; so the commits are read once, and which of them a
 * reference leads to is found here, without reading any of them again. */
#define _GNU_SOURCE
#include "pushed_commits.h"

#include "base/mem.h"
#include "base/object_id.h"

#include <stdlib.h>
#include <string.h>

void pushed_commits_release(struct pushed_commits *commits)
{
	for (size_t i = 0; i < commits->count; i++) {
		free(commits->items[i].parents);
		changes_release(&commits->items[i].gone);
	}
	free(commits->items);
	free(commits->by_id);
	*commits = (struct pushed_commits){0};
}

static void add_gone(struct changes *out, const char *path)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct change){.path = mem_copy_string(path)};
}

bool pushed_commits_add(struct pushed_commits *commits, struct repo *repo, const struct object_id *id,
                        const struct changes *changes, struct err *err)
{
	struct pushed_commit commit = {.id = *id};
	struct object_id tree;

	if (!commit_links(repo, id, &tree, &commit.parents, &commit.parent_count, err))
		return false;
	for (size_t i = 0; i < changes->count; i++)
		if (changes->items[i].mode == 0)
			add_gone(&commit.gone, changes->items[i].path);
	commits->taking_away += commit.gone.count > 0 ? 1 : 0;
	commits->items = mem_grow(commits->items, commits->count, sizeof(*commits->items));
	commits->items[commits->count++] = commit;
	return true;
}

static int by_id(const void *a, const void *b, void *items)
{
	const struct pushed_commit *list = items;

	return memcmp(&list[*(const size_t *)a].id, &list[*(const size_t *)b].id, sizeof(list->id));
}

static void sort(struct pushed_commits *commits)
{
	commits->by_id = mem_alloc(commits->count, sizeof(*commits->by_id));
	for (size_t i = 0; i < commits->count; i++)
		commits->by_id[i] = i;
	qsort_r(commits->by_id, commits->count, sizeof(*commits->by_id), by_id, commits->items);
}

/* Its place among the items; count: the repository has it. */
static size_t find(const struct pushed_commits *commits, const struct object_id *id)
{
	size_t from = 0, to = commits->count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2, at = commits->by_id[middle];
		const int order = memcmp(id, &commits->items[at].id, sizeof(*id));

		if (order == 0)
			return at;
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return commits->count;
}

static void visit(const struct pushed_commits *commits, const struct object_id *id, bool *seen, size_t *queue, size_t *queued)
{
	const size_t at = find(commits, id);

	if (at == commits->count || seen[at])
		return;
	seen[at] = true;
	queue[(*queued)++] = at;
}

void pushed_commits_gone(struct pushed_commits *commits, const struct object_id *tip, struct changes *out)
{
	size_t queued = 0, *queue;
	bool *seen;

	if (commits->taking_away == 0)
		return;
	if (commits->by_id == NULL)
		sort(commits);
	queue = mem_alloc(commits->count, sizeof(*queue));
	seen = mem_alloc(commits->count, sizeof(*seen));
	visit(commits, tip, seen, queue, &queued);
	for (size_t i = 0; i < queued; i++) {
		const struct pushed_commit *commit = &commits->items[queue[i]];

		for (size_t k = 0; k < commit->gone.count; k++)
			add_gone(out, commit->gone.items[k].path);
		for (size_t k = 0; k < commit->parent_count; k++)
			visit(commits, &commit->parents[k], seen, queue, &queued);
	}
	free(queue);
	free(seen);
}
