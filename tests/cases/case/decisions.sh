# Every decision, what it does to the case, and the way on.
. "$CASES/lib.sh"
later=2999-01-01
c=$(submitted drafts/trade/a.md)
show "review return $c --opinion 'the date is missing' --person wang.wei"
show "review approve $c --opinion ok --person wang.wei"
echo 'with a date' >>drafts/trade/a.md; git add .
show "review submit drafts/trade/a.md --case $c"
show "review consult $c --opinion 'is the partner content?' --to 'Northgate Ltd' --person wang.wei | tail -n 12"
show "review show $c | grep -A1 deadline"
echo 'we agree' >letter.txt
show "review answer $c --outcome consent --note 'by letter of today' --evidence letter.txt"
show "review answer $c --outcome consent --note again"
show "review refer $c --opinion 'is this a secret?' --to 'secrecy bureau' --person li.na | head -n 3"
show "review answer $c --outcome may-publish --note 'not secret'"
show "review postpone $c --opinion 'after the fair' --until $later --person zhang.min | sed -n '/^blocked/,\$p'"
approved "$c"
show "review inbox"
show "review file $c --register '商备2026-7'"
show "review show $c | sed -n '1,8p'"
c2=$(submitted drafts/trade/b.md Second)
show "review redact $c2 --opinion 'names out' --ground third-party --person wang.wei | tail -n 3"
c3=$(submitted drafts/trade/c.md Third)
show "review refuse $c3 --opinion 'draft of a plan' --ground process --until $later --person wang.wei | tail -n 3"
c4=$(submitted drafts/trade/d.md Fourth)
show "review on-request $c4 --opinion 'for the applicant' --ground internal-affairs --person wang.wei | tail -n 3"
show 'review inbox --person wang.wei'
show "review log $c | sed -E 's/^( *[0-9]+)  [^ ]+/\1  ID/'"
show 'review audit | tail -n 1'
