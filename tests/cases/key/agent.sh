# A key in ssh-agent signs too, by its fingerprint; git and ssh-keygen accept all of it.
. "$CASES/lib.sh"
ssh-keygen -q -t ecdsa -b 256 -N '' -C agent -f "$HOME/ec"
eval "$(ssh-agent -s)" >/dev/null
trap 'kill $SSH_AGENT_PID' EXIT
ssh-add -q "$HOME/ec"
print=$(ssh-keygen -lf "$HOME/ec.pub" | cut -d' ' -f2)
new=$(cut -d' ' -f1,2 "$HOME/ec.pub")
awk -v key="$new" '/zhao.lei:$/ { here = 1 } here && /keys: \[/ { sub(/\]/, ", \"" key "\"]"); here = 0 } { print }' \
	.review/policy.yaml >p && mv p .review/policy.yaml
show 'review policy propose | tail -n 1'
show 'review policy endorse --person li.na | tail -n 1'
case1=$(review submit 2>/dev/null; mkdir -p drafts/trade; echo 'Open day on Friday.' >drafts/trade/day.md; git add drafts; review submit drafts/trade/day.md --title 'Open day' --key "agent:$print" | sed -n 's/^case \([0-9-]*\),.*/\1/p')
echo "submitted with the agent: $case1"
show "review audit --kit ../kit && sh ../kit/check.sh"
git -c gpg.ssh.allowedSignersFile=../kit/allowed_signers log --format=%G? review/ledger | sort | uniq -c
