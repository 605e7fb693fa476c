/* pushed_names.c - names that may be taken for the ledger's, or for those of what is kept with it. */
#include "pushed_names.h"

#include "base/utf8.h"
#include "ledger/ledger.h"
#include "text/alias.h"
#include "text/fold.h"

#include <string.h>

/* Component by component; what follows behind `guarded`, below it, makes no difference. */
static bool may_be(const char *ref, const char *guarded)
{
	for (;;) {
		const size_t len = strcspn(ref, "/"), want_len = strcspn(guarded, "/");
		char want[16];

		if (want_len >= sizeof(want))
			return false;
		memcpy(want, guarded, want_len);
		want[want_len] = '\0';
		if (!name_may_be(ref, len, want))
			return false;
		ref += len;
		guarded += want_len;
		if (*guarded == '\0')
			return true;
		if (*ref == '\0')
			return false;
		ref++;
		guarded++;
	}
}

/* The rest of a tag's name: git finds tags before what was fetched, so that a tag origin/review/ledger would be shown to
 * whoever asks for the ledger of the remote origin. */
static bool ends_in_ledger(const char *name)
{
	for (const char *at = name; at != NULL; at = strchr(at, '/') != NULL ? strchr(at, '/') + 1 : NULL)
		if (may_be(at, "review/ledger"))
			return true;
	return false;
}

/* To a person: a letter of another script that looks like a Latin one is that one. */
static bool looks_like(const char *ref, const char *guarded)
{
	struct folded seen = {0};
	bool alike;

	if (!utf8_valid(ref, strlen(ref), NULL))
		return false;
	fold_text(ref, strlen(ref), VIEW_LINE, &seen);
	alike = may_be(seen.text, guarded);
	folded_release(&seen);
	return alike;
}

bool pushed_name_judge(const char *ref, bool deleted, struct err *err)
{
	static const char *const guarded[] = {"refs/review", "refs/replace"};
	static const char tags[] = "refs/tags/";

	if (strcmp(ref, LEDGER_REF) != 0 && (may_be(ref, LEDGER_REF) || (!deleted && looks_like(ref, LEDGER_REF))))
		return err_set(err, ERR_DENIED, "%s: somebody, or a file system, may take this name for that of the ledger", ref);
	if (!deleted && name_hides(ref, strlen(ref)))
		return err_set(err, ERR_DENIED, "%s: there are characters in this name that are not shown", ref);
	if (!deleted && strcmp(ref, "refs/heads/review") == 0)
		return err_set(err, ERR_DENIED, "%s: beside a branch of this name there is no room for the ledger", ref);
	if (!deleted && strncmp(ref, tags, sizeof(tags) - 1) == 0 && ends_in_ledger(ref + sizeof(tags) - 1))
		return err_set(err, ERR_DENIED, "%s: whoever asks git for the ledger would be shown this instead", ref);
	for (size_t i = 0; i < sizeof(guarded) / sizeof(guarded[0]); i++)
		if (!(strncmp(ref, guarded[i], strlen(guarded[i])) == 0 && ref[strlen(guarded[i])] == '/') && may_be(ref, guarded[i]))
			return err_set(err, ERR_DENIED, "%s: a file system may take this name for one below %s", ref, guarded[i]);
	if (strncmp(ref, "refs/replace/", 13) == 0)
		return err_set(err, ERR_DENIED, "%s: one object shown in place of another hides what was reviewed", ref);
	return true;
}
