"""make.py DIR - the documents of the sample office that are not plain text, made with the standard
library alone: a spreadsheet with a hidden column, a report with a mark in its header, tracked changes
and a comment, and a photograph that knows where it was taken.  Everybody and everything in them is invented."""
import io
import os
import struct
import sys
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPEN = "http://schemas.openxmlformats.org/"
TYPES = "application/vnd.openxmlformats-officedocument."


def package(kinds, parts):
    """A zip of `parts`; `kinds` says what each part is."""
    over = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    parts = {"[Content_Types].xml": f'{HEAD}<Types xmlns="{OPEN}package/2006/content-types"><Default Extension="rels" '
             f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{over}</Types>', **parts}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(zipfile.ZipInfo(name, (2026, 4, 28, 9, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations(*targets):
    rows = "".join(f'<Relationship Id="rId{n}" Type="{OPEN}officeDocument/2006/relationships/{kind}" Target="{target}"/>'
                   for n, (kind, target) in enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{OPEN}package/2006/relationships">{rows}</Relationships>'


def identity(number):
    """A resident identity number of nobody: a region that does not exist, and the check character."""
    head = f"990101198{number % 10}0{1 + number % 9}15{100 + number}"
    weights = [2 ** (17 - n) % 11 for n in range(17)]
    return head + "10X98765432"[sum(int(c) * w for c, w in zip(head, weights)) % 11]


def workbook(hidden):
    """The list of a public notice; with `hidden`, the working copy it was made from shows through."""
    firms = [("东湖食品有限公司", "海外参展", 4.0), ("青石文创工作室", "国际商标注册", 1.2), ("云岭茶业有限公司", "海外参展", 3.5),
             ("白塔机械有限公司", "产品认证", 6.8), ("长堤服装有限公司", "海外参展", 2.4), ("南屏电子有限公司", "产品认证", 5.1)]
    head = ["企业", "项目", "补助（万元）"] + (["法定代表人身份证号"] if hidden else [])
    rows = [head] + [[*firm] + ([identity(n)] if hidden else []) for n, firm in enumerate(firms)]

    def cell(column, row, value):
        at = f'{"ABCD"[column]}{row}'
        if isinstance(value, float):
            return f'<c r="{at}"><v>{value}</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'

    data = "".join(f'<row r="{r}">' + "".join(cell(c, r, v) for c, v in enumerate(row)) + "</row>" for r, row in enumerate(rows, 1))
    columns = '<cols><col min="4" max="4" width="20" hidden="1" customWidth="1"/></cols>' if hidden else ""
    sheet = TYPES + "spreadsheetml.worksheet+xml"
    main = f'xmlns="{OPEN}spreadsheetml/2006/main" xmlns:r="{OPEN}officeDocument/2006/relationships"'
    return package({"xl/workbook.xml": TYPES + "spreadsheetml.sheet.main+xml", "xl/worksheets/sheet1.xml": sheet}, {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {main}><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f"{HEAD}<worksheet {main}>{columns}<sheetData>{data}</sheetData></worksheet>"})


def report(mark):
    """A report on the fair; `mark` is left in the header, and two people's changes in the text."""
    word = f'xmlns:w="{OPEN}wordprocessingml/2006/main" xmlns:r="{OPEN}officeDocument/2006/relationships"'
    when = 'w:date="2026-04-27T18:10:00Z"'

    def text(words, kind="t"):
        return f'<w:r><w:{kind} xml:space="preserve">{words}</w:{kind}></w:r>'

    body = [
        text("关于春季消费品交易会情况的报告"),
        text("交易会于2026年4月18日至20日举办，参展企业118家，观众2.6万人次，现场成交额3 420万元。"),
        text("意向成交额") + f'<w:del w:id="1" w:author="陶然" {when}>' + text("约1.1亿元（企业口头数，未经核实）", "delText") + "</w:del>" +
        f'<w:ins w:id="2" w:author="范立" {when}>' + text("正在核实") + "</w:ins>" + text("。"),
        '<w:commentRangeStart w:id="0"/>' + text("观众满意度为91%。") + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    ]
    paragraphs = "".join(f"<w:p>{p}</w:p>" for p in body)
    kind = TYPES + "wordprocessingml."
    return package({"word/document.xml": kind + "document.main+xml", "word/header1.xml": kind + "header+xml",
                    "word/comments.xml": kind + "comments+xml"}, {
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'{HEAD}<w:document {word}><w:body>{paragraphs}<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
                             "</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(("header", "header1.xml"), ("comments", "comments.xml")),
        "word/header1.xml": f"{HEAD}<w:hdr {word}><w:p>{text(mark)}</w:p></w:hdr>",
        "word/comments.xml": f'{HEAD}<w:comments {word}><w:comment w:id="0" w:author="陶然" {when}><w:p>' +
                             text("这个数只问了三十个人，别写百分比") + "</w:p></w:comment></w:comments>"})


def photograph():
    """A grey JPEG of 64 by 48 with the place it was taken at (in the sea) and the camera's owner."""
    def segment(mark, data):
        return b"\xff" + bytes([mark]) + struct.pack(">H", len(data) + 2) + data

    def directory(start, entries):
        head, tail = struct.pack(">H", len(entries)), b""
        behind = start + 2 + 12 * len(entries) + 4
        for tag, kind, count, data in entries:
            if len(data) > 4:
                data, tail = struct.pack(">I", behind + len(tail)), tail + data
            head += struct.pack(">HHI", tag, kind, count) + data.ljust(4, b"\0")
        return head + b"\0\0\0\0" + tail

    owner = b"Fan Li, duty phone\0"
    degrees = [struct.pack(">IIIIII", d, 1, m, 1, s, 1) for d, m, s in ((30, 12, 8), (124, 40, 31))]
    place = [(1, 2, 2, b"N\0"), (2, 5, 3, degrees[0]), (3, 2, 2, b"E\0"), (4, 5, 3, degrees[1])]
    main = [(0x013B, 2, len(owner), owner), (0x8825, 4, 1, b"\0\0\0\0")]
    after = 8 + len(directory(8, main))
    main[1] = (0x8825, 4, 1, struct.pack(">I", after))
    exif = b"Exif\0\0MM\0\x2a" + struct.pack(">I", 8) + directory(8, main) + directory(after, place)
    table = bytes([1] + [0] * 15 + [0])  # one code of one bit: no difference, no more coefficients
    return (b"\xff\xd8" + segment(0xE1, exif) + segment(0xDB, b"\0" + b"\x10" * 64) +
            segment(0xC0, struct.pack(">BHHB", 8, 48, 64, 1) + b"\1\x11\0") + segment(0xC4, b"\0" + table + b"\x10" + table) +
            segment(0xDA, b"\1\1\0\0\x3f\0") + bytes(12) + b"\xff\xd9")


def main():
    for name, data in {"drafts/trade/subsidy-list.xlsx": workbook(hidden=True), "drafts/trade/fair-report.docx": report("秘密★6个月"),
                       "drafts/trade/stand.jpg": photograph(), "corrected/subsidy-list.xlsx": workbook(hidden=False),
                       "corrected/fair-report.docx": report("区商务局")}.items():
        path = os.path.join(sys.argv[1], name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(data)


main()
