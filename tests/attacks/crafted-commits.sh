# attack 32: thirty-one crafted commits, in the eyes of git, ssh-keygen, git fsck and review
# defence: an own parser of raw bytes that writes what it read again and compares: only the good one passes
. "$CASES/lib.sh"
printf 'case: %s\nround: 1\nsubmit: %s\nregister: 7\nnote: -\n' "$THREE" "$(id_of 12)" | python3 "$CASES/crafted.py"
