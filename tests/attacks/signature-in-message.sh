# attack 33: the signature stands in the message, where some libraries find it
# defence: an own parser of raw bytes: the parts where they must be, written again and compared
. "$CASES/lib.sh"
entry=$(recorded)
git cat-file commit "$entry" >../raw
{ sed '/^gpgsig /,$d' ../raw && echo && sed -n '/^gpgsig /,/END SSH/p' ../raw && sed '1,/^$/d' ../raw; } >../moved
refused "$(git hash-object -t commit -w --literally ../moved)"
