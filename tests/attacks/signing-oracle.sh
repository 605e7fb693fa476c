# attack 41: an officer's key signs something else, and that is used as an entry
# defence: an entry is a payload of its own form, bound to its ledger and place; a token is touched for each
. "$CASES/lib.sh"
echo "# an ordinary signed commit by the same key, put behind the ledger"
git config user.signingKey "$KEYS/wang.wei" && git config gpg.format ssh
tree=4b825dc642cb6eb9a060e54bf8d69288fbee4904
message=$(git cat-file commit "$(recorded)" | sed '1,/^$/d')
refused "$(git commit-tree -S -p "$TIP" -m 'Fix a spelling' $tree)"
echo '# with the message of an entry'
refused "$(printf '%s\n' "$message" | git commit-tree -S -p "$TIP" $tree)"
echo '# and with its name and clock'
export GIT_AUTHOR_NAME=wang.wei GIT_AUTHOR_EMAIL=wang.wei@review.invalid GIT_AUTHOR_DATE='1795415400 +0000'
export GIT_COMMITTER_NAME=wang.wei GIT_COMMITTER_EMAIL=wang.wei@review.invalid GIT_COMMITTER_DATE='1795415400 +0800'
refused "$(printf '%s\n' "$message" | git commit-tree -S -p "$TIP" $tree)"
