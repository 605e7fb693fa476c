# two_desks.sh - what ssh.sh and http.sh do when their server is there: $URL leads to ../server.git, and $place is how
# output names it.
quiet() { sed "s#$URL#$place#g"; }
(cd ../server.git && review hook install --server >/dev/null)
git remote add origin "$URL"
at bureau
echo '# a first push, through the hook'
git push -q origin main && show 'review sync' | quiet
git clone -q "$URL" ../desk && at desk
git config review.person zhao.lei
show 'review sync' | quiet
a=$(submitted drafts/trade/a.md 'From the desk')
show 'review sync' | quiet
at bureau
echo '# both sign: who comes second signs again'
b=$(submitted drafts/trade/b.md 'From the bureau')
show 'review sync --yes' | quiet
git cat-file blob "refs/review/documents/$a/1:drafts/trade/a.md"
at desk
show 'review sync' | quiet
git for-each-ref --format='%(refname)' refs/review/documents
echo "# the server's hook is asked here too"
echo '机密★5年' >drafts/trade/c.md && git add drafts && git commit -q --no-verify -m 'past the desk'
git push -q origin HEAD:main 2>&1 | sed -nE 's/^remote: (review: push refused).*/\1/p'
git reset -q --hard HEAD~1
show 'git push -q --force origin review/ledger~1:review/ledger 2>&1 | sed -nE "s/^remote: (review: error: .*[^ ]) *$/\1/p"'
echo '# a document of some size'
seq 30000 | sed 's/$/ tables/' >drafts/trade/table.txt
git config http.postBuffer 65536 # so that it is sent in chunks
git add drafts && git commit -q -m 'A table'
c=$(review submit drafts/trade/table.txt --title 'A table' | sed -n 's/^case \([0-9-]*\),.*/\1/p')
show 'review sync' | quiet
at bureau && review sync >/dev/null
git cat-file -s "refs/review/documents/$c/1:drafts/trade/table.txt"
review audit | grep '^audit'
