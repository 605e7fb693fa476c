# attack 40: what is shown is not what is there: terminal escapes, bidi, zero-width characters
# defence: such characters are refused in paths, encoded in the ledger, and escaped whenever printed
. "$CASES/lib.sh"
title=$(printf 'Opening\033[2J\033[1;1H hours \342\200\256sruoh\342\200\254 a\342\200\213b')
echo 'Summer hours.' >drafts/trade/e.md && git add drafts && git commit -q -m Hours
as zhao.lei submit drafts/trade/e.md --title "$title" >/dev/null
show 'review inbox | grep 0004 | cat -v'
show "review log | tail -n 1 | sed 's,^.*  submit ,submit ,' | cat -v"
git cat-file commit review/ledger | sed -n 's/^title: //p'
for name in "$(printf 'annual\342\200\256txt.exe')" "$(printf 'a\033[2Jb.txt')" "$(printf 'a\342\200\213b.txt')" "$(printf 'two\nlines.txt')"; do
	echo text >"drafts/trade/$name" && git add drafts
	show 'as zhao.lei submit drafts/trade/*txt* --title Name 2>&1 | cat -v'
	git rm -q --cached "drafts/trade/$name" && rm "drafts/trade/$name"
done
echo '# bare in an entry'
refused "$(signed_third "swap=opinion: no objection=>opinion: no$(printf '\342\200\256')")"
