#!/bin/sh
# office.sh DIR - the sample office, ready for its week: four people with keys, a repository with
# drafts, a ledger of one entry.  `. DIR/environment` then makes a shell theirs: keys, configuration
# and state of that office lie in DIR, and nothing of yours is touched.
set -eu
samples=$(cd "$(dirname "$0")" && pwd)
[ -n "${1:-}" ] && [ ! -e "$1" ] || { echo 'office.sh: say a folder that is not there yet (that of an earlier week can be removed)' >&2; exit 2; }
for program in review git python3; do
	command -v "$program" >/dev/null || { echo "office.sh: $program is not on the PATH; see the top of samples/README.md" >&2; exit 2; }
done
mkdir -p "$1"
office=$(cd "$1" && pwd)
cat >"$office/environment" <<E
export HOME='$office' XDG_CONFIG_HOME='$office/config' XDG_STATE_HOME='$office/state' XDG_CACHE_HOME='$office/cache'
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL='$office/gitconfig' GIT_TERMINAL_PROMPT=0
export REVIEW_PASSPHRASE_FILE='$office/passphrase'
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE SSH_AUTH_SOCK
E
. "$office/environment"
umask 077
echo 'correct horse battery' >"$office/passphrase"
git config --global user.name 'Zhao Lei'
git config --global user.email zhao.lei@example.invalid
git config --global init.defaultBranch main

cp "$samples/policy.yaml" "$office/policy.yaml"
for person in zhao.lei wang.wei li.na zhang.min; do
	review key new $person >/dev/null
	sed -i "s|KEY-OF-$person|$(review key show $person 2>/dev/null)|" "$office/policy.yaml"
done
git init -q "$office/bureau"
cd "$office/bureau"
cp -R "$samples/drafts" "$samples/evidence" .
python3 -B "$samples/make.py" "$office/bureau"
mv corrected ..
git config review.person zhao.lei
review init --policy ../policy.yaml --hooks >/dev/null
git add .review evidence
git commit -q -m 'Start the review ledger'
