# attack 45: the hook on the desk is passed by: --no-verify, another client, core.hooksPath
# defence: the server's hook judges every pushed commit; the release judges again
. "$CASES/lib.sh"
review hook install >/dev/null
mkdir -p public && echo '机密★5年' >drafts/trade/m.md && git add drafts
git commit -q --no-verify -m 'past the desk'
pushed main
git reset -q --hard HEAD~1
echo 'unreviewed' >public/x.md && git add public
git -c core.hooksPath=/dev/null commit -q -m 'straight to public'
pushed main
echo '# taken away again in the next commit: it would be there for ever'
git reset -q --hard HEAD~1
echo '机密★5年' >drafts/trade/m.md && git add drafts && git commit -q --no-verify -m 'Draft'
git rm -q drafts/trade/m.md && git commit -q --no-verify -m 'Clean up'
pushed main
