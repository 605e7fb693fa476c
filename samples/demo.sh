#!/bin/sh
# demo.sh - one office, one afternoon: what `make demo` shows, typed as people would type it.
#
# Everything happens in a temporary folder that is removed at the end (KEEP=1 keeps it).  The keys
# are real, the signatures are real, the repository is real.
set -u
samples=$(cd "$(dirname "$0")" && pwd)
home=$(mktemp -d "${TMPDIR:-/tmp}/review-demo.XXXXXX") || exit 1
[ "${KEEP:-}" = 1 ] || trap 'chmod -R u+w "$home"; rm -rf "$home"' EXIT

export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_STATE_HOME="$home/state"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$home/gitconfig" GIT_TERMINAL_PROMPT=0
export REVIEW_PASSPHRASE_FILE="$home/passphrase"
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE SSH_AUTH_SOCK 2>/dev/null
umask 077
echo 'correct horse battery' >"$home/passphrase"
git config --global user.name "Zhao Lei"
git config --global user.email zhao.lei@example.invalid
git config --global init.defaultBranch main

say() { printf '\n# %s\n' "$*"; }

# Print a command as it was typed, then run it; an exit status that is not 0 is shown, as a person
# would want to know it.
run() {
	printf '$ %s\n' "$*"
	sh -c "$*" 2>&1
	status=$?
	[ $status = 0 ] || printf '(exit status %s)\n' "$status"
}

# case_of TITLE: its number
case_of() {
	review inbox | awk -v title="$1" 'index($0, title) { print $1 == "*" ? $2 : $1 }'
}

say 'four people make their keys (the private half stays encrypted)'
for person in zhao.lei wang.wei li.na zhang.min; do
	run "review key new $person | tail -n 2 | head -n 1"
done

say 'a repository, a policy, and the ledger begins'
mkdir "$home/bureau" && cd "$home/bureau" || exit 1
run 'git init -q .'
cp -R "$samples/drafts" "$samples/evidence" .
cp "$samples/policy.yaml" ../policy.yaml
for person in zhao.lei wang.wei li.na zhang.min; do
	key=$(review key show $person 2>/dev/null)
	sed -i "s|KEY-OF-$person|$key|" ../policy.yaml
done
run 'review policy check ../policy.yaml'
run 'git config review.person zhao.lei'
run 'review init --policy ../policy.yaml --hooks'
run 'git add .review evidence && git commit -q -m "Start the review ledger"'

say 'a document with a secrecy mark does not get as far as a commit'
run 'git add drafts/office/reserve-plan.md && git commit -q -m "Add the reserve plan"'
run 'git rm -q --cached drafts/office/reserve-plan.md && mv drafts/office/reserve-plan.md ..'

say 'a clean notice is committed, submitted, and signed off three times'
run 'git add drafts/trade/spring-fair.md drafts/trade/subsidy-contacts.csv drafts/trade/supplier-brief.md && git commit -q -m "Add documents of the spring fair"'
run 'review submit drafts/trade/spring-fair.md --title "Spring fair notice" --document-number "商务〔2026〕12号" --formed 2026-02-26'
case1=$(case_of 'Spring fair notice')
run "review release $case1"
run "review approve $case1 --person wang.wei --opinion '不涉密，同意公开'"
run "review approve $case1 --person li.na --opinion '同意公开'"
run "review approve $case1 --person zhang.min --opinion '同意公开'"
run "review release $case1"

say 'one with findings: each is cleared with a reason, and with evidence where the rule wants it'
run 'review submit drafts/trade/supplier-brief.md drafts/trade/subsidy-contacts.csv --title "Spring fair, supplier documents" --formed 2026-02-26'
case2=$(case_of 'Spring fair, supplier documents')
run "review show $case2"
run "review approve $case2 --person wang.wei --opinion '联系电话是企业公开的业务电话' --clear 1='业务联系电话，企业已公开' --clear 2='业务联系电话，企业已公开'"
run "review approve $case2 --person li.na --opinion 'The hall plan is shown with consent' --clear 3='Owner agreed in writing'"
run "review approve $case2 --person li.na --opinion 'The hall plan is shown with consent' --clear 3='Owner agreed in writing' --evidence 3=evidence/northgate-consent.txt"
run "review approve $case2 --person zhang.min --opinion '同意公开'"
run "review release $case2"
run 'find public -type f | sort'

say 'the auditor looks'
run 'review audit --rescan'
run 'git add public && git commit -q -m "Publish the spring fair documents"'

say 'somebody edits a public file'
run 'echo "参展费减半。" >> public/trade/spring-fair.md'
run 'review audit'
run 'git commit -q -a -m "Small correction"'
run 'git checkout -q -- . 2>/dev/null; git reset -q --hard'
run 'review audit | tail -n 1'

say 'somebody rewrites a ledger entry'
git branch -q kept review/ledger
run 'git cat-file commit review/ledger~3 | sed "s/opinion: .*/opinion: no objection/" > ../rewritten'
run 'git update-ref refs/heads/review/ledger $(git hash-object -t commit -w ../rewritten)'
run 'review audit | head -n 10'
run "review show $case2"
git update-ref refs/heads/review/ledger kept
say 'put back, everything is accounted for again'
run 'review audit | tail -n 1'
