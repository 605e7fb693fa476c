# attack 46: the hook looks at another index, or cannot see what is pushed
# defence: the repository is opened as git's environment says: its index, its quarantine
. "$CASES/lib.sh"
review hook install >/dev/null
echo 'clean' >drafts/trade/s.md && git add drafts && git commit -q -m Clean
echo '机密★5年' >drafts/trade/s.md
show 'git commit -q -a -m all 2>&1 | tail -n 1'
show 'git commit -q -m one -- drafts/trade/s.md 2>&1 | tail -n 1'
show 'git commit -q -m only --only drafts/trade/s.md 2>&1 | tail -n 1'
git log -1 --format=%s
echo '# pushed: the objects are still in quarantine'
git commit -q --no-verify -a -m all
pushed main 2>&1 | tail -n 3
