# attack 64: .gitattributes are pushed, by which a checkout of what was released, or an archive, shows other bytes
# defence: no branch whose attributes any git may read so, on any file system, is taken by a server, or committed by a desk
. "$CASES/lib.sh"
n=0
# said LINE...: a branch of its own with these attributes, beside what main has
said() {
	printf '# %s\n' "$(printf '%s; ' "$@" | tr -s ' ' | cut -c1-100)"
	n=$((n + 1))
	git checkout -q -b "attributed-$n" main
	printf '%s\n' "$@" >"${file:=.gitattributes}"
	git add "$file" 2>/dev/null && git commit -q -m Attributes 2>/dev/null
	pushed "attributed-$n" | grep -v '^warning: ignoring overly'
	rm "$file" && git checkout -q -f main
}
git ls-tree -r --name-only main public
said '* text eol=crlf'
said 'public/trade/*.md working-tree-encoding=UTF-16LE'
said '[attr]lfs filter=lfs' '*.md lfs'
said 'p*/** ident'
said 'public/RELEASES export-subst'
echo '# as the hint has it'
said '* text eol=crlf' 'p*/** ident' 'public/** -text -ident -filter -working-tree-encoding -export-subst'
echo '# what alters nothing of what is public'
said '* text=auto' '*.psd filter=lfs' 'public/** -text eol=crlf' 'drafts/** eol=crlf'
echo '# what git reads and libgit2 does not, or reads where case does not count, or does not read'
said '"public/trade/\141.md" ident'
said 'PUBLIC/Trade/* ident'
said '*.md ident' "public/** $(printf '%2050s')-ident"
said '*.md ident' 'public/** -ident no$name'
echo '# a name that is this one on macOS or Windows'
for file in .GitAttributes ".git$(printf '\342\200\214')attributes" '.gitattributes.' '.gitattributes::$DATA' GITATT~1 gi7d29~2 'drafts\.gitattributes'; do
	said '*.md ident'
done
echo '# the desk says it before'
review hook install >/dev/null
git checkout -q -b desk main
echo '*.md ident' >.gitattributes
show 'git add .gitattributes && git commit -q -m Attributes'
echo 'drafts/** ident' >.gitattributes
show 'git add .gitattributes && git commit -q -m Attributes'
printf '*.md ident\n' >.gitAttributes
show 'git add .gitAttributes && git commit -q -m Attributes'
