/* tidy.c - the newest entries, each in files of its own, put into a pack.
 *
 * From the tip back to the first entry that is packed already: so it costs what was written since. */
#include "ledger/ledger.h"

#include "base/mem.h"
#include "repo/object.h"
#include "repo/pack.h"

#include <stdlib.h>

enum { FEWEST = 500, MOST = 100000, BODIES_MOST = 2000 };

struct loose {
	struct object_id *ids;
	size_t count, entries;
};

static void add(struct repo *repo, const struct object_id *id, struct loose *out)
{
	if (!object_is_loose(repo, id))
		return;
	out->ids = mem_grow(out->ids, out->count, sizeof(*out->ids));
	out->ids[out->count++] = *id;
}

static bool add_entry(struct repo *repo, const struct object_id *commit, const struct object_id *tree,
                      struct loose *out, struct err *err)
{
	struct tree_files bodies = {0};

	if (!tree_list(repo, tree, BODIES_MOST, &bodies, err))
		return false;
	add(repo, commit, out);
	add(repo, tree, out);
	for (size_t i = 0; i < bodies.count; i++)
		add(repo, &bodies.items[i].id, out);
	out->entries++;
	tree_files_release(&bodies);
	return true;
}

static bool find(struct repo *repo, const struct object_id *tip, struct loose *out, struct err *err)
{
	struct object_id at = *tip;

	while (out->entries < MOST && object_is_loose(repo, &at)) {
		struct object_id tree, *parents = NULL;
		size_t count = 0;
		const bool ok = commit_links(repo, &at, &tree, &parents, &count, err) && add_entry(repo, &at, &tree, out, err);

		if (ok && count == 1)
			at = parents[0];
		free(parents);
		if (!ok)
			return false;
		if (count != 1)
			break;
	}
	return true;
}

bool ledger_tidy(struct repo *repo, const struct ledger_tip *tip, struct err *err)
{
	struct loose loose = {0};
	bool ok = true;

	if (!repo_is_crowded(repo))
		return true;
	ok = find(repo, &tip->commit, &loose, err) &&
	     (loose.entries < FEWEST || objects_pack(repo, loose.ids, loose.count, err));
	free(loose.ids);
	return ok;
}
