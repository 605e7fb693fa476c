# attack 4: an approval is transplanted to another path
# defence: the path is in each signed file line; where a file becomes public follows from it and the policy
. "$CASES/lib.sh"
refused "$(signed_third 'swap=c.md=>salaries.md')"
echo '# a release to another place in public'
accepted "$(released_second)"
refused "$(released_second 'swap=trade/b.md=>index.md')"
