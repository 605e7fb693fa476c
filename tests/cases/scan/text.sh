# No repository, no ledger: scan works on files all the same, and masks what it found.
mkdir -p d
printf '关于调运的通知\n机 密 ★ 10 年\n联系电话：13800138000\n' >d/plan.md
printf 'Nothing to see.\n' >d/clean.txt
printf 'SQLite format 3' >d/report.db
ln -s plan.md d/link
for args in d d/clean.txt d/report.db d/none.txt "d --explain"; do
	echo "\$ review scan $args"
	review scan $args
	echo "(exit status $?)"
done
