# Two desks and a server: what one signs the other gets; when both sign, who comes second signs again.
. "$CASES/lib.sh"
git init -q --bare ../server.git
git remote add origin ../server.git
at bureau
(cd ../server.git && review hook install >/dev/null)
git push -q origin main
show 'review sync'
show 'review sync'
git clone -q ../server.git ../desk && at desk
git config review.person zhao.lei
show 'review sync'
a=$(submitted drafts/trade/a.md 'From the desk')
show 'review sync'
at bureau
show 'review sync'
git cat-file blob "refs/review/documents/$a/1:drafts/trade/a.md"
echo '# two new cases at once: the second gets another number, and its documents with it'
b=$(submitted drafts/trade/b.md 'From the bureau') && show 'review sync'
at desk
c=$(submitted drafts/trade/c.md 'Second from the desk')
as wang.wei approve "$c" --opinion 'no objection' >/dev/null
show 'review sync'
show 'review sync --yes'
git for-each-ref --format='%(refname)' refs/review | sed -E 's/[0-9a-f]{64}/DIGEST/'
show 'review audit | sed "/^remark/d"'
at bureau
show 'review sync'
echo '# both about the same case: only a person can say it again'
as wang.wei approve "$b" --opinion 'no objection' >/dev/null && show 'review sync'
at desk
as wang.wei return "$b" --opinion 'a table is missing' >/dev/null
show 'review sync --yes'
show 'review sync --set-aside --yes'
show "review show $b | grep 'no objection'"
review sync >/dev/null && show 'review audit | tail -n 1'
