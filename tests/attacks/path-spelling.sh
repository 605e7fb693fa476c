# attack 51: two paths that some file system takes for one: case, normal forms, a\b, con, a trailing dot
# defence: an own rule for paths; public names are compared after folding, against all that is public
. "$CASES/lib.sh"
put() { mkdir -p drafts/trade && echo 'Other text.' >"drafts/trade/$1" && git add "drafts/trade/$1" && git commit -q -m Path; }
put A.md
four=$(as zhao.lei submit drafts/trade/A.md --title Twin | sed -n 's/^case \([0-9-]*\),.*/\1/p')
approved "$four" >/dev/null
show "as zhao.lei release $four"
put "$(printf 'caf\303\251.md')" && put "$(printf 'cafe\314\201.md')"
five=$(as zhao.lei submit drafts/trade/caf* --title Twins | sed -n 's/^case \([0-9-]*\),.*/\1/p')
approved "$five" >/dev/null
show "as zhao.lei release $five"
for name in con 'nul.txt' 'a\b' 'a.md.' ' a.md'; do
	put "$name"
	show "as zhao.lei submit 'drafts/trade/$name' --title Name"
done
echo '# by hand'
refused "$(forged "like=$(at 12)" 'swap=round: 1=>round: 2' 'swap=c.md=>con')"
