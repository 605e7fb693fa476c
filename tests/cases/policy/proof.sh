# Where the policy wants it, a new key comes with what its owner signed with it; nobody else can write it in.
. "$CASES/lib.sh"
sed -i '/^registrars:/a keys: {proof: true}' .review/policy.yaml
review policy propose --yes >/dev/null; review policy endorse --person zhang.min --yes | tail -n 1
review key new chen.jie >/dev/null 2>&1
review key enroll --person chen.jie >../request 2>/dev/null
key=$(review key show chen.jie 2>/dev/null)
sed -i "/^people:/a\\  chen.jie: {name: 陈洁, keys: [\"$key\"], may: [{submit: [trade]}]}" .review/policy.yaml
propose() { show "review policy propose --yes $* 2>&1 | sed -nE 's#SHA256:[A-Za-z0-9+/]*#KEY#; /^(review|policy 3)/p'"; }
echo '# nothing to show'; propose
echo '# of another ledger, of another person, with a word more'
sed "2s/.*/ledger: $(printf '%064d' 0)/" ../request >../other; propose --proof ../other
sed 's/^person: .*/person: li.na/' ../request >../other; propose --proof ../other
sed '3s/$/x/' ../request >../other; propose --proof ../other
echo '# given for another ledger of the same people, with the same key'
git init -q ../twin && (cd ../twin && review init --person zhao.lei --policy "$OFFICE/policy.yaml" >/dev/null && review key enroll --person chen.jie >../twin.request 2>/dev/null)
(cd ../twin && review key enroll --verify ../twin.request | sed -E 's#SHA256:[A-Za-z0-9+/]*#KEY#' | head -n 1)
propose --proof ../twin.request; show 'review key enroll --verify ../twin.request'
echo '# of a key that is not new'
review key enroll >../old 2>/dev/null; propose --proof ../request --proof ../old
echo '# as it should be'
propose --proof ../request
review policy endorse --person zhang.min --yes | tail -n 1
git cat-file commit review/ledger~1 | sed -nE 's/^(proof: )[0-9a-f]{64}/\1DIGEST/p'
review audit | grep '^audit'
