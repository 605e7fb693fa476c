"""RTF: destinations, looks, changes, code pages, hexadecimal, what stands outside; a word in each place."""
import io
import struct
import zipfile
import zlib

from made import besides, made, refused, seen, without

HEAD = (r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 kehu-201;}{\f1\fcharset0 b;}{\f2\fcharset136 c;}"
        r"{\f3\fcharset128 d;}{\f4\fcharset204 e;}}{\colortbl;\red255\green255\blue255;\red1\green2\blue3;}"
        r"{\stylesheet{\s0 kehu-202;}}")


def escaped(text, charset):
    return "".join("\\'%02x" % byte for byte in text.encode(charset))


def wide(text):
    units = struct.unpack("<%dH" % (len(text.encode("utf-16-le")) // 2), text.encode("utf-16-le"))
    return "".join(r"\u%d?" % (unit - 65536 if unit > 32767 else unit) for unit in units)


def rtf(body, tail=b""):
    return (HEAD + body + "}").encode("ascii") + tail


def png(*chunks):
    out = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", b"\0\0\0\1\0\0\0\1\10\0\0\0\0"),) + chunks + (
            (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")):
        out += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return out


def packed(name, text):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as z:
        z.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return box.getvalue()


def object1(kind, native):
    """An embedded object as OLE 1 keeps it."""
    name = kind.encode() + b"\0"
    return struct.pack("<III", 0x501, 2, len(name)) + name + struct.pack("<III", 0, 0, len(native)) + native


def dropped(label, path, data):
    """A file dropped into a document."""
    return (b"\2\0" + label + b"\0" + path + b"\0" + struct.pack("<HHI", 0, 3, len(path) + 1) + path + b"\0" +
            struct.pack("<I", len(data)) + data)


def texts():
    body = (r"\pard kehu-203\par\f0 " + escaped("客户二零四", "gbk") + r"\par\f2 " + escaped("客戶二零五功", "big5") +
            r"\par\f3 " + escaped("顧客二零六表", "shift_jis") + r"\par\f4 " + escaped("клиент-207", "cp1251") +
            r"\par\f1 " + escaped("客户二零八", "gbk") + r"\par " + wide("客户二零九") + r"\par ke{\b hu}\i -2\i0 10\par"
            r"\uc2\u23458 \'bf\'cd\'bb\u25143 \'bb\'a7\uc8\u20108 kehu-211\par\uc1 "
            + wide("\U0002000b kehu") + r"-212\par k\-ehu-213")
    return made("texts.rtf", rtf(body), seen("kehu-201", "fonts"), seen("kehu-202", "styles"), seen("kehu-203", "paragraph 1", "body"),
                seen("客户二零四", "paragraph 2", "body"), seen("客戶二零五功", "paragraph 3", "body"),
                seen("顧客二零六表", "paragraph 4", "body"), seen("клиент-207", "paragraph 5", "body"),
                seen("客户二零八", "read as GB18030", "hidden"), seen("客户二零九", "paragraph 7", "body"),
                seen("kehu-210", "paragraph 8", "body"), seen("kehu-211", "for programs without Unicode", "hidden"),
                seen("\U0002000b kehu-212", "paragraph 10", "body"))


def fields():
    field = lambda text, result="": r"{\field{\*\fldinst {" + text + r"}}{\fldrslt {" + result + "}}}"
    body = (r"\pard ke" + field(r"EQ \\o\\ac(o,h)") + "u-" + field(r"eq \\o\\ad(\\s\\up 9(er),2)") + r"31\par kehu-23" + field(r"EQ \\o(1)", "2") +
            field("PAGE") + r"{\field{\*\fldinst HYPERLINK \\l here}{\fldrslt x}}\par ke" + field('QUOTE "hu-" ' + wide("机").replace("?", "")) + "233")
    return made("fields.rtf", rtf(body), seen("kehu-231", "paragraph 1", "body"), seen("kehu-232x", "paragraph 2", "body"),
                seen("kehu-机233", "paragraph 3", "body"), without("external-link"))


def unseen():
    looks = [(r"\v", 221), (r"\cf1", 222), (r"\fs2", 223), (r"\cf2\highlight2", 224), (r"\cf2\chcbpat2", 225)]
    body = "".join(r"a{%s kehu-%d}b\par " % look for look in looks)
    body += r"\trowd\clcbpat2 {\cf1 kehu-226}\cell\row"
    expect = [seen("kehu-%d" % word, "paragraph", "hidden") for _, word in looks]
    return made("unseen.rtf", rtf(body), besides("hidden-text", "paragraph 1"), seen("kehu-226", "", "body"), *expect)


def changes():
    body = (r"{\*\revtbl{Unknown;}{" + wide("王二三零") + r";}}a{\deleted\revauthdel1 kehu-231}{\revised\revauth1 kehu-232}\par"
            r" b{\*\atnid kehu-233}{\*\atnauthor kehu-234}\chatn{\*\annotation{\*\atndate 1}kehu-235}")
    return made("changes.rtf", rtf(body), seen("王二三零", "authors of changes"), seen("kehu-231", "paragraph 1", "hidden"),
                seen("kehu-232", "paragraph 1", "body"), seen("kehu-233"), seen("kehu-234"),
                seen("kehu-235", "comment by kehu-234 at paragraph 2", "comment"), besides("tracked-change", "by 王二三零"),
                besides("comment", "kehu-234"))


def destinations():
    body = (r"{\info{\title kehu-241}{\author kehu-242}{\company kehu-243}{\operator kehu-244}{\doccomm kehu-245}"
            r"{\*\manager kehu-246}{\keywords kehu-247}{\creatim\yr1997\mo7\dy31}}{\*\generator kehu-248;}"
            r"{\*\userprops{\propname kehu-249}\proptype30{\staticval kehu-250}{\linkval kehu-251}}"
            r"{\*\docvar{kehu-252}{kehu-253}}{\*\xmlnstbl{\xmlns1 kehu-254}}{\*\passwordhash 0100kehu-255}"
            r"{\*\template kehu-256}{\header kehu-257}{\footerl kehu-258}{\*\listtable{\list{\listname kehu-259;}}}"
            r"\pard x{\footnote kehu-260}{\*\bkmkstart kehu-261}{\*\bkmkend kehu-261}{\xe kehu-262}{\tc kehu-263}"
            r"{\field{\*\fldinst{ INCLUDETEXT kehu-264}}{\fldrslt kehu-265}}"
            r"{\field{\*\fldinst FORMTEXT{\*\formfield{\*\ffname kehu-266}{\*\ffdeftext kehu-267}{\*\ffstattext kehu-268}}}}"
            r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv kehu-269}}{\sp{\sn fHidden}{\sv 1}}{\shptxt kehu-270}}}"
            r"{\*\mmath{\*\moMath{\mr kehu-271}}}{\*\nobody kehu-272{\*\nothing kehu-273}}{\upr{kehu-274}{\*\ud kehu-275}}"
            r"{\*\datafield 6b006500680075002d00320037003600}{\pict kehu-277}\bin8 kehu-278 {\*\htmltag kehu-279}")
    kinds = {257: "header", 258: "footer", 260: "body", 265: "body", 270: "body", 271: "body", 272: "hidden", 273: "hidden"}
    expect = [seen("kehu-%d" % word, "", kinds.get(word, "")) for word in range(241, 280)]
    return made("destinations.rtf", rtf(body), seen("1997 7 31"), besides("properties"), besides("custom-data"),
                besides("external-link", "paragraph 1"), besides("form-data"), besides("hidden-text", "shape"),
                besides("unlisted-data"), *expect)


def hexadecimal():
    body = (r"x{\*\shppict{\pict\pngblip " + png((b"tEXt", b"a\0kehu-281")).hex() + r"}}"
            r"{\nonshppict{\pict\pngblip\bin%d " % len(png((b"tEXt", b"a\0kehu-282"))))
    whole = HEAD.encode() + body.encode() + png((b"tEXt", b"a\0kehu-282")) + (
        r"}}{\object\objemb{\*\objclass kehu-283}{\*\objdata " +
        object1("Package", dropped(b"kehu-284.txt", b"C:\\kehu-285.txt", b"kehu-286")).hex() +
        r"}{\result kehu-287}}{\*\themedata " + packed("kehu-288.txt", b"kehu-289").hex() + r"}"
        r"{\object{\*\objdata " + object1("PBrush", b"kehu-290 text").hex() + "}}}").encode()
    return made("hexadecimal.rtf", whole, seen("kehu-281", "picture 1"), seen("kehu-282", "picture 2"), seen("kehu-283"),
                seen("kehu-284.txt", "", "filename"), seen("kehu-285"), seen("kehu-286", "object"), seen("kehu-287"),
                seen("kehu-288.txt", "", "filename"), seen("kehu-289", "theme"), seen("kehu-290", "object"),
                besides("picture", "picture 1"), besides("embedded-object"), besides("attachment"))


def outside():
    yield made("behind.rtf", rtf("x", b"kehu-301"), seen("kehu-301", "behind the document"), besides("appended-data"))
    yield made("second.rtf", rtf("x", rtf("{\\*\\nobody kehu-302}")), seen("kehu-302", "behind the document"))
    yield made("blank.rtf", b"\r\n \xef\xbb\xbf"[:3] + rtf("kehu-303"), seen("kehu-303", "paragraph 1", "body"))
    yield made("short.rtf", b"{\\rt kehu-304}", seen("kehu-304", "", "body"))
    yield made("within.rtf", rtf(r"{\rtf1 kehu-305}"), seen("kehu-305", "", "body"))
    yield made("zip.rtf", rtf("x", packed("kehu-306.txt", b"kehu-307")), seen("kehu-306.txt"), seen("kehu-307"))
    yield made("cut.rtf", rtf("kehu-308")[:-1], seen("kehu-308"), refused("it ends within 1 group"))
    yield made("digit.rtf", rtf(r"kehu-309 \'q"), seen("kehu-309"), refused("damaged"))
    yield made("bytes.rtf", rtf(r"\f0 \'81\'81\'ff"), refused("not text in any known charset"))
    yield made("claims.rtf", rtf(r"\f0 \'ff\'ff kehu-310"), seen("kehu-310"))
    yield made("scan.rtf", rtf(r"{\pict\pngblip " + png().hex() + "}"), besides("page-without-text"))
    yield made("mac.rtf", rtf(r"x{\pict\macpict 0102}"), refused("a picture of a kind not known"))
    yield made("kehu-311.rtf", rtf("x"), seen("kehu-311", kind="filename"))


def mail():
    body = (r"\fromhtml1 {\*\htmltag19 <html>}{\*\htmltag64 <p title='kehu-321'>}\htmlrtf{\b\htmlrtf0 ke\htmlrtf }\htmlrtf0"
            r"{\*\htmltag84 <b>}hu-322\htmlrtf  kehu-323\htmlrtf0{\*\htmltag241 <!-- kehu-324 -->}{\*\mhtmltag kehu-325}")
    return made("mail.rtf", rtf(body), seen("kehu-321"), seen("kehu-322", "", "body"), seen("kehu-323"), seen("kehu-324"),
                seen("kehu-325"))


def symbols():
    """A star of Wingdings; a page of Chinese that is set in such a font by mistake."""
    font = rb"{\fonttbl{\f0\fcharset134 a;}{\f5\fcharset2 Wingdings;}}"
    return made("symbols.rtf", rb"{\rtf1\ansi\ansicpg936\deff0" + font + (r"\pard kehu{\f5\'ab}-326\par{\f5 " + escaped("客户三二七", "gbk") +
                r"}\par}").encode(), seen("kehu\uf0ab-326", "paragraph 1", "body"), seen("客户三二七", "paragraph 2", "body"))


def documents():
    yield texts()
    yield symbols()
    yield fields()
    yield unseen()
    yield changes()
    yield destinations()
    yield hexadecimal()
    yield from outside()
    yield mail()
