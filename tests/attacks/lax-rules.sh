# attack 7: a scan with laxer rules than those in force
# defence: the digest of the rules is in every entry and every scan record; it is the one in force there
. "$CASES/lib.sh"
lax=$(printf 'review-ruleset v1\n' | sha256sum | cut -c1-64)
echo '# an entry under no rules'
refused "$(recorded "rules=$lax")"
echo '# a scan record made under none'
git cat-file blob "$(at 12):$(value 12 scan | cut -d' ' -f1)" | sed "s/^rules: .*/rules: $lax/" >../lax
again="like=$(at 12)"
accepted "$(forged "$again" 'swap=round: 1=>round: 2')"
refused "$(forged "$again" 'swap=round: 1=>round: 2' "swap=scan: $(value 12 scan)=>scan: {../lax}")"
echo '# rules put into force by somebody who does not keep them'
pack=$(git ls-tree "$(at 1)" | head -n 1 | cut -f2)
git cat-file blob "$(at 1):$pack" >../pack.yaml
digest=$(printf 'review-ruleset v1\n%s pack.yaml\n' "$(sha256sum ../pack.yaml | cut -c1-64)" | sha256sum | cut -c1-64)
lines() { printf 'ruleset: %s\npack: {../pack.yaml} pack.yaml\nnote: -\n' "$digest"; }
accepted "$(lines | forged person=zhao.lei type=rules)"
refused "$(lines | forged person=wang.wei type=rules)"
