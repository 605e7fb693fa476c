# Keys: weak ones and open ones are refused, whoever holds them.
. "$CASES/lib.sh"
show 'review key list'
show 'review key show wang.wei'
show 'review key show nobody'
show 'review key new zhao.lei'
show 'review key new "../evil"'
show 'review key'
echo short >short
show 'REVIEW_PASSPHRASE_FILE=short review key new sun.li'
show 'review key new sun.li | sed "s#$HOME#HOME#" | tail -n 2'
chmod 644 "$HOME/.config/review/keys/zhao.lei.pem"
show 'review rules publish' | sed "s#$HOME#HOME#"
sed -i 's/min-count: 5/min-count: 4/' .review/rules/personal-information.yaml
show 'review rules publish' | sed "s#$HOME#HOME#g"
chmod 600 "$HOME/.config/review/keys/zhao.lei.pem"
echo 'wrong passphrase' >wrong
show 'REVIEW_PASSPHRASE_FILE=wrong review rules publish' | sed "s#$HOME#HOME#g"
openssl genpkey -algorithm ed25519 -aes-256-cbc -pass pass:correct -out weak.pem 2>/dev/null && chmod 600 weak.pem
show 'review rules publish --key weak.pem'
openssl genpkey -algorithm ed25519 -out plain.pem && chmod 600 plain.pem
show 'review rules publish --key plain.pem'
ln -s "$HOME/.config/review/keys/zhao.lei.pem" link.pem
show 'review rules publish --key link.pem'
show 'review rules publish --key "$HOME/.config/review/keys/wang.wei.pem"' | sed "s#$HOME#HOME#g"
show 'review rules publish --key agent:SHA256:none'
echo "entries: $(entries)"
show 'review key enroll --person sun.li 2>/dev/null > request; tail -n 1 request'
show 'review key enroll --verify request | head -n 1'
sed -i 's/person: sun.li/person: li.na/' request
show 'review key enroll --verify request'
