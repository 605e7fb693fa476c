# Where in a document something stands, why it was not read, and the printed form: in Chinese for whoever reads it,
# in English in what is recorded and in what machines read.
. "$CASES/lib.sh"
export LANGUAGE=zh_CN
mkdir -p drafts/trade
printf '%s\n' 'From: office@example.invalid' 'Subject: 13812345678' 'MIME-Version: 1.0' \
	'Content-Type: multipart/mixed; boundary=b' '' '--b' 'Content-Type: text/plain; charset=utf-8' '' '通知见附件。' '--b' \
	'Content-Type: text/plain; charset=utf-8' 'Content-Disposition: attachment; filename=list.txt' '' '联系人 13912345678' \
	'--b--' >drafts/trade/notice.eml
printf '%s' '{\rtf1\ansi{\header Notice}First.\par Call 13712345678.{\*\atnauthor Li}{\*\annotation 13612345678}\par}' >drafts/trade/note.rtf
printf '%s\n' '%PDF-1.4' '1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj' '2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj' \
	'3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>> endobj' \
	'4 0 obj <</Length 5/Filter/BrotliDecode>> stream' 'abcd' 'endstream endobj' 'trailer <</Root 1 0 R/Size 5>>' '%%EOF' >broken.pdf
git add drafts && git commit -q -m 'Add documents'
show 'review text drafts/trade/notice.eml'
show 'review text drafts/trade/note.rtf'
show 'review scan drafts broken.pdf'
show "review scan drafts broken.pdf --format json | jq -r '.files[] | .undecided // empty, (.findings[] | .kind + \" \" + .place)'"
show 'review submit drafts/trade/notice.eml --title 展会通知 --document-number 商务〔2026〕12号'
c=$(LANGUAGE=en review inbox | sed -n 's/^..\([0-9-]*\) .*/\1/p')
show "review return $c --person wang.wei --opinion 请补充日期"
show "review show $c | sed 's/，剩余.*//'"
show "review show $c --html form.html"
echo '# 审批表'
sed -e '/<style>/,/<\/style>/d' -e 's/<[^>]*>/ /g' form.html | sed 's/  */ /g' | grep -v '^ *$'
echo '# 台账中的记录'
submit=$(git rev-list review/ledger | sed -n 2p)
for body in $(git ls-tree "$submit" | cut -f 1 | cut -d ' ' -f 3); do
	git cat-file blob "$body" | grep -aoE '(part|header) [^ ]*.*' | head -n 4
done
