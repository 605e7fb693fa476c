# What an init that was killed left half written is in nobody's way, and no part of the rules.
. "$CASES/lib.sh"
mkdir -p ../half/.review/rules.part && cd ../half && git init -q
echo 'review-rules: 1' >.review/rules.part/allied-classified.yaml.a1b2c3
echo '[core]' >.git/config.review && : >.git/config.review.lock
show 'review init --person zhao.lei --policy ../bureau/.review/policy.yaml' | tail -n 1
echo "packs that are none: $(ls .review/rules | grep -v '\.yaml$')"
find .review .git -name '*part' -o -name 'config.*'
review rules check >/dev/null && echo 'the rules are read'
