/* witnesses.c - checkpoints on their way from machine to machine. */
#include "witnesses.h"

#include "base/language.h"
#include "base/mem.h"
#include "ledger/checkpoint.h"
#include "ledger/ledger.h"
#include "remote.h"
#include "repo/ref.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A witness's record only ever grows. */
static bool keep(const char *name, const struct object_id *id, void *context, struct err *err)
{
	const struct remote *remote = context;
	char *ref = mem_format(WITNESS_PREFIX "%s", name + strlen(remote->incoming) + strlen("witness/"));
	struct object_id here;
	struct err absent = {0};
	bool newer = false, older = false, ok = true;

	if (!ref_read(remote->s->repo, ref, &here, &absent))
		ok = absent.kind == ERR_NOT_FOUND ? ref_swap(remote->s->repo, ref, NULL, id, "review: sync", err)
		                                  : err_pass(err, &absent);
	else if (!ledger_descends(remote->s->repo, id, &here, &newer, err))
		ok = false;
	else if (newer)
		ok = object_id_equal(id, &here) || ref_swap(remote->s->repo, ref, &here, id, "review: sync", err);
	else if (!ledger_descends(remote->s->repo, &here, id, &older, err))
		ok = false;
	else if (!older)
		(void)fprintf(stderr, _("review: warning: %s at %s does not go on from the one here\n"), ref, remote->name);
	free(ref);
	return ok;
}

bool witnesses_keep(struct remote *remote, struct err *err)
{
	char *prefix = mem_format("%switness/", remote->incoming);
	const bool ok = ref_list(remote->s->repo, prefix, keep, remote, err);

	free(prefix);
	return ok;
}
