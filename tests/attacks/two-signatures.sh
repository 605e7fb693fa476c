# attack 32: several signatures, so that each reader checks another one
# defence: one gpgsig, the last header, with one armor in canonical form
. "$CASES/lib.sh"
entry=$(recorded)
git cat-file commit "$entry" | sed -n '/^gpgsig /,/END SSH/p' >../signature
echo '# the header twice'
refused "$(altered "$entry" '/END SSH/r ../signature')"
echo '# a second one that is bogus'
refused "$(altered "$entry" 's/^ -----END.*/&\ngpgsig bogus/')"
echo '# two armors in one header'
sed 's/^gpgsig / /' ../signature >../armor
refused "$(altered "$entry" '/END SSH/r ../armor')"
