# Two syncs at once on one desk: what the second does between the first one's steps must not look like a fork or a
# rollback.
. "$CASES/lib.sh"
with_desk
# a git that is slow to say what a remote has: until it may go on, or for so many tenths of a second
real=$(command -v git)
mkdir ../slow
cat >../slow/git <<G
#!/bin/sh
"$real" "\$@" || exit
case " \$* " in *' ls-remote '*) ;; *) exit 0 ;; esac
touch "$PWD/../slow/listed"
i=0
while [ ! -e "$PWD/../slow/go" ] && [ \$i -lt \$(cat "$PWD/../slow/tenths") ]; do sleep 0.1; i=\$((i + 1)); done
G
chmod +x ../slow/git
echo 7 >../slow/tenths
# slowly: begin a sync, and go on when it knows what the remote has
slowly() {
	rm -f ../slow/listed
	PATH="$PWD/../slow:$PATH" review sync --yes >../slower 2>&1 &
	while [ ! -e ../slow/listed ]; do sleep 0.05; done
}
ended() { echo "$1 ended with $2: $(sed 's/^\(review: warning: .*\)/(\1)/' "../$1")"; }
echo '# one knows what the remote has, and the other is faster'
submitted drafts/trade/a.md 'From the desk' >/dev/null
slowly
review sync --yes >../faster 2>&1; faster=$?
wait $!; slower=$?
ended slower $slower
ended faster $faster
echo '# the same, and others went on meanwhile'
at bureau
submitted drafts/trade/b.md 'From the bureau' >/dev/null && review sync --yes >/dev/null
at desk
submitted drafts/trade/c.md 'From the desk' >/dev/null
slowly
review sync --yes >../faster 2>&1; faster=$?
wait $!; slower=$?
ended slower $slower
ended faster $faster
echo '# as fast as they can'
at bureau
submitted drafts/trade/d.md 'From the bureau' >/dev/null && review sync --yes >/dev/null 2>&1
at desk
submitted drafts/trade/e.md 'From the desk' >/dev/null
for i in 1 2 3 4; do
	{ review sync --yes >"../out$i" 2>&1 || { echo "$?" >>../bad && cat "../out$i" >>../bad; }; } &
done
wait
[ ! -s ../bad ] || cat ../bad
git for-each-ref --format='%(refname)' refs/review/fork refs/review/incoming
review audit | tail -n 1
at bureau
review sync >/dev/null && review audit | tail -n 1
echo '# two repositories of one account: what the other has taken in, this one may not have seen yet'
git init -q ../second
(cd ../second && git remote add origin ../server.git && git config review.person zhao.lei && review sync >/dev/null)
echo 200 >../slow/tenths
slowly
(cd ../second && submitted drafts/trade/s.md 'From the second' >/dev/null && review sync >../faster 2>&1)
touch ../slow/go
wait $!; slower=$?
ended slower $slower
