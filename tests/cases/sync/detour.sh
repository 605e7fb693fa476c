# Killed after own entries were signed again and before the mark moved: the mark lies on the way that was left.
. "$CASES/lib.sh"
with_desk
at bureau
submitted drafts/trade/b.md 'From the bureau' >/dev/null && review sync >/dev/null
at desk
submitted drafts/trade/a.md 'From the desk' >/dev/null
mark=$(echo "$XDG_STATE_HOME"/review/*)
cp "$mark/high-water" ../old
review sync --yes 2>/dev/null
cp ../old "$mark/high-water"
show 'review log --all | sed "s/.* title/title/"'
cmp -s ../old "$mark/high-water" || echo 'the mark has moved'
echo '# the way that another repository left is not a way here'
cp ../old "$mark/high-water"
for f in "$mark"/detour-*; do mv "$f" "$mark/detour-0123456789abcdef"; done
show review log --all
