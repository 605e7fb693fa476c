# Who may not do what, and that nothing is written when they try.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
n=$(entries)
show "review approve $c --opinion 'my own'"
show "review approve $c --opinion x --person li.na"
show "review approve $c --opinion x --person zhang.min --stage initial"
show "review approve $c --opinion x --person stranger"
show "review approve $c --person wang.wei </dev/null"
show "review approve $c --opinion x --person wang.wei --clear 1=because"
show "review approve 2099-0001 --opinion x --person wang.wei"
show "review refuse $c --opinion x --person wang.wei"
show "review refuse $c --opinion x --person wang.wei --ground state-secrets"
show "review refuse $c --opinion x --person wang.wei --ground process"
show "review refer $c --opinion x --person wang.wei"
show "review release $c"
show "review release $c --resume"
show "review withdraw $c --reason x"
show "review answer $c --outcome consent --note x"
echo "changed: $(($(entries) - n)) entries"
as wang.wei approve "$c" --opinion ok >/dev/null
sed -i 's/may: \[{stage: section-head}\]/may: [{stage: section-head}, {stage: initial}]/' .review/policy.yaml
review policy propose --yes >/dev/null; review policy endorse --person zhang.min | tail -n 1
as li.na approve "$c" --opinion ok >/dev/null
show "review approve $c --opinion again --person li.na --stage initial"
show "review release $c --person li.na"
