# What may come next, as the program answers the shells.
. "$CASES/lib.sh"
submitted drafts/trade/hours.md 'Opening hours: new' >/dev/null
year=$(TZ=UTC-8 date +%Y)
next() { printf '%s\n' "-- $*" | sed "s/$year/YEAR/"; review completion -- "$@" || echo "(exit status $?)"; }

next ''
next re
next rules ''
next rules explain cn-secret-m
next key ''
next key show w
next hook pre
next show ''
next show "$year-0001" ''
next approve --opinion ok "$year"
next approve "$year-0001" --stage ''
next approve "$year-0001" --stage=sec
next approve "$year-0001" --stage = sec
next approve "$year-0001" --opinion
next approve "$year-0001" --opinion ''
next approve "$year-0001" --clear 1=x --opinion ok --
next approve --person wa
next refuse "$year-0001" --ground ''
next answer "$year-0001" --outcome m
next scan --format ''
next scan drafts --format j
next scan ''
next scan -- --
next init --policy ''
next scan --rules ''
next scan --rules=x
next help au
next log ''
next audit ''
next nothing ''
next inbox ''
cd /
next show ''
next --directory "$OLDPWD"
next show --directory "$OLDPWD" ''
review completion approve; echo "(exit status $?)"
review completion; echo "(exit status $?)"

# whatever the help lists is offered: every command, every option, every fixed word
review help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p' >commands
[ "$(wc -l <commands)" -gt 20 ] || echo 'the help lists hardly any command'
review completion -- '' | cut -f 1 >offered
while read -r command; do
	grep -qx "$command" offered || echo "not offered: $command"
	review help "$command" | sed -n 's/^  \(--[a-z0-9-]*\).*/\1/p' >options
	review completion -- "$command" -- | cut -f 1 >"offered.$command"
	while read -r option; do
		grep -qx -- "$option" "offered.$command" || echo "not offered: $command $option"
	done <options
	review help "$command" | sed -n 's/^  \(--[a-z0-9-]*\) \([a-z-]*|[a-z|-]*\).*/\1 \2/p' >choices
	while read -r option words; do
		[ "$(review completion -- "$command" "$option" '' | tr '\n' '|')" = "$words|" ] || echo "other words offered: $command $option"
	done <choices
	cat choices >>all-choices
done <commands
[ "$(wc -l <all-choices)" -gt 4 ] || echo 'hardly any option has fixed words'
