# Who signed what, what was cleared and why, what became public and what of it was taken down again:
# in every form, with what must not be shown as stars and with markup and formulas made harmless.
. "$CASES/lib.sh"
echo '# nothing happened yet: no empty tables'
review audit --format html | sed -n '/id="statistics"/,/id="deadlines"/p'
mkdir -p drafts/trade
printf 'Contact: 13812345678\n' >drafts/trade/phone.md
git add drafts && git commit -q -m 'Add a document'
c=$(review submit drafts/trade/phone.md --title '=Hours <b>& "more"' --formed 2020-01-06 | sed -n 's/^case \([0-9-]*\),.*/\1/p')
as wang.wei approve "$c" --opinion 'public number' --clear '1=13812345678 is the office line' >/dev/null
as li.na approve "$c" --opinion 'no objection' >/dev/null
as zhang.min approve "$c" --opinion "<script>alert('x')</script>" >/dev/null
review release "$c" >/dev/null
review withdraw "$c" --reason 'call 13987654321 first' --ground third-party --incident >/dev/null
echo 'Nothing.' >drafts/trade/late.md; echo 'Nothing else.' >drafts/trade/far.md; git add drafts
review submit drafts/trade/late.md --title Late --formed 2020-01-06 >/dev/null
review submit drafts/trade/far.md --title Far --formed 2999-01-07 >/dev/null
show 'review audit'
show "review audit --case $c | sed '/^remark/d'"
show 'review audit --format json >../a.json; jq -c "[.answer, .\"last-entry\", (.events | length)], .cleared[0].reason, .publications[0].state, .\"by-ground\", .deadlines" ../a.json'
show 'jq -r ".events[] | select(.text | test(\"\\\\*\")) | .text" ../a.json'
show 'review audit --format csv >../a.csv; head -c 3 ../a.csv | od -An -tx1; tr -d "\r" <../a.csv | cut -d, -f1 | sort | uniq -c'
show 'python3 "$CASES/audit/table.py" ../a.csv'
review audit --format html >../a.html
echo '# the page holds no number, no script, nothing from elsewhere, and every entry'
grep -c -E '13812345678|13987654321|<script|https?:|src=|@import|url\(|<b>' ../a.html
for n in $(seq "$(entries)"); do grep -q "<tr id=\"e$n\">" ../a.html || echo "entry $n is missing"; done
show 'python3 "$CASES/audit/page.py" ../a.html | sed "s/^$(TZ=UTC-8 date +%Y-%m) /MONTH /"'
LC_ALL=zh_CN.UTF-8 review audit --format html >../zh.html; python3 "$CASES/audit/page.py" ../zh.html | sed -n 1,2p
