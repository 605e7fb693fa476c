# attack 64: .gitattributes are pushed, by which a checkout of what was released shows other bytes
# defence: a server takes no branch whose attributes alter public files on their way into a folder
. "$CASES/lib.sh"
n=0
# said LINE...: a branch of its own with these attributes, beside what main has
said() {
	echo "# $*"
	n=$((n + 1))
	git checkout -q -b "attributed-$n" main
	printf '%s\n' "$@" >.gitattributes
	git add .gitattributes 2>/dev/null && git commit -q -m Attributes
	pushed "attributed-$n"
	rm .gitattributes && git checkout -q -f main
}
git ls-tree -r --name-only main public
said '* text eol=crlf'
said 'public/trade/*.md working-tree-encoding=UTF-16LE'
said '[attr]lfs filter=lfs' '*.md lfs'
said 'p*/** ident'
echo '# as the hint has it'
said '* text eol=crlf' 'p*/** ident' 'public/** -text -ident -filter -working-tree-encoding'
echo '# what alters nothing of what is public'
said '* text=auto' '*.psd filter=lfs' 'public/** -text eol=crlf' 'drafts/** eol=crlf'
