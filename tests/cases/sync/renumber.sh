# Several new cases of one desk, none of them seen by anybody, all get another number: each keeps its own documents.
. "$CASES/lib.sh"
git init -q --bare ../server.git
git remote add origin ../server.git
at bureau
git push -q origin main && review sync >/dev/null
git clone -q ../server.git ../desk && at desk
git config review.person zhao.lei && review sync >/dev/null
for n in 1 2 3; do
	mkdir -p drafts/trade && echo "Window $n opens at $n." >"drafts/trade/$n.txt" && submitted "drafts/trade/$n.txt" "Window $n" >/dev/null
done
at bureau
submitted drafts/trade/first.txt 'From the bureau' >/dev/null && review sync >/dev/null
at desk
show 'review sync --yes' | grep becomes
kept() { git for-each-ref --format='%(refname:lstrip=3)' refs/review/documents | while read -r ref; do echo "$ref $(git ls-tree -r --name-only "refs/review/documents/$ref")"; done; }
kept
echo '# stopped half-way before: the second case had its documents moved to the third, and the ledger was not moved'
c=$(submitted drafts/trade/4.txt 'Window 4') && echo x >>drafts/trade/5.txt && d=$(submitted drafts/trade/5.txt 'Window 5')
git update-ref "refs/review/documents/${d%?}7/1" "refs/review/documents/$d/1" && git update-ref "refs/review/documents/$d/1" "refs/review/documents/$c/1"
at bureau
review sync >/dev/null && submitted drafts/trade/second.txt 'From the bureau too' >/dev/null && review sync >/dev/null
at desk
show 'review sync --yes' | grep becomes
kept | tail -n 3
at bureau && review sync >/dev/null && show 'review audit | sed -n "/^remark/p; /^audit/p"'
