# A second machine remembers: checkpoints, witnesses, and releases that ask how fresh the ledger is.
. "$CASES/lib.sh"
plain() { sed -E 's#^[A-Za-z0-9+/]{43}=$#HASH#; s#^(— [a-z.]+) .*#\1 SIGNATURE#'; }
review key new vault >/dev/null 2>&1
review key new other >/dev/null 2>&1
show 'review checkpoint' | plain
show 'review witness vault' | plain
sed -i '/^registrars:/a freshness: {max-age-hours: 24, quorum: 1, witnesses: {vault: "'"$(review key show vault 2>/dev/null)"'"}}' .review/policy.yaml
review policy propose --yes >/dev/null; review policy endorse --person zhang.min --yes | tail -n 1
c=$(submitted drafts/trade/a.md); approved "$c"
echo '# the witness last saw entry 1: that is recent, and in this ledger'
show "review release $c --yes"
show "git cat-file commit review/ledger~1 | grep '^freshness'"
echo '# nothing of the witness here'
d=$(submitted drafts/trade/b.md 'Second'); approved "$d"
git update-ref refs/keep refs/review/witness/vault; git update-ref -d refs/review/witness/vault
show "review release $d --yes"
show "review release $d --offline --yes"
show 'review audit | grep -E "^remark.*(newest|checkpoint)|^audit"'
git update-ref refs/review/witness/vault refs/keep
echo '# the witness signs what goes on, from a file too'
review checkpoint >note; show 'review witness vault note' | plain
show 'review witness vault note | tail -n 3 | cut -d" " -f1-2'
e=$(submitted drafts/trade/c.md 'Third')
show 'review witness vault >/dev/null && review witness vault note'
show 'review witness other | tail -n 1 | cut -d" " -f1-2'
echo '# a key that is not the witness'"'"'s, a note that is none'
show "review witness vault --key $HOME/.config/review/keys/other.pem"
sed '2s/.*/3/' note >bad; show 'review witness vault bad'
sed '/^.*zhao.lei /d' note >bad; show 'review witness vault bad'
echo text >bad; show 'review witness vault bad'
sed '2s/.*/99/' note >bad; show 'review witness vault bad'
sed '1s/[0-9a-f]*$/'"$(printf '%064d' 0)"'/' note >bad; show 'review witness vault bad'
echo '# the ledger cut behind the back of this machine: the witness knows'
rm note bad; f=$(git rev-parse review/ledger)
git update-ref refs/heads/review/ledger review/ledger~1
rm -r "$HOME/.state"
show "review release $d"
show 'review audit | sed -n "/^VIOLATION/,/so:/p"'
show 'review witness vault'
echo '# and another end in its place'
review file "$c" --register 'B-1' >/dev/null
show 'review audit | sed -n "/^VIOLATION/,/so:/p"'
show 'review witness vault'
echo '# public files remember too'
git update-ref refs/heads/review/ledger "$f~8"; rm -r "$HOME/.state"
show 'review audit | sed -n "/RELEASES/,/so:/p"'
