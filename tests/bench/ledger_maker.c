/* ledger_maker.c - a long ledger, quickly: `ledger_maker DIRECTORY ENTRIES [OPEN]`.
 *
 * An office of four with fresh keys; case after case is submitted, approved three times, released
 * and finished, six entries each, so that every entry is one a policy allows and an audit of the
 * whole finds nothing wrong.  One case in OPEN (400) stays open, after none, one or two approvals.
 * DIRECTORY becomes the repository, with its public directory.
 *
 * What takes long is not signing: two or three small files are made for each entry, and a reference is renamed. On
 * a file system in memory a hundred thousand entries take minutes, on a disk as many times longer. */
#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "repo/repo.h"
#include "scan/finding.h"
#include "seal/hash.h"
#include "seal/key.h"
#include "seal/signer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RULES "review-rules: 1\npack: bench\ntitle: {en: Bench, zh: 试}\nrules:\n  - id: bench-word\n    title: {en: A word, zh: 词}\n" \
              "    ground: process\n    action: note\n    match: {keywords: [embargoed]}\n    examples: {match: ['embargoed'], pass: ['free']}\n"

enum { CLERK, INITIAL, HEAD, DIRECTOR, PEOPLE };
enum { ALL_STEPS = 6, TIDY = 4000 };
static const char *const people[PEOPLE] = {"zhao.lei", "wang.wei", "li.na", "zhang.min"};
static const char *const stages[PEOPLE] = {NULL, "initial", "section-head", "deputy-director"};
static const int64_t BEGINNING = 1767254400; /* 2026-01-01T08:00:00Z */

static unsigned stays_open = 400;

struct maker {
	const char *dir;
	struct repo *repo;
	struct signer *signers[PEOPLE];
	struct docket docket;
	struct ledger_tip tip;
	struct file_refs drafts, public; /* of the case being made */
	struct digest submit, release, scan;
	char id[16];
	unsigned number, step; /* of the case, of the next entry in it */
};

static _Noreturn void stop(const struct err *err)
{
	(void)fprintf(stderr, "ledger_maker: %s\n", err->why);
	exit(1);
}

static struct signer *new_signer(const char *dir, const char *who)
{
	char *path = mem_format("%s/keys/%s", dir, who);
	struct public_key *key = NULL;
	struct signer *signer = NULL;
	struct err err = {0};

	if (!signer_create_file(path, "only for figures", who, &key, &err) ||
	    !signer_open_file(path, "only for figures", &signer, &err))
		stop(&err);
	public_key_free(key);
	free(path);
	return signer;
}

static void append(struct maker *m, struct draft *draft, int who)
{
	const struct ledger_tip *tip = m->tip.seq > 0 ? &m->tip : NULL;
	struct err err = {0};

	draft->person = people[who];
	draft->time = BEGINNING + (int64_t)m->tip.seq * 60;
	draft->policy = 1;
	if (tip != NULL)
		draft->rules = m->docket.rules;
	if (!ledger_append(m->repo, tip, draft, m->signers[who], docket_apply_visit, &m->docket, &m->tip, &err))
		stop(&err);
	draft_release(draft);
}

static void write_policy(struct maker *m, struct buf *out)
{
	buf_add_string(out, "review-policy: 1\noffice: {en: Bench Bureau}\n"
	                    "zones: {public: public/, strip: drafts/, candidates: [\"drafts/**\"]}\n"
	                    "sections:\n  trade: {title: {en: Trade}, paths: [\"drafts/**\"]}\nstages:\n");
	for (int i = INITIAL; i < PEOPLE; i++)
		buf_addf(out, "  - {id: %s, title: {en: %s}, people: 1, scope: office}\n", stages[i], stages[i]);
	buf_add_string(out, "separation: {distinct-people: true, submitter-may-sign: false}\npeople:\n");
	for (int i = CLERK; i < PEOPLE; i++) {
		buf_addf(out, "  %s: {name: %s, keys: [\"%s\"], may: [", people[i], people[i],
		         public_key_line(signer_key(m->signers[i])));
		if (i == CLERK)
			buf_add_string(out, "{submit: all}]}\n");
		else
			buf_addf(out, "{stage: %s}]}\n", stages[i]);
	}
	buf_addf(out, "root: {people: [%s], threshold: 1}\nkeepers: {rules: [%s]}\nregistrars: [%s]\n", people[CLERK],
	         people[CLERK], people[CLERK]);
}

static void begin(struct maker *m)
{
	struct draft draft = {.type = ENTRY_GENESIS};
	struct buf policy = {0}, list = {0};
	struct digest pack;
	char hex[DIGEST_HEX_SIZE];

	write_policy(m, &policy);
	hash_bytes(RULES, strlen(RULES), &pack);
	buf_addf(&list, "review-ruleset v1\n%s bench.yaml\n", digest_to_hex(&pack, hex));
	hash_bytes(list.data, list.len, &draft.rules);
	draft_add(&draft, "office", "Bench Bureau");
	draft_add(&draft, "note", "");
	draft_add_body(&draft, "policy-body", "", policy.data, policy.len);
	draft_add_body(&draft, "pack", "bench.yaml", RULES, strlen(RULES));
	append(m, &draft, CLERK);
	buf_release(&policy);
	buf_release(&list);
}

static void text_of(char text[32], unsigned number)
{
	(void)snprintf(text, 32, "notice number %u\n", number);
}

/* One document each. */
static void next_case(struct maker *m, unsigned number)
{
	char text[32], *path = mem_format("drafts/%03u/notice-%u.txt", number / 1000, number);
	struct digest digest;

	text_of(text, number);
	hash_bytes(text, strlen(text), &digest);
	file_refs_release(&m->drafts);
	file_refs_release(&m->public);
	file_refs_add(&m->drafts, &digest, strlen(text), 0100644, path);
	file_refs_add(&m->public, &digest, strlen(text), 0100644, path + strlen("drafts/"));
	(void)snprintf(m->id, sizeof(m->id), "2026-%04u", number);
	free(path);
}

/* The document, where a release would put it. */
static void publish(const struct maker *m, unsigned number)
{
	char text[32], *folder = mem_format("%s/public/%03u", m->dir, number / 1000);
	char *path = mem_format("%s/public/%s", m->dir, m->public.items[0].path);
	struct err err = {0};
	FILE *out;

	text_of(text, number);
	if (!fs_make_dirs(folder, 0755, &err))
		stop(&err);
	out = fopen(path, "w");
	if (out == NULL || fputs(text, out) < 0 || fclose(out) != 0)
		stop(&(struct err){.why = "public: cannot be written"});
	free(folder);
	free(path);
}

/* The record of a scan that found nothing. */
static void add_scan(struct maker *m, struct draft *draft)
{
	struct scan scan = {.rules = m->docket.rules};
	struct scanned_file file = {.path = mem_copy_string(m->drafts.items[0].path), .digest = m->drafts.items[0].digest,
	                            .size = m->drafts.items[0].size, .mode = m->drafts.items[0].mode};
	struct buf record = {0};

	scan.files = mem_grow(scan.files, 0, sizeof(*scan.files));
	scan.files[scan.count++] = file;
	scan_record_write(&scan, &record);
	hash_bytes(record.data, record.len, &m->scan);
	draft_add_body(draft, "scan", "", record.data, record.len);
	scan_release(&scan);
	buf_release(&record);
}

static void start(struct maker *m, struct draft *draft, enum entry_type type)
{
	*draft = (struct draft){.type = type};
	draft_add(draft, "case", m->id);
	draft_add_number(draft, "round", 1);
}

static void submit(struct maker *m)
{
	static const char *const unused[] = {"document-number", "author", "maker", "formed", "changed", "origin", "carrier",
	                                     "article-20", "channels", "scope", "planned", "undertaking", "note"};
	struct draft draft;

	start(m, &draft, ENTRY_SUBMIT);
	draft_add(&draft, "section", "trade");
	draft_add(&draft, "title", m->drafts.items[0].path);
	draft_add(&draft, "unit", "Trade");
	draft_add(&draft, "attribute", "proactive");
	for (size_t i = 0; i < sizeof(unused) / sizeof(unused[0]); i++)
		draft_add(&draft, unused[i], "");
	add_scan(m, &draft);
	draft_add_files(&draft, &m->drafts);
	append(m, &draft, CLERK);
	m->submit = m->tip.id;
}

static void approve(struct maker *m, int who)
{
	struct draft draft;

	start(m, &draft, ENTRY_SIGN_OFF);
	draft_add_digest(&draft, "submit", &m->submit);
	draft_add(&draft, "stage", stages[who]);
	draft_add(&draft, "decision", "approve");
	draft_add(&draft, "opinion", "no objection");
	draft_add(&draft, "ground", "");
	draft_add(&draft, "until", "");
	draft_add(&draft, "addressee", "");
	draft_add_digest(&draft, "scan", &m->scan);
	draft_add_files(&draft, &m->drafts);
	append(m, &draft, who);
}

static void release(struct maker *m)
{
	struct draft draft;

	start(m, &draft, ENTRY_RELEASE);
	draft_add_digest(&draft, "submit", &m->submit);
	add_scan(m, &draft);
	draft_add_files(&draft, &m->public);
	append(m, &draft, CLERK);
	m->release = m->tip.id;
	publish(m, m->number);
}

static void released(struct maker *m)
{
	struct draft draft;

	start(m, &draft, ENTRY_RELEASED);
	draft_add_digest(&draft, "release", &m->release);
	draft_add_files(&draft, &m->public);
	append(m, &draft, CLERK);
}

static unsigned steps_of(unsigned number)
{
	return number % stays_open == 0 ? 1 + number / stays_open % 3 : ALL_STEPS;
}

static void one_more(struct maker *m)
{
	struct err err = {0};

	if (m->step == 0)
		next_case(m, ++m->number);
	if (m->step == 0)
		submit(m);
	else if (m->step <= 3)
		approve(m, (int)m->step);
	else if (m->step == 4)
		release(m);
	else
		released(m);
	m->step = m->step + 1 < steps_of(m->number) ? m->step + 1 : 0;
	if (m->tip.seq % TIDY == 0 && !ledger_tidy(m->repo, &m->tip, &err))
		stop(&err);
}

int main(int argc, char **argv)
{
	struct maker m = {0};
	struct buf receipt = {0};
	struct err err = {0};
	char *keys, *receipt_path;

	if (argc == 4)
		stays_open = (unsigned)strtoul(argv[3], NULL, 10);
	if (argc < 3 || argc > 4 || stays_open == 0) {
		(void)fprintf(stderr, "usage: ledger_maker DIRECTORY ENTRIES [OPEN]\n");
		return 2;
	}
	m.dir = argv[1];
	keys = fs_join(m.dir, "keys");
	receipt_path = fs_join(m.dir, "public/" RECEIPT_NAME);
	if (!repo_init(m.dir, false, &m.repo, &err) || !repo_leave_to_kernel(m.repo, &err) || !fs_make_dirs(keys, 0700, &err))
		stop(&err);
	for (int i = CLERK; i < PEOPLE; i++)
		m.signers[i] = new_signer(m.dir, people[i]);
	begin(&m);
	/* A case that is not complete is followed by nothing: the last release is finished. */
	for (const unsigned long want = strtoul(argv[2], NULL, 10); m.tip.seq < want || m.step == ALL_STEPS - 1;)
		one_more(&m);
	docket_receipt(&m.docket, &receipt);
	if (m.number > 1 && !fs_write_file(receipt_path, receipt.data, receipt.len, 0644, &err))
		stop(&err);
	printf("%u entries\n", (unsigned)m.tip.seq);
	free(keys);
	free(receipt_path);
	buf_release(&receipt);
	docket_release(&m.docket);
	file_refs_release(&m.drafts);
	file_refs_release(&m.public);
	for (int i = CLERK; i < PEOPLE; i++)
		signer_free(m.signers[i]);
	repo_free(m.repo);
	return 0;
}
