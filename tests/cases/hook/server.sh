# pre-receive: the ledger only forward, candidates clean, public/ only as released, whatever the desk did.
. "$CASES/lib.sh"
git init -q --bare ../server.git
git -C ../server.git config receive.denyDeletes false
(cd ../server.git && review hook install | sed 's#: .*##')
git remote add origin ../server.git
push() { git push -q "$@" 2>&1 | grep -vE '^(error: failed|To )' | sed -E 's/^remote: //; s/ +$//; s/^ ! \[remote rejected\].*/REJECTED/' | grep -v '^$'; }
echo '# first push'; push origin main review/ledger
c=$(submitted drafts/trade/a.md)
echo '# candidate and entry'; push origin main review/ledger 'refs/review/documents/*'
echo '机密★5年' >drafts/trade/b.md
git add drafts && git commit -q --no-verify -m 'past the desk'
echo '# a marked document'; push origin main
git rm -q drafts/trade/b.md && git commit -q -m 'Taken out behind it'
echo '# still in the commit before'; push origin main
git reset -q --hard HEAD~2
git commit -q --no-verify --allow-empty -m 'TOP SECRET//SI//NOFORN'
echo '# a marked message'; push origin main
git reset -q --hard HEAD~1
mkdir public && echo 'unreviewed' >public/x.md && git add public && git commit -q --no-verify -m 'straight to public'
echo '# never released'; push origin main
git reset -q --hard HEAD~1
approved "$c" && review release "$c" >/dev/null && git add public && git commit -q -m 'Publish'
echo '# released, with its ledger'; push origin main review/ledger
echo '# withdrawn, deleted and released again, in one push'
review withdraw "$c" --reason 'a wrong hour' >/dev/null && git add -A public && git commit -q -m 'Take it down'
echo 'Opening hours: 9 to 16.' >drafts/trade/a.md && git add drafts && git commit -q -m 'Right hours'
review submit drafts/trade/a.md --case "$c" --title 'Opening hours' >/dev/null && approved "$c" && review release "$c" >/dev/null
git add public && git commit -q -m 'Publish again'
push origin main review/ledger 'refs/review/documents/*'
git rm -q public/trade/a.md && git commit -q --no-verify -m 'Gone'
echo '# deleted without a word'; push origin main
git reset -q --hard HEAD~1
echo '# ledger backwards'; push -f origin review/ledger~1:review/ledger
echo '# ledger deleted'; push origin :review/ledger
git checkout -q --orphan other && git commit -q --allow-empty -m 'not an entry'
echo '# another ledger'; push -f origin other:review/ledger
echo '# other refs of ours'; push origin other:refs/review/other
echo "# a witness's record, then back"
review key new vault >/dev/null 2>&1 && review witness vault >/dev/null 2>&1 && review witness vault >/dev/null 2>&1
push origin refs/review/witness/vault; push -f origin refs/review/witness/vault~1:refs/review/witness/vault
git -C ../server.git log --format=%s -1 main
echo "server: $(git -C ../server.git rev-list --count review/ledger) entries"
