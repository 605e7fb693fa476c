# Without a network: a file carried by hand, both ways.
. "$CASES/lib.sh"
a=$(submitted drafts/trade/a.md 'Carried')
show 'review sync --bundle ../out.bundle'
git bundle verify -q ../out.bundle && git bundle list-heads ../out.bundle | cut -d' ' -f2
git init -q ../far && cd ../far && export XDG_STATE_HOME="$HOME/.state-far"
show 'review sync --from ../out.bundle'
git cat-file blob "refs/review/documents/$a/1:drafts/trade/a.md"
as wang.wei approve "$a" --opinion 'no objection' >/dev/null
show 'review sync --bundle ../back.bundle'
cd ../bureau && export XDG_STATE_HOME="$HOME/.state"
b=$(submitted drafts/trade/b.md 'Meanwhile')
show 'review sync --from ../back.bundle --yes'
show 'review sync --from ../out.bundle'
show 'review audit | tail -n 1'
echo '# what is no bundle, or not there'
echo nothing >../bad; show 'review sync --from ../bad'
show 'review sync --from ../missing'
show 'review sync --bundle ../no/such/place'
show 'review sync origin --from ../bad'
