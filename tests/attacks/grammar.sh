# attack 38: keys twice, unknown keys, more behind the end
# defence: an ordered grammar; every key is known, once, in its place; the end line is the end
. "$CASES/lib.sh"
changed() { echo "# $1" && refused "$(signed_third "swap=$1=>$2")"; }
changed 'stage: initial' 'stage: initial
stage: section-head'
changed 'decision: approve' 'decision: approve
decision: refuse'
changed 'ground: -' 'ground: -
comment: x'
changed 'opinion: no objection
' ''
changed 'stage: initial
decision: approve' 'decision: approve
stage: initial'
echo '# behind the end'
{ git cat-file commit "$(signed_third)" && echo 'decision: refuse'; } >../raw
refused "$(git hash-object -t commit -w --literally ../raw)"
