# A policy that asks how fresh the ledger is, and no witnesses: having heard from the remote is enough.
. "$CASES/lib.sh"
git init -q --bare ../server.git && git remote add origin ../server.git
sed -i '/^registrars:/a freshness: {max-age-hours: 24}' .review/policy.yaml
review policy propose --yes >/dev/null; review policy endorse --person zhang.min --yes | tail -n 1
c=$(submitted drafts/trade/a.md); approved "$c"
show "review release $c --yes"
review sync | cut -d';' -f1
heard=$(echo "$HOME"/.state/review/*/heard); now=$(cat "$heard")
echo $((now - 90000)) >"$heard"; show "review release $c --yes"
echo $((now + 90000)) >"$heard"; show "review release $c --yes"
echo yesterday >"$heard"; show "review release $c --yes | sed 's#error: .*heard#error: HEARD#'"
echo "$now" >"$heard"; show "review release $c --yes"
git cat-file commit review/ledger~1 | grep '^freshness'
echo '# a policy says who, how many, how long; nothing else'
bad() { sed -i "s#^freshness: .*#freshness: $1#" .review/policy.yaml; show 'review policy check .review/policy.yaml'; }
bad '{quorum: 1}'
bad '{max-age-hours: 0}'
bad '{max-age-hours: 24, quorum: 1}'
bad '{max-age-hours: 24, witnesses: {vault: "ssh-ed25519 AAAA"}}'
bad '{max-age-hours: 24, since: 2026}'
k=$(review key show li.na 2>/dev/null)
bad "{max-age-hours: 24, quorum: 1, witnesses: {a: \"$k\", b: \"$k\"}}" | cut -c1-200
