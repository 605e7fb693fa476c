# Another sync is at work in the repository and does not end.
. "$CASES/lib.sh"
with_desk
submitted drafts/trade/a.md 'From the desk' >/dev/null
show 'flock .git/review-sync.lock review sync --wait 0'
show 'review sync --wait 0'
echo '# how long is a number'
for seconds in soon -1 1e3 10000 ''; do show "review sync --wait '$seconds'"; done
