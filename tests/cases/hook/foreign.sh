# Somebody's own hook is not replaced.
. "$CASES/lib.sh"
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit
show 'review hook install' | sed "s#$PWD#REPO#"
cat .git/hooks/pre-commit
rm .git/hooks/pre-commit
for hook in pre-merge-commit commit-msg pre-push; do
	printf '#!/bin/sh\n# review hook %s is what it would want\nwc -l\n' $hook >.git/hooks/$hook
	chmod +x .git/hooks/$hook
	show 'review hook install' | sed "s#$PWD#REPO#" | tee ../said
	line=$(sed -n 's/^review: hint: add this line to it: //p' ../said)
	[ $hook = pre-push ] || rm .git/hooks/$hook
done
echo '# with that line, and both read what is pushed'
awk -v line="$line" 'NR == 3 { print line } { print }' .git/hooks/pre-push >../pre-push && cat ../pre-push >.git/hooks/pre-push
show 'review hook install' | sed "s#$PWD#REPO#"
git init -q --bare ../server.git && git remote add origin ../server.git
show 'git push -q origin HEAD:main HEAD:other'
mkdir -p drafts && printf '机密★5年\n' >drafts/b.md && git add drafts && git commit -q --no-verify -m 'Marked'
show 'git push -q origin HEAD:main 2>&1 | head -n 1'
git config core.hooksPath ../hooks
show 'review hook install' | sed "s#$PWD#REPO#; s#$(dirname "$PWD")#UP#"
show 'review hook'
show 'review hook pre-commit extra'
