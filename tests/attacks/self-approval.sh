# attack 24: the submitter signs his own matter
# defence: the submitter is no signer, whatever duties he has, unless the policy says so
. "$CASES/lib.sh"
decided 's/{submit: \[trade, office\]}\]/{submit: [trade, office]}, {stage: initial}]/'
show "as zhao.lei approve $THREE --opinion 'no objection' 2>&1 | grep ^review"
refused "$(signed_third person=zhao.lei policy=2)"
accepted "$(signed_third policy=2)"
