# office.sh - the office every attack starts from, made once a run.
#
# Its people sign with OpenSSH keys in an agent, so that an attacker in these cases is what one would
# be: stock git, ssh-keygen, and a colleague's or an own key.  Twelve entries: case 1 is released,
# case 2 approved, case 3 submitted.  Beside it a server with the hook, and another office's ledger
# by the same people.
set -eu
. "$CASES/people.sh"
export XDG_STATE_HOME="$OFFICE/state"
mkdir -p "$KEYS"
for name in zhao.lei wang.wei li.na zhang.min li.na-spare stranger; do
	ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$KEYS/$name"
done
python3 "$CASES/forge.py" key made >/dev/null
python3 "$CASES/forge.py" key token sk >/dev/null
cp "$SOURCE/samples/policy.yaml" "$OFFICE/policy.yaml"
sed -i -e "s|\"KEY-OF-li.na\"|\"$(line li.na)\", \"$(line li.na-spare)\"|" \
	-e "s|\"KEY-OF-wang.wei\"|\"$(line wang.wei)\", \"$(line made)\"|" \
	-e "s|\"KEY-OF-zhang.min\"|\"$(line zhang.min)\", \"$(line token)\"|" \
	-e "s|KEY-OF-zhao.lei|$(line zhao.lei)|" "$OFFICE/policy.yaml"

git init -q "$OFFICE/other"
cd "$OFFICE/other"
as zhao.lei init --policy ../policy.yaml
git add .review && git commit -q -m 'Start the review ledger'
submitted drafts/trade/c.md

git init -q "$OFFICE/bureau"
cd "$OFFICE/bureau"
git config review.person zhao.lei
git config review.key "agent:$(fingerprint zhao.lei)"
as zhao.lei init --policy ../policy.yaml
mkdir .review/calendar # every day known, so that no expected output depends on today
printf 'review-calendar: 1\ncalendar: cn\n' >.review/calendar/cn.yaml
git add .review && git commit -q -m 'Start the review ledger'
submitted drafts/trade/a.md
approved 2026-0001
as zhao.lei release 2026-0001
git add public && git commit -q -m 'Publish'
submitted drafts/trade/b.md
approved 2026-0002
submitted drafts/trade/c.md

git init -q --bare "$OFFICE/server.git"
git -C "$OFFICE/server.git" config receive.denyDeletes false
(cd "$OFFICE/server.git" && review hook install)
git remote add origin ../server.git
git push -q origin main review/ledger 'refs/review/documents/*'

# seq, commit and entry id of every entry
git rev-list --reverse review/ledger | while read -r commit; do
	echo "$commit $({ printf 'commit %s\0' "$(git cat-file -s "$commit")"; git cat-file commit "$commit"; } | sha256sum)"
done | awk '{ print NR, $1, $2 }' >"$OFFICE/entries"
