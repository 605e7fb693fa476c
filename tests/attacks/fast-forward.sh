# attack 17: a number far ahead, so that no other entry can follow
# defence: an entry's number is one more than the one before, and at most 2147483647
. "$CASES/lib.sh"
refused "$(recorded seq=14)"
refused "$(recorded seq=2147483647)"
refused "$(recorded seq=2147483648)"
refused "$(recorded seq=9223372036854775807)"
refused "$(recorded seq=0)"
