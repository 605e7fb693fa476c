# What is remembered is cut off, blanked or changed, place after place: every view is what it would be with nothing
# remembered, and so is every refusal.
. "$CASES/lib.sh"
export XDG_CACHE_HOME="$PWD/../cache" XDG_STATE_HOME="$PWD/../state"
"$OFFICE/../ledger_maker" ../long 110 && cd ../long || exit 1
echo other >public/000/notice-3.txt
git add public/000/notice-3.txt public/RELEASES # looked up in the ledger by the hook
views='log 2026-0002|inbox --all|show 2026-0018|hook pre-commit'
right() { # what they say when nothing is remembered
	IFS='|'; for view in $views; do
		unset IFS; rm -f "$XDG_CACHE_HOME"/review/state-*
		review $view >"../right-${view%% *}" 2>&1; echo "exit status $?" >>"../right-${view%% *}"
	done; unset IFS
}
try() { # LABEL: with what lies there now
	cp "$file" ../tried
	IFS='|'; for view in $views; do
		unset IFS; cp ../tried "$file"
		review $view >../now 2>&1; echo "exit status $?" >>../now
		cmp -s "../right-${view%% *}" ../now || { echo "$1: $view differs"; diff "../right-${view%% *}" ../now; }
	done; unset IFS
	tries=$((tries + 1))
}
damage() { # HOW TENTHS OF THE FILE
	python3 - "$file" "$1" "$2" <<-'P'
		import sys
		path, how, tenths = sys.argv[1], sys.argv[2], int(sys.argv[3])
		data = bytearray(open(path, 'rb').read())
		at = min(len(data) * tenths // 10, len(data) - 64)
		if how == 'cut': data = data[:at]
		if how == 'blank': data[at:at + 512] = bytes(len(data[at:at + 512]))
		if how == 'flip': data[at] ^= 4
		open(path, 'wb').write(data)
	P
}
tries=0
right
review inbox >/dev/null
file=$(ls "$XDG_CACHE_HOME"/review/state-*) && cp "$file" ../good
try 'as it was'
for place in 'cut 4' 'blank 0' 'blank 3' 'blank 9' 'flip 1' 'flip 5' 'flip 10'; do
	cp ../good "$file" && damage $place && try "$place"
done
head -c "$(wc -c <../good)" /dev/zero >"$file" && try 'blank as a whole'
echo "tried: $tries, with statuses $(tail -qn 1 ../right-* | sort | uniq -c | tr -s ' \n' ' ')"
echo '# and an entry that all of it was made of is gone too'
victim=.git/objects/$(git rev-parse review/ledger~80 | sed 's,^..,&/,')
mv "$victim" ../gone
right
cat ../right-show
for place in 'blank 0' 'flip 1'; do
	cp ../good "$file" && damage $place
	review inbox --all >../now 2>&1; echo "exit status $?" >>../now
	cmp -s ../right-inbox ../now && echo 'refused as with nothing remembered'
done
cp ../good "$file" && review show 2026-0018 >/dev/null && echo 'where nothing is damaged, nobody asks for it'
