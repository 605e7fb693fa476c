# Who looked at one round does not decide on another.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
show "review approve $c --round 1 --opinion ok --person wang.wei | head -n 1"
echo 'with a date' >>drafts/trade/a.md; git add .
show "review submit drafts/trade/a.md --case $c"
for decision in approve return consult refuse; do
	show "review $decision $c --round 1 --opinion ok --person wang.wei"
done
show "review approve $c --round 3 --opinion ok --person wang.wei"
for word in 0 -1 2x '' 99999999999; do
	show "review approve $c --round '$word' --opinion ok --person wang.wei"
done
approved "$c"
show "review release $c --round 1"
show 'ls public'
show "review release $c --round 2"
