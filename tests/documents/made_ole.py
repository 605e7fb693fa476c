"""Compound files as such: what OLE and programs put beside a document, and what no entry has."""
import struct

import cfb
from made import besides, made, refused, seen
from made_doc import word
from made_image import emf


def documents():
    plain = word("公开的通知")
    yield made("slack.doc", cfb.compound(
        dict(plain, Notes=b"n"), unlisted={"kehu-901": cfb.wide("没有目录客户九百零二")},
        slack=b"kehu-903", free=cfb.wide("空闲扇区客户九百零四"), deleted_name="kehu-905", appended=cfb.wide("末尾客户九百零六")),
        seen("kehu-901", kind="filename"), seen("没有目录客户九百零二", "kehu-901", "hidden"), seen("kehu-903", "behind the ends", "hidden"),
        seen("空闲扇区客户九百零四", "in sectors nothing lists", "hidden"), seen("kehu-905", kind="hidden"),
        seen("末尾客户九百零六", kind="hidden"), seen("公开的通知"),
        besides("unlisted-data", "kehu-901"), besides("unlisted-data", "in sectors nothing lists"),
        besides("appended-data"))
    yield made("properties.doc", cfb.compound(dict(plain, **{
        "\5SummaryInformation": cfb.properties((cfb.SUMMARY, 936, {
            2: "标题客户九百一十一", 4: "作者客户九百一十二", 8: "最后作者客户九百一十三", 6: "备注客户九百一十四", 7: "模板kehu-915.dot"}, {})),
        "\5DocumentSummaryInformation": cfb.properties(
            (cfb.DOCUMENT, 65001, {15: "公司客户九百一十六", 14: "经理客户九百一十七", 13: ["部分客户九百一十八", "kehu-919"]}, {}),
            (cfb.CUSTOM, 936, {2: "自定义值客户九百二十"}, {2: "自定义名客户九百二十一"}))})),
        seen("标题客户九百一十一", "title", "metadata"), seen("作者客户九百一十二", "author", "metadata"),
        seen("最后作者客户九百一十三", "last author", "metadata"), seen("备注客户九百一十四", "comments"), seen("模板kehu-915.dot", "template"),
        seen("公司客户九百一十六", "company"), seen("经理客户九百一十七", "manager"), seen("部分客户九百一十八"), seen("kehu-919"),
        seen("自定义值客户九百二十"), seen("自定义名客户九百二十一", "names of custom properties"),
        besides("properties", "SummaryInformation"), besides("custom-data", "DocumentSummaryInformation"))
    yield made("objects.doc", cfb.compound(dict(plain, **{
        "ObjectPool/_1/\1Ole10Native": cfb.packed_file("清单客户九百二十二.txt", "C:\\王伟\\kehu-923\\a.txt", "C:\\Temp\\kehu-924.txt",
                                                         "附件客户九百二十五".encode()),
        "ObjectPool/_1/\1CompObj": b"\1\0\xFE\xFF" + b"\0" * 24 + b"kehu-926\0",
        "ObjectPool/_2/\1Ole": struct.pack("<II", 0x02000001, 1) + b"\0" * 8 + cfb.wide("\\\\server\\kehu-927.xls"),
        "ObjectPool/_3/Package": b"%!PS kehu",
        "ObjectPool/_4/CONTENTS": cfb.wide("内容客户九百二十八")})),
        seen("清单客户九百二十二.txt", kind="filename"), seen("kehu-923", kind="filename"), seen("kehu-924", kind="filename"),
        seen("附件客户九百二十五", "attachment 清单客户九百二十二.txt"), seen("kehu-926"), seen("kehu-927"),
        seen("内容客户九百二十八", "CONTENTS", "hidden"), besides("attachment", "_1"), besides("external-link", "_2"),
        besides("embedded-object", "_3"), refused("PostScript"))
    yield made("strange.doc", cfb.compound(dict(plain, **{
        "ObjectPool/_1/\1CompObj": b"\1\0\xFE\xFF", "ObjectPool/_1/Drawing": cfb.wide("画里客户九百三十九")})),
        seen("画里客户九百三十九", "Drawing", "hidden"), refused("ObjectPool > _1: not readable: compound file of a kind not known"))
    yield made("contents.doc", cfb.compound(dict(plain, **{
        "ObjectPool/_1/\1CompObj": b"\1\0\xFE\xFF", "ObjectPool/_1/CONTENTS": cfb.compound(word("里面客户九百四十"))})),
        seen("里面客户九百四十", "CONTENTS > paragraph 1"), besides("embedded-object", "CONTENTS"))
    yield made("control.doc", cfb.compound(dict(plain, **{
        "ObjectPool/_1/\1CompObj": b"\1\0\xFE\xFF", "ObjectPool/_1/\3OCXNAME": cfb.wide("控件客户九百四十一"),
        "ObjectPool/_1/contents": cfb.wide("填写客户九百四十二")})), seen("控件客户九百四十一"), seen("填写客户九百四十二"))
    yield made("macros.doc", cfb.compound(dict(
        plain, **cfb.macros("Macros/", "模块客户九百二十九", "' 宏里客户九百三十一\r\n", b"\0\0" + cfb.wide("编译后kehu-932") + b"\0\0"))),
        seen("模块客户九百二十九", kind="filename"), seen("宏里客户九百三十一", "macro 模块客户九百二十九", "hidden"), seen("编译后kehu-932"),
        seen("kehu-930", "PROJECT"), besides("macro", "模块客户九百二十九"))
    # a frame in a form of macros, and what programs put into an empty data store
    yield made("form.doc", cfb.compound(dict(
        plain, **cfb.macros("Macros/", "a", "' a\r\n", b"\0\0"), **{
            "Macros/PROJECTlk": b"\1\0\x81kehu-947", "Macros/UserForm1/\3VBFrame": b"a", "Macros/UserForm1/f": b"\0\4", "Macros/UserForm1/i02/\1CompObj": b"\1\0\xFE\xFF",
            "Macros/UserForm1/i02/f": b"\0\4" + cfb.wide("框里客户九百四十三"), "Macros/UserForm1/i02/o": b"kehu-944"})),
        seen("框里客户九百四十三", "i02", "hidden"), seen("kehu-944", "i02"), seen("kehu-947", "PROJECTlk"), besides("macro"))
    yield made("empty.dat", cfb.compound({}))
    yield made("store.dat", cfb.compound({"MsoDataStore/A/Item": "<a>数据客户九百四十五</a>".encode()}), seen("数据客户九百四十五", "Item"))
    # a picture of the first page as PowerPoint has it: a metafile that says the same once more as an enhanced one, in two comments
    comment = lambda data: struct.pack("<IHHH", (10 + 34 + len(data) + 1) // 2, 0x626, 15, 34 + len(data)) + b"WMFC" + b"\0" * 30 + data + b"\0" * (len(data) % 2)
    drawing = next(m.data for m in emf() if m.name == "drawing.emf")
    old = b"\1\0\x09\0\0\3" + b"\0" * 12 + comment(drawing[:100]) + comment(drawing[100:]) + b"\3\0\0\0\0\0"
    yield made("thumbnail.doc", cfb.compound(dict(plain, **{"\5SummaryInformation": cfb.properties((cfb.SUMMARY, 936, {
        17: struct.pack("<IIiI4H", 71, 16 + len(old), -1, 3, 8, 100, 100, 0) + old}, {}))})),
        seen("kehu-653", "SummaryInformation > the drawing as EMF", "body"), besides("thumbnail"))
    # JExcelApi leaves room for properties and writes none
    yield made("zeros.doc", cfb.compound(dict(plain, **{"\5SummaryInformation": b"\0" * 4096})), seen("公开的通知"))
    yield made("store.doc", cfb.compound(dict(plain, **{
        "MsoDataStore/A/Item": "<a b='kehu-933'>数据客户九百三十四</a>".encode(), "Unknown": cfb.wide("不知道客户九百三十五"),
        "\3EPRINT": b"abc kehu-936"})),
        seen("kehu-933"), seen("数据客户九百三十四", "Item"), seen("不知道客户九百三十五", "Unknown", "hidden"), seen("kehu-936"),
        besides("custom-data", "MsoDataStore"), besides("binary-data", "Unknown"))
    yield made("encrypted.docx", cfb.compound({"EncryptedPackage": b"\0" * 64, "EncryptionInfo": b"\4\0\4\0"}),
               refused("encrypted"), besides("name-mismatch"))
    yield made("rights.doc", cfb.compound({"\tDRMContent": b"\0" * 64}), refused("encrypted: rights management"))
    yield made("drawing.vsd", cfb.compound({"VisioDocument": cfb.wide("kehu-937")}), refused("Visio"), seen("kehu-937"))
    yield made("other.dat", cfb.compound({"Some": cfb.wide("kehu-938")}), refused("of a kind not known"), seen("kehu-938"))
    yield made("cut.doc", cfb.compound(plain)[:2048], refused("damaged"))
