/* release_fault_test.c - what release promises when anything fails, or the machine dies, at any step.
 *
 * Every call that touches the public side is wrapped.  In one run the Nth of them fails, in another
 * the process is gone before it, for every N.  Afterwards either nothing is public and nothing was
 * announced, or release_resume() finishes: never a third thing. */
/* WRAP: openat open read write close fsync fchmod fstat fstatat renameat mkdirat mkdir unlinkat lseek syscall ledger_append */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/mem.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "release/release.h"
#include "repo/object.h"
#include "repo/repo.h"
#include "scan/finding.h"
#include "seal/hash.h"
#include "seal/key.h"
#include "seal/signer.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int calls, fail_at, die_at;

/* Count a call; the one asked for fails, or never happens because nobody is left. */
static bool fails(void)
{
	if (fail_at == 0 && die_at == 0)
		return false;
	calls++;
	if (calls == die_at)
		_exit(9);
	errno = EIO;
	return calls == fail_at;
}

#define WRAP(type, name, params, args) \
	type __real_##name params; \
	type __wrap_##name params; \
	type __wrap_##name params \
	{ \
		return fails() ? (type)-1 : __real_##name args; \
	}

WRAP(ssize_t, read, (int fd, void *p, size_t n), (fd, p, n))
WRAP(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n))
WRAP(int, fsync, (int fd), (fd))
WRAP(int, fchmod, (int fd, mode_t m), (fd, m))
WRAP(int, fstat, (int fd, struct stat *sb), (fd, sb))
WRAP(int, fstatat, (int fd, const char *p, struct stat *sb, int f), (fd, p, sb, f))
WRAP(int, renameat, (int a, const char *b, int c, const char *d), (a, b, c, d))
WRAP(int, mkdirat, (int d, const char *p, mode_t m), (d, p, m))
WRAP(int, mkdir, (const char *p, mode_t m), (p, m))
WRAP(int, unlinkat, (int d, const char *p, int f), (d, p, f))
WRAP(off_t, lseek, (int fd, off_t o, int w), (fd, o, w))

/* A close that fails has closed. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
	const bool bad = fails();
	const int result = __real_close(fd);

	errno = EIO;
	return bad ? -1 : result;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, mode_t mode);
int __wrap_open(const char *path, int flags, mode_t mode)
{
	return fails() ? -1 : __real_open(path, flags, mode);
}

int __real_openat(int dir, const char *path, int flags, ...);
int __wrap_openat(int dir, const char *path, int flags, mode_t mode);
int __wrap_openat(int dir, const char *path, int flags, mode_t mode)
{
	return fails() ? -1 : __real_openat(dir, path, flags, mode);
}

long __real_syscall(long number, ...);
long __wrap_syscall(long number, long a, const char *b, void *c, size_t d);
long __wrap_syscall(long number, long a, const char *b, void *c, size_t d)
{
	return fails() ? -1 : __real_syscall(number, a, b, c, d);
}

bool __real_ledger_append(struct repo *repo, const struct ledger_tip *tip, const struct draft *draft,
                          struct signer *signer, ledger_visit *check, void *context, struct ledger_tip *out,
                          struct err *err);
bool __wrap_ledger_append(struct repo *repo, const struct ledger_tip *tip, const struct draft *draft,
                          struct signer *signer, ledger_visit *check, void *context, struct ledger_tip *out,
                          struct err *err);
bool __wrap_ledger_append(struct repo *repo, const struct ledger_tip *tip, const struct draft *draft,
                          struct signer *signer, ledger_visit *check, void *context, struct ledger_tip *out,
                          struct err *err)
{
	int keep_fail = fail_at, keep_die = die_at;
	bool ok;

	if (fails())
		return err_set(err, ERR_SYSTEM, "the ledger cannot be written");
	fail_at = die_at = 0; /* its own steps are the ledger's tests' business */
	ok = __real_ledger_append(repo, tip, draft, signer, check, context, out, err);
	fail_at = keep_fail;
	die_at = keep_die;
	return ok;
}

/* The office: one person who does everything, one case with two files, approved. */
static char in_memory[] = "/dev/shm/release-XXXXXX", on_disk[] = "/tmp/release-XXXXXX"; /* memory is flushed at once */
static const char *base;
static struct signer *signer;

static const char policy_text[] =
	"review-policy: 1\noffice: {en: Office}\n"
	"zones: {public: public/, strip: drafts/, candidates: ['drafts/**']}\n"
	"sections:\n  desk: {title: {en: Desk}, paths: ['drafts/**']}\n"
	"stages:\n  - {id: only, title: {en: Only}}\n"
	"separation: {distinct-people: false, submitter-may-sign: true}\n"
	"people:\n  one:\n    name: One\n    keys: ['%s']\n    may: [{submit: all}, {stage: only}]\n"
	"root: {people: [one], threshold: 1}\nkeepers: {rules: [one]}\nregistrars: [one]\n";

static const char *const contents[] = {"first document\n", "second document, in a folder\n"};
static const char *const paths[] = {"drafts/a.md", "drafts/deep/er/b.md"};

/* A run's repository and what it knows of it. */
struct office {
	char *dir, *public_dir;
	struct repo *repo;
	struct docket docket;
	struct ledger_tip tip;
};

static void append(struct office *o, struct draft *draft)
{
	struct err err = {0};

	draft->person = "one";
	draft->time = 1764000000;
	draft->policy = o->docket.policy != NULL ? o->docket.policy_number : 1;
	if (o->docket.policy != NULL)
		draft->rules = o->docket.rules;
	if (!__real_ledger_append(o->repo, o->docket.policy != NULL ? &o->tip : NULL, draft, signer, docket_check_visit,
	                          &o->docket, NULL, &err))
		fail_msg("%s", err.why);
	draft_release(draft);
	docket_release(&o->docket);
	if (!ledger_walk(o->repo, NULL, docket_apply_visit, &o->docket, &o->tip, &err))
		fail_msg("%s", err.why);
}

static struct scan make_scan(const struct office *o)
{
	struct scan scan = {.rules = o->docket.rules};

	scan.files = mem_alloc(2, sizeof(*scan.files));
	for (size_t i = 0; i < 2; i++) {
		struct scanned_file *f = &scan.files[scan.count++];

		f->path = mem_copy_string(paths[i]);
		f->size = strlen(contents[i]);
		f->mode = 0100644;
		hash_bytes(contents[i], strlen(contents[i]), &f->digest);
	}
	return scan;
}

static void start_ledger(struct office *o)
{
	struct draft draft = {.type = ENTRY_GENESIS};
	char *text = mem_format(policy_text, public_key_line(signer_key(signer)));
	static const char head[] = "review-ruleset v1\n";
	struct digest pack;
	char hex[DIGEST_HEX_SIZE], *ruleset;

	draft_add(&draft, "office", "Office");
	draft_add(&draft, "note", "");
	draft_add_body(&draft, "policy-body", "", text, strlen(text));
	draft_add_body(&draft, "pack", "p.yaml", "pack", 4);
	hash_bytes("pack", 4, &pack);
	ruleset = mem_format("%s%s p.yaml\n", head, digest_to_hex(&pack, hex));
	hash_bytes(ruleset, strlen(ruleset), &draft.rules);
	free(ruleset);
	free(text);
	append(o, &draft);
}

static void submit(struct office *o)
{
	static const char *const empty[] = {"document-number", "unit", "author", "maker", "formed", "changed", "origin",
	                                    "carrier", "article-20", "channels", "scope", "planned", "undertaking", "note"};
	struct draft draft = {.type = ENTRY_SUBMIT};
	struct scan scan = make_scan(o);
	struct file_refs files = {0};
	struct tree_file items[2];
	struct buf record = {0};
	struct err err = {0};

	for (size_t i = 0; i < 2; i++) {
		file_refs_add(&files, &scan.files[i].digest, scan.files[i].size, 0100644, paths[i]);
		items[i] = (struct tree_file){.path = scan.files[i].path, .mode = 0100644};
		assert_true(object_write(o->repo, OBJECT_BLOB, contents[i], strlen(contents[i]), &items[i].id, &err));
	}
	scan_record_write(&scan, &record);
	draft_add(&draft, "case", "2026-0001");
	draft_add_number(&draft, "round", 1);
	draft_add(&draft, "section", "desk");
	draft_add(&draft, "title", "Two documents");
	draft_add(&draft, "attribute", "proactive");
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++)
		draft_add(&draft, empty[i], "");
	draft_add_body(&draft, "scan", "", record.data, record.len);
	draft_add_files(&draft, &files);
	append(o, &draft);
	assert_true(documents_store(o->repo, "2026-0001", 1, &(struct tree_files){items, 2}, &err));
	file_refs_release(&files);
	buf_release(&record);
	scan_release(&scan);
}

static void approve(struct office *o)
{
	const struct round *round = case_round(docket_case(&o->docket, "2026-0001"));
	struct draft draft = {.type = ENTRY_SIGN_OFF};

	draft_add(&draft, "case", "2026-0001");
	draft_add_number(&draft, "round", 1);
	draft_add_digest(&draft, "submit", &round->submit);
	draft_add(&draft, "stage", "only");
	draft_add(&draft, "decision", "approve");
	draft_add(&draft, "opinion", "fine");
	draft_add(&draft, "ground", "");
	draft_add(&draft, "until", "");
	draft_add(&draft, "addressee", "");
	draft_add_digest(&draft, "scan", &round->scan_digest);
	draft_add_files(&draft, round->files);
	append(o, &draft);
}

static void office_open(struct office *o, const char *name)
{
	struct err err = {0};

	*o = (struct office){.dir = fs_join(base, name)};
	o->public_dir = fs_join(o->dir, "public");
	if (!repo_open(o->dir, &o->repo, &err) || !repo_leave_to_kernel(o->repo, &err))
		fail_msg("%s", err.why);
	if (!ledger_walk(o->repo, NULL, docket_apply_visit, &o->docket, &o->tip, &err))
		fail_msg("%s", err.why);
}

static void office_close(struct office *o)
{
	docket_release(&o->docket);
	repo_free(o->repo);
	free(o->dir);
	free(o->public_dir);
}

static void copy_office(const char *from, const char *to)
{
	char *command = mem_format("rm -rf %s/%s && cp -R %s/%s %s/%s", base, to, base, from, base, to);

	assert_int_equal(system(command), 0);
	free(command);
}

static struct release_order order_of(struct office *o)
{
	return (struct release_order){.repo = o->repo, .docket = &o->docket, .tip = &o->tip, .case_id = "2026-0001",
	                              .public_dir = o->public_dir, .person = "one", .signer = signer, .time = 1764000100};
}

static bool publish(struct office *o, struct err *err)
{
	const struct release_order order = order_of(o);
	struct scan scan = make_scan(o);
	const bool ok = release_publish(&order, &scan, err);

	scan_release(&scan);
	return ok;
}

static bool withdraw(struct office *o, struct err *err)
{
	const struct release_order order = order_of(o);
	const struct withdrawal why = {.reason = "wrong", .ground = ""};

	return release_withdraw(&order, &why, err);
}

static bool has_file(const struct office *o, const char *name, const char *want)
{
	char *path = fs_join(o->public_dir, name);
	struct buf text = {0};
	struct err err = {0};
	const bool ok = fs_read_file(path, 4096, &text, &err) && strcmp(text.data, want) == 0;

	if (err.kind != ERR_NONE && err.kind != ERR_NOT_FOUND)
		fail_msg("%s", err.why);
	buf_release(&text);
	free(path);
	return ok;
}

static bool exists(const struct office *o, const char *name)
{
	char *path = fs_join(o->public_dir, name);
	const bool there = fs_exists(path);

	free(path);
	return there;
}

static bool has_receipt(const struct office *o)
{
	struct buf want = {0};
	bool ok;

	docket_receipt(&o->docket, &want);
	ok = has_file(o, RECEIPT_NAME, want.data);
	buf_release(&want);
	return ok;
}

/* Whatever is there is whole. */
static void assert_nothing_half(const struct office *o)
{
	assert_true(!exists(o, "a.md") || has_file(o, "a.md", contents[0]));
	assert_true(!exists(o, "deep/er/b.md") || has_file(o, "deep/er/b.md", contents[1]));
}

static void assert_published(struct office *o)
{
	const struct review_case *c = docket_case(&o->docket, "2026-0001");
	char *staging = fs_join(o->dir, ".public.review-staging");

	assert_int_equal(c->publication_count, 1);
	assert_true(c->publications[0].done);
	assert_true(has_file(o, "a.md", contents[0]));
	assert_true(has_file(o, "deep/er/b.md", contents[1]));
	assert_true(has_receipt(o));
	/* when taking the staging directory away is what failed, it stays, private and empty */
	assert_true(!fs_exists(staging) || rmdir(staging) == 0);
	free(staging);
}

/* After a failed or killed release: read the ledger afresh, judge, and finish or do it again. */
static const char *settle(const char *name)
{
	struct office o;
	const struct review_case *c;
	struct err err = {0};
	const char *what = "nothing was public, and it was released afterwards";

	office_open(&o, name);
	c = docket_case(&o.docket, "2026-0001");
	assert_nothing_half(&o);
	if (c->publication_count == 0) {
		assert_false(exists(&o, "a.md"));
		assert_false(exists(&o, "deep/er/b.md"));
		assert_false(exists(&o, RECEIPT_NAME));
		if (!publish(&o, &err))
			fail_msg("%s", err.why);
	} else if (!c->publications[0].done) {
		const struct release_order order = order_of(&o);

		what = "begun, and finished by resume";
		if (!release_resume(&order, &err))
			fail_msg("%s", err.why);
	} else {
		what = "complete";
	}
	assert_published(&o);
	office_close(&o);
	return what;
}

static void every_failure_leaves_nothing_or_a_release_to_resume(void **state)
{
	bool done = false;
	int n;

	(void)state;
	for (n = 1; n < 400 && !done; n++) {
		struct office o;
		struct err err = {0};

		copy_office("approved", "run");
		office_open(&o, "run");
		calls = 0;
		fail_at = n;
		(void)publish(&o, &err);
		done = calls < n;
		fail_at = 0;
		assert_nothing_half(&o);
		office_close(&o);
		print_message("  call %d fails: %s: %s\n", n, err.why, settle("run"));
	}
	assert_true(done && n > 40);
}

static void death_at_any_step_leaves_nothing_or_a_release_to_resume(void **state)
{
	bool done = false;
	int n;

	(void)state;
	for (n = 1; n < 400 && !done; n++) {
		int status = 0;
		pid_t child;

		copy_office("approved", "run");
		child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			struct office o;
			struct err err = {0};

			office_open(&o, "run");
			calls = 0;
			die_at = n;
			_exit(publish(&o, &err) ? 0 : 1);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		done = WEXITSTATUS(status) == 0;
		assert_true(done || WEXITSTATUS(status) == 9);
		print_message("  gone before call %d: %s\n", n, settle("run"));
	}
	assert_true(done && n > 40);
}

static void settle_withdrawal(const char *name)
{
	struct office o;
	struct err err = {0};

	office_open(&o, name);
	assert_nothing_half(&o);
	if (!withdraw(&o, &err))
		fail_msg("%s", err.why);
	assert_false(exists(&o, "a.md"));
	assert_false(exists(&o, "deep/er/b.md"));
	assert_false(exists(&o, "deep"));
	assert_true(has_receipt(&o));
	assert_true(docket_case(&o.docket, "2026-0001")->publications[0].withdrawn);
	office_close(&o);
}

static void every_failure_of_a_withdrawal_can_be_repeated(void **state)
{
	bool done = false;
	int n;

	(void)state;
	for (n = 1; n < 400 && !done; n++) {
		struct office o;
		struct err err = {0};

		copy_office("published", "run");
		office_open(&o, "run");
		calls = 0;
		fail_at = n;
		(void)withdraw(&o, &err);
		done = calls < n;
		fail_at = 0;
		/* nothing is taken down before the ledger says so */
		assert_true(docket_case(&o.docket, "2026-0001")->publications[0].withdrawn ||
		            (exists(&o, "a.md") && exists(&o, "deep/er/b.md")));
		office_close(&o);
		settle_withdrawal("run");
	}
	assert_true(done && n > 10);
}

static void without_a_clear_verdict_nothing_begins(void **state)
{
	struct office o;
	struct err err = {0};
	struct scan scan = {0};
	struct release_order order;

	(void)state;
	copy_office("submitted", "run");
	office_open(&o, "run");
	assert_false(publish(&o, &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_false(exists(&o, "a.md"));
	office_close(&o);

	copy_office("approved", "run");
	office_open(&o, "run");
	order = order_of(&o);
	err = (struct err){0};
	assert_false(release_publish(&order, &scan, &err)); /* a scan of nothing */
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(docket_case(&o.docket, "2026-0001")->publication_count, 0);
	err = (struct err){0};
	assert_false(release_resume(&order, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	office_close(&o);
}

static void a_planted_link_or_an_open_staging_directory_is_refused(void **state)
{
	struct office o;
	struct err err = {0};
	char *staging, *link;

	(void)state;
	copy_office("approved", "run");
	office_open(&o, "run");
	staging = fs_join(o.dir, ".public.review-staging");
	assert_int_equal(mkdir(staging, 0777), 0);
	assert_int_equal(chmod(staging, 0777), 0);
	assert_false(publish(&o, &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(rmdir(staging), 0);
	assert_int_equal(symlink("/tmp", staging), 0);
	err = (struct err){0};
	assert_false(publish(&o, &err));
	assert_int_equal(unlink(staging), 0);
	link = fs_join(o.public_dir, "deep");
	assert_true(fs_exists(o.public_dir) || mkdir(o.public_dir, 0755) == 0);
	assert_int_equal(symlink("/tmp", link), 0);
	err = (struct err){0};
	assert_false(publish(&o, &err));
	assert_false(exists(&o, "a.md"));
	assert_int_equal(unlink(link), 0);
	err = (struct err){0};
	assert_true(publish(&o, &err));
	assert_published(&o);
	free(staging);
	free(link);
	office_close(&o);
}

static int make_offices(void **state)
{
	struct office o = {0};
	struct err err = {0};
	struct public_key *key = NULL;
	char *path;

	(void)state;
	base = mkdtemp(in_memory) != NULL ? in_memory : mkdtemp(on_disk);
	if (base == NULL)
		return -1;
	path = fs_join(base, "key.pem");
	if (!signer_create_file(path, "a long passphrase", "one", &key, &err) ||
	    !signer_open_file(path, "a long passphrase", &signer, &err))
		return -1;
	public_key_free(key);
	free(path);
	o.dir = fs_join(base, "submitted");
	o.public_dir = fs_join(o.dir, "public");
	if (!repo_init(o.dir, false, &o.repo, &err) || !repo_leave_to_kernel(o.repo, &err))
		return -1;
	start_ledger(&o);
	submit(&o);
	copy_office("submitted", "approved");
	office_close(&o);
	office_open(&o, "approved");
	approve(&o);
	office_close(&o);
	copy_office("approved", "published");
	office_open(&o, "published");
	if (!publish(&o, &err))
		return -1;
	office_close(&o);
	return 0;
}

static int remove_offices(void **state)
{
	char *command = mem_format("rm -rf %s", base);
	const int status = system(command);

	(void)state;
	free(command);
	signer_free(signer);
	return status;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_clear_verdict_nothing_begins),
		cmocka_unit_test(a_planted_link_or_an_open_staging_directory_is_refused),
		cmocka_unit_test(every_failure_leaves_nothing_or_a_release_to_resume),
		cmocka_unit_test(death_at_any_step_leaves_nothing_or_a_release_to_resume),
		cmocka_unit_test(every_failure_of_a_withdrawal_can_be_repeated),
	};

	return cmocka_run_group_tests(tests, make_offices, remove_offices);
}
