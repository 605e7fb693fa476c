# A word that is nearly right: what was perhaps meant is the hint.
. "$CASES/lib.sh"
show 'review'
show 'review aprove'
show 'review help aprove'
show 'review nothing-like-it'
show 'review scan --staged --formt json'
show 'review scan -x'
show 'review scan --staged=yes'
show 'review scan --format'
show 'review scan --format xml .'
show 'review rules explain cn-secret-marc --rules "$SOURCE/rules"'
show 'review rules tset'
show 'review rules list cn-secret-mark'
show 'review policy sho'
show 'review key mke'
show 'review key list wang.wei'
show 'review hook instal'
submitted drafts/trade/hours.md >/dev/null
year=$(TZ=UTC-8 date +%Y)
show "review show $year-0010"
show "review show 7"
show "review approve $year-0001 --opinion ok --person wang.wie"
show "review approve $year-0001 --opinion ok --person nobody"
show "review approve $year-0001 --opinion ok --stage intial --person wang.wei"
show "review refuse $year-0001 --opinion ok --ground state-secrets --person wang.wei"
show "review answer $year-0001 --outcome consnt --note x"
show "review inbox word"
show "review approve $year-0001 --opinion ok --help | head -n 1"
show "review approve $year-0001 --opinion ok --opinion ok"
