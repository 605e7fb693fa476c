# attack 36: headers that no signature covers
# defence: tree, parent, author, committer, gpgsig, in this order and no other
. "$CASES/lib.sh"
entry=$(recorded)
refused "$(altered "$entry" 's/^ -----END.*/&\ngpgsig-sha256 junk/')"
refused "$(altered "$entry" 's/^ -----END.*/&\ngpgsigX hidden/')"
