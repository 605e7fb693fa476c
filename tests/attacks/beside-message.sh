# attack 62: text is pushed where nobody looks for text: a merged tag in a commit's header, a person's name, a branch's name
# defence: the server scans the header of each new commit, and the name of each new branch and tag, as it scans messages
. "$CASES/lib.sh"
secret='绝密★10年'
# commit AUTHOR [HEADER]: like the newest one, but for that
commit() {
	{
		printf 'tree %s\nparent %s\nauthor %s <a@example.invalid> 1700000000 +0000\n' "$(git rev-parse 'main^{tree}')" "$(git rev-parse main)" "$1"
		printf 'committer Test <a@example.invalid> 1700000000 +0000\n%s\nNothing to see\n' "${2:-}"
	} | git hash-object -t commit -w --stdin
}
tag=$(printf 'mergetag object %s\n type commit\n tag v1\n tagger Test <a@example.invalid> 1700000000 +0000\n \n Release\n' "$(git rev-parse main)")
echo '# the text of a tag that was merged'
pushed "$(commit Test "$tag
 $secret
"):refs/heads/merged"
echo '# where a signature stands'
pushed "$(commit Test "gpgsig $secret
"):refs/heads/sealed"
echo '# the name of a person'
pushed "$(commit "$secret"):refs/heads/signed"
echo '# the name of a branch'
pushed "main:refs/heads/$secret"
echo '# without it'
pushed "$(commit Test "$tag
"):refs/heads/merged"
