# attack 6: A, then B, then A again: an old approval revives
# defence: every round needs new approvals; they name the submit entry, not only the bytes
. "$CASES/lib.sh"
cp drafts/trade/b.md ../first
for text in 'Other hours: 8 to 18.' "$(cat ../first)"; do
	printf '%s\n' "$text" >drafts/trade/b.md
	git add drafts && git commit -q -m Change
	as zhao.lei submit drafts/trade/b.md --case "$TWO" | head -n 1
done
cmp drafts/trade/b.md ../first && echo 'the approved bytes are back'
show "as zhao.lei release $TWO"
TIP=$(git rev-parse review/ledger)
echo '# by hand'
refused "$(released_second)"
refused "$(released_second "swap=round: 1=>round: 3")"
