# attack 1: an entry is forged by somebody without a key of the office
# defence: the signature is by a key that the policy in force gives to the person
. "$CASES/lib.sh"
accepted "$(signed_third)"
echo '# a stranger signs in the name of an officer'
refused "$(signed_third signer=stranger)"
echo "# and says that it was the officer's key"
refused "$(signed_third signer=stranger "key=$(fingerprint wang.wei)")"
echo '# nobody signs'
refused "$(altered "$(signed_third)" '/^gpgsig /,/END SSH/d')"
