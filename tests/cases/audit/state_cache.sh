# A view's memory is damaged, forged, foreign or gone: it is made again, and the view is the same.
. "$CASES/lib.sh"
export XDG_CACHE_HOME="$PWD/../cache" XDG_STATE_HOME="$PWD/../state"
submitted drafts/trade/hours.txt >/dev/null
review inbox >../right
file=$(ls "$XDG_CACHE_HOME"/review/state-*)
look() {
	before=$(sha256sum <"$file")
	review inbox >../now && cmp -s ../right ../now && echo "$1: the view is right"
	[ "$(sha256sum <"$file")" = "$before" ] || echo "$1: made again"
}
look 'as it was'
cp "$file" ../good
sed -i 's/Opening hours/Closing hours/' "$file"
look 'a forged state'
printf x >>"$file"
look 'a byte more'
: >"$file"
look 'an empty file'
chmod g+w "$file" && printf x >>"$file"
look 'writable by others'
head -c 32 /dev/zero >"$XDG_STATE_HOME/review/cache-key"
look 'the key of another machine'
truncate -s -1 "$file"
look 'a byte less'
cp "$file" ../older
c=$(submitted drafts/trade/more.txt 'More')
review inbox >../right
cp ../older "$file"
look 'an older memory of this ledger'
echo '# the ledger is cut back behind the back of this machine: by its memory, and without'
git update-ref refs/heads/review/ledger review/ledger~1
show 'review inbox'
mv "$XDG_STATE_HOME/review" ../kept
review inbox >../right
mv ../kept "$XDG_STATE_HOME/review"; rm -r "$XDG_STATE_HOME"/review/*/
review inbox >../now && cmp -s ../right ../now && echo 'the view is of what is there, not of what was'
echo '# what is no entry, behind what is remembered'
git update-ref refs/heads/review/ledger "$(git commit-tree -m 'not an entry' "$(git mktree </dev/null)" -p review/ledger)"
show 'review inbox 2>&1 | sed "s/([0-9a-f]*)/(SHORT)/"'
