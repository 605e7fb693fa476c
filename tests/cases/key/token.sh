# A key on a PKCS#11 token signs through ssh-agent; the token here is made by SoftHSM.
. "$CASES/lib.sh"
module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2>/dev/null | head -n 1)
module=${module:+$(readlink -f "$module")} # ssh-agent looks at where a link leads
if [ -z "$module" ]; then
	echo 'skipped: softhsm2 is not here'
	exit 77
fi
mkdir "$HOME/tokens"
echo "directories.tokendir = $HOME/tokens" >"$HOME/softhsm2.conf"
export SOFTHSM2_CONF="$HOME/softhsm2.conf"
softhsm2-util --init-token --free --label desk --pin 123456 --so-pin 12345678 >/dev/null
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem 2>/dev/null
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out rsa.pem 2>/dev/null
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out short.pem 2>/dev/null
for key in ec rsa short; do
	softhsm2-util --import $key.pem --token desk --label $key --id "$(printf $key | od -An -tx1 | tr -d ' ')" --pin 123456 >/dev/null
done
eval "$(ssh-agent -s -P "$module")" >/dev/null
trap 'kill $SSH_AGENT_PID' EXIT
printf '#!/bin/sh\necho 123456\n' >"$HOME/pin" && chmod +x "$HOME/pin"
SSH_ASKPASS="$HOME/pin" SSH_ASKPASS_REQUIRE=force ssh-add -q -s "$module" 2>/dev/null
rm ec.pem rsa.pem short.pem
print() { ssh-add -L | grep "^$1 " | while read -r line; do echo "$line" | ssh-keygen -lf - | cut -d' ' -f1,2; done | grep "^$2 " | cut -d' ' -f2; }
line() { ssh-add -L | while read -r type blob rest; do
	echo "$type $blob" | ssh-keygen -lf - | grep -q "$1" && echo "$type $blob"
done; }
ec=$(print ecdsa-sha2-nistp256 256) rsa=$(print ssh-rsa 3072) short=$(print ssh-rsa 2048)
show 'review key list | grep agent: | sed "s/.*agent:SHA256:[^ ]*/agent key/" | sort'
show "review key --key agent:$ec"
show "review key --key agent:$short"
sed -i "s|keys: \[\"$(review key show zhao.lei 2>/dev/null)\"|&, \"$(line "$ec")\", \"$(line "$rsa")\"|" .review/policy.yaml
show 'review policy propose | grep key'
show 'review policy endorse --person li.na | tail -n 1'
show "review key --key agent:$ec"
show "review key --key agent:$rsa"
mkdir -p drafts/trade
for key in $ec $rsa; do
	echo "Opening hours, signed with $key" >drafts/trade/$(echo $key | tr -dc a-z).md
	git add drafts && git commit -q -m 'Add a document'
	show "review submit drafts/trade/$(echo $key | tr -dc a-z).md --title 'Opening hours' --key agent:$key" | grep -c '^case'
done
show "review key enroll --key agent:$ec 2>/dev/null >request; review key enroll --verify request | head -n 1"
show 'review audit --kit ../kit && sh ../kit/check.sh'
echo '# the token is pulled out'
SSH_ASKPASS="$HOME/pin" SSH_ASKPASS_REQUIRE=force ssh-add -q -e "$module" 2>/dev/null
show "review key --key agent:$ec"
