# Approvals that came sooner than anybody could have read are remarked upon: exactly those, by the ledger's times.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
approved "$c"
git log --reverse --format=%ct review/ledger |
	awk 'NR > 2 && $1 - before < 10 { n++; list = list (n > 1 ? ", " : " ") NR } { before = $1 }
	     END { if (n > 0) print n " approvals came within 10 seconds of the step before; was anything read? entries" list }' >../reckoned
review audit | sed -n 's/^remark  //p' | grep 'came within' >../remarked
cmp ../reckoned ../remarked && echo 'as reckoned'
