# The same in a zsh.
command -v zsh >/dev/null 2>&1 || { echo 'there is no zsh'; exit 77; }
. "$CASES/lib.sh"
zsh -n "$SOURCE/completions/_review" || exit 1
submitted drafts/trade/hours.md >/dev/null
python3 -B "$CASES/help/keys.py" zsh "$SOURCE/completions" \
	'review appr\t' 'review show \t' 'review approve --sta\t' 'review approve --stage=dep\t' 'review approve --stage dep\t' \
	'review inbox --person wan\t' 'review scan dra\ttr\tho\t' 'review scan --rules=dra\t' 'review refuse --ground third\t'
