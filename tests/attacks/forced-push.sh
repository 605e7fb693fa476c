# attack 15: a push is forced over a colleague's entry
# defence: the server takes the ledger only forward; locally it moves by compare-and-swap
. "$CASES/lib.sh"
git clone -q ../server.git ../desk && cd ../desk
export XDG_STATE_HOME="$HOME/desk"
git fetch -q origin '+refs/heads/review/ledger:refs/heads/review/ledger' 'refs/review/documents/*:refs/review/documents/*'
as wang.wei approve "$THREE" --opinion 'no objection' | head -n 1
git push -q origin review/ledger
cd ../bureau
export XDG_STATE_HOME="$HOME/.state"
as zhao.lei file "$THREE" --register 7
pushed '+review/ledger'
git -C ../server.git log -1 --format=%an review/ledger
