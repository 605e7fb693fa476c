# Words that say nothing are no words; a folder is no document; what is public is not released twice.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/a.md)
n=$(entries)
show "review submit drafts/trade/a.md --title ''"
show "review submit drafts/trade --title 'All of it'"
show "review approve $c --person wang.wei --opinion '   '"
show "review approve $c --person wang.wei --opinion '　'"
show "review approve $c --person wang.wei --opinion ok --clear '1= '"
show "review answer $c --outcome consent --note ' '"
show "review file $c --register ''"
show "review refer $c --person wang.wei --opinion ask --to ' '"
echo "changed: $(($(entries) - n)) entries"
approved "$c"
review release "$c" >/dev/null
show "review withdraw $c --reason ' '"
show "review release $c"
show 'review audit --public ../nowhere'
