# attack 74: a pusher lends the server objects for the time of the push, so that what it takes is missing there afterwards
# defence: a server looks nowhere but in its own objects and in what is pushed: what the environment adds is refused
. "$CASES/lib.sh"
git clone -q . ../evil && cd ../evil && git remote set-url origin "$PWD/../server.git"
mkdir -p drafts/office && echo 'plain text' >drafts/office/n.md && git add drafts && git commit -q -m Note && git branch note
for variable in GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_OBJECT_DIRECTORY; do
	printf '#!/bin/sh\n%s=%s exec git receive-pack "$@"\n' $variable "$PWD/.git/objects" >../receive && chmod +x ../receive
	pushed --receive-pack="$PWD/../receive" note | sed "s#$PWD#EVIL#"
done
git -C ../server.git for-each-ref refs/heads/note
echo '# without it'
pushed note && git -C ../server.git cat-file -t note
