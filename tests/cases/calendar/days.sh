# Working days: what is built in, what an office writes itself, and the terms of its cases.
. "$CASES/lib.sh"
rm .review/calendar/cn.yaml # the test office's own: what is built in counts now
show 'review calendar cn | cut -c 1-32'
show 'review calendar cn --year 2026'
show 'review calendar cn --from 2026-01-28 --days 20'
show 'review calendar cn --from 2026-01-28'
show 'review calendar cn --from 2026-12-04 --days 20'
show 'review calendar cn --year 2027'
show 'review calendar us-federal --from 2031-12-22 --days 5'
show 'cd .. && review calendar us-federal'
show 'review calendar mars'
show 'review calendar cn --from 2026-02-30'
show 'review calendar cn --from 2026-02-03 --days 0'
show 'review calendar cn --days 3'
show 'review calendar us-federal --text | tail -n 2'
mkdir -p drafts/trade
for n in 1 2 3; do echo "Nothing $n." >drafts/trade/$n.md; done
git add drafts && git commit -q -m 'Add documents'
review submit drafts/trade/1.md --title 'Far away' --formed 2998-01-07 >/dev/null
review submit drafts/trade/2.md --title 'Over' --formed 2026-01-28 >/dev/null
review submit drafts/trade/3.md --title 'Over for long' --formed 2019-04-30 >/dev/null
echo '# what is overdue comes first; how long ago depends on today and is cut off'
show "review inbox | sed 's/, by [0-9]* working days*$//; s/overdue since \(.*\)/overdue since <\1>/'"
mkdir -p .review/calendar
printf 'review-calendar: 1\ncalendar: cn\nextends: built-in\nyears:\n  2998:\n    unverified: nobody knows\n    worked: [{name: {en: Saturday}, on: 2998-01-13}]\n' >.review/calendar/cn.yaml
show 'review calendar | tail -n 2'
show "review calendar --from 2998-01-07"
show 'review inbox | grep Far'
sed -i 's/2998-01-13/2998-02-30/' .review/calendar/cn.yaml
show 'review calendar'
show 'review inbox | tail -n 2'
