# An office changes: proposals, thresholds, a new root person, acting for somebody, removal and return.
. "$CASES/lib.sh"
edit() { sed -i "$@" .review/policy.yaml; }
show 'review policy diff'
edit 's/working-days: 20/working-days: 15/'
show 'review policy diff'
show 'review policy propose --person wang.wei | tail -n 1'
show 'review policy propose --note "the new regulation" | tail -n 3'
show 'review policy endorse'
show 'review policy propose --person li.na 2>&1 | tail -n 2'
show 'review policy show | tail -n 1'
show 'review policy diff'
show 'review policy endorse --person li.na | tail -n 3'
show 'review policy endorse --person zhang.min'
echo '# an appointment with dates: li.na acts for the deputy director this month'
today=$(TZ=UTC-8 date +%Y-%m-%d)
edit "s/may: \[{stage: section-head}\]/may: [{stage: section-head}, {acting: deputy-director, from: $today, until: 2099-12-31}]/"
show 'review policy propose | tail -n 3'
show 'review policy endorse --person zhang.min | tail -n 1'
show 'review policy show | grep deputy'
echo '# one that is over gives nothing'
edit "s/from: $today, until: 2099-12-31/from: 2020-01-01, until: 2020-01-31/"
show 'review policy propose >/dev/null && review policy endorse --person zhang.min | tail -n 1'
show 'review policy show | grep deputy'
case1=$(submitted drafts/trade/a.md)
as wang.wei approve $case1 --opinion 'no objection' >/dev/null
as li.na approve $case1 --opinion 'no objection' >/dev/null
show "review approve $case1 --opinion 'may be published' --person li.na --stage deputy-director"
show "review approve $case1 --opinion 'may be published' --person zhang.min | tail -n 1"
echo '# wang.wei leaves: what he signed stays, he signs nothing more'
edit '/^  wang.wei:/,/^    may:/d'
show 'review policy check'
show 'review policy propose 2>/dev/null | tail -n 4'
show 'review policy endorse --person li.na | tail -n 1'
show "review release $case1 | tail -n 1"
case2=$(submitted drafts/trade/b.md)
show "review approve $case2 --opinion 'no objection' --person wang.wei"
echo '# and comes back, under the same name'
key=$(review key show wang.wei 2>/dev/null)
edit "s|^root:|  wang.wei:\n    name: 王伟\n    keys: [\"$key\"]\n    may: [{stage: initial}]\nroot:|"
show 'review policy propose >/dev/null && review policy endorse --person zhang.min | tail -n 1'
show "review approve $case2 --opinion 'no objection' --person wang.wei | tail -n 1"
echo '# a new root: the old one and the new one both have to agree'
review key new sun.li >/dev/null
key=$(review key show sun.li 2>/dev/null)
edit "s|^root:.*|  sun.li:\n    name: 孙丽\n    keys: [\"$key\"]\n    may: []\nroot: {people: [sun.li, wang.wei], threshold: 2}|"
show 'review policy propose --note "the office was merged" | tail -n 1'
show 'review policy endorse --person li.na | tail -n 1'
show 'review policy endorse --person wang.wei | tail -n 1'
show 'review policy endorse --person sun.li | tail -n 1'
show 'review policy propose'
show 'review policy history'
show 'review policy history 2'
show 'review audit | head -n 3'
