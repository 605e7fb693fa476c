# office.sh - the office every case starts from, made once a run: keys cost time.
set -eu
export XDG_CONFIG_HOME="$OFFICE/config"
mkdir -p "$XDG_CONFIG_HOME"
echo 'correct horse battery' >"$XDG_CONFIG_HOME/passphrase"
export REVIEW_PASSPHRASE_FILE="$XDG_CONFIG_HOME/passphrase"
cp "$SOURCE/samples/policy.yaml" "$OFFICE/policy.yaml"
for person in zhao.lei wang.wei li.na zhang.min; do
	review key new $person
	sed -i "s|KEY-OF-$person|$(review key show $person 2>/dev/null)|" "$OFFICE/policy.yaml"
done
git init -q "$OFFICE/bureau"
cd "$OFFICE/bureau"
git config review.person zhao.lei
review init --policy ../policy.yaml
# every day is known whatever the day, so that no expected output depends on it
mkdir .review/calendar
printf 'review-calendar: 1\ncalendar: cn\n' >.review/calendar/cn.yaml
git add .review
git commit -q -m 'Start the review ledger'
