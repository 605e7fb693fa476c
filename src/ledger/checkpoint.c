/* checkpoint.c - memory outside the ledger: where it stood, signed by somebody who saw it. */
#include "ledger/checkpoint.h"

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "seal/base64.h"
#include "seal/note.h"
#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTE_LIMIT = 64 * 1024, RECORDS_MOST = 100000 };

static void text_of(const struct checkpoint *c, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, "review-ledger/%s\n%u\n", digest_to_hex(&c->ledger, hex), (unsigned)c->seq);
	base64_add(out, c->id.byte, sizeof(c->id.byte), true);
	buf_add_byte(out, '\n');
}

void checkpoint_write(const struct ledger_tip *tip, struct buf *out)
{
	text_of(&(struct checkpoint){.ledger = tip->ledger, .id = tip->id, .seq = tip->seq}, out);
}

/* Three lines, read where they must be, written again and compared. */
static bool read_lines(const char *text, size_t len, struct checkpoint *out)
{
	static const char origin[] = "review-ledger/";
	const size_t front = sizeof(origin) - 1 + 64;
	struct buf id = {0}, again = {0};
	const char *at;
	char *end = NULL;
	unsigned long seq;
	bool ok;

	if (len < front + 4 || memcmp(text, origin, sizeof(origin) - 1) != 0 ||
	    !digest_from_hex(&out->ledger, text + sizeof(origin) - 1, 64) || text[front] != '\n' || text[front + 1] < '1' ||
	    text[front + 1] > '9')
		return false;
	seq = strtoul(text + front + 1, &end, 10);
	at = end + 1;
	if (seq > INT32_MAX || *end != '\n' || (size_t)(at - text) >= len)
		return false;
	out->seq = (uint32_t)seq;
	ok = base64_decode(at, len - (size_t)(at - text) - 1, &id) && id.len == sizeof(out->id.byte);
	if (ok) {
		memcpy(out->id.byte, id.data, id.len);
		text_of(out, &again);
		ok = again.len == len && memcmp(again.data, text, len) == 0;
	}
	buf_release(&id);
	buf_release(&again);
	return ok;
}

bool checkpoint_read(const char *note, size_t len, struct checkpoint *out, size_t *text_len, struct err *err)
{
	struct checkpoint c;
	char *text;
	bool ok;

	if (len > NOTE_LIMIT)
		return err_set(err, ERR_LIMIT, "a checkpoint of more than %d bytes", NOTE_LIMIT);
	if (!note_text(note, len, text_len, err))
		return false;
	text = mem_copy_bytes(note, *text_len); /* ended by NUL, for strtoul */
	ok = read_lines(text, *text_len, &c);
	free(text);
	if (!ok)
		return err_set(err, ERR_INPUT, "it is no checkpoint of a ledger");
	*out = c;
	return true;
}

bool checkpoint_agrees(const struct checkpoint *c, const char *whose, const struct digest *ledger,
                       const struct digest *ids, uint32_t count, struct err *err)
{
	if (!digest_equal(&c->ledger, ledger))
		return err_set(err, ERR_MISMATCH, "the checkpoint of %s is one of another ledger", whose);
	if (c->seq > count) {
		(void)err_set(err, ERR_MISMATCH, "the ledger here is behind: it has %u entries, %s has seen %u", (unsigned)count,
		              whose, (unsigned)c->seq);
		return err_hint(err, "review sync; if that brings no more, ask who cut the ledger");
	}
	if (!digest_equal(&c->id, &ids[c->seq - 1])) {
		(void)err_set(err, ERR_MISMATCH, "the ledger is a fork: entry %u is not the one %s has seen", (unsigned)c->seq, whose);
		return err_hint(err, "compare with the machine of %s; review audit says more", whose);
	}
	return true;
}

static bool is_witness(const char *witness, struct err *err)
{
	return id_is_valid(witness, strlen(witness)) ? true
	                                             : err_set(err, ERR_USAGE, "'%.64s' is not the name of a witness", witness);
}

static bool read_note(struct repo *repo, const struct object_id *commit, struct buf *out, struct err *err)
{
	struct object_id tree, *parents = NULL;
	struct tree_files files = {0};
	size_t count = 0;
	bool ok;

	if (!commit_links(repo, commit, &tree, &parents, &count, err))
		return false;
	free(parents);
	ok = tree_list(repo, &tree, 2, &files, err);
	if (ok && (files.count != 1 || strcmp(files.items[0].path, "checkpoint") != 0))
		ok = err_set(err, ERR_INPUT, "it is no witness's record");
	ok = ok && object_read(repo, &files.items[0].id, OBJECT_BLOB, NOTE_LIMIT, out, err);
	tree_files_release(&files);
	return ok;
}

bool witness_note_read(struct repo *repo, const char *witness, struct buf *out, struct err *err)
{
	char *name;
	struct object_id commit;
	bool ok;

	if (!is_witness(witness, err))
		return false;
	name = mem_format(WITNESS_PREFIX "%s", witness);
	ok = ref_read(repo, name, &commit, err) && read_note(repo, &commit, out, err);
	if (!ok && err->kind != ERR_NOT_FOUND)
		err_context(err, "%s", name);
	free(name);
	return ok;
}

/* What a record says beside the checkpoint: nothing that anybody could choose. */
static void record_text(const char *witness, const struct object_id *tree, const struct object_id *before, struct buf *raw)
{
	char hex[OBJECT_HEX_SIZE];

	buf_addf(raw, "tree %s\n", object_id_to_hex(tree, hex));
	if (before != NULL)
		buf_addf(raw, "parent %s\n", object_id_to_hex(before, hex));
	buf_addf(raw, "author review <review@review.invalid> 0 +0000\n"
	              "committer review <review@review.invalid> 0 +0000\n\nreview-witness v1\n\nwitness: %s\n", witness);
}

static bool write_record(struct repo *repo, const char *witness, const struct object_id *before, const struct buf *note,
                         struct object_id *out, struct err *err)
{
	struct object_id blob, tree;
	char path[] = "checkpoint";
	struct tree_file file = {.path = path, .mode = MODE_FILE};
	const struct tree_files files = {.items = &file, .count = 1};
	struct buf raw = {0};
	bool ok = object_write(repo, OBJECT_BLOB, note->data, note->len, &blob, err);

	file.id = blob;
	ok = ok && tree_write(repo, &files, &tree, err);
	if (ok) {
		record_text(witness, &tree, before, &raw);
		ok = object_write(repo, OBJECT_COMMIT, raw.data, raw.len, out, err);
	}
	buf_release(&raw);
	return ok;
}

bool witness_note_keep(struct repo *repo, const char *witness, const struct buf *note, struct err *err)
{
	char *name;
	struct object_id before, commit;
	struct err absent = {0};
	bool has, ok;

	if (!is_witness(witness, err))
		return false;
	name = mem_format(WITNESS_PREFIX "%s", witness);
	has = ref_read(repo, name, &before, &absent);
	ok = has || absent.kind == ERR_NOT_FOUND ? true : err_pass(err, &absent);
	ok = ok && write_record(repo, witness, has ? &before : NULL, note, &commit, err) &&
	     ref_swap(repo, name, has ? &before : NULL, &commit, "review: witness", err);
	free(name);
	return ok;
}

/* The last one is what counts, and is signed by the key of now; those before may be by a key the witness had then. */
static bool note_check(struct repo *repo, const struct witness_records *r, const struct object_id *commit, struct err *err)
{
	const bool last = object_id_equal(commit, r->new);
	struct buf note = {0};
	struct checkpoint c;
	size_t text_len;
	int64_t time;
	bool ok = read_note(repo, commit, &note, err) && checkpoint_read(note.data, note.len, &c, &text_len, err);

	if (ok && !digest_equal(&c.ledger, r->ledger))
		ok = err_set(err, ERR_MISMATCH, "the checkpoint of %s is one of another ledger", r->witness);
	if (ok && last && r->key != NULL && note_verify(note.data, note.len, r->witness, r->key, &time) != NOTE_SIGNED)
		ok = err_set(err, ERR_MISMATCH, "it is not signed by the key the policy has for %s", r->witness);
	buf_release(&note);
	return ok;
}

/* One record; *before and *has: what it stands behind. */
static bool record_check(struct repo *repo, const struct witness_records *r, const struct object_id *commit,
                         struct object_id *before, bool *has, struct err *err)
{
	struct object_id tree, *parents = NULL;
	struct buf raw = {0}, want = {0};
	size_t count = 0;
	bool ok = object_read(repo, commit, OBJECT_COMMIT, NOTE_LIMIT, &raw, err) &&
	          commit_links_read(raw.data, raw.len, &tree, &parents, &count, err);

	if (ok) {
		record_text(r->witness, &tree, count > 0 ? &parents[0] : NULL, &want);
		if (raw.len != want.len || memcmp(raw.data, want.data, want.len) != 0)
			ok = err_set(err, ERR_DENIED, "it is no witness's record");
	}
	ok = ok && note_check(repo, r, commit, err);
	*has = count > 0;
	if (ok && *has)
		*before = parents[0];
	free(parents);
	buf_release(&raw);
	buf_release(&want);
	return ok;
}

bool witness_records_check(struct repo *repo, const struct witness_records *records, struct err *err)
{
	struct object_id at = *records->new;
	bool has = true, ok = is_witness(records->witness, err);

	for (int i = 0; ok && has && !object_id_equal(&at, records->old); i++)
		ok = i < RECORDS_MOST ? record_check(repo, records, &at, &at, &has, err)
		                      : err_set(err, ERR_LIMIT, "more than %d records at once", RECORDS_MOST);
	if (ok && !has && !object_id_is_zero(records->old))
		ok = err_set(err, ERR_DENIED, "a witness's record may only go forward");
	return ok;
}
