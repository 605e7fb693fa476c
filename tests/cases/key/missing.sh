# Somebody cannot sign: what is missing, and what to do about it, in two sentences; before and when it is wanted.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
home() { sed "s#$HOME#HOME#g"; }
echo '# no key on this desk'
rm "$HOME/.config/review/keys"/wang.wei.pem*
show 'review key --person wang.wei' | home
show "review approve $c --person wang.wei --opinion ok --yes" | home
echo '# a person nobody knows, with a name that is nearly right'
show "review approve $c --person wang.we --opinion ok --yes" | home
echo '# a key, but a person who is not in the policy'
review key new sun.li >/dev/null 2>&1
show 'review key --person sun.li' | home
echo '# a key that the policy does not name'
review key new wang.wei >/dev/null 2>&1
show 'review key --person wang.wei' | home
echo "# a colleague's key"
show 'review key --person wang.wei --key "$HOME/.config/review/keys/li.na.pem"' | home
echo '# no agent; an agent without the key'
show 'review key --person wang.wei --key agent:SHA256:none'
eval "$(ssh-agent)" >/dev/null && trap 'kill "$SSH_AGENT_PID"' EXIT
show 'review key --person wang.wei --key agent:SHA256:none'
echo "entries: $(entries)"
