# attack 26: the ways in which other programs counted one key or one person as several
# defence: keys are compared as keys, not as text; persons are counted over the whole round
. "$CASES/lib.sh"
key=$(line wang.wei)
checked() { echo "# $1" && sed "$2" .review/policy.yaml >../p.yaml && show 'review policy check ../p.yaml'; }
checked 'the same key under two persons' "s|\"$(line zhang.min)\"|\"$key\"|"
checked 'the same key with another comment' "s|\"$(line zhang.min)\"|\"$key wang@desk\"|"
checked 'the same key twice under one person' "s|\"$key\", |\"$key\", \"$key\", |"
checked 'the same bytes in other base64' "s|\"$(line zhang.min)\"|\"$key====\"|"
checked 'a key with bytes behind it' "s|\"$(line zhang.min)\"|\"${key}AAAA\"|"
echo '# the fingerprint of another key, supplied by the message'
refused "$(recorded "key=$(fingerprint li.na)")"
echo '# the very same approval once more'
planted "$(signed_third)"
TIP=$(git rev-parse review/ledger)
refused "$(altered "$TIP" "s/^parent .*/parent $TIP/")"
echo '# removed, and back with a new key: he is still one person'
decided -e '/id: initial/s/people: 1/people: 2/' -e 's/{submit: \[trade, office\]}\]/{submit: [trade, office]}, {stage: initial}]/' \
	-e "s|\"$key\", ||" -e 's/may: \[{stage: initial}\]/may: []/'
decided -e "s|\"$(line made)\"|\"$(line stranger)\"|" -e '/wang.wei:/,/may:/s/may: \[\]/may: [{stage: initial}]/'
planted "$(signed_third policy=3 signer=stranger)"
show "review show $THREE | sed -n '/^blocked/,\$p'"
