#!/usr/bin/env python3
"""documents.py DIR COUNT - office documents as an office writes them, to be read by a stopwatch.

Two pages of Chinese with a table, a header and properties as docx; the same as PDF in a font that is not
embedded.  Standard library only; the same bytes every time.
"""
import os
import random
import sys
import zipfile
import zlib

SUBJECTS = ["区商务局", "市场建设科", "外贸科", "各街道办事处", "有关企业", "展会承办单位", "区财政局", "评审小组"]
ACTS = ["组织开展", "认真做好", "及时报送", "汇总分析", "公示", "核对", "督促落实", "通报"]
OBJECTS = ["春季消费促进活动", "外贸企业参展补贴", "社区便民商业网点", "农贸市场改造项目", "电子商务示范基地", "家电以旧换新"]
ENDS = ["，并于月底前完成。", "，结果报区商务局备案。", "，具体安排另行通知。", "，如有意见请向联系人反映。"]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sentence(chance):
    return "".join(chance.choice(part) for part in (SUBJECTS, ACTS, OBJECTS, ENDS))


def docx(path, chance):
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="FangSong" w:eastAsia="FangSong"/><w:sz w:val="32"/></w:rPr><w:t>{}</w:t></w:r>'
    body = []
    for n in range(36):
        text = sentence(chance) + sentence(chance)
        cut = chance.randrange(4, len(text) - 4)
        body.append(f'<w:p w:rsidR="00{n:06X}"><w:pPr><w:ind w:firstLine="640"/></w:pPr>'
                    + run.format(text[:cut]) + run.format(text[cut:]) + "</w:p>")
    rows = "".join("<w:tr>" + "".join(f"<w:tc><w:p>{run.format(chance.choice(OBJECTS))}</w:p></w:tc>" for _ in range(4)) + "</w:tr>"
                   for _ in range(10))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {W}><w:body>{''.join(body)}<w:tbl>{rows}</w:tbl></w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), (HEAD + text).encode(), zipfile.ZIP_DEFLATED)


def pdf(path, chance):
    objects = ["<</Type/Catalog/Pages 2 0 R>>", None,
               "<</Type/Font/Subtype/Type0/BaseFont/FangSong_GB2312/Encoding/GBK-EUC-H/DescendantFonts[4 0 R]>>",
               "<</Type/Font/Subtype/CIDFontType0/BaseFont/FangSong_GB2312/FontDescriptor 5 0 R/DW 1000"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
               "<</Type/FontDescriptor/FontName/FangSong_GB2312/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
               "/Descent -120/CapHeight 880/StemV 80>>"]
    pages = []
    for _ in range(5):
        lines = []
        for n in range(22):
            line = (sentence(chance) * 2)[:28]
            lines.append(f"BT /F1 16 Tf 72 {760 - 32 * n} Td <{line.encode('gbk').hex()}> Tj ET")
        data = zlib.compress("\n".join(lines).encode())
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(data), data))
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R/Resources<</Font<</F1 3 0 R>>>>>>")
        pages.append(len(objects))
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{n} 0 R' for n in pages)}]>>"
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item if isinstance(item, bytes) else item.encode())
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    with open(path, "wb") as f:
        f.write(out)


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    chance = random.Random(20261123)
    for kind, make, most in (("docx", docx, count), ("pdf", pdf, count // 5)):
        os.makedirs(f"{folder}/{kind}", exist_ok=True)
        for n in range(most):
            make(f"{folder}/{kind}/{n:04d}.{kind}", chance)


main()
