# A release nobody else had yet, signed again: the receipt beside the public files follows.
. "$CASES/lib.sh"
git init -q --bare ../server.git && git remote add origin ../server.git
a=$(submitted drafts/trade/a.md) && approved "$a" && review sync >/dev/null
git init -q ../desk && (cd ../desk && export XDG_STATE_HOME="$HOME/.state-desk" && git config review.person zhao.lei &&
	git remote add origin ../server.git && review sync >/dev/null && submitted drafts/trade/c.md 'Elsewhere' >/dev/null && review sync >/dev/null)
review release "$a" --yes
cut -d' ' -f3,5 public/RELEASES | grep a.md
show 'review sync --yes'
cut -d' ' -f3,5 public/RELEASES | grep a.md
show 'review audit | tail -n 1'
