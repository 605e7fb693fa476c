# attack 39: what was signed is written again in another spelling of the same meaning
# defence: bytes are signed, and every value has one spelling
. "$CASES/lib.sh"
changed() { echo "# $1: $2" && refused "$(recorded like="$filed" "swap=$1=>$2")"; }
filed=$(recorded)
changed 'register: 7' 'register: %37'
changed 'register: 7' 'register: 7 '
changed 'round: 1' 'round: 01'
changed 'note: -' 'note: '
changed 'note: -' 'note:  -'
refused "$(altered "$filed" 's/^register: 7/register: %37/')"
