# docs/independent-audit.md, command by command: a good ledger passes, and forgeries do not.
. "$CASES/lib.sh"
awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$SOURCE/docs/independent-audit.md" >../page.sh
echo "$(grep -c '^```sh$' "$SOURCE/docs/independent-audit.md") blocks"
a=$(submitted 'drafts/trade/a 50%.md')
as wang.wei consult "$a" --opinion 'ok?' --to 'Northgate Ltd' >/dev/null
echo 'we agree' >letter.txt
review answer "$a" --outcome consent --note 'by letter' --evidence letter.txt >/dev/null && rm letter.txt
approved "$a" && review release "$a" >/dev/null
b=$(submitted drafts/trade/b.md Second)
approved "$b" && review release "$b" >/dev/null && review withdraw "$b" --reason 'no longer true' >/dev/null
{ sed 's/office: {en: [^,]*,/office: {en: Trade Office,/' ../policy.yaml 2>/dev/null || sed 's/Commerce Bureau/Trade Office/' .review/policy.yaml; } >../new.yaml
sed -i 's/Commerce Bureau/Trade Office/' .review/policy.yaml
as zhang.min policy propose .review/policy.yaml >/dev/null && as li.na policy endorse >/dev/null
c=$(submitted drafts/trade/c.md Third)
ID=$(review audit --format json | jq -r .ledger) PUBLIC=$PWD/public
export ID PUBLIC
check() { sh ../page.sh 2>&1 | grep -E "${1:-.}" | sed -E 's#see /.*#see FILE#'; }
check
echo '# what must fail'
bad() { echo "# $1"; check '^FAILED|^nothing is wrong' | sed -n 1,3p; git update-ref refs/heads/review/ledger "$good"; }
good=$(git rev-parse review/ledger)
rewrite() { git cat-file commit "$good" | sed "$1" | git hash-object -t commit -w --stdin --literally; }
git update-ref refs/heads/review/ledger "$(rewrite 's/^title: Third/title: Fourth/')"; bad 'another title'
git update-ref refs/heads/review/ledger "$(rewrite 's/^author .*/author li.na <li.na@review.invalid> 0 +0000/')"; bad 'another author'
git update-ref refs/heads/review/ledger "$(rewrite 's/^gpgsig/encoding UTF-8\ngpgsig/')"; bad 'one more header'
git update-ref refs/heads/review/ledger "$(rewrite '$s/$/\nsaid: nobody/')"; bad 'something behind the end'
tree=$(git cat-file commit "$good~1" | sed -n 's/^tree //p'); git update-ref refs/heads/review/ledger "$(rewrite "1s/.*/tree $tree/")"; bad 'another tree'
git update-ref refs/heads/review/ledger "$(git commit-tree -p "$good" -m 'not an entry' "$tree")"; bad 'a plain commit on top'
git update-ref refs/heads/review/ledger "$good~1"; bad 'the end cut off: only a mark from outside shows it'
ID=$(printf '%064d' 1) bad 'another ledger than was written down'
echo x >>"public/trade/a 50%.md"; bad 'a public byte'; sed -i '$d' "public/trade/a 50%.md"
echo x >public/extra; bad 'one more public file'; rm public/extra
mv "public/trade/a 50%.md" ../keep; bad 'one less'; mv ../keep "public/trade/a 50%.md"
git update-ref "refs/review/documents/$a/1" "$(git rev-parse "refs/review/documents/$b/1")"; bad 'other documents'
git update-ref -d "refs/review/documents/$a/1"
check '^entry 2:|nothing is wrong'
