/* rule_drafts.c - where the next ruleset is written: .review/rules, and .review/allow.yaml beside it.
 *
 * Drafts bind nobody.  They are read to be checked, and to be signed into the ledger. */
#include "rule_drafts.h"

#include "base/fs.h"
#include "base/mem.h"
#include "rules/allow.h"
#include "rules/ruleset.h"

#include <stdlib.h>

char *rule_drafts_allow_path(const char *review)
{
	char *inside = fs_join(review, "rules/" ALLOW_FILE);

	if (fs_exists(inside))
		return inside;
	free(inside);
	return fs_join(review, ALLOW_FILE);
}

bool rule_drafts_read(const char *review, struct rule_files *out, struct err *err)
{
	char *rules = fs_join(review, "rules"), *inside = fs_join(rules, ALLOW_FILE),
	     *beside = fs_join(review, ALLOW_FILE);
	struct rule_files files = {0};
	bool ok = rule_files_read_dir(rules, &files, err) ||
	          err_hint(err, "review init writes the shipped packs there");

	if (ok && fs_exists(beside)) {
		ok = !fs_exists(inside) ||
		     err_set(err, ERR_INPUT, "%s is there, and %s too; keep one", beside, inside);
		ok = ok && rule_files_read_file(beside, ALLOW_FILE, &files, err);
	}
	if (ok)
		*out = files; /* transferred */
	else
		rule_files_release(&files);
	free(rules);
	free(inside);
	free(beside);
	return ok;
}
