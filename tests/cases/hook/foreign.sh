# Somebody's own hook is not replaced.
. "$CASES/lib.sh"
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit
show 'review hook install' | sed "s#$PWD#REPO#"
cat .git/hooks/pre-commit
rm .git/hooks/pre-commit
for hook in pre-merge-commit commit-msg pre-push; do
	printf '#!/bin/sh\nexit 0\n' >.git/hooks/$hook
	show 'review hook install' | sed "s#$PWD#REPO#"
	rm .git/hooks/$hook
done
git config core.hooksPath ../hooks
show 'review hook install' | sed "s#$PWD#REPO#; s#$(dirname "$PWD")#UP#"
show 'review hook'
show 'review hook pre-commit extra'
