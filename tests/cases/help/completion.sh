# What may come next, as the program answers the shells.
. "$CASES/lib.sh"
submitted drafts/trade/hours.md 'Opening hours: new' >/dev/null
year=$(date -u +%Y)
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
