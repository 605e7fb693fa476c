# attack 5: an entry is grafted from another ledger, or onto another case
# defence: every entry names its ledger, what is before it, its case, round and submit entry
. "$CASES/lib.sh"
git fetch -q ../other review/ledger
theirs=$(git rev-parse FETCH_HEAD)
echo '# cut out and put behind ours, as it is'
refused "$(altered "$theirs" "s/^parent .*/parent $TIP/")"
echo '# signed again by its author, still for the other ledger'
refused "$(recorded "ledger=$(git cat-file commit "$theirs" | sed -n 's/^ledger: //p')")"
echo "# the second case's approval on the third"
refused "$(signed_third "swap=$(id_of 12)=>$(id_of 8)")"
