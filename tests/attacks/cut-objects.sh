# attack 75: an object is cut short, by whoever can write there, or by a disk; libgit2 never ends reading such a one
# defence: each is looked at before it is read; one that is not whole is refused in time
. "$CASES/lib.sh"
# shorten WHAT OBJECT: at five places
shorten() {
	file=.git/objects/$(echo "$2" | cut -c1-2)/$(echo "$2" | cut -c3-)
	chmod u+w "$file" && cp "$file" ../saved
	for left in 0 1 2 30 $(($(stat -c %s "$file") - 1)); do
		truncate -s "$left" "$file"
		for words in audit "show $TWO" "release $TWO --yes"; do
			status=0
			timeout 20 review $words >/dev/null 2>&1 || status=$?
			echo "$1, review ${words%% *}: exit status $status"
		done
		cp ../saved "$file"
	done | sort | uniq -c
	truncate -s 30 "$file"
	audited
	cp ../saved "$file"
}
shorten 'an entry' "$(at 9)"
shorten 'a document' "$(git rev-parse "refs/review/documents/$TWO/1:drafts/trade/b.md")"
audited
