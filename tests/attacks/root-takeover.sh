# attack 29: new root people bring themselves in, or out of reach of the old ones
# defence: a policy wants the old threshold and its own, counted in persons
. "$CASES/lib.sh"
sed 's/^root: .*/root: {people: [wang.wei, zhao.lei], threshold: 2}/' .review/policy.yaml >../p.yaml
echo '# proposed by the new one'
show 'as wang.wei policy propose ../p.yaml 2>&1 | grep ^review'
propose() { printf 'number: 2\npolicy-body: {../p.yaml}\nnote: -\n' | forged type=policy-propose "$@"; }
refused "$(propose person=wang.wei)"
echo '# one old root person and all of the new: not the old threshold'
planted "$(propose person=zhao.lei)"
show 'as wang.wei policy endorse | tail -n 1'
show 'review policy show | head -n 1'
echo '# both thresholds'
show 'as zhang.min policy endorse | tail -n 1'
TIP=$(git rev-parse review/ledger)
echo '# an old root person afterwards'
show 'as zhang.min policy propose ../p.yaml 2>&1 | grep ^review'
