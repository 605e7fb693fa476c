# Deciding at a terminal: forth, back, away at any question, and what is signed in the end.
. "$CASES/lib.sh"
export TERM=dumb PAGER=cat
walk() { python3 -B "$CASES/case/terminal.py" "$@"; }
mkdir -p drafts/trade
printf 'Opening hours: 9 to 17.\nCall 13812345678.\n' >drafts/trade/hours.md
c=$(submitted drafts/trade/hours.md 'Hours')
n=$(entries)
for answers in 'q' '^C' '^D' 'a number of the office|q' 'a number of the office|no objection|q' 'a number of the office|no objection|n' \
	'a number of the office|no objection|^C' '<|<|q'; do
	echo "[$answers] $(walk "$answers" review approve "$c" --person wang.wei | tail -n 1), $(($(entries) - n)) entries"
done
echo 'a passphrase that is interrupted'
(unset REVIEW_PASSPHRASE_FILE; SEEN='sign this?|passphrase of|interrupted; nothing was signed' walk 'a|b|y|^C' review approve "$c" --person wang.wei)
echo "$(($(entries) - n)) entries"
echo 'back from the last question, another opinion, and chosen from what waits'
SEEN='which case?|(empty: leave it)|an answer is needed|clears|"first"|"second"|signed: ledger entry' \
	walk "$c|the number of the window||first|<|second|y" review approve --person wang.wei
show "review show $c | sed -n '/^sign-offs/,/^text/p'"
echo 'a refusal'
SEEN='a number from 1 to 8|a date, as in|ground: process|until: 2999-01-01' \
	walk '9|6|tomorrow|2999-01-01|a draft of a plan|y' review refuse "$c" --person li.na
echo "$(($(entries) - n)) entries"
show "review approve --person zhang.min --opinion x"
echo 'somebody who thinks for long signs when they sign'
until=$(walk 'may be published|^W|y' review approve "$(submitted drafts/trade/other.md)" --person wang.wei | sed -n 's/^waited until //p')
[ "$(git log -1 --format=%ct review/ledger)" -ge "$until" ] && echo 'not when they began'
echo 'in colour, through a pager, and neither'
esc=$(printf '\033')
SEEN="$esc[30;43m1:***********" walk '' env TERM=xterm PAGER=cat review show "$c"
SEEN="$esc[30;43m" walk '' env TERM=xterm PAGER=cat NO_COLOR=1 review show "$c"
SEEN="$esc[30;43m" walk '' env TERM=dumb review show "$c"
SEEN="paged: case|13812345678" walk '' env TERM=xterm PAGER="sed s/^case/paged:\ case/" review show "$c"
SEEN='13812345678' walk '' env TERM=xterm PAGER=cat review show "$c" --reveal
show "review show $c --reveal"
show "review show $c --html page.html; grep -c 13812345678 page.html; grep -o '<mark class=\"review\">.*</mark>' page.html"
show "LC_ALL=C.UTF-8 LANGUAGE=zh_CN review show $c --html page.html; grep -o '<h2 id=\"form\">.*</h2>' page.html"
