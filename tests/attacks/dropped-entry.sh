# attack 11: an entry in the middle is dropped
# defence: each entry names the number and the SHA-256 of the one before
. "$CASES/lib.sh"
echo '# an entry is left out'
refused "$(altered "$(at 11)" "s/^parent .*/parent $(at 9)/")"
echo '# by the signer himself, who numbers it anew but keeps what it stood behind'
refused "$(forged "like=$(at 11)" person=zhang.min "parent=$(at 9)" "prev=$(id_of 10)")"
echo '# or stands behind what is before the gap, under the old number'
refused "$(forged "like=$(at 11)" person=zhang.min "parent=$(at 9)" seq=11)"
