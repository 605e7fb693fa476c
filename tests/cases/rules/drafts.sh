# Complaints about rules point at the place, and nothing comes into force without its examples.
. "$CASES/lib.sh"
show 'review rules test'
show 'review rules list | tail -n 3'
show 'review rules explain cn-secret-mark | head -n 8'
show 'review rules explain cn-secret-mrk'
sed -i 's/ground: state-secret/grond: state-secret/' .review/rules/cn-classified.yaml
show 'review rules check'
git checkout -q .review
sed -i "s/pattern: '(?:TS|S|C)/pattern: '(?:TS|S|C/" .review/rules/us-classified.yaml
sed -i "s/pattern: '\\\\((?:TS|S|C)/pattern: '((?:TS|S|C)/" .review/rules/us-classified.yaml
show 'review rules check'
git checkout -q .review
sed -i "0,/match: \['机 密/s//match: ['公开', '机 密/" .review/rules/cn-classified.yaml
show 'review rules test'
show 'review rules publish'
git checkout -q .review
printf 'words\xff\n' >.review/rules/list.txt
show 'review rules check'
rm .review/rules/list.txt
sed -i 's/min-count: 5/min-count: 3/' .review/rules/personal-information.yaml
show 'review rules publish --person wang.wei'
show 'review rules publish --note "three numbers are a list"'
show 'review rules publish'
show 'review audit | tail -n 1'
