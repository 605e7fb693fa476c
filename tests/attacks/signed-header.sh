# attack 37: an insider signs headers that readers understand differently
# defence: the same list of headers; author and committer are one line, twice
. "$CASES/lib.sh"
who="wang.wei <wang.wei@review.invalid> 1795415400 +0000"
refused "$(recorded 'header=encoding latin-1')"
refused "$(recorded "header=mergetag object $(git rev-parse review/ledger)")"
refused "$(recorded "header=committer $who")"
refused "$(recorded 'header=reviewed-by li.na')"
refused "$(recorded "author=$who
author li.na <li.na@review.invalid> 1795415400 +0000")"
