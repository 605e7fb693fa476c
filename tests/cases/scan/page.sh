# A page in columns is read by its places and in the order it was drawn, and by a second reader: what is
# found in each is one thing, and what only one order shows is found too.
cat >page.py <<'P'
import sys
sys.path.insert(0, sys.argv[1])
from made_pdftext import composite, page

font = composite(b"GBK-EUC-H", b"GB1")

def put(words, x, y):
    return b"BT /F1 12 Tf %d %d Td <%s> Tj ET\n" % (x, y, words.encode("gbk").hex().encode())

columns = put("机密★10年", 320, 700) + put("第一栏", 50, 700) + put("电话13800138000", 320, 680) + put("续", 50, 680)
open("columns.pdf", "wb").write(page(columns, font))
down = [put(c, 50, 700 - 20 * i) for i, c in enumerate("机密★十年")] + [put(c, 300, 700 - 20 * i) for i, c in enumerate("甲乙丙丁戊")]
open("letters.pdf", "wb").write(page(b"".join(down), font))
P
python3 -B page.py "$SOURCE/tests/documents"
brief() { jq -r '.files[] | .undecided, (.findings[] | [.rule, .place, .excerpt] | join("; "))'; }
for file in columns letters; do
	review scan $file.pdf --format json >out; echo "exit $?"
	brief <out
done
