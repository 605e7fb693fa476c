# What stock git, ssh-keygen and sha256sum can say of the same ledger.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
approved "$c" && review release "$c" >/dev/null
show 'review audit --kit ../kit'
show 'review audit --kit ../kit'
show 'sh ../kit/check.sh public'
git -c gpg.ssh.allowedSignersFile=../kit/allowed_signers log --format='%G?' review/ledger | sort | uniq -c
git fsck --strict 2>&1 | grep -v dangling
echo x >>public/trade/a.md
show 'sh ../kit/check.sh public'
bad=$(git cat-file commit review/ledger | sed 's/^round: 1/round: 2/' | git hash-object -t commit -w --stdin)
git update-ref refs/heads/review/ledger "$bad"
show 'sh ../kit/check.sh'
show 'review audit --format json | jq -c "[.answer, .problems[0].where]" | sed -E "s/\([0-9a-f]+\)/(ID)/"'
