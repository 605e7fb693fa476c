# A ledger begins once, with a policy that can be read and a key that is there.
. "$CASES/lib.sh"
show 'review init'
cd .. && mkdir empty && cd empty
show 'review init --person zhao.lei'
git init -q .
show 'review init'
show 'review init --person Zhao'
show 'review init --person nobody'
printf 'review-policy: 1\noffice: {en: X}\nstagse: []\n' >p.yaml
show 'review init --person zhao.lei --policy p.yaml'
head -c 300 ../bureau/.review/policy.yaml >p.yaml
show 'review init --person zhao.lei --policy p.yaml'
printf '\000\001binary' >p.yaml
show 'review init --person zhao.lei --policy p.yaml'
show 'review init --person zhao.lei --policy missing.yaml'
ls -A
show 'review init --person zhao.lei --name 赵磊 --office "Trade Office" --hooks | grep -v "^  "'
ls -A .review .review/rules
show 'review policy show'
show 'review audit | tail -n 1'
cd .. && git init -q --bare bare.git && cd bare.git
show 'review init --person zhao.lei'
