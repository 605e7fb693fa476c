# attack 19: a merge, or a second beginning
# defence: an entry has one parent, and only the genesis has none
. "$CASES/lib.sh"
other=$(signed_third)
refused "$(recorded "header=" | xargs -I C sh -c 'git cat-file commit C | sed "s/^parent .*/&\nparent '"$other"'/" | git hash-object -t commit -w --stdin --literally')"
echo '# a merge by git'
refused "$(git -c gpg.format=ssh -c user.signingKey="$KEYS/wang.wei" commit-tree -S -p "$(recorded)" -p "$other" -m merge 4b825dc642cb6eb9a060e54bf8d69288fbee4904)"
echo '# a second beginning behind the first'
git fetch -q ../other review/ledger
begin=$(git rev-list --max-parents=0 FETCH_HEAD)
refused "$(forged "like=$begin" person=zhao.lei)"
