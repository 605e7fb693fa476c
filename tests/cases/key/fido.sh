# A security key is touched for every signature, and gives a PIN where the policy says so.  This one is
# made of software, so that it can also be one that nobody touched.
. "$CASES/lib.sh"
openssl genpkey -algorithm ed25519 -out "$HOME/sk.pem" 2>/dev/null
echo 1 >"$HOME/flags"
python3 "$CASES/key/soft_agent.py" "$HOME/agent.sock" "$HOME/sk.pem" "$HOME/flags" >"$HOME/sk.pub" &
trap "kill $!" EXIT
until [ -s "$HOME/sk.pub" ]; do sleep 0.05; done
export SSH_AUTH_SOCK="$HOME/agent.sock"
print=$(review key list | sed -n 's/^security key *agent://p')
git config review.key "agent:$print"
show 'review key'
show 'review key enroll 2>/dev/null >request; review key enroll --verify request | head -n 1'
cp .review/policy.yaml old.yaml
sed -i "s|keys: \[\"$(review key show zhao.lei 2>/dev/null)\"\]|keys: [\"$(cat "$HOME/sk.pub")\"]|" .review/policy.yaml
show 'review policy propose --person li.na | grep key'
show 'review policy endorse --person zhang.min | tail -n 1'
show 'review key'
mkdir -p drafts/trade && echo 'Open day on Friday.' >drafts/trade/day.md && git add drafts
show "review submit drafts/trade/day.md --title 'Open day' | grep ^case"
echo '# nobody touched it'
echo 0 >"$HOME/flags"
echo 'Open day on Monday.' >drafts/trade/monday.md && git add drafts
show "review submit drafts/trade/monday.md --title 'Open day' | grep ^case"
echo '# the policy wants a PIN'
sed -i 's/^people:/keys: {pin: true}\npeople:/' .review/policy.yaml
show 'review policy propose --person li.na | grep keys:'
show 'review policy endorse --person zhang.min | tail -n 1'
show 'review key | tail -n 2'
echo 1 >"$HOME/flags"
show "review submit drafts/trade/monday.md --title 'Open day' | grep ^case"
echo 5 >"$HOME/flags"
show "review submit drafts/trade/monday.md --title 'Open day' | grep ^case"
show 'review audit --kit ../kit && sh ../kit/check.sh'
