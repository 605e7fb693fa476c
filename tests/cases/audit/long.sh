# A ledger of some length: lists show what is open and what is new, and all of it when that is asked for.
. "$CASES/lib.sh"
export XDG_CACHE_HOME="$PWD/../cache" XDG_STATE_HOME="$PWD/../state"
same() { sed 's/2026-0/CASE-0/g'; }
"$OFFICE/../ledger_maker" ../long 145
cd ../long
review inbox | same | tail -n 3
echo "all: $(review inbox --all | wc -l) lines, $(review inbox --all | grep -c ' released$') released"
review log | sed -n '1p;2p;$p' | same
echo "log: $(review log | wc -l) lines, all: $(review log --all | wc -l)"
echo '# one case, from its first entry; one that is not there'
review log 2026-0003 | same
show 'review log 2026-9999' | same
echo '# what is seen is what was verified: an entry is gone'
victim=.git/objects/$(git rev-parse review/ledger~40 | sed 's,^..,&/,')
mv "$victim" ../gone
show 'review log'
show 'review inbox | grep -c released'
mv ../gone "$victim"

echo '# what is remembered of cases that nobody asks for is not read'
file=$(ls "$XDG_CACHE_HOME"/review/state-*)
review show 2026-0001 >../right
sed -i 's/drafts.000.notice-1.txt/drafts_000_notice-1_txt/' "$file"
sha256sum "$file" >../forged
review hook pre-commit && review show 2026-0020 >/dev/null && sha256sum --quiet --check ../forged && echo 'not noticed, and not shown'
review show 2026-0001 >../now && cmp ../right ../now && ! sha256sum --status --check ../forged && echo 'asked for: made again'
echo '# people and rules are under the seal'
sed -i 's/name: li.na,/name: li.xx,/' "$file"
sha256sum "$file" >../forged
review show 2026-0020 >/dev/null && ! sha256sum --status --check ../forged && echo 'made again'
echo '# a part is damaged, and so is an entry it was made of: nothing is shown of it'
sed -i 's/drafts.000.notice-1.txt/drafts_000_notice-1_txt/' "$file"
mv "$victim" ../gone
review show 2026-0001 || echo "(exit status $?)"
echo '# what is open is listed however old it is, and counts for none of the twenty that are over'
"$OFFICE/../ledger_maker" ../open 200 4 && cd ../open
for look in first remembered; do
	echo "$look: $(review inbox | grep -c ' released$') released, $(review inbox | grep -c ' waits for ') wait, $(review inbox | grep 'more are over')"
done
review inbox | grep ' waits for ' | same | head -n 2
