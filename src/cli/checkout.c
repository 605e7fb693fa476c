/* checkout.c - what readers of a branch see is what a checkout writes, and attributes change that. */
#include "checkout.h"

#include "base/buf.h"
#include "base/language.h"
#include "policy/docket.h"
#include "policy/policy.h"
#include "repo/attributes.h"
#include "repo/change.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

/* Said once, for the folder of the first of them. */
static void add_hint(struct buf *complaints, const char *path)
{
	const size_t folder = strcspn(path, "/");

	buf_addf(complaints,
	         _("review: hint: as the last line of .gitattributes: %.*s/** -text -ident -filter "
	           "-working-tree-encoding\n"),
	         (int)folder, path);
}

static bool has_attributes(const struct changes *files)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *slash = strrchr(files->items[i].path, '/');

		if (strcmp(slash != NULL ? slash + 1 : files->items[i].path, ".gitattributes") == 0)
			return true;
	}
	return false;
}

bool checkout_judge(struct session *s, const struct object_id *commit, const struct changes *files,
                    struct buf *complaints, size_t *count, struct err *err)
{
	const char *first = NULL;

	if (s->docket.policy == NULL || !has_attributes(files))
		return true;
	for (size_t i = 0; i < files->count; i++) {
		const char *path = files->items[i].path;
		char *how = NULL;

		if (!policy_path_is_public(s->docket.policy, path))
			continue;
		if (!attributes_alter(s->repo, commit, path, &how, err))
			return false;
		if (how != NULL) {
			buf_addf(complaints,
			         _("%s would not be checked out as it was released: .gitattributes say %s\n"),
			         path, how);
			++*count;
			first = first != NULL ? first : path;
		}
		free(how);
	}
	if (first != NULL)
		add_hint(complaints, first);
	return true;
}
