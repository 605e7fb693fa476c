# attack 20: refs/replace, grafts, a shallow clone or alternates show another history
# defence: raw objects by their own names, no replacements; a shallow repository is refused
. "$CASES/lib.sh"
decoy=$(altered "$(at 10)" 's/^decision: approve/decision: refuse/')
git replace "$(at 10)" "$decoy"
echo "git cat-file shows: $(git cat-file commit "$(at 10)" | sed -n 's/^decision: //p')"
show "review log $TWO | grep -c refuse"
audited
pushed "refs/replace/$(at 10)"
git replace -d "$(at 10)" >/dev/null
echo '# a graft'
mkdir -p .git/info && echo "$(at 12) $(at 2)" >.git/info/grafts
echo "git counts $(git rev-list --count review/ledger 2>/dev/null)"
audited
rm .git/info/grafts
echo '# a shallow clone'
git clone -q --depth 3 --branch review/ledger "file://$PWD/../server.git" ../shallow
show 'cd ../shallow && review inbox'
show 'cd ../shallow && review audit'
echo '# an alternate with other bytes under the name'
mkdir -p ../elsewhere/objects && git init -q --bare ../elsewhere
name=$(at 10) path=$(echo "$(at 10)" | sed 's#^..#&/#')
mkdir -p "../elsewhere/objects/${path%/*}" && cp ".git/objects/$(echo "$decoy" | sed 's#^..#&/#')" "../elsewhere/objects/$path"
rm -f ".git/objects/$path" && echo "$PWD/../elsewhere/objects" >.git/objects/info/alternates
show 'XDG_CACHE_HOME=$PWD/../fresh review inbox'
audited
