# attack 52: a tree with a name twice, or with .., .git or a slash in a name
# defence: every record of a tree is checked; what an entry does not bind may not be in it
. "$CASES/lib.sh"
python3 "$CASES/trees.py" "$(git rev-parse HEAD:drafts/trade/a.md)" | while read -r name tree; do
	echo "# $name"
	case $name in
	body | twice) refused "$(recorded "tree=$tree")" ;;
	*) pushed "$(git commit-tree -p main -m 'Odd tree' "$tree"):refs/heads/odd" ;;
	esac
done
