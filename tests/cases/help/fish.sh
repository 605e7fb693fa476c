# The same in a fish, which says itself what it would offer.
command -v fish >/dev/null 2>&1 || { echo 'there is no fish'; exit 77; }
. "$CASES/lib.sh"
fish -n "$SOURCE/completions/review.fish" || exit 1
submitted drafts/trade/hours.md >/dev/null
for line in 'review appr' 'review show ' 'review approve --stage=dep' 'review approve --stage dep' \
	'review inbox --person wan' 'review scan dra' 'review scan --rules=dra' 'review refuse --ground third'; do
	echo "-- $line"
	fish --no-config -c "source $SOURCE/completions/review.fish; complete -C '$line'" 2>&1
done
