# attack 10: two machines are shown two histories
# defence: what a machine has seen must be inside what it is shown
. "$CASES/lib.sh"
planted "$(at 11)"
git update-ref -d "refs/review/documents/$THREE/1"
echo 'Another.' >drafts/trade/e.md && git add drafts && git commit -q -m Another
XDG_STATE_HOME=$HOME/another as zhao.lei submit drafts/trade/e.md --title Another | head -n 1
echo '# as long as the one this machine has seen'
show 'review inbox'
audited
echo '# and longer'
XDG_STATE_HOME=$HOME/another as wang.wei approve "$THREE" --opinion 'no objection' | head -n 1
show 'review inbox'
audited
pushed "+review/ledger"
