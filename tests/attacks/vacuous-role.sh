# attack 28: a threshold of nothing, or a role nobody holds, is met by nobody
# defence: a policy that means nothing is refused when it is read; an empty role denies
. "$CASES/lib.sh"
checked() { sed "$1" .review/policy.yaml >../p.yaml && echo "# $1" && show 'review policy check ../p.yaml'; }
checked 's/threshold: 2/threshold: 0/'
checked 's/threshold: 2/threshold: -1/'
checked 's/threshold: 2/threshold: 4294967296/'
checked 's/threshold: 2/threshold: 4/'
checked 's/root: {people: .*/root: {people: [], threshold: 1}/'
checked 's/root: {people: .*/root: {people: [zhang.min, zhang.min], threshold: 2}/'
checked 's/root: {people: .*/root: {people: [zhang.min, nobody], threshold: 2}/'
checked '/id: initial/s/people: 1/people: 0/'
checked '/^stages:/,/^separation/{/- {id/d}'
checked 's/{stage: initial}/{stage: first}/'
checked 's/may: \[{stage: initial}\]/may: []/'
decided 's/may: \[{stage: initial}\]/may: []/'
show "as wang.wei approve $THREE --opinion 'no objection' 2>&1 | grep ^review"
show "as zhao.lei release $THREE"
