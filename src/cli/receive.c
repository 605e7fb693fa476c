/* receive.c - the server's gate.
 *
 * What arrives is seen through git's quarantine, before any reference moves.  The ledger branch may
 * only go forward by valid entries; it is never created twice, rewound or deleted, whatever git's
 * own deny* settings say.  Content is judged by the policy and rules the pushed ledger ends with,
 * when the same push brings it, because release and its commit usually travel together. */
#include "receive.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "command.h"
#include "extract/document.h"
#include "gate.h"
#include "repo/change.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "scan/finding.h"
#include "scan/scanner.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const size_t COMMITS_LIMIT = 100000, INPUT_LIMIT = (size_t)4 * 1024 * 1024;
enum { DAY_SECONDS = 24 * 60 * 60 };
static const char DOCUMENTS[] = "refs/review/documents/";

struct update {
	struct object_id old, new;
	char *ref;
};

struct updates {
	struct update *items;
	size_t count;
};

/* What has been found wrong so far, over all commits of a push. */
struct judgement {
	struct session *s;
	struct scan scan;
	struct buf complaints;
	size_t count;
};

/* "<40 hex> <40 hex> <ref>" */
static bool update_read(const char *line, size_t len, struct update *out, struct err *err)
{
	if (len < 83 || line[40] != ' ' || line[81] != ' ' || !object_id_from_hex(&out->old, line, 40) ||
	    !object_id_from_hex(&out->new, line + 41, 40))
		return err_set(err, ERR_INPUT, "standard input is not what git gives a pre-receive hook");
	out->ref = mem_copy_bytes(line + 82, len - 82);
	return true;
}

static bool updates_read(struct updates *out, struct err *err)
{
	struct buf text = {0};
	bool ok = buf_read_fd(&text, STDIN_FILENO, INPUT_LIMIT, err);

	for (char *p = text.data; ok && p < text.data + text.len;) {
		const size_t len = strcspn(p, "\n");

		out->items = mem_grow(out->items, out->count, sizeof(*out->items));
		ok = update_read(p, len, &out->items[out->count], err);
		out->count += ok ? 1 : 0;
		p += len + 1;
	}
	buf_release(&text);
	return ok;
}

static void updates_release(struct updates *updates)
{
	for (size_t i = 0; i < updates->count; i++)
		free(updates->items[i].ref);
	free(updates->items);
}

/* Entries dated ahead would make appointments begin early and others end: here is a clock to tell. */
static bool is_of_our_time(const struct session *s, int64_t before, struct err *err)
{
	char when[TIME_TEXT_SIZE];

	if (s->docket.latest <= before || s->docket.latest <= s->now + DAY_SECONDS)
		return true;
	(void)err_set(err, ERR_DENIED, "an entry is dated %s, which is still to come", time_to_text(s->docket.latest, when));
	return err_hint(err, "set the clock of the machine that signed it, and sign again");
}

/* The ledger after this push: verified from genesis, and with the old tip inside it. */
static bool judge_ledger(struct session *s, const struct update *update, struct err *err)
{
	struct object_id now;
	struct err absent = {0};
	bool within = false;
	const int64_t latest = s->docket.latest;

	if (object_id_is_zero(&update->new)) {
		(void)err_set(err, ERR_DENIED, "the ledger may not be deleted");
		return false;
	}
	if (!ref_read(s->repo, LEDGER_REF, &now, &absent)) {
		if (absent.kind != ERR_NOT_FOUND) {
			*err = absent;
			return false;
		}
	} else if (!ledger_descends(s->repo, &update->new, &now, &within, err)) {
		return false;
	} else if (!within) {
		(void)err_set(err, ERR_DENIED, "the ledger may only go forward: this push drops or rewrites entries");
		return err_hint(err, "git fetch, then repeat what you did on top of it");
	}
	docket_release(&s->docket);
	s->docket = (struct docket){0};
	return ledger_walk(s->repo, &update->new, docket_apply_visit, &s->docket, &s->tip, err) &&
	       session_check_pin(s->repo, &s->tip.ledger, err) && is_of_our_time(s, latest, err);
}

/* Commit messages are pushed text like any other. */
static bool scan_message(struct judgement *j, const struct object_id *commit, struct err *err)
{
	struct buf raw = {0};
	struct document doc = {0};
	struct scanned_file file = {0};
	char hex[OBJECT_HEX_SIZE], *name;
	const char *message;

	if (!object_read(j->s->repo, commit, OBJECT_COMMIT, INPUT_LIMIT, &raw, err)) {
		buf_release(&raw);
		return false;
	}
	message = raw.data != NULL ? strstr(raw.data, "\n\n") : NULL;
	message = message != NULL ? message + 2 : raw.data;
	document_from_message(message, raw.len - (size_t)(message - raw.data), &doc);
	name = mem_format("message of commit %.12s", object_id_to_hex(commit, hex));
	scan_document(j->s->scanner, name, &doc, &file);
	if (file.undecided != NULL || file.count > 0)
		scan_add(&j->scan, &file);
	else
		scanned_file_release(&file);
	free(name);
	document_release(&doc);
	buf_release(&raw);
	return true;
}

/* What a commit takes out of public/ is seen here; what it puts there, at the tip. */
static bool judge_deletions(struct judgement *j, const struct changes *changes, struct err *err)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct changes one = {.items = &changes->items[i], .count = 1};
		size_t count = 0;

		if (changes->items[i].mode == 0 && !gate_public(j->s, &one, &j->complaints, &count, err))
			return false;
		j->count += count;
	}
	return true;
}

static bool judge_commit(const struct object_id *commit, void *context, struct err *err)
{
	struct judgement *j = context;
	struct changes changes = {0};
	const bool ok = scan_message(j, commit, err) && commit_changes(j->s->repo, commit, &changes, err) &&
	                gate_scan(j->s, &changes, &j->scan, err) && judge_deletions(j, &changes, err);

	changes_release(&changes);
	return ok;
}

/* public/ is judged at the tip: what a checkout of the branch would show. */
static bool judge_branch(struct judgement *j, const struct update *update, struct err *err)
{
	struct object_id tree, *parents = NULL;
	struct tree_files files = {0};
	struct changes all = {0};
	size_t parent_count = 0, count = 0;
	bool ok;

	if (!new_commits(j->s->repo, &update->new, COMMITS_LIMIT, judge_commit, j, err))
		return false;
	if (!commit_links(j->s->repo, &update->new, &tree, &parents, &parent_count, err))
		return false;
	free(parents);
	ok = tree_list(j->s->repo, &tree, 1000000, &files, err);
	for (size_t i = 0; ok && i < files.count; i++) {
		all.items = mem_grow(all.items, all.count, sizeof(*all.items));
		all.items[all.count++] = (struct change){.path = mem_copy_string(files.items[i].path),
		                                         .mode = files.items[i].mode, .id = files.items[i].id};
	}
	ok = ok && gate_public(j->s, &all, &j->complaints, &count, err);
	j->count += count;
	changes_release(&all);
	tree_files_release(&files);
	return ok;
}

static bool judge_update(struct judgement *j, const struct update *update, struct err *err)
{
	if (strcmp(update->ref, LEDGER_REF) == 0)
		return true; /* judged before everything else */
	if (strncmp(update->ref, "refs/replace/", 13) == 0 && !object_id_is_zero(&update->new))
		return err_set(err, ERR_DENIED, "%s: a replacement would show readers another history", update->ref);
	if (strncmp(update->ref, "refs/review/", 12) == 0 && strncmp(update->ref, DOCUMENTS, sizeof(DOCUMENTS) - 1) != 0)
		return err_set(err, ERR_DENIED, "%s: only refs/review/documents/ is kept on a server", update->ref);
	if (strncmp(update->ref, "refs/review/", 12) == 0 || object_id_is_zero(&update->new))
		return true; /* candidates in review; their bytes are bound by the ledger */
	return judge_branch(j, update, err);
}

static bool judge_all(struct session *s, const struct updates *updates, struct judgement *j, struct err *err)
{
	for (size_t i = 0; i < updates->count; i++)
		if (strcmp(updates->items[i].ref, LEDGER_REF) == 0 && !judge_ledger(s, &updates->items[i], err)) {
			err_context(err, LEDGER_REF);
			return false;
		}
	if (s->docket.policy != NULL && !session_open_rules(s, err))
		return false;
	if (s->docket.policy == NULL && !(session_check_pin(s->repo, NULL, err) && gate_open_shipped(s, err)))
		return false;
	for (size_t i = 0; i < updates->count; i++)
		if (!judge_update(j, &updates->items[i], err))
			return false;
	return true;
}

int receive_hook(struct err *err)
{
	struct session s = {0};
	struct updates updates = {0};
	struct judgement j = {.s = &s};
	struct scan_totals totals;
	struct err absent = {0};
	int status = STATUS_UNDECIDED;
	bool ok;

	ok = session_open_repo(&s, err) && updates_read(&updates, err);
	/* No high-water mark here: a server may be behind the desks, and this push may mend that. */
	if (ok && !ledger_walk(s.repo, NULL, docket_apply_visit, &s.docket, &s.tip, &absent) &&
	    absent.kind != ERR_NOT_FOUND) {
		*err = absent;
		ok = false;
	}
	if (ok && judge_all(&s, &updates, &j, err)) {
		scan_count(&j.scan, &totals);
		status = totals.block > 0 || j.count > 0 ? STATUS_BLOCKED
		         : totals.undecided > 0          ? STATUS_UNDECIDED
		                                         : STATUS_DONE;
		if (status != STATUS_DONE) {
			if (totals.block + totals.review + totals.undecided > 0)
				gate_print(&j.scan, false, true);
			(void)fprintf(stderr, "%sreview: push refused\n", j.complaints.data != NULL ? j.complaints.data : "");
		}
	} else {
		status = complain(err);
	}
	scan_release(&j.scan);
	buf_release(&j.complaints);
	updates_release(&updates);
	session_close(&s);
	return status;
}
