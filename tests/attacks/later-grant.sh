# attack 23: somebody signs first and is given the duty afterwards
# defence: duties are those of the policy in force at the entry
. "$CASES/lib.sh"
early=$(signed_third person=li.na)
refused "$early"
echo '# and the policy that allows it behind it'
grant() { sed 's/may: \[{stage: section-head}\]/may: [{stage: section-head}, {stage: initial}]/' .review/policy.yaml >../policy.yaml; }
grant
propose() { printf 'number: 2\npolicy-body: {../policy.yaml}\nnote: -\n' | forged person=zhang.min type=policy-propose "parent=$early"; }
refused "$(propose)"
