# attack 14: the ledger's branch is deleted
# defence: a repository that had a ledger does not begin without one: no new ledger, no laxer rules
. "$CASES/lib.sh"
review hook install >/dev/null
git update-ref -d refs/heads/review/ledger
show 'review inbox'
audited
show 'as zhao.lei init'
mkdir -p public && echo 'unreviewed' >public/x.md && git add public
show "git commit -q -m 'Straight to public' 2>&1"
echo '# on the server'
pushed ':review/ledger'
