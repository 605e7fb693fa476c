# The manual pages: well formed, complete, and their examples do what they say.
. "$CASES/lib.sh"
manual() { python3 -B "$CASES/help/manual.py" "$@"; }
docs=$SOURCE/docs

for page in "$docs"/review.1 "$docs"/review-*.5; do
	command -v mandoc >/dev/null 2>&1 && mandoc -T lint -W warning "$page"
	command -v man >/dev/null 2>&1 && man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null
done
manual table "$docs/review.1"
manual keys "$docs/review-policy.5" "$SOURCE"/src/policy/parse*.c
manual options "$SOURCE"/README.md "$SOURCE"/samples/README.md "$SOURCE"/examples/README.md "$SOURCE"/examples/*/*.yml "$SOURCE"/examples/*.y*ml "$docs"/*.md "$docs"/*.[15] "$SOURCE"/samples/policies/*.yaml \
	"$SOURCE"/samples/policy.yaml

# every page's example files, then its commands as typed
examples() {
	echo "== $1"
	manual examples "$docs/$1" . >commands
	sed -i "s/2026-\(00[0-9]*\)/$(TZ=UTC-8 date +%Y)-\1/g" commands
	while read -r line; do
		show "$line"
	done <commands
}
mkdir -p drafts/trade archive
printf 'Opening hours of the service window: 9 to 17.\n' >drafts/trade/notice.md
printf 'front desk,13800138000\n' >drafts/trade/contacts.csv
printf 'Meter 700000000005: the cost of Project Lapwing\n' >drafts/trade/old.md
cp drafts/trade/notice.md archive
examples review.1
examples review-ledger.5
examples review-policy.5
examples review-rules.5
