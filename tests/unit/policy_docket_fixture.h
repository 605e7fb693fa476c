#ifndef POLICY_DOCKET_FIXTURE_H
#define POLICY_DOCKET_FIXTURE_H

/* Entries made by hand, as the ledger would hand them over, so that each can be spoiled in one place.
 *
 * A story is a row of letters, each one entry that is allowed where it stands:
 *   S submit (a new round when the case exists)   1 2 3 approve initial, head, director
 *   T head returns  C head consults  A the answer to it  F file-record
 *   R release  D released  W withdraw             P propose policy (zhao.lei)  E endorse (li.na)  U rules
 *   K zhang.min declares wang.wei's key compromised from entry 2 on */
#include "policy_fixture.h"

#include "base/digest.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "scan/finding.h"
#include "seal/hash.h"
#include "seal/key.h"

#define CASE_ID "2026-0001"
#define ONE_FILE "a1 drafts/trade/a.txt"
#define TWO_FILES "a1 drafts/trade/a.txt|a2 drafts/trade/b.txt"

/* One thing that is different in an entry.  A key that begins with '@' is not a line:
 *   @person @key @seq @prev @ledger @policy @rules @time   the head
 *   @files "a1 path|a2 path"   what it is about, with a scan record of exactly that
 *   @found "block" ...         what that record holds
 *   @scanned "a1 path"         the record is of these instead
 *   @body "text"               the policy it brings;  @packs "x"  the rules it brings
 *   @lost "wang.wei"           whose key is declared compromised;  @pin  the key asked for a PIN
 *   @append key=value          one line more;  @attach "text"  one body more */
struct change {
	const char *key, *value;
};

struct world {
	struct docket docket;
	const char *policy, *files; /* what genesis and the first submit bring; NULL: the office's */
	const char *case_id;        /* which the story goes on with; NULL: CASE_ID */
	unsigned entries;
	struct digest finding;      /* the first one of the newest scan */
};

struct order {
	char what;
	struct change changes[3];
};

static inline struct digest digest_of(const char *text)
{
	struct digest d;

	hash_bytes(text, strlen(text), &d);
	return d;
}

static inline const char *change_of(const struct order *o, const char *key)
{
	for (size_t i = 0; i < COUNT(o->changes); i++)
		if (o->changes[i].key != NULL && strcmp(o->changes[i].key, key) == 0)
			return o->changes[i].value;
	return NULL;
}

static inline void add_line(struct entry *e, const char *key, const char *value)
{
	e->lines = mem_grow(e->lines, e->line_count, sizeof(*e->lines));
	e->lines[e->line_count++] = (struct entry_line){.key = key, .value = mem_copy_string(value)};
}

static inline void add_digest(struct entry *e, const char *key, const struct digest *d)
{
	char hex[DIGEST_HEX_SIZE];

	add_line(e, key, digest_to_hex(d, hex));
}

static inline void add_number(struct entry *e, const char *key, uint32_t n)
{
	char *text = mem_format("%u", (unsigned)n);

	add_line(e, key, text);
	free(text);
}

static inline void add_body(struct entry *e, const char *key, const char *name, const char *text)
{
	const struct entry_body body = {
		.digest = digest_of(text), .name = mem_copy_string(name), .bytes = mem_copy_string(text), .len = strlen(text)};
	char hex[DIGEST_HEX_SIZE], *line = mem_format("%s %zu%s%s", digest_to_hex(&body.digest, hex), body.len,
	                                              name[0] != '\0' ? " " : "", name);

	e->bodies = mem_grow(e->bodies, e->body_count, sizeof(*e->bodies));
	e->bodies[e->body_count++] = body;
	add_line(e, key, line);
	free(line);
}

/* "a1 path|a2 path" */
static inline void read_files(const char *text, struct file_refs *out)
{
	while (*text != '\0') {
		const size_t len = strcspn(text, "|");
		char *path = mem_copy_bytes(text + 3, len - 3);
		struct digest d;

		memset(d.byte, (int)strtoul(text, NULL, 16), sizeof(d.byte));
		file_refs_add(out, &d, 10, 0100644, path);
		free(path);
		text += len + (text[len] == '|' ? 1 : 0);
	}
}

static inline void add_files(struct entry *e, const struct file_refs *files)
{
	for (size_t i = 0; i < files->count; i++) {
		char hex[DIGEST_HEX_SIZE], *line = mem_format("%s %llu %o %s", digest_to_hex(&files->items[i].digest, hex),
		                                              (unsigned long long)files->items[i].size, files->items[i].mode,
		                                              files->items[i].path);

		add_line(e, "file", line);
		free(line);
	}
}

static inline void add_finding(struct scanned_file *file, const char *action)
{
	static const char *const actions[] = {"block", "review", "note"};
	char hex[DIGEST_HEX_SIZE], *name;
	struct finding f = {.ground = GROUND_THIRD_PARTY, .start = 1, .end = 4, .line = 1, .column = 2};

	while (f.action < 2 && strcmp(actions[f.action], action) != 0)
		f.action++;
	f.rule = mem_copy_string("some-rule");
	f.clearance = mem_copy_string("");
	f.kind = mem_copy_string("body");
	f.place = mem_copy_string("");
	name = mem_format("review-finding v1\nsome-rule\n%s\n%s\nbody\n\n1\n4\n", digest_to_hex(&file->digest, hex), file->path);
	f.id = digest_of(name);
	free(name);
	file->findings = mem_grow(file->findings, file->count, sizeof(*file->findings));
	file->findings[file->count++] = f;
}

/* The record of a scan of these files, in which the first holds what `found` says. */
static inline char *record_of(struct world *w, const struct file_refs *files, const char *found)
{
	struct scan scan = {.rules = w->docket.rules};
	struct buf out = {0};

	for (size_t i = 0; i < files->count; i++) {
		const struct file_ref *f = &files->items[i];

		scan.files = mem_grow(scan.files, scan.count, sizeof(*scan.files));
		scan.files[scan.count++] = (struct scanned_file){
			.path = mem_copy_string(f->path), .digest = f->digest, .size = f->size, .mode = f->mode};
	}
	if (strcmp(found, "undecided") == 0)
		scan.files[0].undecided = mem_copy_string("cannot be read");
	else if (strcmp(found, "rules") == 0)
		memset(scan.rules.byte, 0x55, sizeof(scan.rules.byte));
	else if (found[0] != '\0')
		add_finding(&scan.files[0], found);
	if (scan.count > 0 && scan.files[0].count > 0)
		w->finding = scan.files[0].findings[0].id;
	scan_record_write(&scan, &out);
	scan_release(&scan);
	return buf_take(&out);
}

/* A scan record and the files, as submit and release have them. */
static inline void add_scanned_files(struct world *w, const struct order *o, struct entry *e, const struct file_refs *files)
{
	const char *found = change_of(o, "@found"), *scanned = change_of(o, "@scanned");
	struct file_refs others = {0};
	char *record;

	if (scanned != NULL)
		read_files(scanned, &others);
	record = record_of(w, scanned != NULL ? &others : files, found != NULL ? found : "");
	add_body(e, "scan", "", record);
	file_refs_release(&others);
	free(record);
}

static inline const char *case_of(const struct world *w)
{
	return w->case_id != NULL ? w->case_id : CASE_ID;
}

static inline const struct round *round_of(const struct world *w)
{
	return case_round(docket_case(&w->docket, case_of(w)));
}

static inline const char *const *key_of_person(const char *person)
{
	static const char *const keys[][2] = {
		{"zhao.lei", KEY_ZHAO}, {"wang.wei", KEY_WANG}, {"liu.yang", KEY_LIU},   {"li.na", KEY_LI},
		{"sun.yue", KEY_SUN},   {"zhang.min", KEY_ZHANG}, {"chen.jing", KEY_CHEN}, {"he.jun", KEY_OTHER},
	};

	for (size_t i = 0; i < COUNT(keys); i++)
		if (strcmp(keys[i][0], person) == 0)
			return keys[i];
	return keys[COUNT(keys) - 1];
}

static inline void add_packs(const struct order *o, struct entry *e, const char *usual)
{
	const char *text = change_of(o, "@packs");

	add_body(e, "pack", "a.yaml", text != NULL ? text : usual);
	add_body(e, "pack", "b.yaml", "second");
}

/* rules/ruleset.h says what the digest of a ruleset is. */
static inline struct digest packs_named(const struct entry *e)
{
	struct buf text = {0};
	struct digest d;
	char hex[DIGEST_HEX_SIZE];

	buf_add_string(&text, "review-ruleset v1\n");
	for (size_t i = 0; i < e->body_count; i++)
		if (e->bodies[i].name[0] != '\0')
			buf_addf(&text, "%s %s\n", digest_to_hex(&e->bodies[i].digest, hex), e->bodies[i].name);
	d = digest_of(text.data);
	buf_release(&text);
	return d;
}

static inline void write_genesis(struct world *w, const struct order *o, struct entry *e)
{
	const char *body = change_of(o, "@body");

	e->type = ENTRY_GENESIS;
	add_line(e, "office", "Commerce Bureau");
	add_body(e, "policy-body", "", body != NULL ? body : w->policy != NULL ? w->policy : office_policy);
	add_packs(o, e, "first");
	add_line(e, "note", "");
	e->rules = packs_named(e);
	e->policy = 1;
}

static inline void write_policy_entry(struct world *w, const struct order *o, struct entry *e)
{
	const char *body = change_of(o, "@body");

	add_number(e, "number", w->docket.policy_number + 1);
	if (o->what == 'P') {
		e->type = ENTRY_POLICY_PROPOSE;
		add_body(e, "policy-body", "", body != NULL ? body : w->policy != NULL ? w->policy : office_policy);
	} else {
		e->type = ENTRY_POLICY_ENDORSE;
		add_digest(e, "proposal", &w->docket.proposal.entry);
	}
	add_line(e, "note", "");
}

static inline void write_rules(const struct order *o, struct entry *e)
{
	struct digest d;

	e->type = ENTRY_RULES;
	add_packs(o, e, "changed");
	d = packs_named(e);
	add_digest(e, "ruleset", &d);
	add_line(e, "note", "");
}

static inline void write_submit(struct world *w, const struct order *o, struct entry *e)
{
	const struct review_case *c = docket_case(&w->docket, case_of(w));
	const char *files = change_of(o, "@files");
	struct file_refs refs = {0};

	e->type = ENTRY_SUBMIT;
	read_files(files != NULL ? files : w->files != NULL ? w->files : ONE_FILE, &refs);
	add_line(e, "case", case_of(w));
	add_number(e, "round", c != NULL ? case_round(c)->number + 1 : 1);
	add_line(e, "section", "trade");
	add_line(e, "title", "Notice");
	add_line(e, "attribute", "proactive");
	add_line(e, "origin", "own");
	add_scanned_files(w, o, e, &refs);
	add_files(e, &refs);
	file_refs_release(&refs);
}

static inline void add_round_lines(const struct world *w, struct entry *e)
{
	add_line(e, "case", case_of(w));
	add_number(e, "round", round_of(w)->number);
}

static inline void write_sign_off(struct world *w, const struct order *o, struct entry *e)
{
	static const char *const stages[] = {"initial", "head", "director"};
	const bool approves = o->what >= '1' && o->what <= '3';

	e->type = ENTRY_SIGN_OFF;
	add_round_lines(w, e);
	add_digest(e, "submit", &round_of(w)->submit);
	add_line(e, "stage", approves ? stages[o->what - '1'] : "head");
	add_line(e, "decision", approves ? "approve" : o->what == 'T' ? "return" : "consult");
	add_line(e, "opinion", "agreed");
	add_line(e, "ground", "");
	add_line(e, "until", "");
	add_line(e, "addressee", o->what == 'C' ? "Northgate Ltd" : "");
	add_digest(e, "scan", &round_of(w)->scan_digest);
	add_files(e, round_of(w)->files);
}

static inline void write_evidence(struct world *w, struct entry *e)
{
	const struct round *r = round_of(w);
	struct digest asked = {{0}};

	for (size_t i = 0; i < r->sign_off_count; i++)
		if (r->sign_offs[i].decision == DECISION_CONSULT || r->sign_offs[i].decision == DECISION_REFER)
			asked = r->sign_offs[i].entry;
	e->type = ENTRY_EVIDENCE;
	add_round_lines(w, e);
	add_digest(e, "submit", &r->submit);
	add_digest(e, "answers", &asked);
	add_line(e, "outcome", "consent");
	add_line(e, "note", "letter of 20 November");
}

static inline void write_file_record(struct world *w, struct entry *e)
{
	e->type = ENTRY_FILE_RECORD;
	add_round_lines(w, e);
	add_digest(e, "submit", &round_of(w)->submit);
	add_line(e, "register", "备字 12 号");
	add_line(e, "note", "");
}

static inline void write_release(struct world *w, const struct order *o, struct entry *e)
{
	struct file_refs targets = {0};
	const struct file_refs *files = round_of(w)->files;

	e->type = ENTRY_RELEASE;
	add_round_lines(w, e);
	add_digest(e, "submit", &round_of(w)->submit);
	add_scanned_files(w, o, e, files);
	for (size_t i = 0; i < files->count; i++) {
		char *path = policy_public_path(w->docket.policy, files->items[i].path);

		file_refs_add(&targets, &files->items[i].digest, files->items[i].size, files->items[i].mode, path);
		free(path);
	}
	add_files(e, &targets);
	file_refs_release(&targets);
}

static inline void write_publication(struct world *w, const struct order *o, struct entry *e)
{
	const struct review_case *c = docket_case(&w->docket, case_of(w));
	const struct publication *p = &c->publications[c->publication_count - 1];

	e->type = o->what == 'D' ? ENTRY_RELEASED : ENTRY_WITHDRAW;
	add_line(e, "case", case_of(w));
	add_number(e, "round", p->round);
	add_digest(e, "release", &p->release);
	if (o->what == 'W') {
		add_line(e, "incident", "no");
		add_line(e, "ground", "");
		add_line(e, "reason", "out of date");
	}
	add_files(e, p->files);
}

static inline void write_compromise(const struct order *o, struct entry *e)
{
	const char *lost = change_of(o, "@lost"), *line = key_of_person(lost != NULL ? lost : "wang.wei")[1];
	struct public_key *key = NULL;
	struct err err = {0};

	e->type = ENTRY_KEY_COMPROMISE;
	assert_true(public_key_from_line(line, strlen(line), &key, &err));
	add_line(e, "owner", lost != NULL ? lost : "wang.wei");
	add_line(e, "compromised", public_key_fingerprint(key));
	add_line(e, "since", "2");
	add_line(e, "reason", "a stolen bag");
	public_key_free(key);
}

static inline void write_own(struct world *w, const struct order *o, struct entry *e)
{
	if (o->what == 'G')
		write_genesis(w, o, e);
	else if (o->what == 'P' || o->what == 'E')
		write_policy_entry(w, o, e);
	else if (o->what == 'K')
		write_compromise(o, e);
	else if (o->what == 'U')
		write_rules(o, e);
	else if (o->what == 'S')
		write_submit(w, o, e);
	else if (o->what == 'A')
		write_evidence(w, e);
	else if (o->what == 'F')
		write_file_record(w, e);
	else if (o->what == 'R')
		write_release(w, o, e);
	else if (o->what == 'D' || o->what == 'W')
		write_publication(w, o, e);
	else
		write_sign_off(w, o, e);
}

static inline void change_line(struct entry *e, const char *key, const char *value)
{
	for (size_t i = 0; i < e->line_count; i++)
		if (strcmp(e->lines[i].key, key) == 0) {
			free(e->lines[i].value);
			e->lines[i].value = mem_copy_string(value);
			return;
		}
	fail_msg("the entry has no line '%s'", key);
}

static inline void change_head(struct entry *e, const char *key, const char *value)
{
	int32_t day = 0;

	if (strcmp(key, "@seq") == 0)
		e->seq = (uint32_t)strtoul(value, NULL, 10);
	else if (strcmp(key, "@policy") == 0)
		e->policy = (uint32_t)strtoul(value, NULL, 10);
	else if (strcmp(key, "@prev") == 0)
		e->prev = digest_of(value);
	else if (strcmp(key, "@ledger") == 0)
		e->ledger = digest_of(value);
	else if (strcmp(key, "@rules") == 0)
		e->rules = digest_of(value);
	else if (strcmp(key, "@time") == 0 && date_from_text(&day, value, strlen(value)))
		e->time = (int64_t)day * 86400 + 3600;
	else if (strcmp(key, "@pin") == 0)
		e->pin = true;
	else if (strcmp(key, "@attach") == 0)
		add_body(e, "evidence", "letter.txt", value);
	else if (strcmp(key, "@append clear") == 0)
		add_line(e, "clear", value);
	else if (strcmp(key, "@append answer") == 0)
		add_line(e, "answer", value);
	else if (strcmp(key, "@append freshness") == 0)
		add_line(e, "freshness", value);
}

static inline void make_entry(struct world *w, const struct order *o, struct entry *e)
{
	static const char usual[] = "G zhao.lei,S zhao.lei,1 wang.wei,2 li.na,3 zhang.min,T li.na,C li.na,A wang.wei,"
	                            "F chen.jing,R chen.jing,D chen.jing,W chen.jing,P zhao.lei,E li.na,U zhao.lei,K zhang.min,";
	const char *person = change_of(o, "@person"), *key = change_of(o, "@key"), *at = usual;
	struct err err = {0};
	char *id = mem_format("entry %u", ++w->entries);

	*e = (struct entry){.ledger = w->docket.ledger, .prev = w->docket.tip, .rules = w->docket.rules};
	while (*at != o->what)
		at = strchr(at, ',') + 1;
	e->id = digest_of(id);
	e->seq = w->docket.seq + 1;
	e->policy = w->docket.policy_number;
	e->time = (int64_t)date("2026-11-23") * 86400 + 3600;
	e->person = person != NULL ? mem_copy_string(person) : mem_copy_bytes(at + 2, strcspn(at + 2, ","));
	key = key != NULL ? key : key_of_person(e->person)[1];
	assert_true(public_key_from_line(key, strlen(key), &e->key, &err));
	write_own(w, o, e);
	for (size_t i = 0; i < COUNT(o->changes); i++)
		if (o->changes[i].key != NULL && o->changes[i].key[0] == '@')
			change_head(e, o->changes[i].key, o->changes[i].value);
		else if (o->changes[i].key != NULL)
			change_line(e, o->changes[i].key, o->changes[i].value);
	free(id);
}

/* Checked, then applied; both must agree, and a refusal must leave everything as it was. */
static inline bool give(struct world *w, const struct order *o, struct err *err)
{
	struct entry e;
	struct err again = {0};
	struct digest tip = w->docket.tip;
	bool allowed, applied;

	make_entry(w, o, &e);
	allowed = docket_check(&w->docket, &e, err);
	applied = docket_apply(&w->docket, &e, &again);
	if (allowed != applied || strcmp(err->why, again.why) != 0)
		fail_msg("check says '%s', apply '%s'", err->why, again.why);
	if (!applied && !digest_equal(&tip, &w->docket.tip))
		fail_msg("a refused entry changed the docket");
	if (applied && !digest_equal(&e.id, &w->docket.tip))
		fail_msg("an entry was not taken in");
	entry_release(&e);
	return applied;
}

static inline void must_give(struct world *w, const struct order *o)
{
	struct err err = {0};

	if (!give(w, o, &err))
		fail_msg("%c: %s", o->what, err.why);
}

/* Tell a story from where the world stands. */
static inline void tell(struct world *w, const char *story)
{
	for (; *story != '\0'; story++) {
		const struct order o = {.what = *story};

		must_give(w, &o);
	}
}

static inline void begin(struct world *w, const char *story)
{
	*w = (struct world){0};
	tell(w, "G");
	tell(w, story);
}

static inline void end(struct world *w)
{
	docket_release(&w->docket);
}

/* One entry that is refused behind a story, and with which words; `why` NULL: it is allowed. */
struct attempt {
	const char *story;
	struct order order;
	enum err_kind kind;
	const char *why;
};

static inline void try_attempt(const struct attempt *a, const char *policy)
{
	struct world w = {.policy = policy};
	struct err err = {0};
	bool ok;

	tell(&w, "G");
	tell(&w, a->story);
	ok = give(&w, &a->order, &err);
	if (ok != (a->why == NULL) || (!ok && (err.kind != a->kind || strstr(err.why, a->why) == NULL)))
		fail_msg("%s then %c %s=%s: %s (%d), expected %s", a->story, a->order.what,
		         a->order.changes[0].key != NULL ? a->order.changes[0].key : "",
		         a->order.changes[0].value != NULL ? a->order.changes[0].value : "", ok ? "allowed" : err.why,
		         (int)err.kind, a->why != NULL ? a->why : "allowed");
	end(&w);
}

#define TRY_ALL(table, policy)                                   \
	do {                                                     \
		for (size_t i_ = 0; i_ < COUNT(table); i_++)     \
			try_attempt(&(table)[i_], policy);       \
	} while (0)

#define DENIED ERR_DENIED
#define MISMATCH ERR_MISMATCH
#define ALLOWED ERR_NONE, NULL

#endif
