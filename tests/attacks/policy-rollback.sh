# attack 27: the policy is rolled back to an older one that was validly signed
# defence: a policy's number is one more than the one in force; an endorsement names one open proposal
. "$CASES/lib.sh"
cp .review/policy.yaml ../old.yaml
decided 's/^deadline: .*/deadline: {working-days: 15, from: formed, calendar: cn}/'
propose() { printf 'number: %s\npolicy-body: {../old.yaml}\nnote: -\n' "$1" | forged person=zhang.min type=policy-propose policy=2; }
refused "$(propose 1)"
refused "$(propose 2)"
refused "$(propose 4)"
accepted "$(propose 3)"
echo '# the endorsement of the proposal that is closed, once more'
refused "$(forged like=review/ledger person=li.na policy=2)"
echo '# the old proposal itself'
refused "$(altered review/ledger~1 "s/^parent .*/parent $TIP/")"
echo '# an entry under the old policy'
refused "$(signed_third policy=1)"
