# What a disk lost is refused, and the way back that docs/many-writers.md names leads back.
. "$CASES/lib.sh"
git init -q --bare ../server.git
git remote add origin "$PWD/../server.git"
submitted drafts/trade/a.md 'Opening hours'
review sync
echo '# the branch is an empty file'
as wang.wei approve 2026-0001 --opinion 'no objection' >/dev/null
: >.git/refs/heads/review/ledger
show review sync
rm -f .git/refs/heads/review/ledger
git update-ref refs/heads/review/ledger "$(tail -n 1 .git/logs/refs/heads/review/ledger | cut -d ' ' -f 2)"
show review sync
echo '# the last entry is an empty file'
f=.git/objects/$(git rev-parse review/ledger | sed 's#..#&/#')
chmod u+w "$f"; : >"$f"
show review sync
rm -f "$f"
git fetch -q --refetch origin review/ledger
show review sync
review audit | grep ^audit
