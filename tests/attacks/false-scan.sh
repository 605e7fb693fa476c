# attack 8: a scan record that leaves findings out
# defence: the release scans again from the bytes; audit --rescan repeats every record, of submissions and releases
. "$CASES/lib.sh"
FOUR=${ONE%1}4
echo '机密★5年' >drafts/trade/d.md && git add drafts && git commit -q -m Marked
show 'as zhao.lei submit drafts/trade/d.md --title Marked 2>&1 | tail -n 3'
echo '# a forged submission that says: nothing found'
bytes="$(sha256sum drafts/trade/d.md | cut -c1-64) $(stat -c %s drafts/trade/d.md)"
old=$(value 12 file | cut -d' ' -f1,2)
git cat-file blob "$(at 12):$(value 12 scan | cut -d' ' -f1)" | sed -e "s/$old/$bytes/" -e 's/c.md/d.md/' >../lie
submit=$(forged "like=$(at 12)" "swap=$THREE=>$FOUR" "swap=$old=>$bytes" 'swap=c.md=>d.md' "swap=scan: $(value 12 scan)=>scan: {../lie}")
planted "$submit"
git read-tree --empty && git add drafts/trade/d.md
export GIT_AUTHOR_NAME=review GIT_AUTHOR_EMAIL=review@review.invalid GIT_AUTHOR_DATE='1970-01-01T00:00:00Z'
export GIT_COMMITTER_NAME=review GIT_COMMITTER_EMAIL=review@review.invalid GIT_COMMITTER_DATE='1970-01-01T00:00:00Z'
git update-ref "refs/review/documents/$FOUR/1" "$(printf 'review-documents v1\n\ncase: %s\nround: 1\n' "$FOUR" | git commit-tree "$(git write-tree)")"
git read-tree HEAD
approved "$FOUR" >/dev/null
show "as zhao.lei release $FOUR"
show "review audit --rescan | sed -n '/VIOLATION/,/so:/p'"
echo '# and a release written by hand, with the same record'
file=$(value 6 file)
planted "$(forged "like=$(at 6)" parent=review/ledger "swap=$ONE=>$FOUR" "swap=$(id_of 2)=>$(name_of "$submit")" \
	"swap=$file=>$bytes 100644 trade/d.md" "swap=scan: $(value 6 scan)=>scan: {../lie}")"
show "review audit --rescan | grep -A 1 'ledger entry'"
