# attack 13: the ledger's name is pointed at another valid ledger
# defence: the ledger's id is kept outside of it (git config review.ledger), and on the server
. "$CASES/lib.sh"
git fetch -q ../other review/ledger
planted "$(git rev-parse FETCH_HEAD)"
show 'review inbox'
audited
pushed '+review/ledger'
