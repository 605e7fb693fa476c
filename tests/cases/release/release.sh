# Release, a second round that replaces the first, withdrawal, and what a registrar may not do.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
approved "$c"
show "review release $c"
cat public/trade/a.md
show "review release $c"
echo 'From May on: 8 to 18.' >drafts/trade/a.md
echo 'Second sheet.' >drafts/trade/b.md
git add . && git commit -q -m 'Change'
show "review submit drafts/trade/a.md drafts/trade/b.md --case $c"
cat public/trade/a.md
approved "$c"
show "review release $c"
cat public/trade/a.md
sed -E 's/[0-9a-f]{64}/DIGEST/g' public/RELEASES
show 'review audit | tail -n 1'
echo 'edited' >public/trade/b.md
show "review withdraw $c --reason 'wrong hours'"
show "review withdraw $c --reason 'wrong hours' --incident --ground third-party --person wang.wei"
show "review withdraw $c --reason 'wrong hours' --incident --ground third-party"
find public -type f
show "review withdraw $c --reason again"
show "review release $c"
show 'review audit | tail -n 1'
