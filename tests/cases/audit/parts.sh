# A part of a ledger: as it stood on a day or after an entry, or one case; and every exit status.
. "$CASES/lib.sh"
status() { review audit "$@" >../out 2>&1; code=$?; echo "$code: review audit $* | $(grep -E '^(audit|as of|only|review: error)' ../out | tr '\n' ';')"; }
a=$(submitted drafts/trade/a.md)
approved "$a" && review release "$a" >/dev/null
b=$(submitted drafts/trade/b.md Second)
echo '# good is 0'
status
status --as-of 7
status --as-of 4
status --as-of "$(TZ=UTC-8 date +%Y-%m-%d)"
status --case "$b"
status --case "$a" --as-of 3
status --rescan
echo '# what is not there cannot be judged'
status --as-of 99
status --as-of 2001-02-03
status --case 1999-0001
status --case "$b" --as-of 3
echo '# usage is 2'
status --as-of yesterday
status --as-of 0
status --as-of 2026-02-30
status --format xml
status a-word
echo '# as of: only what had been said by then'
show 'review audit --as-of 4 --format json | jq -c "[.entries, .\"last-entry\", .approvals, (.events | map(.seq)), .deadlines[].case]"'
echo '# the public directory of today is of no day but today; a copy of that day can be compared'
cp -R public ../then
echo more >public/trade/a.md
status
status --as-of 7
status --as-of 7 --public "$PWD/../then"
status --as-of 7 --public "$PWD/public"
status --case "$b"
status --case "$a"
git -C . checkout -q -- public 2>/dev/null || cp -R ../then/. public/
echo '# scanned again: a document that is gone leaves its entry undecided'
git update-ref -d "refs/review/documents/$b/1"
status
status --rescan
status --rescan --case "$a"
status --rescan --as-of 7
echo '# a release that was not finished'
git update-ref refs/heads/review/ledger review/ledger~2 && rm -r "$XDG_STATE_HOME/review" public
status
status --as-of 5
bad=$(git cat-file commit review/ledger | sed 's/^round: 1/round: 2/' | git hash-object -t commit -w --stdin)
git update-ref refs/heads/review/ledger "$bad"
echo '# a broken ledger is broken for every question behind genesis'
status
status --as-of 3
status --case "$a" --format csv
git update-ref -d refs/heads/review/ledger
status
status --as-of 3
