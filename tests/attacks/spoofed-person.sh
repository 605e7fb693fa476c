# attack 2: an officer signs in the name of a colleague
# defence: a key is one person's; author and committer are that person, written one way
. "$CASES/lib.sh"
accepted "$(recorded)"
echo "# a colleague's name over an own signature"
refused "$(recorded person=li.na signer=wang.wei)"
echo "# a colleague's name in the header, where git log shows it"
refused "$(recorded 'author=li.na <li.na@review.invalid> 1795415400 +0000')"
echo '# a committer of another spelling'
now=$(date +%s)
refused "$(recorded "time=$now" "committer=Wang Wei <wang.wei@review.invalid> $now +0000")"
