# attack 25: one person signs two stages, with two duties and two keys
# defence: stages want different persons; a key is one person's, for ever
. "$CASES/lib.sh"
decided 's/may: \[{stage: section-head}\]/may: [{stage: section-head}, {stage: deputy-director}]/'
as wang.wei approve "$THREE" --opinion 'no objection' >/dev/null
as li.na approve "$THREE" --opinion 'no objection' >/dev/null
TIP=$(git rev-parse review/ledger)
show "review approve $THREE --stage deputy-director --opinion 'may be published' --person li.na --key agent:$(fingerprint li.na-spare) 2>&1 | grep ^review"
refused "$(signed_third person=li.na signer=li.na-spare policy=2 'swap=stage: initial=>stage: deputy-director')"
echo '# one key under two persons'
sed "s|\"$(line zhang.min)\"|\"$(line li.na-spare)\"|" .review/policy.yaml >../two.yaml
show 'review policy check ../two.yaml'
echo "# a key that was wang.wei's, for another person"
sed -i -e "s|\"$(line wang.wei)\", ||" .review/policy.yaml
as zhang.min policy propose >/dev/null && as zhao.lei policy endorse | tail -n 1
sed "s|\"$(line zhang.min)\"|\"$(line zhang.min)\", \"$(line wang.wei)\"|" .review/policy.yaml >../moved.yaml
show 'as zhang.min policy propose ../moved.yaml 2>&1 | grep ^review'
TIP=$(git rev-parse review/ledger)
propose() { printf 'number: 4\npolicy-body: {../moved.yaml}\nnote: -\n' | forged person=zhang.min type=policy-propose policy=3; }
refused "$(propose)"
