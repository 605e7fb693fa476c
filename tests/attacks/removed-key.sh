# attack 21: a key that was removed signs once more, dated back
# defence: the policy in force at the entry's position decides, never its date
. "$CASES/lib.sh"
decided "s|\"$(line wang.wei)\", ||"
refused "$(signed_third policy=2 time=1600000000)"
echo '# under the policy that knew the key'
refused "$(signed_third policy=1 time=1600000000)"
echo '# with the key that stayed'
accepted "$(signed_third policy=2 signer=made)"
