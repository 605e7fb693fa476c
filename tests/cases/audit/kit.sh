# What stock git, ssh-keygen and sha256sum can say of the same ledger.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
approved "$c" && review release "$c" >/dev/null
show 'review audit --kit ../kit'
show 'review audit --kit ../kit'
show 'sh ../kit/check.sh public'
git -c gpg.ssh.allowedSignersFile=../kit/allowed_signers log --format='%G?' review/ledger | sort | uniq -c
git fsck --strict 2>&1 | grep -v dangling
show 'sh ../kit/check.sh nowhere'
cp -R public ../other && echo unreviewed >../other/b.md
show 'sh ../kit/check.sh ../other'
sum=$(sha256sum <../other/b.md | cut -d' ' -f1) entry=$(sed -n 's/.* \([0-9a-f]*\) trade.*/\1/p' public/RELEASES)
sed -i "s|^\(.* trade/a.md\)|\1\n$sum 11 6 $entry b.md|" ../other/RELEASES
show 'sh ../kit/check.sh ../other'
sed -i "/b.md/d; s/^ledger: .*/ledger: $sum/" ../other/RELEASES && rm ../other/b.md
show 'sh ../kit/check.sh ../other'
rm ../other/RELEASES
show 'sh ../kit/check.sh ../other'
echo x >>public/trade/a.md
show 'sh ../kit/check.sh public'
bad=$(git cat-file commit review/ledger | sed 's/^round: 1/round: 2/' | git hash-object -t commit -w --stdin)
git update-ref refs/heads/review/ledger "$bad"
show 'sh ../kit/check.sh'
show 'review audit --format json | jq -c "[.answer, .problems[0].where]" | sed -E "s/\([0-9a-f]+\)/(ID)/"'
