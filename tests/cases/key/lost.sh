# A key in other hands: what falls is shown first, then declared; nothing is struck from the ledger.
. "$CASES/lib.sh"
print() { ssh-keygen -lf "$HOME/.config/review/keys/$1.pem.pub" | cut -d' ' -f2; }
wang=$(print wang.wei) li=$(print li.na) zhao=$(print zhao.lei)
public=$(submitted drafts/trade/public.md)
approved $public && review release $public >/dev/null
open=$(submitted drafts/trade/open.md)
as wang.wei approve $open --opinion 'no objection' >/dev/null
show 'review key compromise'
show 'review key compromise SHA256:none --since 2'
show "review key compromise '$wang' --since yesterday"
show "review key compromise '$wang' --since 99"
show "review key compromise '$wang' --since 2099-01-01"
show "review key compromise '$wang' --since 2020-01-01"
show "review key compromise '$wang' --since 8"
echo "entries: $(entries)"
echo '# not everybody may say so'
show "review key compromise '$wang' --since 2 --reason 'a stolen bag' --person wang.wei | tail -n 3"
show "review key compromise '$li' --since 2 --reason 'so I am told' | tail -n 3"
echo '# a root person may'
show "review key compromise '$wang' --since 2 --reason 'a stolen bag' --person zhang.min"
show "review key compromise '$wang' --since 2 --reason 'a stolen bag' --person zhang.min 2>&1 | tail -n 1"
show 'review key --person wang.wei'
show "review approve $open --opinion 'no objection' --person wang.wei"
show "review approve $open --opinion 'no objection' --person li.na"
show "review show $open | sed -n '/sign-offs/,\$p'"
show "review show $public | tail -n 3"
show 'review inbox --person li.na'
show 'review policy propose'
show 'review audit --public public | sed "/^remark/d" | tail -n 7'
echo '# wang.wei gets another key; the policy forgets the old one'
mv "$HOME/.config/review/keys/wang.wei.pem" "$HOME/old.pem" && mv "$HOME/.config/review/keys/wang.wei.pem.pub" "$HOME/old.pem.pub"
review key new wang.wei >/dev/null
show 'review key --person wang.wei'
show 'review key enroll --person wang.wei 2>/dev/null >request; review key enroll --verify request | head -n 1'
sed -i "s|$(cut -d' ' -f1,2 "$HOME/old.pem.pub")|$(review key show wang.wei 2>/dev/null)|" .review/policy.yaml
show 'review policy propose | tail -n 4'
show 'review policy endorse --person li.na | tail -n 1'
show 'review key --person wang.wei | tail -n 1'
show "review withdraw $public --reason 'approved by a stolen key' --incident | tail -n 1"
approved $open && show "review release $open | tail -n 1"
show 'review audit --public public | tail -n 1'
echo '# a key that stands behind policy and rules stops every release until both are brought about anew'
mv "$HOME/.config/review/keys/zhao.lei.pem" "$HOME/zhao.pem" && mv "$HOME/.config/review/keys/zhao.lei.pem.pub" "$HOME/zhao.pem.pub"
review key new zhao.lei >/dev/null
sed -i "s|$(cut -d' ' -f1,2 "$HOME/zhao.pem.pub")|$(review key show zhao.lei 2>/dev/null)|" .review/policy.yaml
review policy propose --person li.na >/dev/null && review policy endorse --person zhang.min | tail -n 1
third=$(submitted drafts/trade/third.md)
approved $third
show "review key compromise '$zhao' --since 1 --reason 'found on a web page' --person zhang.min"
show "review release $third"
show 'review audit --public public | sed /^remark/d'
show 'review rules publish | tail -n 1'
show "review release $third | tail -n 1"
show "review withdraw $open --reason 'submitted with a stolen key' | tail -n 1"
show 'review audit --public public | tail -n 1'
show 'review policy history'
