# attack 63: a few hundred bytes of trees that hold each other over and over: folders without end, and not one file
# defence: folders, their depth and the length of paths have limits, as the number of files has
. "$CASES/lib.sh"
# a tree of ten times the same tree, and so on
tree=$(git mktree </dev/null)
for level in 1 2 3 4 5 6 7 8 9 10 11 12; do
	tree=$(for n in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\t%s\n' "$tree" $n; done | git mktree)
done
pushed "$(echo bomb | git commit-tree -p main "$tree"):refs/heads/folders"
echo '# paths of 4,820 bytes'
name=$(printf '%0240d' 0)
tree=$(printf '100644 blob %s\ta.md\n' "$(git rev-parse main:drafts/trade/b.md)" | git mktree)
for level in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do tree=$(printf '040000 tree %s\t%s\n' "$tree" "$name" | git mktree); done
pushed "$(echo long | git commit-tree -p main "$tree"):refs/heads/paths" | grep -v "^warning: unable to access"
