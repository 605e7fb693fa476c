"""Workbooks of Excel: records written by hand ([MS-XLS])."""
import struct

import cfb
from made import besides, made, refused, seen

LIMIT = 8224


def record(kind, data=b""):
    """One record, and what continues it."""
    out = struct.pack("<HH", kind, min(len(data), LIMIT)) + data[:LIMIT]
    for at in range(LIMIT, len(data), LIMIT):
        out += struct.pack("<HH", 0x3C, min(len(data) - at, LIMIT)) + data[at:at + LIMIT]
    return out


def long_text(text):
    """Its length in two bytes, and a byte that says it is wide."""
    return struct.pack("<HB", len(text), 1) + cfb.wide(text)


def short_text(text):
    return struct.pack("<BB", len(text), 1) + cfb.wide(text)


def begin(kind, version=0x0600):
    return record(0x809, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 6))


END = record(0x0A)


def cell(row, column, look=0):
    return struct.pack("<HHH", row, column, look)


def shared(*texts):
    return record(0xFC, struct.pack("<II", len(texts), len(texts)) + b"".join(texts))


def formula(row, column, tokens, result=b"\0\0\0\0\0\0\xFF\xFF"):
    return record(6, cell(row, column) + result + struct.pack("<HIH", 0, 0, len(tokens)) + tokens)


def text_token(text):
    return b"\x17" + struct.pack("<BB", len(text), 1) + cfb.wide(text)


def book(sheets, globals_before=b"", globals_after=b"", unlisted=b"", version=0x0600):
    """`sheets`: (name, state, kind, records)."""
    names = b"".join(struct.pack("<HH", 0x85, 6 + len(short_text(n))) + b"\0" * 4 + bytes([state, kind]) + short_text(n)
                     for n, state, kind, _ in sheets) if version >= 0x0600 else b"".join(
                         record(0x85, b"\0" * 4 + bytes([state, kind, len(n)]) + n) for n, state, kind, _ in sheets)
    head = begin(5, version) + globals_before
    at = len(head) + len(names) + len(globals_after) + len(END)
    listed, body = bytearray(names), b""
    spot = 0
    for _, _, _, records in sheets:
        struct.pack_into("<I", listed, spot + 4, at + len(body))
        spot += 4 + struct.unpack_from("<H", listed, spot + 2)[0]
        body += begin(0x10, version) + records + END
    return head + bytes(listed) + globals_after + END + body + unlisted


def note_object(number):
    return record(0x5D, struct.pack("<HHHHH", 0x15, 0x12, 0x19, number, 0) + b"\0" * 12 + b"\0" * 4)


def boxed(text):
    return record(0x1B6, struct.pack("<HHHHHHHI", 0x212, 0, 0, 0, 0, len(text), 16, 0)) + record(0x3C, b"\1" + cfb.wide(text)) + record(
        0x3C, b"\0" * 16)


def note(row, column, number, author):
    return record(0x1C, struct.pack("<HHHH", row, column, 0, number) + long_text(author) + b"\0")


def art(kind, body, version=0, instance=0):
    return struct.pack("<HHI", version | instance << 4, kind, len(body)) + body


def shape(number, text):
    value = cfb.wide(text) + b"\0\0"
    return art(0xF004, art(0xF00B, struct.pack("<HI", 0x8000 | number, len(value)) + value, 3, 1), 15)


def documents():
    rich = "富文本客户三百零一"
    rich = struct.pack("<HBHI", len(rich), 1 | 4 | 8, 1, 4 + 2 * len("音标客户三百零二")) + cfb.wide(rich) + b"\0\0\1\0" + (
        b"\0\0\0\0" + cfb.wide("音标客户三百零二"))
    long = "长" * 5000 + "客户三百零三" + "尾" * 300
    broken = long_text(long)
    first = struct.pack("<II", 4, 4) + rich + long_text("没有格子客户三百零四")
    head, rest = first + broken[:LIMIT - len(first) - (LIMIT - len(first) - 3) % 2], broken[LIMIT - len(first) - (LIMIT - len(first) - 3) % 2:]
    strings = struct.pack("<HH", 0xFC, len(head)) + head + struct.pack("<HH", 0x3C, 1 + len(rest) + len(long_text("末kehu-305"))) + (
        b"\1" + rest + long_text("末kehu-305"))
    sheet = (record(0xFD, cell(0, 0) + struct.pack("<I", 0)) + record(0xFD, cell(13, 27) + struct.pack("<I", 2)) +
             record(0xFD, cell(14, 0) + struct.pack("<I", 3)) + record(0x204, cell(15, 1) + long_text("标签客户三百零六")) +
             record(0x203, cell(16, 0) + struct.pack("<d", 13812345678.0)) + record(0x27E, cell(17, 0) + struct.pack("<I", 123456 << 2 | 2)) +
             record(0xBD, cell(18, 0)[:4] + struct.pack("<HIHI", 0, 3070001 << 2 | 2, 0, 3070002 << 2 | 2) + b"\1\0") +
             formula(19, 0, text_token("公式里客户三百零八")) + record(0x207, long_text("结果客户三百零九")) +
             record(0x221, struct.pack("<HHBBHIH", 20, 20, 1, 1, 0, 0, 13) + b"\x17\x08\0kehu-316A\x53") +
             record(0x4BC, struct.pack("<HHBBBBH", 21, 22, 2, 2, 0, 2, 13) + b"\x17\x08\0kehu-317A\x53"))
    yield made("cells.xls", cfb.compound({"Workbook": book([("第一页", 0, 0, sheet)], globals_after=strings)}),
               seen("富文本客户三百零一", "第一页!A1", "body"), seen("音标客户三百零二"), seen("长长客户三百零三尾尾", "第一页!AB14", "body"),
               seen("kehu-316\n", "第一页!B21", "metadata"), seen("kehu-317", "第一页!C22", "metadata"),
               seen("没有格子客户三百零四", "text no cell shows", "hidden"), seen("末kehu-305", "第一页!A15"), seen("标签客户三百零六", "第一页!B16"),
               seen("13812345678", "第一页!A17"), seen("123456", "第一页!A18"), seen("3070001", "第一页!A19"), seen("3070002", "第一页!B19"),
               seen("公式里客户三百零八", "第一页!A20", "metadata"), seen("结果客户三百零九", "第一页!A20", "body"),
               besides("hidden-text", "text no cell shows"))
    looks = (record(0x31, struct.pack("<HHHHH", 200, 0, 0x7FFF, 400, 0) + b"\0\0\0\0" + short_text("Arial")) +
             record(0x31, struct.pack("<HHHHH", 200, 0, 9, 400, 0) + b"\0\0\0\0" + short_text("字体客户三百一十九")) +
             record(0x41E, struct.pack("<H", 164) + long_text(";;;")) + record(0x41E, struct.pack("<H", 165) + long_text('0"格式客户三百二十"')) +
             record(0xE0, struct.pack("<HH", 0, 0) + b"\0" * 16) + record(0xE0, struct.pack("<HH", 1, 0) + b"\0" * 16) +
             record(0xE0, struct.pack("<HH", 0, 164) + b"\0" * 16) + record(0xE0, struct.pack("<HH", 1, 0) + b"\0" * 10 + b"\0\0\0\4" + b"\0\0"))
    hiding = (record(0x7D, struct.pack("<HHHHHH", 2, 3, 2000, 0, 1, 0)) + record(0x208, struct.pack("<HHHHHHHH", 4, 0, 9, 255, 0, 0, 0x120, 0)) +
              record(0x204, cell(0, 0) + long_text("可见客户三百一十一")) + record(0x204, cell(0, 2) + long_text("隐藏列客户三百一十二")) +
              record(0x204, cell(4, 0) + long_text("隐藏行客户三百一十三")) + record(0x204, cell(5, 0, 1) + long_text("白字客户三百一十四")) +
              record(0x204, cell(6, 0, 2) + long_text("无格式客户三百一十五")) + record(0x204, cell(7, 0, 3) + long_text("白字有底客户三百一十六")))
    yield made("hidden.xls", cfb.compound({"Workbook": book([
        ("明", 0, 0, hiding), ("隐藏页kehu-317", 1, 0, record(0x204, cell(0, 0) + long_text("隐藏页里客户三百一十七"))),
        ("深藏页kehu-318", 2, 0, record(0x204, cell(0, 0) + long_text("深藏页里客户三百一十八")))], looks,
        unlisted=begin(0x10) + record(0x204, cell(0, 0) + long_text("不在册客户三百二十一")) + END)}),
        seen("可见客户三百一十一", "明!A1", "body"), seen("隐藏列客户三百一十二", "明!C1", "hidden"), seen("隐藏行客户三百一十三", "明!A5", "hidden"),
        seen("白字客户三百一十四", "明!A6", "hidden"), seen("无格式客户三百一十五", "明!A7", "hidden"), seen("白字有底客户三百一十六", "明!A8", "body"),
        seen("隐藏页里客户三百一十七", "隐藏页kehu-317!A1", "hidden"), seen("隐藏页kehu-317", "names of sheets", "hidden"),
        seen("深藏页里客户三百一十八", "深藏页kehu-318!A1", "hidden"), seen("字体客户三百一十九"), seen("格式客户三百二十", "number formats"),
        seen("不在册客户三百二十一", kind="hidden"), besides("hidden-sheet", "隐藏页kehu-317"), besides("hidden-sheet", "深藏页kehu-318"),
        besides("hidden-cells", "明!row 5"), besides("hidden-cells", "明!column 3 to 4"), besides("hidden-text", "明!A6"),
        besides("unlisted-data", "sheet at byte"))
    low = record(0x204, cell(0, 0) + struct.pack("<HB", 8, 0) + b"kehu-306") # bytes, each the low one of a character
    yield made("narrow.xls", cfb.compound({"Workbook": book([("表", 0, 0, low)])}), seen("kehu-306", "表!A1", "body"))
    codes = record(0x14, long_text('&L&Bke&Bhu-307&Cke&14hu&"Arial,Bold"-308&Rke&KFF0000hu-309'))
    yield made("codes.xls", cfb.compound({"Workbook": book([("表", 0, 0, codes)])}), *[seen(f"kehu-{n}", "表, header", "header") for n in (307, 308, 309)])
    around = (record(0x14, long_text("&C页眉客户三百三十一")) + record(0x15, long_text("&L页脚客户三百三十二")) + record(0xEC, shape(0x381, "替代客户三百三十三")) +
              note_object(1) + boxed("批注客户三百三十四") + note_object(2) + boxed("文本框客户三百三十五") + note(2, 1, 1, "作者kehu-336") +
              record(0x1B8, struct.pack("<HHHH", 3, 3, 0, 0) + b"\0" * 24 + cfb.wide("http://kehu-337/") + b"\0\0") +
              record(0x1BE, struct.pack("<I", 0) + long_text("提示标题客户三百三十八") + long_text("错") + long_text("提示客户三百三十九") + long_text("") + b"\0" * 8) +
              record(0x100D, struct.pack("<H", 0) + short_text("图表客户三百四十")) + record(0x1AF, cfb.wide("不认识的客户三百四十一")))
    yield made("around.xls", cfb.compound({"Workbook": book(
        [("表", 0, 0, around)],
        record(0x5C, long_text("填写人客户三百四十二").ljust(112, b" ")) + record(0x5B, struct.pack("<HH", 0, 0) + long_text("共享人客户三百四十三")),
        record(0x18, struct.pack("<HBBHHHBBBB", 0, 0, 8, 0, 0, 0, 0, 0, 0, 0) + b"\1" + cfb.wide("名称kehu34")) +
        record(0x18, struct.pack("<HBBHHHBBBB", 1, 0, 7, len(text_token("值客户三百四十五")), 0, 0, 0, 0, 0, 0) + b"\1" + cfb.wide("隐名kehu5") +
               text_token("值客户三百四十五")) +
        record(0x1AE, struct.pack("<H", 1) + long_text("\1\1C\3内部\3kehu-346.xls") + long_text("别页客户三百四十七")) +
        record(0x5A, b"\0\0\0\0\2" + long_text("缓存客户三百四十八")) +
        record(0x876, b"\0" * 8 + cfb.wide("ODBC;DSN=x;PWD=kehu-349")) + record(0xEB, shape(0x380, "图名客户三百五十")))}),
        seen("页眉客户三百三十一", "表, header", "header"), seen("页脚客户三百三十二", "表, footer", "footer"), seen("替代客户三百三十三", "表, drawings"),
        seen("批注客户三百三十四", "表!B3, comment by 作者kehu-336", "comment"), seen("文本框客户三百三十五", "表, text box", "body"),
        seen("http://kehu-337/", "表!A4, link"), seen("提示标题客户三百三十八", "what may be typed"), seen("提示客户三百三十九"), seen("图表客户三百四十", "表, chart"),
        seen("不认识的客户三百四十一", "other records", "hidden"), seen("填写人客户三百四十二", "who wrote it"), seen("共享人客户三百四十三", "who wrote it"),
        seen("名称kehu34", "names"), seen("隐名kehu5", "hidden names"), seen("值客户三百四十五"), seen("kehu-346.xls", "other workbooks"),
        seen("别页客户三百四十七"), seen("缓存客户三百四十八"), seen("PWD=kehu-349", "where data comes from"), seen("图名客户三百五十"),
        besides("comment", "表!B3"), besides("external-link", "another workbook"), besides("external-link", "where data comes from"),
        besides("external-link", "表!A4"), besides("cached-data"), besides("properties", "who wrote it"))
    cache = record(0xC6, b"\0" * 20) + record(0xCD, long_text("透视客户三百五十一")) + record(0xC9, struct.pack("<d", 3520000.5)) + END
    yield made("pivot.xls", cfb.compound({
        "Workbook": book([("宏表", 0, 1, record(0x204, cell(0, 0) + long_text("=EXEC(客户三百五十三)")))]), "_SX_DB_CUR/0001": cache,
        "Revision Log": b"\0" * 20 + cfb.wide("修订客户三百五十四")}), seen("透视客户三百五十一", "caches"), seen("3520000.5", "caches"),
        seen("客户三百五十三", "宏表!A1"), seen("修订客户三百五十四"), besides("cached-data", "pivot cache 0001"), besides("macro", "宏表"),
        besides("tracked-change", "Revision Log"))
    gb = lambda text: struct.pack("<H", len(text.encode("gb18030"))) + text.encode("gb18030")
    old = (record(0x204, cell(1, 1) + gb("旧表客户三百六十一")) + record(0x1C, struct.pack("<HHH", 0, 0, 14) + "批注客户三百六十二".encode("gb18030")))
    yield made("old.xls", cfb.compound({"Book": book([("旧页".encode("gb18030"), 0, 0, old)], record(0x42, struct.pack("<H", 936)), version=0x0500)}),
               seen("旧表客户三百六十一", "旧页!B2", "body"), seen("批注客户三百六十二", "旧页!A1, comment", "comment"), besides("comment", "旧页!A1"))
    wrong = record(0x204, cell(1, 1) + gb("错页客户三百六十三"))
    yield made("wrong.xls", cfb.compound({"Book": book([(b"a", 0, 0, wrong)], record(0x42, struct.pack("<H", 1252)), version=0x0500)}),
               seen("错页客户三百六十三", "charset"))
    yield made("wps.et", cfb.compound({"Workbook": book([("页", 0, 0, record(0x204, cell(0, 0) + long_text("表格客户三百六十四")))]),
                                       "ETExtData": cfb.wide("自有客户三百六十五")}), seen("表格客户三百六十四", "页!A1"), seen("自有客户三百六十五", "ETExtData"))
    for name, data, why in (("xor.xls", struct.pack("<HHH", 0, 1, 2), "encrypted: XOR"), ("rc4.xls", struct.pack("<HHH", 1, 1, 1), "encrypted: RC4"),
                            ("capi.xls", struct.pack("<HHH", 1, 2, 2), "encrypted: CryptoAPI")):
        yield made(name, cfb.compound({"Workbook": book([("x", 0, 0, b"")], record(0x2F, data))}), refused(why))
    # Microsoft Graph: a sheet of data in cells of its own kind, behind what its charts have in common with Excel's
    data = record(4, struct.pack("<HH3x", 0, 1) + short_text("图")) + record(4, struct.pack("<HH3x", 1, 0) + b"\x08\0kehu-371") + record(
        3, struct.pack("<HH3xd", 1, 1, 20.5)) + record(0x100D, b"\0\0" + short_text("kehu-372"))
    yield made("graph.xls", cfb.compound({"Workbook": book([("", 0, 2, data)], version=0x0680)}), seen("图", "B1", "body"),
               seen("kehu-371\t20.5", "A2", "body"), seen("kehu-372"))
    yield made("cut.xls", cfb.compound({"Workbook": book([("x", 0, 0, sheet)], globals_after=strings)[:-1500]}), refused("damaged"))
    yield made("nothing.xls", cfb.compound({"Workbook": b"\0" * 8}), refused("workbook of a version not known"))
