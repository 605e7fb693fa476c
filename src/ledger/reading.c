/* reading.c - one entry, proved as far as it goes alone: that its bytes are the only way to write it,
 * that its signature is good, that its bodies are the ones it signed. */
#include "reading.h"

#include "base/buf.h"
#include "bodies.h"
#include "repo/object.h"

static bool form(struct repo *repo, const struct link *link, struct reading *r)
{
	struct buf raw = {0};
	bool ok;

	if (link->raw != NULL)
		return commit_parse(link->raw, link->len, link->signer, &r->entry, &r->links, &r->err);
	ok = object_read(repo, &link->id, OBJECT_COMMIT, COMMIT_LIMIT, &raw, &r->err) &&
	     commit_parse(raw.data, raw.len, NULL, &r->entry, &r->links, &r->err);
	buf_release(&raw);
	return ok;
}

void reading_make(struct repo *repo, const struct link *link, struct reading *out)
{
	out->form_ok = form(repo, link, out);
	out->bodies_ok = out->form_ok && bodies_load(repo, &out->links.tree, &out->entry, &out->err);
}

void reading_release(struct reading *reading)
{
	entry_release(&reading->entry);
	reading->links = (struct commit_links_of_entry){0};
	reading->form_ok = reading->bodies_ok = false;
	if (reading->err.kind != ERR_NONE)
		reading->err = (struct err){0}; /* it is long, and hardly ever filled */
}
