# Many findings of one kind: one reason for all of them, by option and at a terminal.
. "$CASES/lib.sh"
export TERM=dumb PAGER=cat
walk() { python3 -B "$CASES/case/terminal.py" "$@"; }
mkdir -p drafts/trade
for i in 1 2 3; do
	printf "Front desk 1381234567$i.\nWindow 1381234568$i.\nArchive 1381234569$i.\nHotline 1391234567$i.\n" >drafts/trade/numbers$i.md
done
echo 'The list at the gate.' >list.txt
echo '# by option: one of its own, the others by their rule; what is said of one goes first'
c=$(submitted drafts/trade/numbers1.md 'Numbers')
show "review approve $c --person wang.wei --opinion x --clear pi-mobil='office numbers' --yes"
show "review approve $c --person wang.wei --opinion x --clear 1=a --evidence pi-passport=list.txt --yes"
show "review approve $c --person wang.wei --opinion x --clear pi-mobile='office numbers' --clear 2='the window' --evidence 1=list.txt --evidence pi-mobile=list.txt --yes" | sed -n '/clears/p;/^\(review: \|signed\)/p'
show "review approve $c --person li.na --opinion x --clear pi-mobile='office numbers' --yes"
echo '# at a terminal'
d=$(submitted drafts/trade/numbers2.md 'Numbers again')
SEEN='no finding like it|(empty: leave it)|= as before|clears|signed' \
	walk '=|front desk|=|a counter|==|no objection|y' review approve "$d" --person wang.wei
git show -s --format=%B review/ledger | sed -n '/clear/p'
echo '# back into what was answered so'
e=$(submitted drafts/trade/numbers3.md 'Numbers once more')
SEEN='signed' walk 'all public|==|<|not this one|no objection|y' review approve "$e" --person wang.wei
git show -s --format=%B review/ledger | sed -n '/clear/p'
review audit | grep ^audit
