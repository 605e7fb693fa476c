# docs/independent-audit.md, command by command: a good ledger passes, and forgeries do not.
. "$CASES/lib.sh"
awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$SOURCE/docs/independent-audit.md" >../page.sh
echo "$(grep -c '^```sh$' "$SOURCE/docs/independent-audit.md") blocks"
a=$(submitted 'drafts/trade/a 50%.md')
as wang.wei consult "$a" --opinion 'ok?' --to 'Northgate Ltd' >/dev/null
echo 'we agree' >letter.txt
review answer "$a" --outcome consent --note 'by letter' --evidence letter.txt >/dev/null && rm letter.txt
approved "$a" && review release "$a" >/dev/null
sed -i 's/Commerce Bureau/Trade Office/' .review/policy.yaml
as zhang.min policy propose .review/policy.yaml >/dev/null && as li.na policy endorse >/dev/null
b=$(submitted drafts/trade/b.md Second)
ID=$(review audit --format json | jq -r .ledger) PUBLIC=$PWD/public
export ID PUBLIC
check() { sh ../page.sh 2>&1 | sed -E 's#see /.*#see FILE#'; }
check
echo '# what must fail'
bad() { echo "# $1"; check | grep -E '^FAILED|^nothing is wrong'; git update-ref refs/heads/review/ledger "$good"; }
good=$(git rev-parse review/ledger)
rewrite() { git cat-file commit "$good" | sed "$1" | git hash-object -t commit -w --stdin --literally; }
tree=$(git cat-file commit "$good~1" | sed -n 's/^tree //p')
git update-ref refs/heads/review/ledger "$(rewrite 's/^title: Second/title: Third/')"; bad 'another title'
git update-ref refs/heads/review/ledger "$(rewrite "1s/.*/tree $tree/; s/^gpgsig/encoding UTF-8\ngpgsig/; \$s/\$/\nsaid: nobody/; s/^seq: /seq: 1/")"
bad 'one more header, something behind the end, another tree, another number'
echo x >>"public/trade/a 50%.md"; echo x >public/extra; rm public/RELEASES
git update-ref "refs/review/documents/$a/1" "$(git rev-parse "refs/review/documents/$b/1")"
git update-ref refs/heads/review/ledger "$good~1"; ID=$(printf '%064d' 1)
bad 'another id, other public bytes and documents; the end cut off, which only a mark from outside shows'
