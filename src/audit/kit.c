/* kit.c - for the auditor who does not trust this program: the keys, the ledger's name, and a script
 * of stock git, ssh-keygen and sha256sum. */
#include "audit/audit.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

static const char CHECK[] =
	"#!/bin/sh\n"
	"# check.sh [PUBLIC-DIRECTORY] - run inside the repository, with git, ssh-keygen and sha256sum.\n"
	"# Checks: every entry's signature by a key in allowed_signers, the SHA-256 chain from the first\n"
	"# entry on, the ledger's name; RELEASES against the ledger, and each public file against RELEASES.\n"
	"set -u\n"
	"kit=$(cd \"$(dirname \"$0\")\" && pwd)\n"
	"ref=refs/heads/review/ledger bad=0 count=0 prev=$(printf '%064d' 0) ledger= released=0\n"
	"export GIT_NO_REPLACE_OBJECTS=1\n"
	"fail() { echo \"FAILED: $*\"; bad=1; }\n"
	"id_of() {\n"
	"\tsize=$(git cat-file -s \"$1\")\n"
	"\t{ printf 'commit %s\\0' \"$size\"; git cat-file commit \"$1\"; } | sha256sum | cut -d' ' -f1\n"
	"}\n"
	"for commit in $(git rev-list --reverse --topo-order \"$ref\"); do\n"
	"\tcount=$((count + 1))\n"
	"\tgit -c gpg.ssh.allowedSignersFile=\"$kit/allowed_signers\" verify-commit \"$commit\" >/dev/null 2>&1 ||\n"
	"\t\tfail \"entry $count ($commit): its signature is not good\"\n"
	"\tgit cat-file commit \"$commit\" | grep -qx \"prev: $prev\" ||\n"
	"\t\tfail \"entry $count ($commit): it does not follow the entry before\"\n"
	"\tgit cat-file commit \"$commit\" | grep -qx \"seq: $count\" ||\n"
	"\t\tfail \"entry $count ($commit): its number is not $count\"\n"
	"\tprev=$(id_of \"$commit\")\n"
	"\teval \"commit_$count=$commit id_$count=$prev\"\n"
	"\tgit cat-file commit \"$commit\" | grep -qx 'type: release' && released=1\n"
	"\t[ -n \"$ledger\" ] || ledger=$prev\n"
	"done\n"
	"[ \"$ledger\" = \"$(head -n 1 \"$kit/ledger-id\")\" ] || fail 'the ledger has another name than ledger-id says'\n"
	"# A line of RELEASES has to be what its entry released; a file has to have such a line.\n"
	"check_line() {\n"
	"\tcase $3 in ''|*[!0-9]*) fail \"RELEASES: a line that is none\"; return ;; esac\n"
	"\teval \"commit=\\${commit_$3-} id=\\${id_$3-}\"\n"
	"\t[ -n \"$commit\" ] && [ \"$4\" = \"$id\" ] && git cat-file commit \"$commit\" | grep -qx 'type: release' &&\n"
	"\t\tgit cat-file commit \"$commit\" | grep -q \"^file: $1 $2 \" || fail \"RELEASES: entry $3 did not release $5\"\n"
	"\t[ \"$(sha256sum <\"$public/$5\" | cut -d' ' -f1)\" = \"$1\" ] || fail \"public file $5\"\n"
	"}\n"
	"check_public() {\n"
	"\tpublic=$1\n"
	"\tgrep -qx \"ledger: $ledger\" \"$public/RELEASES\" || fail 'RELEASES is of another ledger'\n"
	"\twhile read -r digest size seq entry path; do\n"
	"\t\tcase $digest in review-releases|ledger:|end:) continue ;; esac\n"
	"\t\tcheck_line \"$digest\" \"$size\" \"$seq\" \"$entry\" \"$path\"\n"
	"\tdone <\"$public/RELEASES\"\n"
	"\textra=$(cd \"$public\" && find . ! -type d ! -path ./RELEASES | sed 's,^\\./,,' | awk '\n"
	"\t\tNR == FNR { if (sub(/^[0-9a-f]+ [0-9]+ [0-9]+ [0-9a-f]+ /, \"\")) known[$0] = 1; next }\n"
	"\t\t!($0 in known)' RELEASES -)\n"
	"\t[ -z \"$extra\" ] || fail \"no release put there: $extra\"\n"
	"}\n"
	"if [ $# -gt 0 ] && [ -f \"$1/RELEASES\" ]; then\n"
	"\tcheck_public \"$1\"\n"
	"elif [ $# -gt 0 ] && { [ ! -d \"$1\" ] || [ $released = 1 ] || [ -n \"$(find \"$1\" ! -type d)\" ]; }; then\n"
	"\tfail \"there is no list of releases: $1/RELEASES\"\n"
	"fi\n"
	"[ $count -gt 0 ] || fail 'there is no ledger here'\n"
	"[ $bad = 0 ] && echo \"$count entries: signatures and chain are good\"\n"
	"exit $bad\n";

static const char README[] =
	"What is here\n"
	"  allowed_signers  every key that was ever in force, for git and ssh-keygen\n"
	"  ledger-id        the ledger's name: SHA-256 of its first entry; compare with the one written down\n"
	"  check.sh         sh check.sh [PUBLIC-DIRECTORY], inside a clone that has refs/heads/review/ledger\n"
	"\n"
	"What check.sh cannot tell you, because stock git does not know it: whether each person held their\n"
	"office when they signed, whether the stages were complete and in order, whether findings were\n"
	"cleared by those who may, and whether an entry is in the one form this ledger allows.  git and\n"
	"ssh-keygen also accept some second spellings of a good signature.  `review audit` checks all that;\n"
	"docs/independent-audit.md does more of it by hand, step by step, without this kit, and\n"
	"src/ledger/FORMAT.md says how to check it with a program of your own.\n";

/* Every key of every policy, once. */
struct keys {
	struct docket docket;
	struct buf lines;
	struct digest ledger;
};

static void add_keys(struct keys *k, const struct policy *policy)
{
	for (size_t i = 0; i < policy->person_count; i++)
		for (size_t n = 0; n < policy->people[i].key_count; n++) {
			char *line = mem_format("%s@review.invalid namespaces=\"git\" %s\n", policy->people[i].id,
			                        public_key_line(policy->people[i].keys[n]));

			if (k->lines.data == NULL || strstr(k->lines.data, line) == NULL)
				buf_add_string(&k->lines, line);
			free(line);
		}
}

static bool collect(const struct entry *e, void *context, struct err *err)
{
	struct keys *k = context;

	if (!docket_apply(&k->docket, e, err))
		return false;
	if (e->type == ENTRY_GENESIS)
		k->ledger = e->id;
	add_keys(k, k->docket.policy);
	if (k->docket.proposal.open) /* a new root person endorses with the key the proposal gives */
		add_keys(k, k->docket.proposal.policy);
	return true;
}

static bool write_file(const char *dir, const char *name, const char *text, size_t len, mode_t mode, struct err *err)
{
	char *path = fs_join(dir, name);
	const bool ok = fs_create_file(path, text, len, mode, err);

	free(path);
	return ok;
}

bool audit_kit(struct repo *repo, const char *dir, struct err *err)
{
	struct keys k = {0};
	char hex[DIGEST_HEX_SIZE];
	struct buf id = {0};
	bool ok = ledger_walk(repo, NULL, collect, &k, NULL, err);

	if (ok) {
		buf_addf(&id, "%s\n", digest_to_hex(&k.ledger, hex));
		for (int i = 0; i < 64; i += 4)
			buf_addf(&id, "%.4s%s", hex + i, i < 60 ? " " : "\n");
		ok = fs_make_dirs(dir, 0755, err) &&
		     write_file(dir, "allowed_signers", k.lines.data, k.lines.len, 0644, err) &&
		     write_file(dir, "ledger-id", id.data, id.len, 0644, err) &&
		     write_file(dir, "check.sh", CHECK, sizeof(CHECK) - 1, 0755, err) &&
		     write_file(dir, "README.txt", README, sizeof(README) - 1, 0644, err);
	}
	buf_release(&id);
	buf_release(&k.lines);
	docket_release(&k.docket);
	return ok;
}
