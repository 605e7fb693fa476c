# attack 18: entries are moved onto another end by git rebase or cherry-pick
# defence: an entry belongs to one position; moved, it has to be decided and signed again
. "$CASES/lib.sh"
mine=$(recorded)
planted "$(signed_third)"
now=$(git rev-parse review/ledger)
git config user.signingKey "$KEYS/wang.wei" && git config gpg.format ssh && git config commit.gpgSign true
git checkout -q review/ledger
git cherry-pick --allow-empty --keep-redundant-commits "$mine" >/dev/null 2>&1 || echo 'git could not'
moved=$(git rev-parse HEAD)
git checkout -q main
[ "$moved" != "$now" ] && refused "$moved"
echo '# moved by hand and signed again, but behind what it was written behind'
refused "$(recorded "parent=$now" "prev=$(id_of 12)")"
