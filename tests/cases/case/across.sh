# A word that begins on one page and ends on the next is hidden on both when the document is shown.
. "$CASES/lib.sh"
cat >../make.py <<'P'
import sys
sys.path.insert(0, sys.argv[1])
from made_pdftext import composite, pdf, stream

def put(words, y):
    return b"BT /F1 12 Tf 50 %d Td <%s> Tj ET\n" % (y, words.encode("gbk").hex().encode())

out = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R 6 0 R]/Count 2/MediaBox[0 0 600 800]>>", composite(b"GBK-EUC-H", b"GB1")]
for n, words in enumerate((("展会资料", "未经授权不"), ("得转载", "完"))):
    out.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * n))
    out.append(stream(b"", b"".join(put(w, 700 - 20 * i) for i, w in enumerate(words))))
sys.stdout.buffer.write(pdf(out))
P
mkdir -p drafts/trade
python3 -B ../make.py "$SOURCE/tests/documents" >drafts/trade/fair.pdf
git add drafts
show 'review submit drafts/trade/fair.pdf --title Fair'
show "review show $(TZ=UTC-8 date +%Y)-0001 | sed -n '/^text of/,/^.hidden/p'"
show "script -qec \"review show $(TZ=UTC-8 date +%Y)-0001 --reveal\" /dev/null | grep -c 未经授权不"
