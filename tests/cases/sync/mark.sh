# The high-water mark never goes back, though who has seen less comes later to it.
. "$CASES/lib.sh"
submitted drafts/trade/a.md >/dev/null
before=$(git rev-parse review/ledger~1) now=$(git rev-parse review/ledger)
cd "$XDG_STATE_HOME"/review/*/ && mark=$PWD && cd - >/dev/null || exit 1
cp "$mark/high-water" ../further
echo '# one reads the ledger, and waits for its turn at the mark; another goes on, and marks that'
rm "$mark/high-water"
git update-ref refs/heads/review/ledger "$before"
exec 9>"$mark/lock" && flock 9
review log >../log 2>&1 9>&- &
while ! ls -l /proc/$!/fd 2>/dev/null | grep -q "$mark/lock"; do sleep 0.05; done
git update-ref refs/heads/review/ledger "$now"
cp ../further "$mark/high-water"
flock -u 9
wait $! && echo "entries read: $(wc -l <../log)"
cmp ../further "$mark/high-water" && echo 'the mark is the further one'
