# attack 26: one person is counted twice: an endorsement or an approval again, with another key
# defence: persons are counted, never entries or keys
. "$CASES/lib.sh"
sed -i 's/^deadline: .*/deadline: {working-days: 15, from: formed, calendar: cn}/' .review/policy.yaml
as li.na policy propose | tail -n 1
TIP=$(git rev-parse review/ledger)
proposal=$(name_of "$TIP")
endorse() { printf 'number: 2\nproposal: %s\nnote: -\n' "$proposal" | forged type=policy-endorse "$@"; }
refused "$(endorse person=li.na)"
refused "$(endorse person=li.na signer=li.na-spare)"
accepted "$(endorse person=zhang.min)"
echo '# a stage that wants two persons'
planted "$(endorse person=zhang.min)"
TIP=$(git rev-parse review/ledger)
decided '/id: section-head/s/people: 1/people: 2/; s/may: \[{stage: initial}\]/may: [{stage: initial}, {stage: section-head}]/'
as wang.wei approve "$THREE" --opinion 'no objection' >/dev/null
as li.na approve "$THREE" --opinion 'no objection' >/dev/null
show 'review approve "$THREE" --opinion again --person li.na --key "agent:$(fingerprint li.na-spare)"'
TIP=$(git rev-parse review/ledger)
planted "$(forged "like=$TIP" person=li.na signer=li.na-spare)"
echo "entries: $(git rev-list --count review/ledger), the last two by $(git log -2 --format=%an review/ledger | tr '\n' ' ')"
show "review show $THREE | sed -n '/^blocked/,\$p'"
