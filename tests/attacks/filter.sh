# attack 48: attributes change bytes between the blob and the file: filter, ident, eol
# defence: the blob's bytes are released, never a checkout; and they are compared when written
. "$CASES/lib.sh"
git config filter.swap.smudge 'sed s/public/SECRET/' && git config filter.swap.clean 'sed s/SECRET/public/'
printf '%s\n' 'drafts/trade/f.md filter=swap' 'public/trade/f.md filter=swap ident eol=crlf' >.gitattributes
# shellcheck disable=SC2016
printf 'a public text $Id$\n' >drafts/trade/f.md
git add . && git commit -q -m Filter
rm drafts/trade/f.md && git checkout -q -- drafts/trade/f.md
echo "checked out: $(cat drafts/trade/f.md)"
show 'as zhao.lei submit drafts/trade/f.md --title Filter 2>&1 | head -n 2'
git cat-file blob :drafts/trade/f.md >drafts/trade/f.md
four=$(as zhao.lei submit drafts/trade/f.md --title Filter | sed -n 's/^case \([0-9-]*\),.*/\1/p')
approved "$four" >/dev/null && as zhao.lei release "$four" | head -n 1
echo "released: $(cat public/trade/f.md)"
audited
