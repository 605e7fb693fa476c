/* ledger_stock_test.c - the ledger in the eyes of git and ssh-keygen.
 *
 * An auditor without this program must be able to check every signature; and where stock tools
 * accept what a stranger made of a good entry, we must not. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "../../src/ledger/commit.h"

#include <sys/wait.h>

/* A command in the repository, with no configuration but its own; its exit status. */
static int run(struct office *office, const char *command)
{
	char *line = mem_format("cd %s/repo && env -i PATH=\"$PATH\" HOME=%s LC_ALL=C GIT_CONFIG_NOSYSTEM=1 "
	                        "GIT_CONFIG_GLOBAL=/dev/null sh -c '%s' >%s/output 2>&1",
	                        office->dir, office->dir, command, office->dir);
	const int status = system(line);

	free(line);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void output(struct office *office, struct buf *out)
{
	char *path = fs_join(office->dir, "output");
	struct err err = {0};

	must(fs_read_file(path, 1 << 20, out, &err), &err);
	free(path);
}

static void expect_success(struct office *office, const char *command)
{
	struct buf text = {0};

	if (run(office, command) != 0) {
		output(office, &text);
		fail_msg("%s: %s", command, text.data);
	}
}

static void write_file(struct office *office, const char *name, const char *text, size_t len)
{
	char *path = fs_join(office->dir, name);
	struct err err = {0};

	must(fs_write_file(path, text, len, 0600, &err), &err);
	free(path);
}

/* What the auditor gets: a line for each key, for signatures of git only. */
static void write_signers(struct office *office, const char *person, const struct signer *signer)
{
	char *line = mem_format("%s@review.invalid namespaces=\"git\" %s\n", person, public_key_line(signer_key(signer)));

	write_file(office, "signers", line, strlen(line));
	free(line);
}

#define VERIFY "git --no-replace-objects -c gpg.ssh.allowedSignersFile=../signers verify-commit "

/* The payload and the armor, taken apart here once more, without the room's code. */
static void take_apart(const struct buf *raw, struct buf *payload, struct buf *armor)
{
	const char *from = strstr(raw->data, "\ngpgsig "), *end = strstr(raw->data, "\n\n");

	assert_non_null(from);
	assert_non_null(end);
	buf_add(payload, raw->data, (size_t)(from + 1 - raw->data));
	buf_add_string(payload, end + 1);
	for (const char *at = from + 8; at <= end; at++) {
		buf_add_byte(armor, *at);
		if (*at == '\n')
			at++;
	}
}

static void stock_tools_accept_every_entry(void **state)
{
	struct office *office = *state;
	struct object_id at = start_ledger(office).commit;
	struct err err = {0};
	struct ledger_tip tip;
	uint32_t seen = 0;

	write_signers(office, "wang.wei", office->wang);
	must(ledger_walk(office->repo, NULL, NULL, NULL, &tip, &err), &err);
	for (bool more = true; more;) {
		struct buf raw = {0}, payload = {0}, armor = {0};
		char hex[OBJECT_HEX_SIZE], *command = mem_format(VERIFY "%s", object_id_to_hex(&at, hex));

		expect_success(office, command);
		must(object_read(office->repo, &at, OBJECT_COMMIT, COMMIT_LIMIT, &raw, &err), &err);
		take_apart(&raw, &payload, &armor);
		write_file(office, "payload", payload.data, payload.len);
		write_file(office, "armor", armor.data, armor.len);
		expect_success(office, "ssh-keygen -Y verify -f ../signers -I wang.wei@review.invalid -n git -s ../armor <../payload");
		more = memcmp(raw.data + 46, "parent ", 7) == 0;
		assert_true(!more || object_id_from_hex(&at, raw.data + 53, 40));
		seen++;
		free(command);
		buf_release(&raw);
		buf_release(&payload);
		buf_release(&armor);
	}
	assert_int_equal(seen, tip.seq);
}

static void the_check_can_fail(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	char hex[OBJECT_HEX_SIZE], *command = mem_format(VERIFY "%s", object_id_to_hex(&tip.commit, hex));

	write_signers(office, "wang.wei", office->li); /* another's key */
	assert_int_not_equal(run(office, command), 0);
	write_signers(office, "wang.wei", office->wang);
	assert_int_equal(run(office, command), 0);
	free(command);
}

static void git_finds_nothing_wrong_with_the_objects(void **state)
{
	struct office *office = *state;
	struct buf text = {0};

	(void)start_ledger(office);
	expect_success(office, "git fsck --strict --no-dangling");
	output(office, &text);
	if (strstr(text.data, "warning") != NULL || strstr(text.data, "error") != NULL)
		fail_msg("%s", text.data);
	buf_release(&text);
}

static void a_clone_carries_the_ledger(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	char *where = fs_join(office->dir, "clone");
	struct repo *clone = NULL;
	struct object_id at;
	struct ledger_tip walked;
	struct err err = {0};

	expect_success(office, "git -c receive.fsckObjects=true clone -q --bare --branch review/ledger --single-branch . ../clone");
	must(repo_open(where, &clone, &err), &err);
	must(ref_read(clone, LEDGER_REF, &at, &err), &err);
	must(ledger_walk(clone, NULL, NULL, NULL, &walked, &err), &err);
	assert_true(digest_equal(&walked.id, &tip.id));
	repo_free(clone);
	free(where);
}

/* `git replace` shows a reader another text; the walk does not look at it. */
static void a_replacement_is_not_followed(void **state)
{
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	char hex[OBJECT_HEX_SIZE], *command;
	struct ledger_tip walked;
	struct err err = {0};

	(void)object_id_to_hex(&tip.commit, hex);
	command = mem_format("git cat-file commit %s | sed s/备字/伪造/ >../decoy && "
	                     "git replace %s $(git hash-object -t commit -w ../decoy) && "
	                     "git cat-file commit %s | grep -q 伪造", hex, hex, hex);
	expect_success(office, command);
	must(ledger_walk(office->repo, NULL, NULL, NULL, &walked, &err), &err);
	assert_true(digest_equal(&walked.id, &tip.id));
	free(command);
	command = mem_format("git replace -d %s", hex);
	expect_success(office, command);
	free(command);
}

/* What a stranger makes of the last entry; git may think what it likes, we refuse all of them. */
static void what_git_tolerates_we_refuse(void **state)
{
	static const struct {
		const char *what, *from, *to;
	} twins[] = {
		{"gpgsig-sha256 header", "\n\nreview-ledger", "\ngpgsig-sha256 junk\n\nreview-ledger"},
		{"gpgsigX header", "\n\nreview-ledger", "\ngpgsigX hidden\n\nreview-ledger"},
		{"bogus second gpgsig", "\n\nreview-ledger", "\ngpgsig bogus\n\nreview-ledger"},
		{"text behind the armor", "-----END SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n more\n"},
	};
	struct office *office = *state;
	const struct ledger_tip tip = start_ledger(office);
	int tolerated = 0;

	write_signers(office, "wang.wei", office->wang);
	for (size_t i = 0; i < COUNT(twins); i++) {
		struct buf raw = {0};
		struct object_id twin;
		struct err err = {0};
		char hex[OBJECT_HEX_SIZE], *command;

		must(object_read(office->repo, &tip.commit, OBJECT_COMMIT, COMMIT_LIMIT, &raw, &err), &err);
		swap_text(&raw, twins[i].from, twins[i].to);
		must(object_write(office->repo, OBJECT_COMMIT, raw.data, raw.len, &twin, &err), &err);
		command = mem_format(VERIFY "%s", object_id_to_hex(&twin, hex));
		tolerated += run(office, command) == 0;
		if (ledger_walk(office->repo, &twin, NULL, NULL, NULL, &err))
			fail_msg("%s: accepted", twins[i].what);
		assert_true(err.kind == ERR_INPUT || err.kind == ERR_MISMATCH);
		free(command);
		buf_release(&raw);
	}
	print_message("of %zu second entries made without a key, git accepts %d\n", COUNT(twins), tolerated);
}

#define ON_NEW_LEDGER(test) cmocka_unit_test_setup(test, no_ledger)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_NEW_LEDGER(stock_tools_accept_every_entry),
		ON_NEW_LEDGER(the_check_can_fail),
		ON_NEW_LEDGER(git_finds_nothing_wrong_with_the_objects),
		ON_NEW_LEDGER(a_clone_carries_the_ledger),
		ON_NEW_LEDGER(a_replacement_is_not_followed),
		ON_NEW_LEDGER(what_git_tolerates_we_refuse),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
