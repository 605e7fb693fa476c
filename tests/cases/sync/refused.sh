# A remote that takes back what it had: backwards, gone, rewritten, another ledger.  Each has its message.
. "$CASES/lib.sh"
git init -q --bare ../server.git
git remote add origin ../server.git
show 'review sync nowhere'
a=$(submitted drafts/trade/a.md 'First') && b=$(submitted drafts/trade/b.md 'Second') && review sync >/dev/null
server() { git -C ../server.git "$@"; }
echo '# backwards'
good=$(server rev-parse review/ledger)
export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x
server update-ref refs/heads/review/ledger review/ledger~1
show 'review sync'
echo '# gone'
server update-ref -d refs/heads/review/ledger
show 'review sync'
show 'review sync --restore'
[ "$(server rev-parse review/ledger)" = "$good" ] && echo 'the server has it again'
echo '# rewritten: a colleague with the old end signs something else, and the server takes it'
server update-ref refs/heads/review/ledger review/ledger~1
git clone -q ../server.git ../other 2>/dev/null
(cd ../other && git config review.person zhao.lei && export XDG_STATE_HOME="$HOME/.state-other" &&
	review sync >/dev/null && submitted drafts/trade/c.md 'Other' >/dev/null && review sync --yes >/dev/null)
show 'review sync --yes'
git for-each-ref --format='%(refname)' refs/review/fork | sed -E 's/[0-9a-f]{64}/DIGEST/'
show 'review audit | sed -n "/^VIOLATION/,\$p"'
git for-each-ref --format='delete %(refname)' refs/review/fork | git update-ref --stdin
echo '# something that is no entry'
git -C ../server.git update-ref refs/heads/review/ledger "$(git -C ../server.git commit-tree -m x -p "$good" "$(git -C ../server.git mktree </dev/null)")"
show 'review sync --yes'
echo '# another ledger'
git init -q ../strange && (cd ../strange && git config review.person zhao.lei && review init --policy ../bureau/.review/policy.yaml >/dev/null 2>&1)
git remote set-url origin ../strange
git update-ref -d refs/review/remote/origin/ledger
show 'review sync --yes'
echo '# no answer, options that look like remotes, a server that says no'
git remote set-url origin ../nothing
show 'review sync'
show 'review sync -- --upload-pack=touch'
git init -q --bare ../closed.git && printf '#!/bin/sh\necho closed for the holidays\nexit 1\n' >../closed.git/hooks/pre-receive && chmod +x ../closed.git/hooks/pre-receive
show 'review sync ../closed.git'
show 'review audit | tail -n 1'
