# A full or read-only disk: refused in one line, and what was there is there still.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
approved "$c"
n=$(entries)
# ulimit -f counts blocks of 512 bytes: no file may be written at all
show "sh -c 'trap \"\" XFSZ; ulimit -f 0; review release $c --yes >/dev/null'" | sed -E 's/(error: )[^:]*(objects|staging|stage)[^:]*.*/\1the disk refused/'
echo "entries more: $(($(entries) - n))"
find public -type f 2>/dev/null
show 'review audit | tail -n 1'
show "review release $c"
# what is in place needs no room a second time: only the receipt is missing
yes 'Opening hours: 9 to 17.' | head -c 100000 >drafts/trade/long.md
c=$(submitted drafts/trade/long.md)
approved "$c"
mv public/RELEASES . && mkdir public/RELEASES
show "review release $c"
rmdir public/RELEASES && mv RELEASES public
show "review show $c | tail -n 3"
show "sh -c 'trap \"\" XFSZ; ulimit -f 40; review release $c --resume'" | sed -E 's/(error: )[^:]*(objects|staging|stage)[^:]*.*/\1the disk refused/'
show 'review audit | tail -n 1'
show 'review scan --stdin </dev/null >/dev/full'
