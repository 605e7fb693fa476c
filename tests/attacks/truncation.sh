# attack 9: the ledger is cut back to an earlier end, which is a valid ledger
# defence: each machine remembers how far it has seen the ledger; a server takes only what goes forward
. "$CASES/lib.sh"
planted "$(at 11)"
show 'review inbox'
audited
echo '# a release on it'
show "as zhao.lei release $TWO"
echo '# pushed'
pushed "+$(at 11):refs/heads/review/ledger"
