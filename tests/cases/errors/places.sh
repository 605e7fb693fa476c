# Odd places: one line, a hint, the right status, and nothing changed.
. "$CASES/lib.sh"
cd /
show 'review inbox' ; cd - >/dev/null
mkdir ../empty && git init -q ../empty
show 'review inbox --directory ../empty'
show 'review audit --directory ../empty'
show 'review release 2026-0001 --directory ../empty'
git clone -q --depth 1 "file://$PWD" ../shallow 2>/dev/null
show 'review inbox --directory ../shallow'
git checkout -q --detach
show 'review inbox'
git checkout -q main
git config review.ledger 0000000000000000000000000000000000000000000000000000000000000000
show 'review inbox'
git config --unset review.ledger
show 'review frobnicate'
show 'review aprove x'
show 'review'
show 'review approve'
show 'review inbox extra'
git update-ref refs/heads/review/ledger main
show 'review inbox'
show 'review audit | tail -n 6'
