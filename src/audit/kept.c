/* kept.c - documents kept beside the ledger, compared with what was submitted.
 *
 * They and the public directory have nothing to do with each other, and either can be large: so each has a
 * processor, and what they found is put together in the order it always had. */
#include "audit_inside.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "repo/ref.h"
#include "repo/repo.h"

#include <pthread.h>
#include <stdlib.h>

enum { WORTH_IT = 64 }; /* cases */

struct audit_documents {
	const struct audit_order *order;
	const struct docket *docket;
	struct repo *repo; /* the thread's own; NULL: there is no thread */
	pthread_t thread;
	struct audit_report report; /* of the thread, until it ended */
};

static void compare(struct audit_documents *d, struct repo *repo, const struct review_case *c, const struct round *round,
                    const struct file_ref *file)
{
	struct buf bytes = {0};
	struct err err = {0};

	if (!documents_read(repo, c->id, round->number, file, &bytes, &err)) {
		if (err.kind == ERR_NOT_FOUND)
			d->report.documents_missing++;
		else if (err.kind == ERR_SYSTEM)
			add_problem(&d->report, AUDIT_UNDECIDED, mem_format(_("document %s of case %s"), file->path, c->id),
			            mem_copy_string(err.told), mem_copy_string(_("the kept copy cannot be read")));
		else
			add_problem(&d->report, AUDIT_VIOLATION, mem_format(_("document %s of case %s"), file->path, c->id),
			            mem_copy_string(err.told), mem_copy_string(_("the kept copy is not what was signed")));
	}
	buf_release(&bytes);
}

/* One reference is enough to know. */
static bool there_is_one(const char *name, const struct object_id *id, void *context, struct err *err)
{
	(void)name;
	(void)id;
	(void)context;
	(void)err;
	return false;
}

/* A ledger alone, as an auditor has it: not one document need be looked for.  Whatever cannot be listed is. */
static bool nothing_is_kept(struct repo *repo)
{
	struct err ignored = {0};

	return ref_list(repo, DOCUMENTS_PREFIX, there_is_one, NULL, &ignored);
}

static void compare_all(struct audit_documents *d, struct repo *repo)
{
	const bool nothing = nothing_is_kept(repo);

	for (size_t i = 0; i < d->docket->case_count; i++) {
		const struct review_case *c = docket_case_at(d->docket, i);

		for (size_t k = 0; audit_is_about(d->order, c->id) && k < c->round_count; k++)
			for (size_t n = 0; n < c->rounds[k].files->count; n++)
				if (nothing)
					d->report.documents_missing++;
				else
					compare(d, repo, c, &c->rounds[k], &c->rounds[k].files->items[n]);
	}
	if (d->report.documents_missing > 0)
		add_remark(&d->report, mem_format(_("submitted documents not kept here: %zu; fetch refs/review/documents/* to compare them"),
		                                  d->report.documents_missing));
}

static void *run(void *context)
{
	struct audit_documents *d = context;

	compare_all(d, d->repo);
	return NULL;
}

struct audit_documents *audit_documents_begin(const struct audit_order *order, const struct docket *docket)
{
	struct audit_documents *d = mem_alloc(1, sizeof(*d));
	struct err ignored = {0};

	d->order = order;
	d->docket = docket;
	if (docket->case_count < WORTH_IT || !repo_again(order->repo, &d->repo, &ignored))
		d->repo = NULL;
	if (d->repo != NULL && pthread_create(&d->thread, NULL, run, d) != 0) {
		repo_free(d->repo);
		d->repo = NULL;
	}
	return d;
}

void audit_documents_end(struct audit_documents *d, struct audit_report *report)
{
	if (d->repo != NULL)
		(void)pthread_join(d->thread, NULL);
	else
		compare_all(d, d->order->repo);
	audit_report_join(report, &d->report);
	repo_free(d->repo);
	free(d);
}
