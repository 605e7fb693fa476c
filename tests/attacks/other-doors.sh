# attack 67: the ledger is moved by another name: a symbolic reference that the server keeps to it, or a namespace of git's
# defence: a push to a symbolic reference is judged by what it would move; in a namespace every push is refused
. "$CASES/lib.sh"
git -C ../server.git symbolic-ref refs/heads/book refs/heads/review/ledger
git -C ../server.git symbolic-ref refs/heads/deep refs/heads/book
git -C ../server.git symbolic-ref refs/heads/papers refs/review/documents/2030-0001/1
git -C ../server.git symbolic-ref refs/heads/old-name refs/heads/main
pushed "+$(at 4):refs/heads/book"
pushed :refs/heads/deep
pushed main:refs/heads/papers
echo '# another name of a branch is another name of a branch'
git commit -q --allow-empty -m Empty && pushed main:refs/heads/old-name
git -C ../server.git rev-parse review/ledger | grep -c "$TIP"
echo '# a namespace'
printf '#!/bin/sh\nGIT_NAMESPACE=bureau exec git receive-pack "$@"\n' >../receive && chmod +x ../receive
pushed --receive-pack="$PWD/../receive" review/ledger
git -C ../server.git for-each-ref refs/namespaces
