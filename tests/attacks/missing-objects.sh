# attack 69: objects are taken away, or left with somebody else, so that nobody sees what was decided
# defence: a lost object breaks the ledger; where it may be elsewhere nothing behind it is known, so nothing is good and nothing is held against anybody
. "$CASES/lib.sh"
# libgit2 1.5 looks for names of extensions by a regular expression, and does not free what it was matched with.
export ASAN_OPTIONS=detect_leaks=0
git config uploadpack.allowFilter true
elsewhere() { (cd "../$1" && planted "$TIP" && audited && show "review inbox >../inbox"); }
echo '# a partial clone, asked for less and less'
for filter in blob:none tree:0; do
	git clone -q --filter=$filter "file://$PWD" "../${filter%:*}"
	elsewhere "${filter%:*}"
done
echo '# the same, as git says it elsewhere'
git -C ../tree config --unset remote.origin.promisor
git -C ../tree config core.repositoryformatversion 1
git -C ../tree config extensions.partialClone origin
elsewhere tree
echo '# borrowed objects, and the lender is gone; behind a lender, too'
git clone -q --shared . ../lender && git clone -q --shared ../lender ../borrower
elsewhere borrower
mv .git/objects ../away
elsewhere borrower
mv ../away .git/objects
echo '# lost'
rm -f ".git/objects/$(at 5 | sed 's#^..#&/#')"
audited
show 'XDG_CACHE_HOME=$PWD/../fresh review inbox'
