# One matter from the first refusal to the audit, as an office reads it that works in Chinese.
. "$CASES/lib.sh"
export LANGUAGE=zh_CN
mkdir -p drafts/trade drafts/office
printf '区商务局关于春季展会的通知\n\n联系电话：13812345678\n' >drafts/trade/notice.md
printf '机密★1年\n\n储备预案\n' >drafts/office/plan.md
git add drafts && git commit -q -m 'Add documents'
echo '# 扫描'
show 'review scan drafts'
echo '# 含密级标志的文件不能送审'
show 'review submit drafts/office/plan.md --title 储备预案'
show 'review submit drafts/trade/notice.md --title 展会通知 --document-number 商务〔2026〕12号 --formed 2019-04-30'
c=$(LANGUAGE=en review inbox | sed -n 's/^..\([0-9-]*\) .*/\1/p')
show "review inbox --person wang.wei | sed 's/超期 [0-9]* 个/超期 N 个/'"
show "review release $c"
show "review approve $c --person wang.wei --opinion 不涉密，同意公开"
show "review approve $c --person wang.wei --opinion 不涉密，同意公开 --clear 1=企业已公开的业务电话"
show "review approve $c --person wang.wei --opinion 再签一次"
show "review approve $c --person li.na --opinion 同意公开"
show "review show $c | sed 's/超期 [0-9]* 个/超期 N 个/'"
show "review approve $c --person zhang.min --opinion 同意公开"
show "review release $c"
show "review log $c"
echo '其他内容' >>public/trade/notice.md
show 'review audit | sed /^注意/d'
show "review audit --case $c --format json | jq -r '.problems[].what'"
git add public 2>/dev/null; printf '区商务局关于春季展会的通知\n\n联系电话：13812345678\n' >public/trade/notice.md
show 'review audit --rescan | sed /^注意/d'
echo '# 台账中的记录不随语言变化'
show 'git log --format=%B review/ledger | grep -E "^(stage|decision|attribute|origin): " | sort | uniq -c'
show 'review policy show'
show 'review calendar us-federal'
show 'review aprove'
show 'review help scan'
echo '# 未能读取的原因'
printf '%%PDF-1.7\n%%EOF\n' >broken.pdf
show 'review scan broken.pdf'
show 'review scan broken.pdf --format json | jq -r ".files[].undecided"'
