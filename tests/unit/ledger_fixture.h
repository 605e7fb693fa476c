#ifndef LEDGER_FIXTURE_H
#define LEDGER_FIXTURE_H

/* What the ledger's tests share: an office (a repository and two keys), and entries made by hand,
 * so that each can be spoiled in one place and signed again, as an insider would. */

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "seal/hash.h"
#include "seal/key.h"
#include "seal/signer.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define D1 "1111111111111111111111111111111111111111111111111111111111111111"
#define D2 "2222222222222222222222222222222222222222222222222222222222222222"
#define D3 "3333333333333333333333333333333333333333333333333333333333333333"
#define EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
#define PARENT "5555555555555555555555555555555555555555"

struct office {
	char dir[32];
	struct repo *repo;
	struct signer *wang, *li;
};

/* Stops the test with the reason. */
static inline void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%d: %s", (int)err->kind, err->why);
}

static inline int remove_one(const char *path, const struct stat *sb, int flag, struct FTW *ftw)
{
	(void)sb;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline void remove_all(const char *dir)
{
	(void)nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline struct signer *new_key(const char *dir, const char *name)
{
	char *path = fs_join(dir, name);
	struct public_key *key = NULL;
	struct signer *signer = NULL;
	struct err err = {0};

	must(signer_create_file(path, "long enough", name, &key, &err), &err);
	must(signer_open_file(path, "long enough", &signer, &err), &err);
	public_key_free(key);
	free(path);
	return signer;
}

static inline int office_open(void **state)
{
	struct office *office = mem_alloc(1, sizeof(*office));
	struct err err = {0};
	char *path;

	memcpy(office->dir, "/tmp/ledger-XXXXXX", 19);
	assert_non_null(mkdtemp(office->dir));
	path = fs_join(office->dir, "repo");
	must(repo_init(path, false, &office->repo, &err), &err);
	must(repo_leave_to_kernel(office->repo, &err), &err); /* what a disk keeps is repo_fault_test's question */
	office->wang = new_key(office->dir, "wang.wei");
	office->li = new_key(office->dir, "li.na");
	free(path);
	*state = office;
	return 0;
}

static inline int office_close(void **state)
{
	struct office *office = *state;

	signer_free(office->wang);
	signer_free(office->li);
	repo_free(office->repo);
	remove_all(office->dir);
	free(office);
	return 0;
}

/* Every test starts without a ledger. */
static inline int no_ledger(void **state)
{
	struct office *office = *state;
	struct object_id at;
	struct err err = {0}, none = {0};

	if (ref_read(office->repo, LEDGER_REF, &at, &none))
		must(ref_delete(office->repo, LEDGER_REF, &err), &err);
	return 0;
}

static inline const char *key_of(const struct signer *signer)
{
	return public_key_fingerprint(signer_key(signer));
}

/* An entry's object without its signature; `own` is the type's own lines, complete. */
static inline void write_payload(struct buf *out, const struct signer *signer, const char *type, const char *own)
{
	static const char who[] = "wang.wei <wang.wei@review.invalid> 1795415400 +0000";

	buf_addf(out, "tree " EMPTY_TREE "\nparent " PARENT "\nauthor %s\ncommitter %s\n\n", who, who);
	buf_addf(out, "review-ledger v1\nledger: " D1 "\nseq: 2\nprev: " D2 "\ntime: 2026-11-23T06:30:00Z\n"
	              "type: %s\npolicy: 1\nrules: " D3 "\nperson: wang.wei\nkey: %s\n%send: review-ledger v1\n",
	         type, key_of(signer), own);
}

/* Replace the first `from` by `to`; it has to be there. */
static inline void swap(struct buf *text, const char *from, size_t from_len, const char *to, size_t to_len)
{
	struct buf out = {0};
	const char *at = memmem(text->data, text->len, from, from_len);

	if (at == NULL)
		fail_msg("'%s' is not in the text", from);
	else {
		buf_add(&out, text->data, (size_t)(at - text->data));
		buf_add(&out, to, to_len);
		buf_add(&out, at + from_len, text->len - (size_t)(at - text->data) - from_len);
	}
	buf_release(text);
	*text = out;
}

static inline void swap_text(struct buf *text, const char *from, const char *to)
{
	swap(text, from, strlen(from), to, strlen(to));
}

/* The armor as a header: continuation lines begin with a space. */
static inline void write_header(struct buf *out, const char *name, const char *armor)
{
	buf_addf(out, "%s ", name);
	for (; *armor != '\0'; armor++) {
		buf_add_byte(out, *armor);
		if (*armor == '\n')
			buf_add_byte(out, ' ');
	}
	buf_add_byte(out, '\n');
}

static inline void sign_text(struct signer *signer, const char *name_space, const struct buf *payload, struct buf *armor)
{
	struct err err = {0};

	must(signer_sign(signer, name_space, payload->data, payload->len, armor, &err), &err);
}

/* `header` goes in front of the empty line. */
static inline void insert_header(const struct buf *payload, const char *header, size_t len, struct buf *raw)
{
	const char *split = memmem(payload->data, payload->len, "\n\n", 2);
	const size_t head = split != NULL ? (size_t)(split - payload->data) + 1 : 0;

	assert_non_null(split);
	buf_add(raw, payload->data, head);
	buf_add(raw, header, len);
	buf_add(raw, payload->data + head, payload->len - head);
}

static inline void seal_payload(struct signer *signer, const struct buf *payload, struct buf *raw)
{
	struct buf armor = {0}, header = {0};

	sign_text(signer, "git", payload, &armor);
	write_header(&header, "gpgsig", armor.data);
	insert_header(payload, header.data, header.len, raw);
	buf_release(&armor);
	buf_release(&header);
}

#define POLICY "review-policy: 1\n"

static inline void start_draft(struct draft *draft, enum entry_type type)
{
	*draft = (struct draft){.type = type, .person = "wang.wei", .time = 1795415400, .policy = 1};
	memset(draft->rules.byte, 0x33, sizeof(draft->rules.byte));
}

static inline void genesis_draft(struct draft *draft)
{
	start_draft(draft, ENTRY_GENESIS);
	draft_add_body(draft, "pack", "b.yaml", "bb", 2);
	draft_add_body(draft, "pack", "a.yaml", "aa", 2);
	draft_add(draft, "note", "");
	draft_add(draft, "office", "区商务局");
	draft_add_body(draft, "policy-body", "", POLICY, strlen(POLICY));
}

static inline void propose_draft(struct draft *draft, uint32_t number)
{
	start_draft(draft, ENTRY_POLICY_PROPOSE);
	draft_add(draft, "note", "");
	draft_add_body(draft, "policy-body", "", POLICY, strlen(POLICY));
	draft_add_number(draft, "number", number);
}

/* An entry without bodies. */
static inline void record_draft(struct draft *draft, const char *note)
{
	struct digest submit;

	start_draft(draft, ENTRY_FILE_RECORD);
	memset(submit.byte, 0x44, sizeof(submit.byte));
	draft_add(draft, "case", "2026-0001");
	draft_add_number(draft, "round", 1);
	draft_add_digest(draft, "submit", &submit);
	draft_add(draft, "register", "备字 1 号");
	draft_add(draft, "note", note);
}

static inline bool append(struct office *office, struct draft *draft, struct ledger_tip *tip, struct err *err)
{
	const bool ok = ledger_append(office->repo, tip->seq > 0 ? tip : NULL, draft, office->wang, NULL, NULL, tip, err);

	draft_release(draft);
	return ok;
}

/* A ledger of three entries. */
static inline struct ledger_tip start_ledger(struct office *office)
{
	struct ledger_tip tip = {0};
	struct draft draft;
	struct err err = {0};

	genesis_draft(&draft);
	must(append(office, &draft, &tip, &err), &err);
	propose_draft(&draft, 2);
	must(append(office, &draft, &tip, &err), &err);
	record_draft(&draft, "");
	must(append(office, &draft, &tip, &err), &err);
	return tip;
}

static inline struct object_id ledger_ref(struct office *office)
{
	struct object_id at;
	struct err err = {0};

	must(ref_read(office->repo, LEDGER_REF, &at, &err), &err);
	return at;
}

#endif
