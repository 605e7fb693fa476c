# The first steps of README.md, word for word, by somebody who has nothing yet.
mkdir fresh && cd fresh && git init -q . || exit 1
echo 'correct horse battery' >../passphrase
export REVIEW_PASSPHRASE_FILE="$PWD/../passphrase"
show() {
	printf '$ %s\n' "$*"
	sh -c "$*" 2>&1 || echo "(exit status $?)"
}
sed -n '/^In a git repository of yours:/,/^Write the ledger id down/p' "$SOURCE/README.md" | grep '^review\|^git' |
	sed 's/ *#.*//' >../steps
[ "$(wc -l <../steps)" = 3 ] || echo 'these are other steps than before'
while read -r step; do
	show "$step" | sed "s#$HOME#HOME#g"
done <../steps
git add .review && git commit -q -m 'Start the review ledger'

# "Then let colleagues make keys, put them into .review/policy.yaml, and propose it"
show 'review key new wang.wei | head -n 1' | sed "s#$HOME#HOME#g"
sed -i "s|^people:|people:\n  wang.wei: {name: 王伟, keys: [\"$(review key show wang.wei 2>/dev/null)\"], may: [{stage: initial}]}|" .review/policy.yaml
show 'review policy check'
show 'review policy propose'
show 'review scan .review/policy.yaml | tail -n 1'
show 'review inbox'
show 'review audit | tail -n 1'
