# People read times by the office's clock and mean its days; machines get UTC.
. "$CASES/lib.sh"
for zone in +14:00 -12:00; do
	echo "# an office at $zone"
	rm -rf ../other && mkdir ../other && sed "s/^timezone: .*/timezone: '$zone'/" .review/policy.yaml >../other/policy.yaml
	(
		cd ../other && git init -q && git config review.person zhao.lei && review init --policy policy.yaml >init.log && submitted drafts/trade/a.md >case || exit
		case $zone in +14:00) export TZ=UTC-14 ;; *) export TZ=UTC+12 ;; esac
		now=$(date +%s)
		hour="\($(date -d "@$((now - 60))" '+%Y-%m-%d %H:')\|$(date -d "@$now" '+%Y-%m-%d %H:')\)" # it may have just struck
		for view in 'log' "show $(cat case)" 'audit --format html' "show $(cat case) --html page.html; cat page.html" 'policy history'; do
			sh -c "review $view" >seen
			printf '%s: %s by its clock' "${view%% *}" "$(grep -c "$hour[0-9][0-9] $zone" seen)"
			grep -v '<time datetime=' seen | grep -q 'T[0-9:]*Z' && printf ', and UTC'
			echo
		done
		review audit --case "$(cat case)" | grep -c "^entry .*$zone"
		review audit --format json | jq -r '.events[].time' | grep -c 'Z$'
		review audit --format csv | grep -c '20[0-9-]*T[0-9:]*Z'
		for day in "$(date -d "@$((now - 86400))" +%F)" "$(date -d "@$now" +%F)"; do
			review audit --as-of "$day" 2>&1 | sed -n -e '/^audit:/p' -e 's/dated 20[0-9-]*/dated DAY/p'
		done
		for time in "$(date -d "@$((now - 3600))" +%FT%T)$zone" "$(date -d "@$((now + 3600))" +%FT%T)$zone" "$(date -u -d "@$((now + 3600))" +%FT%TZ)"; do
			review audit --as-of "$time" 2>&1 | sed -n -e '/^audit:/p' -e 's/dated 20.* or/dated TIME or/p'
		done
	)
done
show 'review audit --as-of 2020-01-01T10:00'
show 'review audit --as-of 2020-01-01T10:00:00+25:00'
