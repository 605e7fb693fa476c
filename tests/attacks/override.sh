# attack 55: an administrator's way around, unseen
# defence: there is none: a type of entry nobody knows stops the ledger; taking down in need is an entry like others
. "$CASES/lib.sh"
refused "$(recorded type=override)"
refused "$(recorded type=checkpoint)"
echo '# an incident'
show "as zhao.lei withdraw $ONE --reason 'a phone number in it' --incident --ground third-party"
review audit | grep -E '^(cases|remark)' | head -n 1
