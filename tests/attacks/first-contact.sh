# attack 58: a newcomer is given another ledger from the start
# defence: the ledger's id, written down at init, is told to the machine and to the server
. "$CASES/lib.sh"
git clone -q ../other ../desk 2>/dev/null
git -C ../desk fetch -q ../other review/ledger:review/ledger
cd ../desk
git config review.ledger "$(id_of 1)"
show 'review inbox'
audited
echo '# the clone was given none'
git update-ref -d refs/heads/review/ledger
show 'review inbox'
show 'as zhao.lei init'
echo '# a new server that was told'
git init -q --bare ../new.git && (cd ../new.git && review hook install >/dev/null)
git -C ../new.git config review.ledger "$(id_of 1)"
git fetch -q ../other review/ledger:review/ledger
git config remote.origin.url ../new.git
pushed review/ledger
pushed HEAD:refs/heads/main
git -C ../bureau push -q ../new.git main review/ledger && echo 'the right one is taken'
