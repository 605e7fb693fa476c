#!/bin/sh
# run.sh - figures, not verdicts.  Each pair is run in turn, five times, and the medians and their
# ratio are printed: machines are noisy, ratios of one run are less so.
set -eu
work=$(mktemp -d "${TMPDIR:-/tmp}/review-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
here=$(cd "$(dirname "$0")/../.." && pwd)
export HOME="$work" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state" GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_GLOBAL="$work/gitconfig" REVIEW_PASSPHRASE_FILE="$work/passphrase"
unset GIT_DIR GIT_INDEX_FILE 2>/dev/null || :
echo 'correct horse battery' >"$work/passphrase"
git config --global user.name Bench && git config --global user.email bench@example.invalid
git config --global init.defaultBranch main

now() { date +%s%N; }
once() { t=$(now); sh -c "$1" >/dev/null 2>&1 || :; echo $((($(now) - t) / 1000)); }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# pair NAME A NAME-OF-B B: microseconds of both, and the ratio
pair() {
	once "$2" >/dev/null; once "$4" >/dev/null
	: >"$work/a"; : >"$work/b"
	for i in 1 2 3 4 5; do once "$2" >>"$work/a"; once "$4" >>"$work/b"; done
	a=$(median <"$work/a") b=$(median <"$work/b")
	awk -v n="$1" -v m="$3" -v a="$a" -v b="$b" 'BEGIN { printf "%-44s %9.1f ms   %-34s %9.1f ms   ratio %.2f\n", n, a / 1000, m, b / 1000, a / b }'
}

echo "# $(uname -m), $(nproc) cores, $(date -u +%Y-%m-%d)"

# 4 MB of mixed text
zh='为促进消费，区商务局定于四月举办春季消费品交易会，现将有关事项通知如下。
'
en='The district expects one hundred and twenty stands in three halls this spring.
'
i=0
: >"$work/chunk"
while [ $i -lt 500 ]; do printf '%s%s' "$zh" "$en" >>"$work/chunk"; i=$((i + 1)); done
i=0
while [ $i -lt 40 ]; do cat "$work/chunk"; i=$((i + 1)); done >"$work/text.md"
size=$(wc -c <"$work/text.md")
pair "scan $((size / 1000000)) MB, shipped rules" "review scan '$work/text.md'" \
	"grep -P, one of the patterns" "grep -cP '(?:绝密|机密|秘密)级?★' '$work/text.md'"

# an office with 300 entries
git init -q "$work/r" && cd "$work/r"
for person in zhao.lei wang.wei li.na zhang.min; do review key new $person >/dev/null; done
cp "$here/samples/policy.yaml" ../policy.yaml
for person in zhao.lei wang.wei li.na zhang.min; do
	sed -i "s|KEY-OF-$person|$(review key show $person 2>/dev/null)|" ../policy.yaml
done
git config review.person zhao.lei
review init --policy ../policy.yaml --hooks >/dev/null 2>&1
git add .review && git commit -q -m start
mkdir -p drafts/trade && echo 'Opening hours: 9 to 17.' >drafts/trade/a.md && git add drafts
review submit drafts/trade/a.md --title Hours >/dev/null
case=$(review inbox | awk 'NR == 1 { print $1 == "*" ? $2 : $1 }')
for n in $(seq 1 60); do review file "$case" --register "$n" >/dev/null; done
entries=$(git rev-list --count review/ledger)
review audit --kit ../kit >/dev/null
pair "audit, $entries entries" "review audit" "git log --show-signature" \
	"git -c gpg.ssh.allowedSignersFile=../kit/allowed_signers log --show-signature review/ledger"
pair "inbox, $entries entries" "review inbox" "git log of the ledger, no signatures" "git log review/ledger"
for n in 1 2 3 4 5 6 7 8 9 10; do cp drafts/trade/a.md "drafts/trade/f$n.md"; done
git add drafts
pair "pre-commit, 10 small files" "review hook pre-commit" "git diff --cached" "git diff --cached"
