"""Word documents: each stream written by hand ([MS-DOC])."""
import struct

import cfb
from made import besides, made, refused, seen

DELETED, INSERTED, HIDDEN, WHITE, TINY = 0x0800, 0x0801, 0x083C, 0x2A42, 0x4A43
PICTURE, DATA, SPECIAL = 0x6A03, 0x0806, 0x0855
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


def change(number, value):
    return struct.pack("<H", number) + struct.pack("<I", value)[:SIZES[number >> 13]]


def page_of_runs(runs):
    """A page of formatting: (from, to, changes)."""
    body = bytearray(512)
    at = 511
    for i, (start, end, changes) in enumerate(runs):
        struct.pack_into("<II", body, i * 4, start, end)
        if changes:
            at = (at - 1 - len(changes)) // 2 * 2
            body[at:at + 1 + len(changes)] = bytes([len(changes)]) + changes
            body[(len(runs) + 1) * 4 + i] = at // 2
    body[511] = len(runs)
    return bytes(body)


def plain_list(*names):
    return b"".join(struct.pack("<H", len(n)) + cfb.wide(n) for n in names)


def string_table(*names, extra=0):
    return struct.pack("<HHH", 0xFFFF, len(names), extra) + b"".join(
        struct.pack("<H", len(n)) + cfb.wide(n) + b"\0" * extra for n in names)


def word(body, parts=None, tables=None, data=b"", narrow=False, left_over="", flags=0, bounds=None):
    """The streams of a document.  `body` is text, or a list of text and (text, changes); `parts` maps numbers of
    parts (1 footnotes, 2 headers, 4 comments, 5 endnotes, 6 text boxes) to lists of stories; `tables` maps numbers
    of structures to bytes; `left_over` stands in the text but in no piece."""
    runs_in = [(t, b"") if isinstance(t, str) else t for t in (body if isinstance(body, list) else [body])]
    runs_in.append(("\r", b""))
    tables, lens = dict(tables or {}), [sum(len(t) for t, _ in runs_in)] + [0] * 7
    for number, stories in sorted((parts or {}).items()):
        at, list_of = 0, [0]
        for story in stories:
            for piece in [(story, b"")] if isinstance(story, str) else story:
                runs_in.append(piece if isinstance(piece, tuple) else (piece, b""))
                at += len(runs_in[-1][0])
            list_of.append(at)
        lens[number] = at
        which, extra = {1: (3, 0), 2: (11, 0), 4: (5, 0), 5: (47, 0), 6: (56, 22), 7: (58, 22)}[number]
        tables[which] = struct.pack(f"<{len(list_of)}I", *list_of) + b"\0" * (extra * (len(list_of) - 1))
    start, text, runs = 1024, b"", []
    for piece, changes in runs_in:
        encoded = piece.encode("cp1252") if narrow else cfb.wide(piece)
        runs.append((start + len(text), start + len(text) + len(encoded), changes))
        text += encoded
    total = sum(lens)
    end = start + len(text) + len(cfb.wide(left_over))
    main = bytearray(1024) + text + cfb.wide(left_over)
    main += b"\0" * (-len(main) % 512)
    page = len(main) // 512
    main += page_of_runs(runs)
    pieces = struct.pack("<II", 0, total) + struct.pack("<HIH", 0, start * 2 | 0x40000000 if narrow else start, 0)
    tables[33] = b"\2" + struct.pack("<I", len(pieces)) + pieces
    tables[12] = struct.pack("<III", start, end, page)
    table = b""
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 10, 0x0200 | flags)
    struct.pack_into("<II", main, 24, start, end)
    struct.pack_into("<H", main, 32, 14)
    struct.pack_into("<H", main, 62, 22)
    struct.pack_into("<8I", main, 76, *lens)
    struct.pack_into("<H", main, 152, 93)
    for number, content in sorted(tables.items()):
        struct.pack_into("<II", main, 154 + number * 8, len(table), len(content))
        table += content
    streams = {"WordDocument": bytes(main), "1Table": table}
    if data:
        streams["Data"] = data
    return streams


def comment(author):
    return struct.pack("<H", 2) + cfb.wide("WW".ljust(9, "\0")) + struct.pack("<H", author) + b"\0" * 8


def shape_text(number, text):
    """A shape with one text as a property."""
    value = cfb.wide(text) + b"\0\0"
    return struct.pack("<HHIHI", 0x0013, 0xF00B, 6 + len(value), 0x8000 | number, len(value)) + value


def container(kind, *children):
    body = b"".join(children)
    return struct.pack("<HHI", 0xF, kind, len(body)) + body


def documents():
    yield made("plain.doc", cfb.compound(word("第一段客户二百零一\r第二段客户二百零二")), seen("客户二百零一", "paragraph 1", "body"),
               seen("客户二百零二", "paragraph 2", "body"))
    yield made("narrow.doc", cfb.compound(word("letter caf\u00e9 kehu-203 \u201ckehu-204\u201d", narrow=True)),
               seen("caf\u00e9 kehu-203 \u201ckehu-204\u201d", "paragraph 1", "body"))
    yield made("cells.doc", cfb.compound(word("姓名\x07客户二百零五\x07\x07行\x0b客户二百零六\x0c页kehu\x1e207 ke\x1fhu")),
               seen("客户二百零五"), seen("客户二百零六"), seen("kehu-207"), seen("ke\u00adhu"))
    yield made("changed.doc", cfb.compound(word(
        ["关于", ("删除的客户二百一十一", change(DELETED, 1) + change(0x4863, 1)), "的", ("插入的客户二百一十二", change(INSERTED, 1) + change(0x4804, 2)),
         "通知\r", ("隐藏的客户二百一十三", change(HIDDEN, 1)), "可见\r", ("白色的客户二百一十四", change(WHITE, 8)), "黑\r",
         ("微小的客户二百一十五", change(TINY, 2)), "大"], tables={51: string_table("Unknown", "作者客户二百一十六", "李娜")})),
        seen("关于删除的客户二百一十一的插入的客户二百一十二通知", "paragraph 1", "hidden"), seen("关于的插入的客户二百一十二通知", "paragraph 1", "body"),
        seen("隐藏的客户二百一十三", "paragraph 2", "hidden"), seen("白色的客户二百一十四", "paragraph 3", "hidden"),
        seen("微小的客户二百一十五", "paragraph 4", "hidden"), seen("作者客户二百一十六", "authors of revisions"),
        besides("tracked-change", "paragraph 1, by 作者客户二百一十六"), besides("hidden-text", "paragraph 2"),
        besides("hidden-text", "paragraph 3"), besides("hidden-text", "paragraph 4"))
    yield made("parts.doc", cfb.compound(word(
        "正文", {1: ["脚注客户二百二十一\r"], 2: ["", "", "", "", "", "", "偶页眉客户二百二十二\r", "页眉客户二百二十三\r", "\r", "页脚客户二百二十四\r",
                  "首页眉客户二百二十五\r", "首页脚客户二百二十六\r"], 4: ["批注客户二百二十七\r", "又一批注客户二百二十八\r"], 5: ["尾注客户二百二十九\r"],
                6: ["文本框客户二百三十\r"], 7: ["页眉框客户二百三十一\r"]},
        {4: struct.pack("<III", 0, 1, 2) + comment(0) + comment(1), 36: plain_list("王伟", "李娜kehu-232")})),
        seen("脚注客户二百二十一", "footnote 1"), seen("偶页眉客户二百二十二", "header of even pages", "header"),
        seen("页眉客户二百二十三", "section 1, header", "header"), seen("页脚客户二百二十四", "footer", "footer"),
        seen("首页眉客户二百二十五", "first page", "header"), seen("首页脚客户二百二十六", "first page", "footer"),
        seen("批注客户二百二十七", "comment by 王伟", "comment"), seen("又一批注客户二百二十八", "comment by 李娜kehu-232", "comment"),
        seen("尾注客户二百二十九", "endnote 1"), seen("文本框客户二百三十", "text box 1"), seen("页眉框客户二百三十一", "text box in a header 1"),
        besides("comment", "comment by 王伟"))
    yield made("equations.doc", cfb.compound(word("ke\x13eq \\o\\ac(○,h)\x15u-\x13 QUOTE \"24\" 26426 \x15\rkehu-\x13EQ \\o(1)\x1425\x15")),
               seen("kehu-24机", "paragraph 1", "body"), seen("kehu-25", "paragraph 2", "body"))
    yield made("fields.doc", cfb.compound(word(
        "见\x13 HYPERLINK \"http://kehu-241/\" \x14链接客户二百四十二\x15和\x13 INCLUDETEXT \"C:\\\\kehu-243.doc\" \x14结果kehu-244\x15完")),
        seen("kehu-241", "field", "metadata"), seen("见链接客户二百四十二和结果kehu-244完", "paragraph 1", "body"), seen("kehu-243", "field"),
        besides("external-link", "field in paragraph 1"))
    yield made("fast.doc", cfb.compound(word("新的文字", left_over="旧的客户二百五十一，已删去")), seen("旧的客户二百五十一，已删去", kind="hidden"),
               besides("earlier-version"))
    yield made("lists.doc", cfb.compound(word("正文", tables={
        21: string_table("书签kehu_261"), 32: string_table("", "模板", "题目客户二百六十二", "主题", "关键", "", "作者客户二百六十三"),
        71: string_table("王伟kehu-264", "C:\\内部\\kehu-265.doc"),
        60: string_table("变量kehu-266", extra=4) + plain_list("变量值客户二百六十七"), 15: cfb.wide("\0\0字体客户二百六十八\0")})),
        seen("书签kehu_261", "bookmarks"), seen("题目客户二百六十二", "properties"), seen("作者客户二百六十三"), seen("王伟kehu-264", "saved by"),
        seen("kehu-265.doc", "saved by"), seen("变量kehu-266", "document variables"), seen("变量值客户二百六十七", "document variables"),
        seen("字体客户二百六十八", "tables", "hidden"), besides("custom-data", "document variables"), besides("properties", "saved by"))
    picture = container(0xF004, shape_text(0x381, "替代文字客户二百七十一"))
    form = struct.pack("<IHH", 0, 68, 0) + b"\0" * 60 + struct.pack("<I", 0xFFFFFFFF) + cfb.wide("默认值客户二百七十二")
    held = struct.pack("<IHH", 68 + len(picture), 68, 0x64) + b"\0" * 60 + picture
    form = struct.pack("<I", len(form)) + form[4:]
    data = held + form + cfb.wide("无主的客户二百七十三")
    yield made("data.doc", cfb.compound(word(
        ["图", ("\1", change(SPECIAL, 1) + change(PICTURE, 0)), "域", ("\1", change(SPECIAL, 1) + change(DATA, 1) + change(PICTURE, len(held)))],
        data=data, tables={50: container(0xF000, container(0xF001)) + b"\0" + container(0xF002, shape_text(0xC0, "艺术字客户二百七十四"))})),
        seen("替代文字客户二百七十一", "texts of shapes"), seen("默认值客户二百七十二", "data of a field"), seen("无主的客户二百七十三", "data stream"),
        seen("艺术字客户二百七十四", "drawings, texts of shapes"), besides("form-data"))
    yield made("xor.doc", cfb.compound(word("kehu", flags=0x8100)), refused("encrypted: XOR"))
    secret = word("kehu", flags=0x0100)
    yield made("rc4.doc", cfb.compound(dict(secret, **{"1Table": struct.pack("<HH", 1, 1) + secret["1Table"][4:]})),
               refused("encrypted: RC4"))
    old = bytearray(word("")["WordDocument"])
    struct.pack_into("<HH", old, 0, 0xA5DC, 0x65)
    old[1024:1024 + 20] = "旧版客户二百八十一\r".encode("gb18030")
    struct.pack_into("<II", old, 24, 1024, 1044)
    yield made("word6.doc", cfb.compound({"WordDocument": bytes(old)}), seen("旧版客户二百八十一"), refused("Word 6 or 95"))
    yield made("wps.wps", cfb.compound(dict(word("文字客户二百八十二"), WpsCustomData=cfb.wide("自有数据客户二百八十三"))), seen("文字客户二百八十二"),
               seen("自有数据客户二百八十三"))
    broken = bytearray(word("kehu")["WordDocument"])
    struct.pack_into("<I", broken, 76, 5000)
    yield made("short.doc", cfb.compound(dict(word("kehu"), WordDocument=bytes(broken))), refused("damaged"))
