# Begun twice by one person, perhaps in the same second, with one policy: two ledgers.
. "$CASES/lib.sh"
begin() { rm -rf "../$1" && git init -q "../$1" && (cd "../$1" && review init --person zhao.lei --policy ../bureau/.review/policy.yaml >/dev/null); }
of() { git -C "../$1" cat-file commit review/ledger; }
begin one && begin two
echo "the same but for the time: $(of one >../a; of two >../b; diff ../a ../b | sed -nE 's/^< ([a-z]+): .*/\1/p' | grep -v time | tr '\n' ' ')"
[ "$(git -C ../one config review.ledger)" != "$(git -C ../two config review.ledger)" ] && echo 'two ids'
cd ../one && review audit | tail -n 1
