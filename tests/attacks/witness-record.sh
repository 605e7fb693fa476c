# attack 70: a document, a branch or a forged checkpoint is pushed as the record of a witness, where nothing is scanned
# defence: under a witness's name a server takes records in their one form, of this ledger, signed by the key the policy has, and only forward
. "$CASES/lib.sh"
ssh-keygen -q -t ed25519 -N '' -f ../tower
decided "/^registrars:/a freshness: {max-age-hours: 24, quorum: 1, witnesses: {tower: \"$(cut -d' ' -f1,2 ../tower.pub)\"}}"
git checkout -q -b secret && echo '绝密★10年' >drafts/trade/z.md && git add drafts && git commit -q --no-verify -m Document
secret=$(git rev-parse secret) && git checkout -q main
pushed "$secret:refs/review/witness/anybody"
pushed review/ledger
pushed "$secret:refs/review/witness/tower"
echo '# a record, by another key than the witness has; with more to say; of another witness'
as zhao.lei witness guard >/dev/null 2>&1
guard=$(git rev-parse refs/review/witness/guard)
pushed "$(altered "$guard" 's/^witness: guard/witness: tower/'):refs/review/witness/tower"
pushed "$(altered "$guard" 's/^witness: guard/&\n绝密★10年/'):refs/review/witness/guard"
pushed "$guard:refs/review/witness/watch"
echo '# one that is right; not taken back, not gone on from by anything else'
witness() { review witness tower --key "agent:$(ssh-keygen -lf ../tower.pub | cut -d' ' -f2)" >/dev/null; }
ssh-add -q ../tower
witness && first=$(git rev-parse refs/review/witness/tower) && witness
pushed refs/review/witness/tower
pushed "+$first:refs/review/witness/tower"
pushed ":refs/review/witness/tower"
pushed "$(echo more | git commit-tree -p refs/review/witness/tower 'main^{tree}'):refs/review/witness/tower"
git -C ../server.git for-each-ref --format='%(refname)' refs/review/witness
