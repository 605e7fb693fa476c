# Completion in a bash with a terminal: the tab key is really pressed.
. "$CASES/lib.sh"
bash -n "$SOURCE/completions/review.bash" || exit 1
submitted drafts/trade/hours.md >/dev/null
touch 'with space.md'
python3 -B "$CASES/help/keys.py" bash "$SOURCE/completions" \
	'review appr\t' 'review show \t' 'review approve --st\t' 'review approve --stage=dep\t' 'review approve --stage dep\t' \
	'review inbox --person wan\t' 'review rules expl\tcn-secret-mark-l\t' 'review scan dra\ttr\tho\t' 'review scan with\t' \
	'review scan --rules dra\t' 'review refuse --ground third\t' 'review audit --format=ht\t' 'review nothing \t'
