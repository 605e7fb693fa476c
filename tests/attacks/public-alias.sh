# attack 65: a folder that macOS or Windows takes for the public directory, and git does not
# defence: a path that some file system takes for the public directory, or one above it, is refused at the desk and the server
. "$CASES/lib.sh"
n=0
unreviewed() {
	n=$((n + 1))
	git checkout -q -b "alias-$n" main
	mkdir -p "$(dirname "$1")" && echo 'Nobody has reviewed this.' >"$1"
	git add -A && git commit -q --no-verify -m Elsewhere
	pushed "alias-$n"
	git checkout -q main
}
echo '# HFS+ does not see a zero-width character; Windows drops dots and spaces, and knows streams and short names'
for name in "publ$(printf '\342\200\214')ic" 'public.' 'public . .' 'public::$INDEX_ALLOCATION' 'PUBLIC~1' 'PU12AB~3'; do
	unreviewed "$name/x.md"
done
unreviewed 'public\x.md'
echo '# in its place'
unreviewed "pub$(printf '\357\273\277')lic"
echo '# these are other folders everywhere'
for name in publics pub.lic 'public~' 'public (2)' ' public'; do unreviewed "$name/x.md"; done
echo '# the desk says it before'
review hook install >/dev/null
mkdir public. && echo 'Nobody has reviewed this.' >public./x.md && git add -A
show 'git commit -q -m Elsewhere'
