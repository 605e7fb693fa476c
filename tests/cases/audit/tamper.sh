# One byte anywhere, and the audit names it: ledger, policy, rules, documents, public directory.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
approved "$c" && review release "$c" >/dev/null
show 'review audit --rescan | sed "/^remark/d"'
brief() { review audit "$@" | sed -n '/^VIOLATION/,/so:/p' | head -n 4; echo "(exit status $(review audit "$@" >/dev/null 2>&1; echo $?))"; }
echo '# a public byte'; cp public/trade/a.md keep; sed -i 's/9/8/' public/trade/a.md; brief; cp keep public/trade/a.md
echo '# its mode'; chmod +x public/trade/a.md; brief; chmod 644 public/trade/a.md
echo '# one more file'; echo x >public/extra; brief; rm public/extra
echo '# a link'; ln -s trade/a.md public/link; brief; rm public/link
echo '# gone'; mv public/trade/a.md keep; brief; mv keep public/trade/a.md
echo '# the receipt'; cp public/RELEASES keep; sed -i 's/review-releases v1$/&/; 2s/[0-8]$/9/; t; 2s/.$/0/' public/RELEASES; brief; cp keep public/RELEASES; rm keep
# objects: put other bytes under the name of each kind of object
swap() {
	git cat-file "$2" "$3" >whole; printf x >>whole
	path=.git/objects/$(echo "$3" | cut -c1-2)/$(echo "$3" | cut -c3-)
	cp "$path" object; chmod u+w "$path"
	new=$(git hash-object -w -t blob whole); cp ".git/objects/$(echo "$new" | cut -c1-2)/$(echo "$new" | cut -c3-)" "$path"
	echo "# $1"; brief
	cp object "$path"
}
root=$(git rev-list --max-parents=0 review/ledger)
policy=$(git cat-file commit "$root" | sed -n 's/^policy-body: \([0-9a-f]*\) .*/\1/p')
pack=$(git cat-file commit "$root" | sed -n 's/^pack: \([0-9a-f]*\) .*/\1/p' | head -n 1)
swap 'policy body' blob "$(git rev-parse "$root:$policy")"
swap 'rule pack' blob "$(git rev-parse "$root:$pack")"
swap 'kept document' blob "$(git rev-parse "refs/review/documents/$c/1:drafts/trade/a.md")"
echo '# a document replaced by a commit of its own'
tree=$(git rev-parse 'HEAD^{tree}'); git update-ref "refs/review/documents/$c/1" "$(git commit-tree -m x "$tree")"
echo other >drafts/trade/a.md; git add .; git update-ref "refs/review/documents/$c/1" "$(git commit-tree -m x "$(git write-tree)")"; brief
git update-ref -d "refs/review/documents/$c/1"
show 'review audit | grep -E "^(remark|audit)" | sed /approvals/d'
echo '# rolled back'
git update-ref refs/heads/review/ledger review/ledger~2
show 'review audit | tail -n 3'
show 'review inbox'
