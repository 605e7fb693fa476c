# attack 16: a server stops showing new entries (freeze)
# defence: where the policy says so, a release wants a remote heard within some hours, or witnesses who signed within them; else the ledger records that nobody could say
. "$CASES/lib.sh"
decided '/^registrars:/a freshness: {max-age-hours: 24}'
echo '# the server cannot be reached'
mv ../server.git ../away.git
show 'as zhao.lei sync 2>&1 | grep -c "^review: error"'
show "as zhao.lei release $TWO --yes"
echo '# it answers, with what it had yesterday, and holds back what a witness signs'
mv ../away.git ../server.git
ssh-keygen -q -t ed25519 -N '' -C vault -f ../vault
decided "s|^freshness: .*|freshness: {max-age-hours: 24, quorum: 1, witnesses: {vault: \"$(cut -d' ' -f1,2 ../vault.pub)\"}}|"
as zhao.lei sync | cut -d';' -f1
show "as zhao.lei release $TWO --yes"
echo '# what must be released all the same is told apart for ever'
show "as zhao.lei release $TWO --yes --offline | head -n 1"
review audit | grep -E '^(remark.*newest|audit)'
