# pre-commit judges what git is about to commit, whichever way it is told to.
. "$CASES/lib.sh"
review hook install | sed "s#$PWD#REPO#"
review hook install | sed "s#$PWD#REPO#"
mkdir -p drafts/trade
echo 'clean' >drafts/trade/a.md
show 'git add drafts && git commit -q -m "A clean one"'
echo '机密★5年' >drafts/trade/a.md
show 'git commit -q -a -m "all"'
show 'git commit -q -m "path" -- drafts/trade/a.md'
git add drafts && echo 'clean again' >drafts/trade/a.md
show 'git commit -q -m "index, not file"'
git checkout -q -f HEAD -- drafts
show 'git commit -q --allow-empty -m "绝密★长期"'
printf 'SQLite format 3' >drafts/trade/b.db
show 'git add drafts && git commit -q -m "a container"'
git rm -q -f --cached drafts/trade/b.db
ln -s /etc/passwd drafts/trade/link
show 'git add drafts/trade/link && git commit -q -m "a link"'
git rm -q -f --cached drafts/trade/link; rm drafts/trade/link
mkdir -p public && echo 'never released' >public/x.md
show 'git add public && git commit -q -m "past the desk"'
git rm -q -f --cached public/x.md; rm -r public
git worktree add -q ../tree 2>/dev/null && cd ../tree
echo '秘密★1年' >drafts/trade/a.md
show 'git commit -q -a -m "in a worktree"'
git checkout -q --detach && echo 'fine' >drafts/trade/a.md
show 'git commit -q -a -m "detached and clean"'
