# attack 50: the public directory itself is replaced by a link, or released files are taken out of it, by a push
# defence: what stands in the place of the public directory is judged as it; only a withdrawal takes a file down
. "$CASES/lib.sh"
review hook install >/dev/null
mkdir -p drafts/office && echo 'nobody has reviewed this' >drafts/office/x.md && git add drafts && git commit -q -m Draft
git rm -q -r public && ln -s drafts public && git add public
show 'git commit -q -m "Replace public" 2>&1'
git commit -q --no-verify -m 'Replace public'
pushed main
git reset -q --hard HEAD~1
echo '# taken down without a withdrawal'
git rm -q -r public && git commit -q --no-verify -m 'Take down'
pushed main
git reset -q --hard HEAD~1
echo '# in a spelling that is the same place on some desks'
mkdir -p Public && echo 'nobody has reviewed this' >Public/x.md && git add Public && git commit -q --no-verify -m 'Elsewhere'
pushed main
git reset -q --hard HEAD~1
pushed main && echo 'without these, it is taken'
