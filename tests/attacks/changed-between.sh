# attack 49: something is changed between the check and the release
# defence: bytes are hashed while they are staged, compared, renamed, and compared again by every audit
. "$CASES/lib.sh"
echo '# the kept documents, after the approval'
kept="refs/review/documents/$TWO/1"
git update-ref ../x 2>/dev/null || was=$(git rev-parse "$kept")
echo 'other bytes' >drafts/trade/b.md && git add drafts
git update-ref "$kept" "$(git commit-tree -m x "$(git write-tree)")"
show "as zhao.lei release $TWO"
git update-ref "$kept" "$was"
echo '# a public file that is in the way'
mkdir -p public/trade && echo 'not released' >public/trade/b.md
show "as zhao.lei release $TWO"
cat public/trade/b.md
audited
