# A reference that is locked: what was killed on its way leaves git's lock, here or there.
. "$CASES/lib.sh"
git init -q --bare ../server.git
git remote add origin "$PWD/../server.git"
review sync
submitted drafts/trade/a.md 'Opening hours'
echo '# at the remote'
: >../server.git/refs/heads/review/ledger.lock
show review sync
rm ../server.git/refs/heads/review/ledger.lock
show review sync
echo '# here, by another git command'
: >.git/refs/heads/review/ledger.lock
show 'review approve 2026-0001 --person wang.wei --opinion "no objection"'
entries
rm .git/refs/heads/review/ledger.lock
echo '# here, by one of ours that was killed: nobody has to do anything'
new=$(git rev-parse review/ledger~1)
printf 'refs/heads/review/ledger %s\n' "$new" >.git/review-refs.lock
printf '%.20s' "$new" >.git/refs/heads/review/ledger.lock
show 'review approve 2026-0001 --person wang.wei --opinion "no objection"'
ls .git/refs/heads/review
