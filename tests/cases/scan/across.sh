# A keyword that runs on over the end of a page, a section, a slide, a chapter, a cell or a text box is found, and each
# part is named; what stands in one part alone is found once.  The text that was looked at shows where parts meet.
mkdir rules && cat >rules/office.yaml <<'Y'
review-rules: 1
pack: office
title: {en: Words of the office, zh: 本单位词语}
rules:
  - id: word
    title: {en: A word of the office, zh: 本单位词语}
    ground: state-secret
    action: block
    match: {keywords: ['red kite survey', '赤鸢普查名单']}
    examples: {match: ['red kite survey'], pass: ['a survey']}
Y
cat >make.py <<'P'
import sys
sys.path.insert(0, sys.argv[1])
import made_docx, made_epub, made_odf, made_ofd, made_pptx, made_xlsx
from made_pdftext import composite, pdf, stream

FONT = composite(b"GBK-EUC-H", b"GB1")

def put(words, x, y, mode=0):
    return b"BT %d Tr /F1 12 Tf %d %d Td <%s> Tj ET\n" % (mode, x, y, words.encode("gbk").hex().encode())

def pages(*contents):
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(contents)))
    out = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 600 800]>>" % (kids, len(contents)), FONT]
    for n, content in enumerate(contents):
        out += [b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * n), stream(b"", content)]
    return pdf(out)

def lines(*words, **more):
    return b"".join(put(w, 50, 700 - 20 * n, **more) for n, w in enumerate(words))

def write(name, data):
    with open(name, "wb") as f:
        f.write(data)

write("plain.pdf", pages(lines("第一页", "现将赤鸢普"), lines("查名单印发", "第二页")))
write("english.pdf", pages(lines("see the red"), b"", lines("kite survey", "of 2026")))
write("headed.pdf", pages(*[lines("某局文件", a, b, f"— {n} —") for n, a, b in
                            ((1, "正文", "现将赤鸢普"), (2, "查名单印发", "另附赤鸢"), (3, "普查名单", "完"))]))
write("once.pdf", pages(lines("赤鸢普查名单"), lines("赤鸢普查名单", "完")))
write("invisible.pdf", pages(lines("上", "赤鸢普", mode=3), lines("查名单", mode=3)))
# two columns a page; the word goes from the right one to the left one of the next page
columns = [put("左栏", 50, 700) + put("左栏末行", 50, 680) + put("右栏", 320, 700) + put("赤鸢普", 320, 680),
           put("查名单", 50, 700) + put("左", 50, 680) + put("右", 320, 700)]
write("columns.pdf", pages(*columns))
# and the right one is shorter
write("short.pdf", pages(put("左栏", 50, 700) + put("左栏中", 50, 680) + put("左栏末行", 50, 660) + put("赤鸢普", 320, 700), columns[1]))
write("pages.ofd", made_ofd.ofd([made_ofd.page(made_ofd.text(t)) for t in ("现将赤鸢普", "查名单印发")]))
cell, row = made_xlsx.cell, made_xlsx.row
write("row.xlsx", made_xlsx.xlsx([("一", made_xlsx.sheet(row(1, cell("A1", "赤鸢普"), cell("B1", "查名单"))), "")]))
write("column.xlsx", made_xlsx.xlsx([("一", made_xlsx.sheet(row(1, cell("A1", "赤鸢普"), cell("C1", "甲")) + row(2, cell("A2", "查名单"))), "")]))
cells = [f"<table:table-cell>{made_odf.p(text)}</table:table-cell>" for text in ("赤鸢普", "甲", "查名单")]
rows = f"<table:table-row>{cells[0]}{cells[1]}</table:table-row><table:table-row>{cells[2]}</table:table-row>"
write("column.ods", made_odf.odf("spreadsheet", made_odf.content(f"<table:table table:name='一'>{rows}</table:table>", kind="spreadsheet")))
write("apart.xlsx", made_xlsx.xlsx([("一", made_xlsx.sheet(row(1, cell("A1", "赤鸢普"), cell("C1", "甲")) + row(3, cell("A3", "查名单"))), "")]))
P, run = made_docx.p, made_docx.run
section = '<w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr>'
note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
write("section.docx", made_docx.docx(P(section, run("现将赤鸢普")) + P(run("查名单"), note, run("印发"))))
write("broken.docx", made_docx.docx(P(run("现将赤鸢"), '<w:r><w:br w:type="page"/><w:lastRenderedPageBreak/></w:r>', run("普查名单"))))
box = '<w:r><w:pict><v:textbox><w:txbxContent>' + P(run("框")) + '</w:txbxContent></v:textbox></w:pict></w:r>'
write("anchor.docx", made_docx.docx(P(run("现将赤鸢普"), box, run("查名单"))))
write("table.docx", made_docx.docx("<w:tbl><w:tr>" + "".join(f"<w:tc>{P(run(t))}</w:tc>" for t in ("赤鸢普", "查名单")) + "</w:tr></w:tbl>"))
slide = lambda *texts: made_pptx.part("sld", "".join(map(made_pptx.shape, texts)))
from parts import HEAD, package, relations
def deck(*slides):
    names = [f"slides/slide{n}.xml" for n in range(1, len(slides) + 1)]
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    return package({"[Content_Types].xml": HEAD + "<Types/>", "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": HEAD + f"<p:presentation {made_pptx.P}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*[("slide", n) for n in names]), **{"ppt/" + n: s for n, s in zip(names, slides)}})

write("boxes.pptx", deck(slide("赤鸢普", "查名单")))
write("slides.pptx", deck(slide("一", "现将赤鸢普"), slide("查名单印发", "二")))
# chapters are read in the order of the spine, also from other folders; one without words, and one that is not linear, stand between none
chapter = lambda text: HEAD + f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>章</title></head><body>{text}</body></html>"
items = "".join(f'<item id="{i}" href="{h}"/>' for i, h in (("b", "text/b.xhtml"), ("c", "../c%20c.xhtml"), ("n", "n.xhtml"), ("e", "e.xhtml")))
order = "".join(f"<itemref idref='{i}'/>" for i in ("a", "n' linear='no", "e", "b", "c"))
write("book.epub", made_epub.epub("<p title='标题'>现将赤鸢普</p>", manifest=f"{items}</manifest><spine>{order}</spine><manifest>", **{
    "OEBPS/text/b.xhtml": chapter("<p>查<i>名单</i>印发</p><p>另附赤鸢</p>"), "c c.xhtml": chapter("<h1>第三章</h1><p>普查名单</p>"),
    "OEBPS/n.xhtml": chapter("<p>注</p>"), "OEBPS/e.xhtml": chapter("<p> </p>").replace("章", "")}))
P
python3 -B make.py "$SOURCE/tests/documents"
review scan --rules rules --format json *.epub *.pdf *.ofd *.xlsx *.docx *.pptx |
	jq -r '.files[] | .path, (.findings[] | "  " + .place + " [" + .kind + "] " + .excerpt)'
review text english.pdf column.xlsx column.ods | sed -n '/down its\|pages meet/,/^[^ ]/p'
review text book.epub | grep 普查
LANGUAGE=zh_CN LC_ALL=C.UTF-8 review text slides.pptx | grep 普查
