# attack 44: the file of an object is replaced on disk by another signed entry
# defence: every object read has to have the name it was asked by
. "$CASES/lib.sh"
file() { echo ".git/objects/$(echo "$1" | sed 's#^..#&/#')"; }
rm -f "$(file "$(at 10)")" && cp "$(file "$(at 4)")" "$(file "$(at 10)")"
echo "git log shows: $(git log -1 --format=%B "$(at 10)" 2>/dev/null | sed -n 's/^case: //p')"
show 'review inbox'
audited
echo '# gone altogether'
rm -f "$(file "$(at 10)")"
show 'review inbox'
audited
