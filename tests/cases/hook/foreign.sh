# Somebody's own hook is not replaced.
. "$CASES/lib.sh"
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit
show 'review hook install' | sed "s#$PWD#REPO#"
cat .git/hooks/pre-commit
git config core.hooksPath ../hooks
show 'review hook install' | sed "s#$PWD#REPO#; s#$(dirname "$PWD")#UP#"
show 'review hook'
show 'review hook pre-commit extra'
