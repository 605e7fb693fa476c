# A server that keeps the ledger for everybody: what it is told once, and everything a push must not do.
. "$CASES/lib.sh"
git init -q --bare ../server.git
show 'review hook install --server --directory ../server.git | sed "s#: /.*##"'
show 'review hook install --server --directory ../server.git | sed "s#: /.*##"'
git -C ../server.git config receive.denyDeletes false
show 'review hook install --server --directory ../server.git | tail -n 1'
show 'review hook install --server'
show 'review hook pre-receive --server'
show 'review hook install --directory ../server.git --into ../server.git/hooks/pre-receive.d | sed "s#: /.*##"; ls ../server.git/hooks/pre-receive.d'
rm -r ../server.git/hooks/pre-receive.d
git remote add origin ../server.git
push() { git push -q "$@" 2>&1 | grep -vE '^(error: |To |hint: |remote: error: )' | sed -E 's/^remote: //; s/ +$//; s/^ ! \[remote (rejected|failure)\].*/REJECTED/; s/^ ! \[rejected\].*/REJECTED/' | sed '/^By default/,/^To squelch/d' | grep -v '^$'; }
push origin main review/ledger
c=$(submitted drafts/trade/a.md)
echo '# documents before the submission that names them'; push origin "refs/review/documents/$c/1"
echo '# with it'; push origin main review/ledger "refs/review/documents/$c/1"
echo '# replaced'
echo other >drafts/trade/a.md; git add drafts
other=$(git commit-tree -m x "$(git write-tree)")
push -f origin "$other:refs/review/documents/$c/1"
echo '# deleted'; push origin ":refs/review/documents/$c/1"
echo '# made up'; push origin "$other:refs/review/documents/$c/2"
git reset -q --hard
c2=$(submitted drafts/trade/b.md Second)
kept=$(git rev-parse "refs/review/documents/$c2/1")
keep() { # TREE: a commit of the right form that keeps these files for the second case
	git update-ref "refs/review/documents/$c2/1" "$(git cat-file commit "$kept" | sed "1s/.*/tree $1/" | git hash-object -t commit -w --stdin)"
	push origin main review/ledger "refs/review/documents/$c2/1"
}
echo '# another commit'; git update-ref "refs/review/documents/$c2/1" "$other"; push origin main review/ledger "refs/review/documents/$c2/1"
echo '# other documents than were submitted'; keep "$(git rev-parse "refs/review/documents/$c/1^{tree}")"
echo '# more documents than were submitted'; keep "$(git rev-parse 'main^{tree}')"
git update-ref "refs/review/documents/$c2/1" "$kept"
push origin main review/ledger
echo '# a branch that was kept as documents first is looked at like any other'
mkdir -p drafts/office && echo '机密★5年' >drafts/office/s.md && git add drafts && git commit -q --no-verify -m 'Marked'
git update-ref -m x refs/heads/hidden HEAD; git reset -q --hard HEAD~1
git -C ../server.git fetch -q "$PWD" hidden:refs/changes/1/1
push origin hidden | grep -v '^ '
echo '# tags: of what is clean, with a marked message, of what is no commit'
git tag -a -m 'Edition one' v1; push origin v1; echo "$(git -C ../server.git tag)"
git tag -a -m 'TOP SECRET//SI//NOFORN' v2; push origin v2 | grep -v '^ '
git tag v3 "$(git rev-parse 'main^{tree}')"; push origin v3
echo '# replaced objects'; git replace main~1 main; push origin 'refs/replace/*'; git replace -d main~1 >/dev/null 2>&1 || git for-each-ref --format='delete %(refname)' refs/replace | git update-ref --stdin
echo '# released, then gone from the branch, then taken down properly'
approved "$c2" && review release "$c2" >/dev/null && git add public && git commit -q -m 'Publish'
push origin main review/ledger
git rm -q public/trade/b.md && git commit -q --no-verify -m 'It is gone'; push origin main
git reset -q --hard HEAD~1
review withdraw "$c2" --reason 'no longer true' >/dev/null; git add -A public; git commit -q -m 'Taken down'; push origin main review/ledger
echo '# branches'; push -f origin main~1:main; git push -q origin main:other; push origin :other
echo '# what the server remembers'
git -C ../server.git reflog exists refs/heads/review/ledger && echo 'a reflog of the ledger'
git -C ../server.git fsck --strict 2>&1 | grep -v dangling
show 'review audit --directory ../server.git | tail -n 2'
