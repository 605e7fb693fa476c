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
show 'review scan --stdin </dev/null >/dev/full'
