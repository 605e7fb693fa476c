# attack 61: a name that git, or a file system that knows no case, takes for the ledger's
# defence: a server takes no reference that differs from a guarded name in its case alone, and no tag review/ledger
. "$CASES/lib.sh"
echo '# git log review/ledger would show the tag'
git tag review/ledger "$(at 4)"
pushed refs/tags/review/ledger
echo '# where case does not count, these move the ledger, or show one object for another'
for name in refs/heads/review/LEDGER refs/heads/Review/Ledger "refs/Replace/$(at 4)" refs/Review/documents/2026-0001/1; do
	pushed "$(at 4):$name"
done
echo '# a server that has such a tag from before can be rid of it'
git -C ../server.git update-ref refs/tags/review/ledger "$(at 4)"
pushed :refs/tags/review/ledger
git -C ../server.git for-each-ref --format='%(refname)' refs/tags
