# What cannot be submitted: other bytes than staged, marked or unreadable ones, paths outside.
. "$CASES/lib.sh"
mkdir -p drafts/trade drafts/office notes
echo one >drafts/trade/a.md
show 'review submit drafts/trade/a.md'
show 'review submit drafts/trade/a.md --title A'
git add . && echo two >drafts/trade/a.md
show 'review submit drafts/trade/a.md --title A'
git add . 
show 'review submit drafts/trade/a.md drafts/trade/a.md --title A'
show 'review submit drafts/trade/none.md --title A' 
show 'review submit /etc/hostname --title A'
echo x >notes/n.md; echo y >drafts/office/o.md; git add .
show 'review submit notes/n.md --title A'
show 'review submit drafts/trade/a.md drafts/office/o.md --title A'
show 'review submit drafts/trade/a.md --title A --attribute secret'
show 'review submit drafts/trade/a.md --title A --formed 2026-02-30'
show 'review submit drafts/trade/a.md --title A --person li.na'
echo '机密★5年' >drafts/trade/m.md; printf 'SQLite format 3' >drafts/trade/p.db; git add .
show 'review submit drafts/trade/m.md --title M'
show 'review submit drafts/trade/p.db --title P'
printf 'x' >drafts/trade/con.md; git add .
show 'review submit drafts/trade/con.md --title C'
echo "entries: $(entries)"
show 'review submit drafts/trade/a.md --title A --attribute on-request --formed 2026-02-26 --unit "外贸科" --note "加急"'
show "review show $(TZ=UTC-8 date +%Y)-0001"
