# What the inbox says a case waits for, and for whom: not for somebody whose approval would not count.
. "$CASES/lib.sh"
approved "$(submitted drafts/trade/a.md 'Approved')"
echo '# another ruleset' >>.review/rules/cn-classified.yaml
review rules publish --yes >/dev/null
echo hours >drafts/trade/b.md
git add drafts && git commit -q -m 'On request' && review submit drafts/trade/b.md --title 'On request' --attribute on-request >/dev/null
approved "$(review inbox | sed -n 's/^  \([0-9-]*\) .* On request:.*/\1/p')"
show 'review inbox'
show "review release $(TZ=UTC-8 date +%Y)-0001 | head -n 1"
today=$(TZ=UTC-8 date +%F)
sed -i "s/may: \[{stage: section-head}\]/may: [{stage: section-head}, {acting: deputy-director, from: $today, until: $today}]/" .review/policy.yaml
review policy propose --yes >/dev/null; review policy endorse --person zhang.min | tail -n 1
show "review policy show | grep -e '^submit' -e '^3'"
sed -i "s/from: $today, until: $today/from: 2090-01-01, until: 2090-01-31/; s/{stage: initial}/{stage: initial, section: trade}/" .review/policy.yaml
show "review policy propose --yes | grep '^[13]'"
c=$(submitted drafts/trade/c.md 'Acting')
as wang.wei approve "$c" --opinion ok >/dev/null; as li.na approve "$c" --opinion ok >/dev/null
show 'review inbox --person li.na | grep Acting'
show 'review inbox --person zhang.min | grep Acting'
show "review approve $c --opinion ok --person li.na"
show "review approve $c --opinion ok --person zhao.lei"
git add -A; git commit -qm d
show 'review submit drafts/trade/c.md --title mine --person wang.wei'
review key compromise "$(review key show wang.wei 2>&1 | sed -n 's/^fingerprint //p')" --since 1 --reason lost --person li.na --yes >/dev/null
show 'review inbox --person li.na | grep Approved'
