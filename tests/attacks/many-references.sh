# attack 66: a thousand references to what the server has, so that it is busy for minutes and nobody else can push
# defence: what a push brings is read once, and what a commit shows is judged once, however many references lead to them
. "$CASES/lib.sh"
for n in $(seq 900); do echo "create refs/many/$n $(git rev-parse main)"; done | git update-ref --stdin
timeout 100 git push -q origin 'refs/many/*:refs/heads/many/*' && git -C ../server.git for-each-ref refs/heads/many | wc -l
echo '# one bad commit among them is told once, and the whole push is refused'
echo '机密★5年' >drafts/trade/d.md && git add drafts && git commit -q --no-verify -m Marked
for n in 1 2 3 4 5 6 7 8 9; do git update-ref "refs/bad/$n" main; done
pushed 'refs/bad/*:refs/heads/bad/*' main~1:refs/heads/good
git -C ../server.git for-each-ref refs/heads/bad refs/heads/good
echo '# a file taken out by one of them alone'
git checkout -q -b out main~1 && git rm -q -r public && git commit -q --no-verify -m Out
git checkout -q -b and-back && git checkout -q main~1 -- public && git commit -q --no-verify -m 'Back again'
pushed out:refs/heads/out main~1:refs/heads/same and-back:refs/heads/and-back
pushed and-back:refs/heads/and-back main~1:refs/heads/same
