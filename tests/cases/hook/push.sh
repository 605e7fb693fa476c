# What pre-commit is not asked about is stopped before it leaves the desk, also where the server has no hooks.
. "$CASES/lib.sh"
git init -q --bare ../server.git
git remote add origin ../server.git
review hook install >/dev/null
mkdir -p drafts/trade
echo 'clean' >drafts/trade/a.md
git add . && git commit -q -m 'A clean one'
show 'git push -q origin HEAD:main'
git fetch -q
echo '# what git does not ask pre-commit about'
git checkout -q -b other
echo '机密★5年' >drafts/trade/b.md
git add . && git commit -q --no-verify -m 'Past the desk'
git checkout -q -
git cherry-pick other >/dev/null 2>&1
show 'git push -q origin HEAD:main'
echo '# taken out in a commit behind it is pushed all the same'
git rm -q drafts/trade/b.md && git commit -q -m 'Take it out'
show 'git push -q origin HEAD:main'
git reset -q --hard origin/main
echo '# a merge'
echo 'more' >drafts/trade/c.md && git add . && git commit -q -m 'Something of ours'
show 'git merge -q --no-edit other'
git reset -q --hard HEAD
show 'git push -q origin other'
echo '# words of a person, a new branch, a tag and its text, a message'
show "git push -q origin 'HEAD@{0}:refs/heads/new'"
git tag -a -m '绝密★长期' v1
show 'git push -q origin v1'
show 'git push -q origin HEAD:refs/heads/机密★5年'
echo '# the public directory'
mkdir public && echo 'never released' >public/x.md && git add public && git commit -q --no-verify -m 'Public'
show 'git push -q origin HEAD:main'
git reset -q --hard HEAD~1
echo '# the ledger goes forward or not at all'
show 'review sync | tail -n 1'
c=$(submitted drafts/trade/e.md)
show 'git push -q origin review/ledger'
show 'git push -q origin review/ledger~1:refs/heads/review/ledger --force'
show 'git push -q origin :review/ledger'
show 'git push -q origin HEAD:refs/heads/review/ledger --force'
show 'git push -q origin HEAD:refs/heads/Review/Ledger'
show 'git push -q origin HEAD:refs/review/documents/9999-0001/1'
git push -q --no-verify origin HEAD:refs/heads/review/ledger --force
show 'git push -q origin review/ledger --force'
echo '# over what nobody has seen here'
git clone -q ../server.git ../elsewhere && (cd ../elsewhere && git checkout -q main && git commit -q --allow-empty -m 'Theirs' && git push -q origin main)
show 'git push -q --force origin HEAD:main'
git fetch -q
show 'git push -q --force origin HEAD:main'
echo '# one object in place of another'
git replace HEAD~1 HEAD
show 'git push -q origin "refs/replace/*" 2>&1 | sed -E "s/[0-9a-f]{40}/COMMIT/g"'
git replace -d HEAD~1 >/dev/null
echo '# what is released is not deleted'
r=$(submitted drafts/trade/r.md)
approved "$r" && review release "$r" | head -n 1
git add public && git commit -q -m 'Release'
show 'git push -q origin HEAD:main'
git rm -q public/trade/r.md && git commit -q --no-verify -m 'Delete'
show 'git push -q origin HEAD:main'
git reset -q --hard HEAD~1
echo '# what the remote has already is not looked at again, by its name or its address'
git push -q --no-verify origin other:main --force
git checkout -q other && echo 'more' >drafts/trade/d.md && git add . && git commit -q -m 'More'
show 'git push -q origin HEAD:main'
git update-ref -d refs/remotes/origin/main
git commit -q --allow-empty -m 'And more'
show 'git push -q ../server.git HEAD:main'
show 'git push -q ../server.git HEAD:another'
echo '# what is not a push'
show 'echo nonsense | review hook pre-push origin'
show 'review hook pre-push'
show 'review hook pre-push origin </dev/null'
